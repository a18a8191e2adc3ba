//! What happened: counts and events.

use super::{Route, route};

const EVENTS: &str = "/api/v1/events";
const OVERVIEW: &str = "/api/v1/overview";
const SERIES: &str = "/api/v1/series/events";
const SERIES_USERS: &str = "/api/v1/series/users";
const STATS: &str = "/api/v1/stats/overview";

pub(super) const ROUTES: &[Route] = &[
    route("overview, a day", OVERVIEW, "/api/v1/overview?from={day_ago}"),
    route("overview, 30 days", OVERVIEW, "/api/v1/overview?from={days_ago}"),
    route("overview, asked again", OVERVIEW, OVERVIEW),
    route("stats, a day", STATS, STATS),
    route("stats, 30 days", STATS, "/api/v1/stats/overview?hours=720"),
    route("standings", "/api/v1/stats/standings", "/api/v1/stats/standings"),
    route("ledger", "/api/v1/ledger", "/api/v1/ledger"),
    route("series, hour by minute", SERIES, "/api/v1/series/events?from={hour_ago}&bucket=minute"),
    route("series, day by hour", SERIES, "/api/v1/series/events?from={day_ago}&bucket=hour"),
    route("series, 30 days by hour", SERIES, "/api/v1/series/events?from={days_ago}&bucket=hour"),
    route("series, 30 days by day", SERIES, "/api/v1/series/events?from={days_ago}&bucket=day"),
    route(
        "series, all by day of another zone",
        SERIES,
        "/api/v1/series/events?from={start}&bucket=day&zone=Asia/Kolkata",
    ),
    route("series of users, day by hour", SERIES_USERS, "/api/v1/series/users?from={day_ago}"),
    route("series of users, all by day", SERIES_USERS, "/api/v1/series/users?from={start}"),
    route("events", EVENTS, "/api/v1/events?limit=200"),
    route("events of a day", EVENTS, "/api/v1/events?from={week_ago}&to={hour_ago}"),
    route("events by common type", EVENTS, "/api/v1/events?event_type=page_view"),
    route("events by rare types", EVENTS, "/api/v1/events?event_type=page_delete,account_edit"),
    route("events by no type", EVENTS, "/api/v1/events?event_type=unheard_of"),
    route("events of a user", EVENTS, "/api/v1/events?user_id={user}"),
    route(
        "events of the hot user by type",
        EVENTS,
        "/api/v1/events?user_id={hot_user}&event_type=page_delete",
    ),
    route("events of an address", EVENTS, "/api/v1/events?ip={address}"),
    route("events of the office", EVENTS, "/api/v1/events?ip={hot_address}"),
    route("events by rule", EVENTS, "/api/v1/events?rule={event_rule}"),
    route("events by risk", EVENTS, "/api/v1/events?min_risk=90"),
    route("events by country", EVENTS, "/api/v1/events?country={country}"),
    route("events by code", EVENTS, "/api/v1/events?http_code=500"),
    route("events by url", EVENTS, "/api/v1/events?url=/items/3999"),
    route("event", "/api/v1/events/{event_id}", "/api/v1/events/{event}"),
    route("old event", "/api/v1/events/{event_id}", "/api/v1/events/{old_event}"),
    route(
        "event explained",
        "/api/v1/events/{event_id}/explain",
        "/api/v1/events/{plain_event}/explain",
    ),
];
