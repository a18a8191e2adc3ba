/** The frame around every page: navigation, search, keyboard help, notices, and the way back to the login. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { meQuery } from "../../api/queries";
import { MenuIcon, SearchIcon } from "../../components/icons";
import { Toaster } from "../../components/toaster";
import { zone, zoneChoice, zoneOf } from "../../lib/clock";
import { type Shortcuts, useShortcuts } from "../../lib/shortcuts";
import { useStore } from "../../lib/store";
import { session } from "../../session/session";
import { strings } from "../../strings";
import { HelpSheet } from "./help-sheet";
import { Nav } from "./nav";
import { NavFooter } from "./nav-footer";
import { PLACES } from "./places";
import { StaleNotice } from "./stale-notice";
import "./shell.css";

const Palette = lazy(() => import("../search/palette").then(({ Palette: component }) => ({ default: component })));

export function Shell() {
  const [layer, setLayer] = useState<"help" | "search" | "nav" | null>(null);
  const close = () => setLayer(null);
  useReturnToLogin();
  useShownZone();
  useShortcuts({ "?": () => setLayer("help"), "/": () => setLayer("search"), ...usePlaceKeys() });
  usePaletteKey(() => setLayer("search"));
  useCloseOnArrival(close);

  return (
    <div className={`shell ${layer === "nav" ? "shell--nav" : ""}`}>
      <a className="shell__skip" href="#main">{strings.shell.skip}</a>
      <nav className="nav" aria-label={strings.shell.navigation}>
        <div className="nav__top">
          <Link to="/" className="nav__brand"><BrandMark /><span className="nav__name">{strings.product}</span></Link>
          <button type="button" className="nav__search" onClick={() => setLayer("search")} aria-keyshortcuts="/ Control+K">
            <SearchIcon /><span>{strings.shell.search}</span><kbd aria-hidden="true">/</kbd>
          </button>
          <button type="button" className="nav__toggle" aria-expanded={layer === "nav"} onClick={() => setLayer(layer === "nav" ? null : "nav")}>
            <MenuIcon /><span className="visually-hidden">{strings.shell.menu}</span>
          </button>
        </div>
        <div className="nav__rest">
          <Nav />
          <NavFooter onHelp={() => setLayer("help")} />
        </div>
      </nav>
      <main id="main" className="shell__main" tabIndex={-1}><Outlet /><StaleNotice /></main>
      <Toaster />
      {layer === "help" && <HelpSheet onClose={close} />}
      {layer === "search" && <Suspense fallback={null}><Palette onClose={close} /></Suspense>}
    </div>
  );
}

/** "g" and the key of a place. */
function usePlaceKeys(): Shortcuts {
  const navigate = useNavigate();
  return useMemo(() => {
    const places = PLACES.flatMap((group) => group.places).filter((place) => place.key !== undefined);
    return Object.fromEntries(places.map((place) => [`g ${place.key}`, () => void navigate({ to: place.to })]));
  }, [navigate]);
}

/** Control+K also while typing, as everywhere. */
function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
}

/** Layers end where a link led elsewhere. */
function useCloseOnArrival(close: () => void): void {
  const router = useRouter();
  useEffect(() => router.subscribe("onBeforeNavigate", (event) => event.pathChanged && close()), [router, close]);
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

/** Times are in the zone of the tenant, until the reader prefers another. */
function useShownZone(): void {
  const name = useQuery(meQuery).data?.tenant.time_zone;
  const choice = useStore(zoneChoice);
  useEffect(() => {
    if (name !== undefined) zone.set(zoneOf(choice, name));
  }, [choice, name]);
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
