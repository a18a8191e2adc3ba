import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { api } from "../../api/client";
import { meQuery } from "../../api/queries";
import { HalfIcon, HelpIcon, MoonIcon, SignOutIcon, SunIcon } from "../../components/icons";
import { useStore } from "../../lib/store";
import { chooseTheme, THEMES, theme } from "../../lib/theme";
import { endSession } from "../../session/session";
import { strings } from "../../strings";

const THEME_ICONS = { system: HalfIcon, light: SunIcon, dark: MoonIcon };

/** Whose data this is, and what concerns the reader rather than the data. */
export function NavFooter({ onHelp }: { onHelp: () => void }) {
  const me = useQuery(meQuery).data;
  return (
    <div className="nav__footer">
      <Link to="/account" className="nav__tenant ellipsis" title={me?.operator?.email ?? me?.tenant.name}>
        <span className="visually-hidden">{strings.shell.account}, {strings.shell.tenant}: </span>
        {me?.tenant.name ?? "\u00a0"}
      </Link>
      <ThemeButton />
      <button type="button" className="nav__button" onClick={onHelp} title={strings.shell.help} aria-keyshortcuts="?">
        <HelpIcon />
        <span>{strings.shell.help}</span>
      </button>
      <SignOutButton />
    </div>
  );
}

function ThemeButton() {
  const shown = useStore(theme);
  const next = THEMES[(THEMES.indexOf(shown) + 1) % THEMES.length] ?? "system";
  const Icon = THEME_ICONS[shown];
  return (
    <button type="button" className="nav__button" onClick={() => chooseTheme(next)} title={strings.shell.themeHint}>
      <Icon />
      <span>{strings.shell.theme[shown]}</span>
    </button>
  );
}

function SignOutButton() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = async () => {
    // Only the server can end the cookie. A server that is away must not keep anyone on this page.
    await api.POST("/api/v1/logout").catch(() => undefined);
    await navigate({ to: "/login" });
    endSession();
    queryClient.clear();
  };
  return (
    <button type="button" className="nav__button" onClick={() => void signOut()} title={strings.shell.signOut}>
      <SignOutIcon />
      <span>{strings.shell.signOut}</span>
    </button>
  );
}
