/** The frame around every page: navigation, keyboard help, and the way back to the login. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { meQuery } from "../../api/queries";
import { ActivityIcon, UsersIcon } from "../../components/icons";
import { zone } from "../../lib/clock";
import { useShortcuts } from "../../lib/shortcuts";
import { useStore } from "../../lib/store";
import { session } from "../../session/session";
import { strings } from "../../strings";
import { askForSearch } from "../users/search-request";
import { HelpSheet } from "./help-sheet";
import { NavFooter } from "./nav-footer";
import { StaleNotice } from "./stale-notice";
import "./shell.css";

export function Shell() {
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  useReturnToLogin();
  useTenantZone();
  useShortcuts({
    "?": () => setHelp(true),
    "/": () => {
      askForSearch();
      if (router.state.location.pathname !== "/users") void navigate({ to: "/users" });
    },
    "g a": () => void navigate({ to: "/activity" }),
    "g u": () => void navigate({ to: "/users" }),
  });
  const router = useRouter();

  return (
    <div className="shell">
      <a className="shell__skip" href="#main">{strings.shell.skip}</a>
      <nav className="nav" aria-label={strings.shell.navigation}>
        <Link to="/activity" className="nav__brand"><BrandMark /><span className="nav__name">{strings.product}</span></Link>
        <ul className="nav__list">
          <li><Link to="/activity" className="nav__link"><ActivityIcon /><span>{strings.shell.activity}</span></Link></li>
          <li><Link to="/users" className="nav__link"><UsersIcon /><span>{strings.shell.users}</span></Link></li>
        </ul>
        <NavFooter onHelp={() => setHelp(true)} />
      </nav>
      <main id="main" className="shell__main" tabIndex={-1}><Outlet /><StaleNotice /></main>
      {help && <HelpSheet onClose={() => setHelp(false)} />}
    </div>
  );
}

/** When the session ends under the reader, the login remembers where they were. */
function useReturnToLogin(): void {
  const current = useStore(session);
  const router = useRouter();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (current !== null) return;
    queryClient.clear();
    void router.navigate({ to: "/login", search: { next: router.state.location.href }, replace: true });
  }, [current, queryClient, router]);
}

function useTenantZone(): void {
  const name = useQuery(meQuery).data?.tenant.time_zone;
  useEffect(() => {
    if (name !== undefined) zone.set(name);
  }, [name]);
}

function BrandMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 18 14" aria-hidden="true" fill="currentColor">
      <rect width="8" height="4" rx="1" /><rect x="10" width="8" height="4" rx="1" />
      <rect y="5" width="5" height="4" rx="1" /><rect x="7" y="5" width="11" height="4" rx="1" />
      <rect y="10" width="11" height="4" rx="1" /><rect x="13" y="10" width="5" height="4" rx="1" />
    </svg>
  );
}
