//! What people decided goes out as files, as whole as what users did.

use anyhow::{Context, Result, ensure};
use innerwall_testkit::http;
use innerwall_tests::{System, event};
use serde_json::{Value, json};

/// Lists, and how their files begin.
const LISTS: [(&str, &str); 5] = [
    ("/decisions", "decision_id,"),
    ("/audit?action=user", "seq,"),
    ("/review?sort=opened_at", "case_id,"),
    ("/field-changes", "event_time,"),
    ("/lists", "entry_id,"),
];

#[tokio::test]
async fn decisions_cases_changes_lists_and_the_audit_log_go_out_whole() -> Result<()> {
    let system = System::start().await?;
    for user in ["ann", "ben"] {
        let mut edit = event(user, "field_edit");
        edit["field_history"] =
            json!([{"field_id": "plan", "old_value": "=free", "new_value": "paid, now"}]);
        ensure!(system.send_json(&edit).await?.status == 202, "{user} is refused");
        system.visible(user, 1).await?;
        for action in ["review", "watch"] {
            let body = json!({"action": action, "reason": "a, \"test\""});
            let path = format!("/users/{user}/decisions");
            ensure!(system.reader.send("POST", &path, &body).await?.status == 200, "{path}");
        }
    }
    system.folded().await?;
    for (path, first_column) in LISTS {
        same_as_the_page(&system, path).await.context(path)?;
        let csv = export(&system, path, "text/csv").await?;
        let head = csv.lines().next().unwrap_or_default();
        assert!(head.starts_with(first_column) && head.ends_with(",cursor"), "{path}: {head}");
    }
    let changes = export(&system, "/field-changes", "text/csv").await?;
    assert!(changes.contains(",'=free,\"paid, now\","), "no formula, one cell: {changes}");
    Ok(())
}

/// The rows of the file are those of the page, and it goes on behind a row.
async fn same_as_the_page(system: &System, path: &str) -> Result<()> {
    let page = system.reader.read(path).await?;
    let items = page["items"].as_array().context("no items")?;
    ensure!(items.len() >= 2, "{} rows prove nothing", items.len());
    let mut rows = lines(&export(system, path, "application/x-ndjson").await?)?;
    let last = rows.pop().context("no end")?;
    ensure!(last == json!({"complete": true, "rows": items.len()}), "{last}");
    let cursor = rows[0]["cursor"].as_str().context("no cursor")?.to_owned();
    for (row, item) in rows.iter_mut().zip(items) {
        row.as_object_mut().context("no object")?.remove("cursor");
        ensure!(row == item, "{row} is not {item}");
    }
    let separator = if path.contains('?') { '&' } else { '?' };
    let rest = format!("{path}{separator}cursor={cursor}");
    let rest = lines(&export(system, &rest, "application/x-ndjson").await?)?;
    ensure!(rest.len() == items.len(), "the first row and no other is left out: {rest:?}");
    Ok(())
}

fn lines(text: &str) -> Result<Vec<Value>> {
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

async fn export(system: &System, path: &str, accept: &str) -> Result<String> {
    let url = format!("{}/api/v1{path}", system.query.url);
    let authorization = system.reader.authorization();
    let headers = [("Authorization", &*authorization), ("Accept", accept)];
    let answer = http::request("GET", &url, &headers, "").await?;
    ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.text());
    Ok(answer.text())
}
