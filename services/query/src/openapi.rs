//! The OpenAPI document, generated from the handlers.

use actix_web::HttpResponse;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::rest::{
    decisions, entities, events, explain, explore, kpis, lists, overview, publish, review,
    rule_set, rules, series, session, sessions, stream, user_parts, users,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Innerwall query",
        description = "Reading scores, events and what became of them; explaining them; managing rules.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        session::post_login,
        session::post_logout,
        session::get_me,
        users::get_users,
        users::get_user,
        users::get_user_events,
        events::get_events,
        events::get_event,
        stream::get_stream,
        entities::get_entities,
        entities::get_entity,
        entities::get_entity_users,
        entities::get_entity_sessions,
        entities::get_entity_events,
        entities::get_related,
        kpis::get_kpis,
        explore::get_graph,
        explore::get_search,
        user_parts::get_user_sessions,
        user_parts::get_user_entities,
        user_parts::get_user_scores,
        user_parts::get_user_fields,
        user_parts::get_field_changes,
        series::get_events_series,
        series::get_users_series,
        series::get_user_series,
        series::get_entity_series,
        series::get_kind_series,
        sessions::get_sessions,
        sessions::get_session,
        overview::get_overview,
        overview::get_ledger,
        explain::get_user_explanation,
        explain::get_event_explanation,
        rules::get_rules,
        rules::get_rule,
        rules::post_check,
        rules::get_presets,
        rules::get_data_sets,
        rule_set::get_rule_set,
        rule_set::get_versions,
        rule_set::get_version,
        rule_set::get_diff,
        rule_set::get_rescore,
        publish::put_rule_set,
        publish::patch_rule_set,
        publish::post_rollback,
        review::get_cases,
        review::get_counts,
        review::get_case,
        review::post_assign,
        review::post_note,
        review::post_decide,
        review::post_decide_many,
        decisions::get_decisions,
        decisions::get_user_decisions,
        decisions::get_standing,
        decisions::get_totals,
        decisions::post_user_decision,
        decisions::post_undo,
        decisions::post_labels,
        lists::get_lists,
        lists::get_entry,
        lists::post_entry,
        lists::delete_entry,
        lists::post_import
    ),
    modifiers(&BearerScheme)
)]
struct Document;

struct BearerScheme;

impl Modify for BearerScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The document as JSON text.
pub fn document() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

pub(crate) async fn get_document() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_document_is_the_one_that_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/query.openapi.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let served = super::document() + "\n";
        if committed != served {
            std::fs::write(path, served).unwrap();
            panic!("docs/api/query.openapi.json was out of date and has been written anew");
        }
    }
}
