//! Things that users touch, the graph and search.

use super::{Route, route};

const ENTITIES: &str = "/api/v1/entities/{kind}";
const ENTITY: &str = "/api/v1/entities/{kind}/{key}";
const ENTITY_EVENTS: &str = "/api/v1/entities/{kind}/{key}/events";
const ENTITY_RELATED: &str = "/api/v1/entities/{kind}/{key}/related/{related}";
const ENTITY_SERIES: &str = "/api/v1/entities/{kind}/{key}/series";
const ENTITY_SESSIONS: &str = "/api/v1/entities/{kind}/{key}/sessions";
const ENTITY_USERS: &str = "/api/v1/entities/{kind}/{key}/users";
const KIND_SERIES: &str = "/api/v1/entities/{kind}/series";
const FIELD_CHANGES: &str = "/api/v1/field-changes";
const GRAPH_PATH: &str = "/api/v1/graph/path";
const GRAPH: &str = "/api/v1/graph";
const SEARCH: &str = "/api/v1/search";

pub(super) const ROUTES: &[Route] = &[
    route("addresses", ENTITIES, "/api/v1/entities/addresses?limit=200"),
    route("addresses by events", ENTITIES, "/api/v1/entities/addresses?sort=-events"),
    route("addresses by users, up", ENTITIES, "/api/v1/entities/addresses?sort=users"),
    route("addresses by key", ENTITIES, "/api/v1/entities/addresses?sort=key"),
    route("addresses with a tag", ENTITIES, "/api/v1/entities/addresses?tag=hosting"),
    route(
        "addresses with a tag, by events",
        ENTITIES,
        "/api/v1/entities/addresses?tag=vpn&sort=-events",
    ),
    route("addresses with a rare tag", ENTITIES, "/api/v1/entities/addresses?tag=tor"),
    route("addresses with no such tag", ENTITIES, "/api/v1/entities/addresses?tag=satellite"),
    route("addresses by country", ENTITIES, "/api/v1/entities/addresses?country={country}"),
    route(
        "addresses by country, by users",
        ENTITIES,
        "/api/v1/entities/addresses?country=NG&sort=-users",
    ),
    route("addresses of a network", ENTITIES, "/api/v1/entities/addresses?parent={network}"),
    route(
        "addresses of the hot network",
        ENTITIES,
        "/api/v1/entities/addresses?parent={hot_network}&sort=-events",
    ),
    route("addresses by beginning", ENTITIES, "/api/v1/entities/addresses?q=11.1"),
    route("addresses with many users", ENTITIES, "/api/v1/entities/addresses?min_users=5"),
    route(
        "addresses of a range, with a tag",
        ENTITIES,
        "/api/v1/entities/addresses?from={week_ago}&to={day_ago}&tag=hosting",
    ),
    route("networks", ENTITIES, "/api/v1/entities/networks?sort=-events"),
    route("countries", ENTITIES, "/api/v1/entities/countries?sort=-events"),
    route("devices", ENTITIES, "/api/v1/entities/devices?sort=-users"),
    route("user agents", ENTITIES, "/api/v1/entities/user-agents?sort=-users"),
    route("resources", ENTITIES, "/api/v1/entities/resources?sort=-events"),
    route("e-mail domains", ENTITIES, "/api/v1/entities/email-domains?sort=-users"),
    route("e-mail addresses", ENTITIES, "/api/v1/entities/emails"),
    route("e-mail addresses of a domain", ENTITIES, "/api/v1/entities/emails?parent={domain}"),
    route("phone numbers", ENTITIES, "/api/v1/entities/phones"),
    route("fields", ENTITIES, "/api/v1/entities/fields"),
    route("means of payment", ENTITIES, "/api/v1/entities/payments"),
    route(
        "series of addresses, by hour",
        KIND_SERIES,
        "/api/v1/entities/addresses/series?from={day_ago}&bucket=hour",
    ),
    route(
        "series of addresses, all by day",
        KIND_SERIES,
        "/api/v1/entities/addresses/series?from={start}&bucket=day",
    ),
    route(
        "series of users, as a kind",
        KIND_SERIES,
        "/api/v1/entities/users/series?from={start}&bucket=day",
    ),
    route("address", ENTITY, "/api/v1/entities/addresses/{address}"),
    route("the office", ENTITY, "/api/v1/entities/addresses/{hot_address}"),
    route("hot network", ENTITY, "/api/v1/entities/networks/{hot_network}"),
    route("address' events", ENTITY_EVENTS, "/api/v1/entities/addresses/{address}/events"),
    route("the office's events", ENTITY_EVENTS, "/api/v1/entities/addresses/{hot_address}/events"),
    route("network's events", ENTITY_EVENTS, "/api/v1/entities/networks/{network}/events"),
    route("hot network's events", ENTITY_EVENTS, "/api/v1/entities/networks/{hot_network}/events"),
    route("country's events", ENTITY_EVENTS, "/api/v1/entities/countries/{country}/events"),
    route("device's events", ENTITY_EVENTS, "/api/v1/entities/devices/{device}/events"),
    route("user agent's events", ENTITY_EVENTS, "/api/v1/entities/user-agents/{user_agent}/events"),
    route("resource's events", ENTITY_EVENTS, "/api/v1/entities/resources/{resource}/events"),
    route("domain's events", ENTITY_EVENTS, "/api/v1/entities/email-domains/{domain}/events"),
    route("e-mail address' events", ENTITY_EVENTS, "/api/v1/entities/emails/{email}/events"),
    route("phone number's events", ENTITY_EVENTS, "/api/v1/entities/phones/{phone}/events"),
    route("field's events", ENTITY_EVENTS, "/api/v1/entities/fields/{field}/events"),
    route(
        "network's addresses",
        ENTITY_RELATED,
        "/api/v1/entities/networks/{network}/related/addresses",
    ),
    route(
        "hot network's addresses",
        ENTITY_RELATED,
        "/api/v1/entities/networks/{hot_network}/related/addresses",
    ),
    route(
        "hot network's devices",
        ENTITY_RELATED,
        "/api/v1/entities/networks/{hot_network}/related/devices",
    ),
    route(
        "the office's devices",
        ENTITY_RELATED,
        "/api/v1/entities/addresses/{hot_address}/related/devices",
    ),
    route(
        "devices' resources",
        ENTITY_RELATED,
        "/api/v1/entities/devices/{device}/related/resources",
    ),
    route(
        "devices' addresses",
        ENTITY_RELATED,
        "/api/v1/entities/devices/{device}/related/addresses",
    ),
    route(
        "domains' addresses",
        ENTITY_RELATED,
        "/api/v1/entities/email-domains/{domain}/related/emails",
    ),
    route(
        "address' series",
        ENTITY_SERIES,
        "/api/v1/entities/addresses/{address}/series?from={start}&bucket=day",
    ),
    route(
        "the office's series",
        ENTITY_SERIES,
        "/api/v1/entities/addresses/{hot_address}/series?from={start}&bucket=day",
    ),
    route(
        "the office's series, by hour",
        ENTITY_SERIES,
        "/api/v1/entities/addresses/{hot_address}/series?from={week_ago}&bucket=hour",
    ),
    route(
        "hot network's series",
        ENTITY_SERIES,
        "/api/v1/entities/networks/{hot_network}/series?from={start}&bucket=day",
    ),
    route(
        "hot network's series, by hour",
        ENTITY_SERIES,
        "/api/v1/entities/networks/{hot_network}/series?from={week_ago}&bucket=hour",
    ),
    route(
        "user agent's series",
        ENTITY_SERIES,
        "/api/v1/entities/user-agents/{user_agent}/series?from={start}&bucket=day",
    ),
    route("address' sessions", ENTITY_SESSIONS, "/api/v1/entities/addresses/{address}/sessions"),
    route(
        "the office's sessions",
        ENTITY_SESSIONS,
        "/api/v1/entities/addresses/{hot_address}/sessions",
    ),
    route(
        "hot network's sessions",
        ENTITY_SESSIONS,
        "/api/v1/entities/networks/{hot_network}/sessions",
    ),
    route("devices' sessions", ENTITY_SESSIONS, "/api/v1/entities/devices/{device}/sessions"),
    route("address' users", ENTITY_USERS, "/api/v1/entities/addresses/{address}/users"),
    route("the office's users", ENTITY_USERS, "/api/v1/entities/addresses/{hot_address}/users"),
    route("hot network's users", ENTITY_USERS, "/api/v1/entities/networks/{hot_network}/users"),
    route("devices' users", ENTITY_USERS, "/api/v1/entities/devices/{device}/users"),
    route(
        "way between two users",
        GRAPH_PATH,
        "/api/v1/graph/path?from_kind=users&from_key={user}&to_kind=users&to_key={busy_user}",
    ),
    route(
        "way from the hot user to nobody near",
        GRAPH_PATH,
        "/api/v1/graph/path?from_kind=users&from_key={hot_user}&to_kind=phones&to_key={phone}",
    ),
    route("graph of a user", GRAPH, "/api/v1/graph?kind=users&key={user}&depth=2"),
    route("graph of the hot user", GRAPH, "/api/v1/graph?kind=users&key={hot_user}&depth=2"),
    route("graph of the office", GRAPH, "/api/v1/graph?kind=addresses&key={hot_address}&depth=2"),
    route(
        "graph of the hot network",
        GRAPH,
        "/api/v1/graph?kind=networks&key={hot_network}&depth=2",
    ),
    route("graph of a device", GRAPH, "/api/v1/graph?kind=devices&key={device}&depth=2"),
    route("changes of fields", FIELD_CHANGES, FIELD_CHANGES),
    route("changes of a field", FIELD_CHANGES, "/api/v1/field-changes?field={field}"),
    route("changes of fields by a user", FIELD_CHANGES, "/api/v1/field-changes?user_id={user}"),
    route("search for an address", SEARCH, "/api/v1/search?q={address}"),
    route("search for part of an address", SEARCH, "/api/v1/search?q=11.12"),
    route("search for a user", SEARCH, "/api/v1/search?q={user}"),
    route("search for all users", SEARCH, "/api/v1/search?q=user"),
    route("search for a name", SEARCH, "/api/v1/search?q=anna"),
    route("search for an e-mail address", SEARCH, "/api/v1/search?q={email}"),
    route("search for an event", SEARCH, "/api/v1/search?q={event}"),
    route("search for a page", SEARCH, "/api/v1/search?q=/items/7"),
    route("search for a network", SEARCH, "/api/v1/search?q=AS64513"),
    route("search for a range", SEARCH, "/api/v1/search?q=11.2.0.0/16"),
    route("search for nothing", SEARCH, "/api/v1/search?q=unheard-of"),
];
