//! REST. Reads parameters, asks the use case, shapes the answer.

pub(crate) mod account;
pub(crate) mod audit;
mod body;
pub(crate) mod decisions;
pub(crate) mod effect;
pub(crate) mod entities;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod explore;
pub(crate) mod governance;
mod identity;
pub(crate) mod keys;
pub(crate) mod kpis;
pub(crate) mod lists;
pub(crate) mod logbook;
pub(crate) mod members;
pub(crate) mod overview;
pub(crate) mod publish;
mod refusal;
pub(crate) mod review;
pub(crate) mod rule_set;
pub(crate) mod rules;
pub(crate) mod saved_views;
pub(crate) mod series;
pub(crate) mod session;
pub(crate) mod sessions;
pub(crate) mod stream;
pub(crate) mod tickets;
pub(crate) mod user_care;
pub(crate) mod user_parts;
pub(crate) mod users;

use std::sync::LazyLock;

use actix_web::web::{Query, ServiceConfig, delete, get, patch, post, put, scope};
use actix_web::{HttpRequest, HttpResponse, Scope};
use innerwall_runtime::methods::Methods;
use serde::de::DeserializeOwned;

pub(crate) use identity::caller;

use crate::openapi;
use crate::problem::Problem;

pub(crate) fn routes(config: &mut ServiceConfig) {
    let api = scope("/api")
        .route("/openapi.json", get().to(openapi::get_document))
        .configure(people)
        .route("/v1/users", get().to(users::get_users))
        .route("/v1/users/{user_id}", get().to(users::get_user))
        .route("/v1/users/{user_id}/events", get().to(users::get_user_events))
        .route("/v1/events", get().to(events::get_events))
        .route("/v1/events/stream", get().to(stream::get_stream))
        .route("/v1/events/{event_id}", get().to(events::get_event))
        .route("/v1/stats/overview", get().to(overview::get_overview))
        .route("/v1/series/events", get().to(series::get_events_series))
        .route("/v1/series/users", get().to(series::get_users_series))
        .route("/v1/users/{user_id}/series", get().to(series::get_user_series))
        .route("/v1/users/{user_id}/sessions", get().to(user_parts::get_user_sessions))
        .route("/v1/users/{user_id}/entities/{kind}", get().to(user_parts::get_user_entities))
        .route("/v1/users/{user_id}/scores", get().to(user_parts::get_user_scores))
        .route("/v1/users/{user_id}/fields", get().to(user_parts::get_user_fields))
        .route("/v1/field-changes", get().to(user_parts::get_field_changes))
        .route("/v1/overview", get().to(kpis::get_kpis))
        .route("/v1/graph", get().to(explore::get_graph))
        .route("/v1/graph/path", get().to(explore::get_path))
        .route("/v1/search", get().to(explore::get_search))
        .route("/v1/sessions", get().to(sessions::get_sessions))
        .route("/v1/sessions/{user_id}/{number}", get().to(sessions::get_session))
        .route("/v1/ledger", get().to(overview::get_ledger))
        .route("/v1/users/{user_id}/explain", get().to(explain::get_user_explanation))
        .route("/v1/events/{event_id}/explain", get().to(explain::get_event_explanation))
        .route("/v1/rules", get().to(rules::get_rules))
        .route("/v1/rules:check", post().to(rules::post_check))
        .route("/v1/rules/schema", get().to(rules::get_schema))
        .route("/v1/rules/{rule_id}", get().to(rules::get_rule))
        .route("/v1/presets", get().to(rules::get_presets))
        .route("/v1/data-sets", get().to(rules::get_data_sets))
        .route("/v1/rule-set", get().to(rule_set::get_rule_set))
        .route("/v1/rule-set", put().to(publish::put_rule_set))
        .route("/v1/rule-set", patch().to(publish::patch_rule_set))
        .route("/v1/rule-set:preview", post().to(effect::post_preview))
        .route("/v1/rule-set/rollback", post().to(publish::post_rollback))
        .route("/v1/rule-set/versions", get().to(rule_set::get_versions))
        .route("/v1/rule-set/versions/{version}", get().to(rule_set::get_version))
        .route("/v1/rule-set/versions/{from}/diff/{to}", get().to(rule_set::get_diff))
        .route("/v1/rescore", get().to(rule_set::get_rescore))
        .configure(user_care::routes)
        .configure(review::routes)
        .configure(decisions::routes)
        .configure(lists::routes)
        .configure(logbook::routes)
        .configure(governance::routes);
    config.service(entity_routes(api));
}

fn entity_routes(api: Scope) -> Scope {
    api.route("/v1/entities/{kind}", get().to(entities::get_entities))
        .route("/v1/entities/{kind}/series", get().to(series::get_kind_series))
        .route("/v1/entities/{kind}/{key}", get().to(entities::get_entity))
        .route("/v1/entities/{kind}/{key}/users", get().to(entities::get_entity_users))
        .route("/v1/entities/{kind}/{key}/events", get().to(entities::get_entity_events))
        .route("/v1/entities/{kind}/{key}/series", get().to(series::get_entity_series))
        .route("/v1/entities/{kind}/{key}/sessions", get().to(entities::get_entity_sessions))
        .route("/v1/entities/{kind}/{key}/related/{related}", get().to(entities::get_related))
}

/// Signing in, the own account, members, keys and the audit log.
fn people(config: &mut ServiceConfig) {
    config
        .route("/v1/login", post().to(session::post_login))
        .route("/v1/login/code", post().to(session::post_code))
        .route("/v1/logout", post().to(session::post_logout))
        .route("/v1/tickets/look", post().to(tickets::post_look))
        .route("/v1/tickets/redeem", post().to(tickets::post_redeem))
        .route("/v1/me", get().to(session::get_me))
        .route("/v1/me/password", post().to(account::post_password))
        .route("/v1/me/sessions", get().to(account::get_own_sessions))
        .route("/v1/me/sessions/{session_no}", delete().to(account::delete_session))
        .route("/v1/me/views", get().to(saved_views::get_views))
        .route("/v1/me/views", post().to(saved_views::post_view))
        .route("/v1/me/views/{view_id}", delete().to(saved_views::delete_view))
        .route("/v1/me/totp", post().to(account::post_totp))
        .route("/v1/me/totp/confirm", post().to(account::post_confirm))
        .route("/v1/me/totp/remove", post().to(account::post_remove))
        .route("/v1/me/totp/recovery-codes", post().to(account::post_recovery_codes))
        .route("/v1/members", get().to(members::get_members))
        .route("/v1/members/{operator_id}", patch().to(members::patch_member))
        .route("/v1/invitations", get().to(members::get_invitations))
        .route("/v1/invitations", post().to(members::post_invitation))
        .route("/v1/invitations/{invitation_id}", delete().to(members::delete_invitation))
        .route("/v1/sign-in-policy", get().to(members::get_policy))
        .route("/v1/sign-in-policy", put().to(members::put_policy))
        .route("/v1/keys", get().to(keys::get_keys))
        .route("/v1/keys", post().to(keys::post_key))
        .route("/v1/keys/{key_id}", delete().to(keys::delete_key))
        .route("/v1/tokens", get().to(keys::get_tokens))
        .route("/v1/tokens", post().to(keys::post_token))
        .route("/v1/tokens/{token_id}", delete().to(keys::delete_token))
        .route("/v1/audit", get().to(audit::get_audit));
}

/// Answers where no route fits path and method.
pub(crate) async fn not_found(request: HttpRequest) -> Result<HttpResponse, Problem> {
    static METHODS: LazyLock<Methods> = LazyLock::new(|| Methods::of(&openapi::document()));
    if let Some(allowed) = METHODS.allowed(request.path()) {
        return Err(Problem::MethodNotAllowed { allowed: allowed.to_owned() });
    }
    Err(Problem::NotFound { what: format!("{} {}", request.method(), request.path()) })
}

/// Parameters of the query string.
pub(crate) fn parameters<T: DeserializeOwned>(request: &HttpRequest) -> Result<T, Problem> {
    let parsed = Query::<T>::from_query(request.query_string());
    parsed.map(Query::into_inner).map_err(|error| Problem::parameter("query", &error))
}

/// A number in the path.
pub(crate) fn number(field: &'static str, path_part: &str) -> Result<i64, Problem> {
    let wrong = || Problem::parameter(field, "not a whole number");
    path_part.parse().map_err(|_| wrong())
}

/// A slash inside an id stays encoded through routing.
pub(crate) fn decoded(path_part: &str) -> String {
    percent_encoding::percent_decode_str(path_part).decode_utf8_lossy().replace('\0', "")
}
