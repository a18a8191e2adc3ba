//! Whoever asks for the things of another tenant finds nothing, changes nothing and learns nothing:
//! every route and every gRPC method, with the ids of one tenant and the credentials of another.

pub(crate) mod grpc;

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::sql;
use innerwall_tests::{Browser, System, Tenant, VISIBLE_WITHIN, event};
use serde_json::{Value, json};

use crate::routes::{self, Ids};

/// What only the first tenant knows, apart from the ids that are asked for.
const CANARIES: [&str; 6] = [
    "mallory.canary@mail.example",
    "198.51.100.77",
    "+41795550199",
    "Canary Full Name",
    "/canary/page",
    "canary-label",
];
const TABLES: &str = "
    SELECT quote_ident(relname) FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'tenant_id'
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
    ORDER BY relname";
const SET_TENANT: &str = "SELECT set_config('innerwall.tenant_id', $1::int::text, false)";

#[tokio::test]
async fn another_tenants_credentials_find_and_change_nothing() -> Result<()> {
    let mut system = System::start().await?;
    let ids = canaries(&system).await?;
    let other = system.site.create_tenant("other").await?;
    let token = all_powerful(&system, &other).await?;
    // Nothing else may write while the rows are compared.
    system.ingest.end_in_order().await?;
    for scorer in &mut system.scorers {
        scorer.end_in_order().await?;
    }
    let before = rows(&system).await?;
    let authorization = format!("Bearer {token}");
    let mut faults = Vec::new();
    for route in routes::all(&system).await? {
        if route.is_stream() {
            continue;
        }
        let headers = [("Authorization", &*authorization)];
        let answer = route.ask(&system.query.url, &ids, &headers).await?;
        // That there is no such thing may be said in the words of the question.
        let is_echo = |canary: &str| answer.status == 404 && ids["key"] == canary;
        let leaks = |canary: &&str| answer.text().contains(canary) && !is_echo(canary);
        let leaked: Vec<&str> = CANARIES.into_iter().filter(leaks).collect();
        let names_theirs = route.parameters().any(|name| THEIRS.contains(&name));
        // A refusal for its form is as good as one for the tenant; an own account has other
        // things than a token does.
        let is_refused = matches!(answer.status, 400..=499) || route.permission == "own account";
        let is_wrong = route.method != "GET" && names_theirs && !is_refused;
        if answer.status >= 500 || is_wrong || !leaked.is_empty() {
            let text = answer.text();
            faults.push(format!("{route}: {} leaks {leaked:?} {text}", answer.status));
        }
    }
    faults.extend(grpc::faults(&system, &ids, &token, &CANARIES).await?);
    assert!(faults.is_empty(), "{faults:#?}");
    let after = rows(&system).await?;
    for (table, hash) in &before {
        assert_eq!(after.get(table), Some(hash), "{table}: rows of the first tenant have changed");
    }
    Ok(())
}

#[tokio::test]
async fn the_things_asked_for_are_there_for_their_own_tenant() -> Result<()> {
    let system = System::start().await?;
    let ids = canaries(&system).await?;
    for path in ["/users/{user_id}", "/events/{event_id}", "/users/{user_id}/events"] {
        let path = path.replace("{user_id}", text(&ids, "user_id"));
        let path = path.replace("{event_id}", text(&ids, "event_id"));
        let answer = system.reader.get(&path).await?;
        ensure!(answer.status == 200, "{path}: {}", answer.status);
        ensure!(answer.text().contains(CANARIES[1]), "{path}: the canary is not in its own answer");
    }
    Ok(())
}

/// Statements whose tenant clause was forgotten: what the database gives without it.
#[tokio::test]
async fn the_database_alone_keeps_tenants_apart() -> Result<()> {
    let system = System::start().await?;
    canaries(&system).await?;
    let other = system.site.create_tenant("other").await?.id;
    let owner = system.site.sql().await?;
    let query = sql::connect(&system.site.role_url("query").await?).await?;
    let ours = system.site.tenant.id;
    for row in owner.query(TABLES, &[]).await? {
        let table: String = row.try_get(0)?;
        let forgetful = format!("SELECT count(*) FROM {table} WHERE tenant_id = $1");
        query.query_one(SET_TENANT, &[&ours]).await?;
        // A table that the role may not read at all is as good.
        let Ok(own) = query.query_one(&forgetful, &[&ours]).await else { continue };
        let own: i64 = own.try_get(0)?;
        query.query_one(SET_TENANT, &[&other]).await?;
        let theirs: i64 = query.query_one(&forgetful, &[&ours]).await?.try_get(0)?;
        assert_eq!(theirs, 0, "{table}: {own} rows");
    }
    Ok(())
}

/// A user, events and people of the first tenant that hold canaries; gives their ids.
async fn canaries(system: &System) -> Result<Ids> {
    let mut canary = event("canary-user", "account_login");
    canary["event_id"] = json!("canary-event");
    canary["email"] = json!(CANARIES[0]);
    canary["ip"] = json!(CANARIES[1]);
    canary["phone"] = json!(CANARIES[2]);
    canary["full_name"] = json!(CANARIES[3]);
    canary["url"] = json!(CANARIES[4]);
    ensure!(system.send_json(&canary).await?.status == 202, "the canary is refused");
    system.visible("canary-user", 1).await?;
    let tenant = &system.site.tenant;
    let mut owner = Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    let key = json!({"label": CANARIES[5], "events_per_second": 1});
    let key = owner.send("POST", "/keys", &key).await?.json()?;
    let token = json!({"label": CANARIES[5], "scopes": ["read"], "days": 1});
    let token = owner.send("POST", "/tokens", &token).await?.json()?;
    let invitation = json!({"email": "invited@canary.example", "role": "viewer"});
    let invitation = owner.send("POST", "/invitations", &invitation).await?.json()?;
    let view = json!({"page": "users", "name": CANARIES[5], "search": "?q=canary"});
    let view = owner.send("POST", "/me/views", &view).await?.json()?;
    let me = owner.get("/me").await?.json()?;
    let sessions = owner.get("/me/sessions").await?.json()?;
    let Value::Object(mut ids) = json!({
        "user_id": "canary-user",
        "rule_id": "A01",
        "version": 1,
        "from": 1,
        "to": 1,
        "key_id": key["id"],
        "token_id": token["id"],
        "invitation_id": invitation["id"],
        "operator_id": me["operator"]["id"],
        "session_no": sessions["items"][0]["id"],
        "view_id": view["view_id"],
    }) else {
        return Ok(Ids::default());
    };
    let event = &system.reader.events_of("canary-user").await?[0]["event_id"];
    ids.insert("event_id".to_owned(), event.clone());
    ids.insert("confirm".to_owned(), json!("canary-user"));
    decided(system, &mut ids).await?;
    for (name, value) in EVERYBODYS {
        ids.insert((*name).to_owned(), json!(value));
    }
    Ok(ids)
}

/// What people have decided about the canary.
async fn decided(system: &System, ids: &mut Ids) -> Result<()> {
    let reader = &system.reader;
    let review = json!({"action": "review", "reason": "a canary"});
    let path = "/users/canary-user/decisions";
    let decision = reader.send("POST", path, &review).await?.json()?;
    let entry = json!({"list": "watch", "kind": "address", "value": CANARIES[1], "reason": "x"});
    reader.send("POST", "/lists", &entry).await?;
    let import = json!({"reason": "a canary", "entries": [
        {"list": "watch", "kind": "address", "value": "198.51.100.78"}]});
    let import = reader.send("POST", "/lists:import", &import).await?.json()?;
    ids.insert("batch_id".to_owned(), import["batch"].clone());
    system.send_json(&json!([event("canary-erased", "page_view")])).await?;
    system.visible("canary-erased", 1).await?;
    let erase = json!({"confirm": "canary-erased"});
    reader.send("POST", "/users/canary-erased/erase", &erase).await?;
    ids.insert("decision_id".to_owned(), decision["decision_id"].clone());
    for (name, path) in [
        ("case_id", "/review"),
        ("entry_id", "/lists"),
        ("erasure_id", "/erasures"),
        ("line_id", "/logbook"),
    ] {
        let page = eventually(VISIBLE_WITHIN, path, async || {
            let page = reader.read(path).await?;
            Ok(Some(page["items"][0][name].clone()).filter(|id| !id.is_null()))
        });
        ids.insert(name.to_owned(), page.await?);
    }
    Ok(())
}

/// Parameters that name a thing of one tenant. A route that writes to one finds nothing.
const THEIRS: [&str; 13] = [
    "user_id",
    "event_id",
    "key_id",
    "token_id",
    "invitation_id",
    "operator_id",
    "decision_id",
    "entry_id",
    "case_id",
    "line_id",
    "erasure_id",
    "view_id",
    "batch_id",
];

/// Parameters of which every tenant has the same. A route with a parameter of a new name needs a
/// line here, or its thing in [`canaries`] and a line above.
const EVERYBODYS: &[(&str, &str)] =
    &[("kind", "addresses"), ("key", CANARIES[1]), ("related", "users"), ("number", "1")];

fn text<'i>(ids: &'i Ids, name: &str) -> &'i str {
    ids.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A token that may do everything, so that nothing but the tenant stands in its way.
async fn all_powerful(system: &System, tenant: &Tenant) -> Result<String> {
    let mut arguments = vec!["token", "create", "--tenant", &tenant.name, "--label", "all"];
    let scopes = [
        "read", "personal", "export", "review", "lists", "rules", "settings", "keys", "people",
        "audit", "erase",
    ];
    for scope in &scopes {
        arguments.extend(["--scope", scope]);
    }
    system.site.ctl(&arguments).await?.success().context("no token")
}

/// Of each table, a hash over all rows of the first tenant.
async fn rows(system: &System) -> Result<BTreeMap<String, String>> {
    let owner = system.site.sql().await?;
    let mut hashes = BTreeMap::new();
    for row in owner.query(TABLES, &[]).await? {
        let table: String = row.try_get(0)?;
        let statement = format!(
            "SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '')
             FROM {table} AS t WHERE tenant_id = $1"
        );
        let hash = owner.query_one(&statement, &[&system.site.tenant.id]).await?.try_get(0)?;
        hashes.insert(table, hash);
    }
    ensure!(hashes.len() > 20, "only {} tables: is the check blind?", hashes.len());
    Ok(hashes)
}
