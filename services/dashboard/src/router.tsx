/** The map of the app. Every page is its own chunk; the frame and the router come first. */
import { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect,
} from "@tanstack/react-router";
import { isRetryable } from "./api/problem";
import { meQuery, userQuery } from "./api/queries";
import { Crashed, NotFound } from "./features/shell/fallbacks";
import { Shell } from "./features/shell/shell";

import { parseSearch, stringifySearch, textParam } from "./lib/search";
import { anySearch } from "./lib/url";
import { restoreSession } from "./session/restore";
import { session } from "./session/session";

const RETRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failed, error) => failed < RETRIES && isRetryable(error) },
  },
});

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const login = createRoute({
  getParentRoute: () => root,
  path: "login",
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: textParam(search["next"]) }),
  beforeLoad: restoreSession,
  component: lazyRouteComponent(() => import("./features/login/page"), "LoginPage"),
});

/** Where links with a ticket lead: the first owner, an invitation, a lost password. */
const welcome = createRoute({
  getParentRoute: () => root,
  path: "welcome",
  component: lazyRouteComponent(() => import("./features/login/welcome"), "WelcomePage"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ location }) => {
    await restoreSession();
    if (session.get()?.stage !== "open") throw redirect({ to: "/login", search: { next: location.href } });
  },
  loader: ({ context }) => void context.queryClient.prefetchQuery(meQuery),
  component: Shell,
});

const page = { getParentRoute: () => shell, validateSearch: anySearch };

const pages = [
  // === What happens ===
  createRoute({ ...page, path: "/", component: lazyRouteComponent(() => import("./features/overview/page"), "OverviewPage") }),
  createRoute({ ...page, path: "activity", component: lazyRouteComponent(() => import("./features/activity/page"), "ActivityPage") }),
  createRoute({ ...page, path: "users", component: lazyRouteComponent(() => import("./features/users/page"), "UsersPage") }),
  createRoute({
    ...page,
    path: "users/$userId",
    loader: ({ context, params }) => void context.queryClient.prefetchQuery(userQuery(params.userId)),
    component: lazyRouteComponent(() => import("./features/user/page"), "UserPage"),
  }),
  createRoute({ ...page, path: "sessions", component: lazyRouteComponent(() => import("./features/sessions/page"), "SessionsPage") }),
  createRoute({ ...page, path: "sessions/$userId/$number", component: lazyRouteComponent(() => import("./features/sessions/detail-page"), "SessionPage") }),

  // === What is decided ===
  createRoute({ ...page, path: "review", component: lazyRouteComponent(() => import("./features/review/page"), "ReviewPage") }),
  createRoute({ ...page, path: "lists", component: lazyRouteComponent(() => import("./features/lists/page"), "ListsPage") }),
  createRoute({ ...page, path: "decisions", component: lazyRouteComponent(() => import("./features/decisions/page"), "DecisionsPage") }),

  // === What users touch: /addresses, /networks, /countries... ===
  createRoute({ ...page, path: "$kind", component: lazyRouteComponent(() => import("./features/things/list-page"), "ThingsPage") }),
  createRoute({ ...page, path: "$kind/$key", component: lazyRouteComponent(() => import("./features/things/detail-page"), "ThingPage") }),
  createRoute({ ...page, path: "field-history", component: lazyRouteComponent(() => import("./features/field-history/page"), "FieldHistoryPage") }),
  createRoute({ ...page, path: "graph", component: lazyRouteComponent(() => import("./features/graph/page"), "GraphPage") }),

  // === How it is judged ===
  createRoute({ ...page, path: "rules", component: lazyRouteComponent(() => import("./features/rules/page"), "RulesPage") }),
  createRoute({ ...page, path: "rules/$ruleId", component: lazyRouteComponent(() => import("./features/rules/rule-page"), "RulePage") }),
  createRoute({ ...page, path: "rules/editor", component: lazyRouteComponent(() => import("./features/rules/editor-page"), "RuleEditorPage") }),
  createRoute({ ...page, path: "rules/versions", component: lazyRouteComponent(() => import("./features/rules/versions-page"), "RuleVersionsPage") }),
  createRoute({ ...page, path: "policies", component: lazyRouteComponent(() => import("./features/policies/page"), "PoliciesPage") }),

  // === How it runs ===
  createRoute({ ...page, path: "logbook", component: lazyRouteComponent(() => import("./features/logbook/page"), "LogbookPage") }),
  createRoute({ ...page, path: "data-sets", component: lazyRouteComponent(() => import("./features/data-sets/page"), "DataSetsPage") }),
  createRoute({ ...page, path: "audit", component: lazyRouteComponent(() => import("./features/audit/page"), "AuditPage") }),
  createRoute({ ...page, path: "settings/{-$section}", component: lazyRouteComponent(() => import("./features/settings/page"), "SettingsPage") }),
  createRoute({ ...page, path: "account", component: lazyRouteComponent(() => import("./features/account/page"), "AccountPage") }),
  createRoute({ ...page, path: "start", component: lazyRouteComponent(() => import("./features/start/page"), "StartPage") }),
  createRoute({ ...page, path: "incident", component: lazyRouteComponent(() => import("./features/incident/page"), "IncidentPage") }),
  // A build for use leaves this page out: the condition is decided when it is made.
  createRoute({ ...page, path: "dev/components", component: import.meta.env.DEV ? lazyRouteComponent(() => import("./features/dev/components-page"), "ComponentsPage") : NotFound }),
  createRoute({ ...page, path: "$", component: NotFound }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([login, welcome, shell.addChildren(pages)]),
  context: { queryClient },
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPreloadDelay: 120,
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
