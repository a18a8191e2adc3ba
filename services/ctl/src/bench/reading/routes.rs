//! What is read: every route of the API, the usual and the worst way.

mod activity;
mod deciding;
mod things;
mod users;

use super::values::Source;

/// A way to ask.
pub(super) struct Route {
    pub(super) name: &'static str,
    /// As the API document names it.
    pub(super) documented: &'static str,
    /// With placeholders, which take turns among their values.
    pub(super) path: &'static str,
}

/// A whole list.
pub(super) struct Export {
    pub(super) name: &'static str,
    pub(super) accept: &'static str,
    pub(super) path: &'static str,
}

const fn route(name: &'static str, documented: &'static str, path: &'static str) -> Route {
    Route { name, documented, path }
}

const fn source(name: &'static str, path: &'static str, pointer: &'static str) -> Source {
    Source { name, path, pointer }
}

/// In this order: later lists may be of what earlier ones gave.
pub(super) const SOURCES: &[Source] = &[
    source("event", "/api/v1/events?limit=100", "/event_id"),
    source("old_event", "/api/v1/events?limit=100&to={middle}", "/event_id"),
    // Explaining an event scores all of its user's before it again, up to a limit.
    source("plain_event", "/api/v1/users/{last_user}/events?limit=100", "/event_id"),
    source("event_rule", "/api/v1/rules", "/rule_id"),
    source("address", "/api/v1/entities/addresses?limit=100", "/key"),
    source("hot_address", "/api/v1/entities/addresses?limit=1&sort=-users", "/key"),
    source("network", "/api/v1/entities/networks?limit=100&sort=events", "/key"),
    source("hot_network", "/api/v1/entities/networks?limit=1&sort=-events", "/key"),
    source("country", "/api/v1/entities/countries?limit=100&sort=-events", "/key"),
    source("device", "/api/v1/entities/devices?limit=100&sort=-events", "/key"),
    source("user_agent", "/api/v1/entities/user-agents?limit=100&sort=-events", "/key"),
    source("resource", "/api/v1/entities/resources?limit=100&sort=-events", "/key"),
    source("domain", "/api/v1/entities/email-domains?limit=100&sort=-events", "/key"),
    source("payment", "/api/v1/entities/payments?limit=100", "/key"),
    source("email", "/api/v1/entities/emails?limit=100", "/key"),
    source("phone", "/api/v1/entities/phones?limit=100", "/key"),
    source("field", "/api/v1/entities/fields?limit=100&sort=-events", "/key"),
    source("session_user", "/api/v1/sessions?limit=100", "/user/user_id"),
    source("session", "/api/v1/sessions?limit=100", "/number"),
    source("case", "/api/v1/review?limit=100", "/case_id"),
    source("entry", "/api/v1/lists?limit=100", "/entry_id"),
    source("line", "/api/v1/logbook?limit=100", "/line_id"),
    source("erasure", "/api/v1/erasures?limit=100", "/erasure_id"),
    source("version", "/api/v1/rule-set/versions", "/version"),
];

/// Every way to ask that is measured.
pub(super) fn routes() -> impl Iterator<Item = &'static Route> {
    [activity::ROUTES, users::ROUTES, things::ROUTES, deciding::ROUTES].into_iter().flatten()
}

const NDJSON: &str = "application/x-ndjson";
const CSV: &str = "text/csv";

const fn export(name: &'static str, accept: &'static str, path: &'static str) -> Export {
    Export { name, accept, path }
}

pub(super) const EXPORTS: &[Export] = &[
    export("events of 30 days, NDJSON", NDJSON, "/api/v1/events?from={days_ago}"),
    export("events of 30 days, CSV", CSV, "/api/v1/events?from={days_ago}"),
    export("users, NDJSON", NDJSON, "/api/v1/users"),
    export("users, CSV", CSV, "/api/v1/users"),
    export("sessions, NDJSON", NDJSON, "/api/v1/sessions"),
    export("sessions, CSV", CSV, "/api/v1/sessions"),
    export("addresses, NDJSON", NDJSON, "/api/v1/entities/addresses"),
    export("addresses, CSV", CSV, "/api/v1/entities/addresses"),
    export("logbook, CSV", CSV, "/api/v1/logbook"),
    export("everything about a user", "application/json", "/api/v1/users/{user}/export"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    /// Routes that no row measures, and why.
    const LEFT_OUT: [(&str, &str); 5] = [
        ("/api/v1/events/stream", "it never ends; `bench` measures until an event is visible"),
        ("/api/v1/users/{user_id}/export", "it is a stream, measured among the exports"),
        ("/api/v1/me", "it is of the browser's session alone"),
        ("/api/v1/me/sessions", "it is of the browser's session alone"),
        ("/api/v1/me/views", "they are of a person, not of a token"),
    ];

    #[test]
    fn every_route_that_reads_is_measured() {
        let document = include_str!("../../../../../docs/api/query.openapi.json");
        let document: Value = serde_json::from_str(document).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let read: BTreeSet<&str> = paths
            .iter()
            .filter(|(_, verbs)| verbs.get("get").is_some())
            .map(|(path, _)| path.as_str())
            .collect();
        let measured = routes().map(|route| route.documented);
        let known: BTreeSet<&str> = measured.chain(LEFT_OUT.map(|(path, _)| path)).collect();
        assert_eq!(known, read);
    }

    #[test]
    fn every_way_to_ask_belongs_to_its_route() {
        for route in routes() {
            let path = route.path.split('?').next().unwrap_or_default();
            let (asked, named) = (path.split('/'), route.documented.split('/'));
            let fits = asked.clone().count() == named.clone().count()
                && asked.zip(named).all(|(one, other)| one == other || other.starts_with('{'));
            assert!(fits, "{} is not of {}", route.path, route.documented);
        }
    }

    #[test]
    fn names_are_names() {
        let names: BTreeSet<&str> = routes().map(|route| route.name).collect();
        assert_eq!(names.len(), routes().count());
    }
}
