//! Users and what is theirs, and sessions.

use super::{Route, route};

const SESSIONS: &str = "/api/v1/sessions";
const USERS: &str = "/api/v1/users";
const USER: &str = "/api/v1/users/{user_id}";
const USER_ENTITIES: &str = "/api/v1/users/{user_id}/entities/{kind}";
const USER_EVENTS: &str = "/api/v1/users/{user_id}/events";
const USER_SCORES: &str = "/api/v1/users/{user_id}/scores";
const USER_SERIES: &str = "/api/v1/users/{user_id}/series";
const USER_SESSIONS: &str = "/api/v1/users/{user_id}/sessions";

pub(super) const ROUTES: &[Route] = &[
    route("users", USERS, "/api/v1/users?limit=200"),
    route("users, oldest", USERS, "/api/v1/users?sort=last_seen"),
    route("users, worst", USERS, "/api/v1/users?sort=trust_score"),
    route("users by band", USERS, "/api/v1/users?band=low"),
    route("users by rule", USERS, "/api/v1/users?rule={event_rule}"),
    route("users by rule, worst", USERS, "/api/v1/users?rule={event_rule}&sort=trust_score"),
    route("users by id", USERS, "/api/v1/users?q={user}"),
    route("users by beginning of id", USERS, "/api/v1/users?q=user-00"),
    route("users by beginning of all ids", USERS, "/api/v1/users?q=user-"),
    route("users by name", USERS, "/api/v1/users?q=anna"),
    route("users by full name", USERS, "/api/v1/users?q=anna%20berg"),
    route("users by email", USERS, "/api/v1/users?q=person77"),
    route("users by nothing", USERS, "/api/v1/users?q=unheard-of"),
    route("users by country", USERS, "/api/v1/users?country={country}"),
    route("users by rare country, worst", USERS, "/api/v1/users?country=NG&sort=trust_score"),
    route("users seen in a range", USERS, "/api/v1/users?seen_from={days_ago}&seen_to={week_ago}"),
    route("users since a time", USERS, "/api/v1/users?since_from={week_ago}"),
    route(
        "users in a band by rule and country",
        USERS,
        "/api/v1/users?band=low&rule={event_rule}&country={country}",
    ),
    route("user", USER, "/api/v1/users/{user}"),
    route("hot user", USER, "/api/v1/users/{hot_user}"),
    route(
        "decisions of a user",
        "/api/v1/users/{user_id}/decisions",
        "/api/v1/users/{user}/decisions",
    ),
    route(
        "standing of a user",
        "/api/v1/users/{user_id}/standing",
        "/api/v1/users/{user}/standing",
    ),
    route("user explained", "/api/v1/users/{user_id}/explain", "/api/v1/users/{user}/explain"),
    route(
        "hot user explained",
        "/api/v1/users/{user_id}/explain",
        "/api/v1/users/{hot_user}/explain",
    ),
    route("fields of a user", "/api/v1/users/{user_id}/fields", "/api/v1/users/{user}/fields"),
    route(
        "fields of the hot user",
        "/api/v1/users/{user_id}/fields",
        "/api/v1/users/{hot_user}/fields",
    ),
    route("notes about a user", "/api/v1/users/{user_id}/notes", "/api/v1/users/{user}/notes"),
    route("user's events", USER_EVENTS, "/api/v1/users/{user}/events"),
    route("hot user's events", USER_EVENTS, "/api/v1/users/{hot_user}/events?limit=200"),
    route("user's sessions", USER_SESSIONS, "/api/v1/users/{user}/sessions"),
    route("hot user's sessions", USER_SESSIONS, "/api/v1/users/{hot_user}/sessions"),
    route("user's scores", USER_SCORES, "/api/v1/users/{user}/scores"),
    route("hot user's scores", USER_SCORES, "/api/v1/users/{hot_user}/scores"),
    route("user's series", USER_SERIES, "/api/v1/users/{user}/series?from={start}&bucket=day"),
    route(
        "hot user's series",
        USER_SERIES,
        "/api/v1/users/{hot_user}/series?from={start}&bucket=day",
    ),
    route(
        "busy users' series",
        USER_SERIES,
        "/api/v1/users/{busy_user}/series?from={days_ago}&bucket=hour",
    ),
    route("user's addresses", USER_ENTITIES, "/api/v1/users/{user}/entities/addresses"),
    route("hot user's addresses", USER_ENTITIES, "/api/v1/users/{hot_user}/entities/addresses"),
    route("hot user's resources", USER_ENTITIES, "/api/v1/users/{hot_user}/entities/resources"),
    route("sessions", SESSIONS, "/api/v1/sessions?limit=200"),
    route("sessions with alerts", SESSIONS, "/api/v1/sessions?has_alerts=true"),
    route("sessions with changes", SESSIONS, "/api/v1/sessions?has_changes=true"),
    route("sessions by country", SESSIONS, "/api/v1/sessions?country={country}"),
    route("sessions by no country", SESSIONS, "/api/v1/sessions?country=AQ"),
    route("sessions by address", SESSIONS, "/api/v1/sessions?ip={address}"),
    route("sessions of a user", SESSIONS, "/api/v1/sessions?user_id={user}"),
    route("sessions of a range", SESSIONS, "/api/v1/sessions?from={days_ago}&to={week_ago}"),
    route(
        "session",
        "/api/v1/sessions/{user_id}/{number}",
        "/api/v1/sessions/{session_user}/{session}",
    ),
];
