//! The audit log is complete and shows when somebody has touched it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::sql::SqlSession;
use innerwall_testkit::{eventually, http};
use innerwall_tests::{Browser, System, event};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Refusals are noted in the background.
const NOTED_WITHIN: Duration = Duration::from_secs(5);
const ACTIONS: &str = "
    SELECT action, coalesce(address, '') = '127.0.0.1' FROM audit_log WHERE seq > $1 AND tenant_id = $2 ORDER BY seq";
const LAST: &str = "SELECT coalesce(max(seq), 0) FROM audit_log WHERE tenant_id = $1";
const ADD: &str = "
    INSERT INTO audit_log (tenant_id, actor, action, detail) VALUES ($1, $2, 'test.note', $3)";
const PASSWORD: &str = "a sentence for tests";

/// A request and the one row it leaves.
struct Step {
    method: &'static str,
    path: String,
    body: Value,
    action: &'static str,
}

fn step(method: &'static str, path: &str, body: Value, action: &'static str) -> Step {
    Step { method, path: path.to_owned(), body, action }
}

#[tokio::test]
async fn each_security_event_leaves_exactly_one_row() -> Result<()> {
    let system = System::start().await?;
    let (tenant, sql) = (&system.site.tenant, system.site.sql().await?);
    let mut owner = Browser::new(&system.query.url);
    let mut before = last(&sql, tenant.id).await?;
    owner.sign_in(&tenant.email, "wrong").await?;
    left(&sql, tenant.id, &mut before, "login.failed").await?;
    owner.sign_in(&tenant.email, &tenant.password).await?;
    left(&sql, tenant.id, &mut before, "login.ok").await?;
    let invited = json!({"email": "vic@acme.example", "role": "viewer"});
    let invited = owner.send("POST", "/invitations", &invited).await?.json()?;
    left(&sql, tenant.id, &mut before, "invitation.create").await?;
    let mut viewer = Browser::new(&system.query.url);
    let set = json!({"ticket": invited["ticket"], "password": PASSWORD});
    viewer.send("POST", "/tickets/redeem", &set).await?;
    left(&sql, tenant.id, &mut before, "invitation.accept").await?;
    viewer.get("/audit").await?;
    left(&sql, tenant.id, &mut before, "access.denied").await?;
    viewer.send("POST", "/logout", &json!({})).await?;
    left(&sql, tenant.id, &mut before, "logout").await?;
    let members = owner.get("/members").await?.json()?;
    let member = format!("/members/{}", members["items"][1]["id"]);
    for step in steps(&tenant.password, &member) {
        let answer = owner.send(step.method, &step.path, &step.body).await?;
        ensure!(answer.status < 300, "{}: {} {}", step.path, answer.status, answer.text());
        left(&sql, tenant.id, &mut before, step.action).await?;
    }
    check_deciding(&system, &sql, &mut before).await?;
    check_page(&mut owner, tenant).await?;
    verify(&system, 0, "head").await
}

/// What an owner does, and what is noted of it.
fn steps(password: &str, member: &str) -> Vec<Step> {
    let key = json!({"label": "audited", "events_per_second": 1});
    let token = json!({"label": "audited", "scopes": ["read"], "days": 1});
    let invited = json!({"email": "wen@acme.example", "role": "viewer"});
    let passwords = json!({"current_password": password, "new_password": PASSWORD});
    let rules = json!({"base_version": 1, "reason": "a test", "patch": {"weights": {"B06": 0}}});
    let back = json!({"base_version": 2, "version": 1, "reason": "a test"});
    vec![
        step("POST", "/keys", key, "key.create"),
        step("DELETE", "/keys/2", json!({}), "key.revoke"),
        step("POST", "/tokens", token, "token.create"),
        step("DELETE", "/tokens/2", json!({}), "token.revoke"),
        step("PATCH", member, json!({"role": "admin"}), "member.role"),
        step("PATCH", member, json!({"disabled": true}), "member.disable"),
        step("PATCH", member, json!({"disabled": false}), "member.enable"),
        step("POST", "/invitations", invited, "invitation.create"),
        step("DELETE", "/invitations/2", json!({}), "invitation.revoke"),
        step("PUT", "/sign-in-policy", json!({"require_totp": true}), "second_factor.policy"),
        step("PATCH", "/rule-set", rules, "rule_set.patch"),
        step("POST", "/rule-set/rollback", back, "rule_set.rollback"),
        step("POST", "/me/password", passwords, "password.change"),
    ]
}

/// What is decided, exported and erased, by a machine.
async fn check_deciding(system: &System, sql: &SqlSession, before: &mut i64) -> Result<()> {
    let (tenant, reader) = (system.site.tenant.id, &system.reader);
    ensure!(system.send_json(&event("alice", "page_view")).await?.status == 202, "refused");
    system.visible("alice", 1).await?;
    let because = |action: &str| json!({"action": action, "reason": "a test"});
    let entry = json!({"list": "watch", "kind": "domain", "value": "x.example", "reason": "y"});
    let labels = json!({"labels": [{"user_id": "alice", "label": "fraud", "reason": "a test"}]});
    for step in [
        step("POST", "/users/alice/decisions", because("block"), "user.block"),
        step("POST", "/users/alice/decisions", because("clear"), "user.clear"),
        step("POST", "/lists", entry, "list.put"),
        step("POST", "/labels", labels, "label.put"),
        step("PATCH", "/settings", json!({"time_zone": "Europe/Zurich"}), "settings.change"),
        step("PUT", "/retention", json!({"keep_days": {"logbook": 30}}), "retention.change"),
        step("GET", "/users/alice/export", json!({}), "user.export"),
    ] {
        let answer = reader.send(step.method, &step.path, &step.body).await?;
        ensure!(answer.status < 300, "{}: {} {}", step.path, answer.status, answer.text());
        left(sql, tenant, before, step.action).await?;
    }
    let url = format!("{}/api/v1/users", reader.url);
    let authorization = reader.authorization();
    let headers = [("Authorization", &*authorization), ("Accept", "text/csv")];
    let export = http::request("GET", &url, &headers, "").await?;
    ensure!(export.text().contains("alice"), "{}", export.text());
    all_left(sql, tenant, before, &["export", "export"]).await
}

/// Who, what, when, from where; filtered, in pages.
async fn check_page(owner: &mut Browser, tenant: &innerwall_tests::Tenant) -> Result<()> {
    let page = owner.get("/audit?action=login&limit=1").await?.json()?;
    let row = &page["items"][0];
    assert_eq!((&row["action"], &row["actor"]), (&json!("login.ok"), &json!(tenant.email)));
    assert_eq!(row["address"], "127.0.0.1");
    let cursor = page["next_cursor"].as_str().context("one page only")?;
    let next = owner.get(&format!("/audit?action=login&limit=1&cursor={cursor}")).await?.json()?;
    assert_eq!(next["items"][0]["action"], "login.failed");
    assert_eq!(owner.get("/audit?from=yesterday").await?.status, 400);
    Ok(())
}

#[tokio::test]
async fn a_changed_missing_or_moved_row_is_named() -> Result<()> {
    let system = System::start().await?;
    let (tenant, sql) = (system.site.tenant.id, system.site.sql().await?);
    let mut writers = JoinSet::new();
    for writer in 0..8 {
        let session = system.site.sql().await?;
        writers.spawn(async move {
            for row in 0..20 {
                let (actor, detail) = (format!("writer {writer}"), format!("{row}\n\u{1b}[31m\"é"));
                session.execute(ADD, &[&tenant, &actor, &detail]).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    while let Some(written) = writers.join_next().await {
        written??;
    }
    verify(&system, 0, "head").await?;
    let head = system.site.ctl(&["audit", "verify", "--tenant", "acme"]).await?.success()?;
    let head = head.rsplit(' ').next().context("no head")?.to_owned();
    let tamper = [
        ("UPDATE audit_log SET detail = 'x' WHERE seq = 50 AND tenant_id = $1", "row 50 is not"),
        ("UPDATE audit_log SET seq = -seq WHERE seq IN (60, 61) AND tenant_id = $1", "row 60 is"),
        ("DELETE FROM audit_log WHERE seq = 70 AND tenant_id = $1", "row 70 is missing"),
        ("DELETE FROM audit_log WHERE seq > 90 AND tenant_id = $1", "but the last one was"),
    ];
    for (statement, expected) in tamper {
        sql.execute("CREATE TABLE kept AS SELECT * FROM audit_log", &[]).await?;
        sql.execute(statement, &[&tenant]).await?;
        verify(&system, 1, expected).await?;
        sql.execute("DELETE FROM audit_log", &[]).await?;
        sql.execute("ALTER TABLE audit_log DISABLE TRIGGER audit_chain", &[]).await?;
        sql.execute("INSERT INTO audit_log OVERRIDING SYSTEM VALUE SELECT * FROM kept", &[])
            .await?;
        sql.execute("ALTER TABLE audit_log ENABLE TRIGGER audit_chain", &[]).await?;
        sql.execute("DROP TABLE kept", &[]).await?;
    }
    let verify = ["audit", "verify", "--tenant", "acme", "--head"];
    let known = [&verify[..], &[&head]].concat();
    assert_eq!(system.site.ctl(&known).await?.code, 0, "the head of before is still in the chain");
    let zeros = "0".repeat(64);
    let unknown = system.site.ctl(&[&verify[..], &[&zeros]].concat()).await?;
    assert_eq!(unknown.code, 1, "{}", unknown.output);
    Ok(())
}

async fn last(sql: &SqlSession, tenant: i32) -> Result<i64> {
    Ok(sql.query_one(LAST, &[&tenant]).await?.try_get(0)?)
}

/// Waits for the row of an action and checks that there is no other.
async fn left(sql: &SqlSession, tenant: i32, before: &mut i64, action: &str) -> Result<()> {
    all_left(sql, tenant, before, &[action]).await
}

/// Waits for rows, of which each says from where, and checks that there is no other.
async fn all_left(sql: &SqlSession, tenant: i32, before: &mut i64, actions: &[&str]) -> Result<()> {
    let since = *before;
    let what = actions.join(" ");
    let found = eventually(NOTED_WITHIN, &what, async || {
        let rows = sql.query(ACTIONS, &[&since, &tenant]).await?;
        Ok((rows.len() >= actions.len()).then_some(rows))
    });
    let rows = found.await?;
    let seen: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    ensure!(seen == actions, "{seen:?} instead of {actions:?}");
    ensure!(rows.iter().all(|row| row.get::<_, bool>(1)), "{actions:?}: nobody knows from where");
    *before = last(sql, tenant).await?;
    Ok(())
}

async fn verify(system: &System, code: i32, expected: &str) -> Result<()> {
    let answer = system.site.ctl(&["audit", "verify"]).await?;
    let said = format!("{}{}", answer.output, answer.complaint);
    ensure!(answer.code == code && said.contains(expected), "code {}: {said}", answer.code);
    Ok(())
}
