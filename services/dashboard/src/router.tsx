/** The map of the app. Every page is its own chunk; the frame and the router come first. */
import { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect,
} from "@tanstack/react-router";
import { isRetryable } from "./api/problem";
import { meQuery, overviewQuery, rulesQuery, userQuery, usersQuery } from "./api/queries";
import { activitySearch, DEFAULT_RANGE } from "./features/activity/search";
import { Crashed, NotFound } from "./features/shell/fallbacks";
import { Shell } from "./features/shell/shell";
import { userSearch } from "./features/user/search";
import { userFilter, usersSearch } from "./features/users/search";
import { parseSearch, stringifySearch, textParam } from "./lib/search";
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

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/activity" });
  },
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: "activity",
  validateSearch: activitySearch,
  loaderDeps: ({ search }) => ({ hours: search.hours ?? DEFAULT_RANGE }),
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(overviewQuery(Number(deps.hours))),
  component: lazyRouteComponent(() => import("./features/activity/page"), "ActivityPage"),
});

const users = createRoute({
  getParentRoute: () => shell,
  path: "users",
  validateSearch: usersSearch,
  loaderDeps: ({ search }) => userFilter(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(usersQuery(deps));
    void context.queryClient.prefetchQuery(rulesQuery);
  },
  component: lazyRouteComponent(() => import("./features/users/page"), "UsersPage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "account",
  component: lazyRouteComponent(() => import("./features/account/page"), "AccountPage"),
});

const user = createRoute({
  getParentRoute: () => shell,
  path: "users/$userId",
  validateSearch: userSearch,
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(userQuery(params.userId)),
  component: lazyRouteComponent(() => import("./features/user/page"), "UserPage"),
});

const unknown = createRoute({ getParentRoute: () => shell, path: "$", component: NotFound });

export const router = createRouter({
  routeTree: root.addChildren([login, welcome, shell.addChildren([home, activity, users, user, account, unknown])]),
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
