//! The OpenAPI document, generated from the handlers.

use actix_web::HttpResponse;
use actix_web::http::Method;
use utoipa::openapi::PathItem;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::{Modify, OpenApi};

use crate::permissions::{self, Need};
use crate::rest::{
    account, audit, decisions, effect, entities, events, explain, explore, governance, keys, kpis,
    lists, logbook, members, overview, publish, review, rule_set, rules, saved_views, series,
    session, sessions, stream, tickets, user_care, user_parts, users,
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
        session::post_code,
        session::post_logout,
        session::get_me,
        tickets::post_look,
        tickets::post_redeem,
        account::post_password,
        account::get_own_sessions,
        account::delete_session,
        account::post_totp,
        account::post_confirm,
        account::post_remove,
        account::post_recovery_codes,
        saved_views::get_views,
        saved_views::post_view,
        saved_views::delete_view,
        members::get_members,
        members::patch_member,
        members::get_invitations,
        members::post_invitation,
        members::delete_invitation,
        members::get_policy,
        members::put_policy,
        keys::get_keys,
        keys::post_key,
        keys::delete_key,
        keys::get_tokens,
        keys::post_token,
        keys::delete_token,
        audit::get_audit,
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
        explore::get_path,
        explore::get_search,
        user_parts::get_user_sessions,
        user_parts::get_user_entities,
        user_parts::get_user_scores,
        user_care::get_notes,
        user_care::post_user_note,
        user_care::post_rescore,
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
        rules::get_schema,
        rules::post_check,
        rules::get_presets,
        rules::get_data_sets,
        rule_set::get_rule_set,
        rule_set::get_versions,
        rule_set::get_version,
        rule_set::get_diff,
        rule_set::get_rescore,
        logbook::get_lines,
        logbook::get_series,
        logbook::get_line,
        governance::get_retention,
        governance::put_retention,
        governance::post_retention_preview,
        governance::get_settings,
        governance::patch_settings,
        governance::post_erase,
        governance::get_person,
        governance::get_erasures,
        governance::get_erasure,
        publish::put_rule_set,
        publish::patch_rule_set,
        publish::post_rollback,
        effect::post_preview,
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
        decisions::post_undo_batch,
        decisions::post_labels,
        lists::get_lists,
        lists::get_entry,
        lists::post_entry,
        lists::delete_entry,
        lists::post_import
    ),
    modifiers(&Schemes, &Permissions)
)]
struct Document;

/// How a caller is known: by a token, or by the cookie of a browser and a CSRF token with writes.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-innerwall"));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    }
}

/// Writes `x-permission` from the table that is checked, and lets cookies open what tokens open.
struct Permissions;

impl Modify for Permissions {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            for (method, operation) in operations(item) {
                let Some(need) = permissions::need(&method, path) else { continue };
                let named = ExtensionsBuilder::new().add("x-permission", need.name()).build();
                operation.extensions.get_or_insert_default().merge(named);
                if let (Need::Permission(_), Some(ways)) = (need, &mut operation.security) {
                    ways.push(SecurityRequirement::new::<_, [&str; 0], &str>("cookie", []));
                }
            }
        }
    }
}

fn operations(item: &mut PathItem) -> Vec<(Method, &mut Operation)> {
    let all = [
        (Method::GET, item.get.as_mut()),
        (Method::PUT, item.put.as_mut()),
        (Method::POST, item.post.as_mut()),
        (Method::PATCH, item.patch.as_mut()),
        (Method::DELETE, item.delete.as_mut()),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation?))).collect()
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
    use super::*;

    #[test]
    fn every_operation_says_what_it_takes() {
        let mut document = Document::openapi();
        let silent: Vec<String> = document
            .paths
            .paths
            .iter_mut()
            .flat_map(|(path, item)| {
                operations(item).into_iter().map(move |(verb, _)| (verb, path))
            })
            .filter(|(method, path)| permissions::need(method, path).is_none())
            .map(|(method, path)| format!("{method} {path}"))
            .collect();
        assert!(silent.is_empty(), "not in services/query/src/permissions.rs: {silent:?}");
    }

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let mut document = Document::openapi();
        let items = document.paths.paths.values_mut();
        let mut names: Vec<_> = items
            .flat_map(|item| operations(item).into_iter())
            .filter_map(|(_, operation)| operation.operation_id.clone())
            .collect();
        names.sort();
        let repeated: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(repeated.is_empty(), "clients are made from these names: {repeated:?}");
    }

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
