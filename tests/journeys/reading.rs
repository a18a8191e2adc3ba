//! What users touch is read in lists, one by one, through what is linked with it, and over time.
//! The rows are laid by hand, in a tenant of its own, so that every number is known.

use anyhow::{Context, Result, ensure};
use innerwall_tests::{Reader, System};
use serde_json::Value;

const DAY: &str = "2026-11-20";
const TABLES: &str = "
    SELECT set_config('innerwall.tenant_id', $1::int::text, false)";
const ROWS: &[&str] = &[
    "INSERT INTO users (tenant_id, user_no, user_id, email, full_name, trust, first_seen,
         last_seen, seen_bucket, event_count, country)
     SELECT $1, 9000 + n, 'user-' || n, 'u' || n || '@shop.example', 'Name ' || n, n * 30,
         timestamptz '2026-11-20 10:00Z', timestamptz '2026-11-20 10:00Z' + n * interval '1 hour',
         date_bin('5 minutes', timestamptz '2026-11-20 10:00Z' + n * interval '1 hour', 'epoch'),
         4, 'DE' FROM generate_series(1, 3) AS n",
    "INSERT INTO entities (tenant_id, kind, entity_id, parent_id, events, edits, alerts,
         first_seen, last_seen, users, key, country, tags)
     SELECT $1, 1, n, 100, n, 0, 1, timestamptz '2026-11-20 08:00Z',
         timestamptz '2026-11-20 10:00Z' + n * interval '1 hour', 1 + (n = 2)::int,
         '203.0.113.' || n, CASE WHEN n < 4 THEN 'DE' ELSE 'FR' END,
         CASE WHEN n = 2 THEN ARRAY['vpn'] ELSE '{}' END FROM generate_series(1, 5) AS n",
    "INSERT INTO entities (tenant_id, kind, entity_id, events, edits, alerts, first_seen,
         last_seen, users, key, label)
     VALUES ($1, 2, 100, 15, 0, 5, timestamptz '2026-11-20 08:00Z',
             timestamptz '2026-11-20 15:00Z', 3, '64496', 'Example Net'),
            ($1, 4, 400, 15, 0, 5, timestamptz '2026-11-20 08:00Z',
             timestamptz '2026-11-20 15:00Z', 3, 'phone-1', 'Safari on iOS'),
            ($1, 10, 600, 1, 1, 0, timestamptz '2026-11-20 08:00Z',
             timestamptz '2026-11-20 15:00Z', 1, 'limit', 'Credit limit')",
    "INSERT INTO links (tenant_id, kind, entity_id, user_no, first_seen, last_seen, events)
     VALUES ($1, 1, 2, 9001, timestamptz '2026-11-20 10:00Z', timestamptz '2026-11-20 11:00Z', 2),
            ($1, 1, 2, 9002, timestamptz '2026-11-20 10:00Z', timestamptz '2026-11-20 12:00Z', 3),
            ($1, 4, 400, 9001, timestamptz '2026-11-20 10:00Z', timestamptz '2026-11-20 11:00Z', 4),
            ($1, 4, 400, 9003, timestamptz '2026-11-20 10:00Z', timestamptz '2026-11-20 13:00Z', 1)",
    "INSERT INTO entity_days (tenant_id, kind, entity_id, day, normal, editing, alert)
     VALUES ($1, 1, 2, date '2026-11-20', 3, 1, 1)",
    "INSERT INTO sessions (tenant_id, session_no, user_no, device_id, started_at, ended_at, events,
         alerts, login_failures, addresses, devices, ip, country, address_hashes, device_hashes)
     SELECT $1, 1, 9000 + n, 7, timestamptz '2026-11-20 10:00Z' + n * interval '1 minute',
         timestamptz '2026-11-20 11:00Z', 4, (n = 1)::int, 0, n, 1, '203.0.113.2', 'DE', '', ''
     FROM generate_series(1, 3) AS n",
    "INSERT INTO field_changes (tenant_id, place, entity_id, user_no, event_time, event_id,
         old_value, new_value)
     VALUES ($1, 0, 600, 9001, timestamptz '2026-11-20 10:30Z',
             '00000000-0000-0000-0000-000000000001', '100', '9000')",
    "INSERT INTO event_counts (tenant_id, minute, kind, shard, events)
     VALUES ($1, timestamptz '2026-11-20 10:30Z', 1, 0, 5),
            ($1, timestamptz '2026-11-20 12:00Z', 7, 0, 2)",
];

#[tokio::test]
async fn what_users_touch_is_read_from_every_side() -> Result<()> {
    let (system, reader) = laid().await?;
    lists_follow_filters_sorts_and_cursors(&reader).await?;
    one_thing_leads_to_its_users_sessions_and_kin(&reader).await?;
    time_is_cut_without_gaps(&reader).await?;
    let refused = [
        ("/entities/cars", 400, "kind"),
        ("/entities/addresses?sort=first_seen", 400, "sort"),
        ("/entities/addresses?min_users=0", 400, "min_users"),
        ("/entities/networks?parent=1", 400, "parent"),
        ("/entities/addresses?cursor=x", 400, "cursor"),
        ("/entities/addresses/203.0.113.99", 404, ""),
        ("/entities/user-agents/x/users", 400, "kind"),
        ("/series/events?bucket=week", 400, "bucket"),
        ("/users/nobody/sessions", 404, ""),
    ];
    for (path, status, field) in refused {
        let answer = reader.get(path).await?;
        ensure!(answer.status == status, "{path}: {} {}", answer.status, answer.text());
        ensure!(field.is_empty() || answer.json()?["field"] == field, "{path}: {}", answer.text());
    }
    // Another tenant has none of it.
    let others = system.reader.read("/entities/addresses").await?;
    ensure!(others["total"] == 0, "{others}");
    Ok(())
}

async fn lists_follow_filters_sorts_and_cursors(reader: &Reader) -> Result<()> {
    for (query, keys) in [
        ("", "5 4 3 2 1"),
        ("sort=last_seen", "1 2 3 4 5"),
        ("sort=-events", "5 4 3 2 1"),
        ("sort=-users&limit=1", "2"),
        ("sort=key", "1 2 3 4 5"),
        ("sort=-key", "5 4 3 2 1"),
        ("q=203.0.113.3", "3"),
        ("tag=vpn", "2"),
        ("tag=tor", ""),
        ("country=fr", "5 4"),
        ("parent=AS64496&country=DE", "3 2 1"),
        ("min_users=2", "2"),
        ("from=2026-11-20T12:00:00Z&to=2026-11-20T14:00:00Z", "3 2"),
    ] {
        let page = reader.read(&format!("/entities/addresses?{query}")).await?;
        ensure!(last_parts(&page, "key") == keys, "{query}: {page}");
        ensure!(page["complete"] == true && page["total_capped"] == false, "{page}");
    }
    for sort in ["last_seen", "-last_seen", "events", "-events", "users", "-users", "key", "-key"] {
        let whole = reader.read(&format!("/entities/addresses?sort={sort}")).await?;
        let mut found = Vec::new();
        let mut path = format!("/entities/addresses?sort={sort}&limit=2");
        loop {
            let page = reader.read(&path).await?;
            found.extend(page["items"].as_array().context("no items")?.clone());
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("/entities/addresses?sort={sort}&limit=2&cursor={cursor}");
        }
        ensure!(whole["items"] == Value::from(found), "{sort}");
    }
    Ok(())
}

async fn one_thing_leads_to_its_users_sessions_and_kin(reader: &Reader) -> Result<()> {
    let one = reader.read("/entities/addresses/203.0.113.2").await?;
    ensure!(one["parent"]["key"] == "64496" && one["parent"]["label"] == "Example Net", "{one}");
    let id = one["id"].as_str().context("no id")?;
    ensure!(reader.read(&format!("/entities/addresses/{id}")).await? == one, "{id}");

    let users = reader.read("/entities/addresses/203.0.113.2/users").await?;
    ensure!(last_parts(&users, "user_id") == "2 1", "{users}");
    ensure!(users["items"][0]["link"]["strength"] == 3, "{users}");
    let page = reader.read("/entities/addresses/203.0.113.2/users?limit=1").await?;
    let cursor = page["next_cursor"].as_str().context("no cursor")?;
    let path = format!("/entities/addresses/203.0.113.2/users?limit=1&cursor={cursor}");
    ensure!(last_parts(&reader.read(&path).await?, "user_id") == "1", "{path}");

    let sessions = reader.read("/entities/addresses/203.0.113.2/sessions").await?;
    ensure!(sessions["items"][0]["user"]["user_id"] == "user-2", "{sessions}");
    let kin = reader.read("/entities/networks/64496/related/addresses").await?;
    ensure!(kin["total"] == 5 && last_parts(&kin, "key") == "5 4 3 2 1", "{kin}");
    let parent = reader.read("/entities/addresses/203.0.113.2/related/networks").await?;
    ensure!(parent["items"][0]["key"] == "64496", "{parent}");
    let shared = reader.read("/entities/addresses/203.0.113.2/related/devices").await?;
    ensure!(shared["items"][0]["users_shared"] == 1, "{shared}");
    let own = reader.read("/users/user-1/entities/devices").await?;
    ensure!(own["items"][0]["label"] == "Safari on iOS", "{own}");

    let all = reader.read("/sessions").await?;
    ensure!(last_parts(&all, "started_at").len() > 5, "{all}");
    let moved = reader.read("/sessions?has_changes=true").await?;
    ensure!(moved["items"].as_array().map(Vec::len) == Some(2), "{moved}");
    let alerting = reader.read("/sessions?has_alerts=true&user_id=user-1").await?;
    ensure!(alerting["items"].as_array().map(Vec::len) == Some(1), "{alerting}");
    let session = reader.read("/sessions/user-1/1").await?;
    ensure!(session == alerting["items"][0], "{session}");

    let changes = reader.read("/field-changes?field=limit").await?;
    ensure!(changes["items"][0]["new_value"] == "9000", "{changes}");
    ensure!(reader.read("/users/user-1/fields").await? == changes, "{changes}");
    let scores = reader.read("/users/user-1/scores").await?;
    ensure!(scores["items"] == Value::Array(Vec::new()), "{scores}");
    Ok(())
}

async fn time_is_cut_without_gaps(reader: &Reader) -> Result<()> {
    let range = format!("from={DAY}T10:00:00Z&to={DAY}T13:00:00Z");
    let hours = reader.read(&format!("/series/events?{range}&bucket=hour&zone=UTC")).await?;
    let found: Vec<_> = hours["buckets"].as_array().context("no buckets")?.iter().collect();
    ensure!(found.len() == 3 && found[0]["normal"] == 5 && found[2]["alert"] == 2, "{hours}");
    ensure!(found[1]["normal"] == 0 && found[1]["time"] == "2026-11-20T11:00:00Z", "{hours}");
    let days = reader
        .read("/entities/addresses/203.0.113.2/series?bucket=day&from=2026-11-19T00:00:00Z&to=2026-11-22T00:00:00Z")
        .await?;
    let found = days["buckets"].as_array().context("no buckets")?;
    ensure!(found.len() == 3 && found[1]["normal"] == 3 && found[1]["alert"] == 1, "{days}");
    let users = reader
        .read("/series/users?bucket=day&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&zone=UTC")
        .await?;
    let bucket = &users["buckets"][0];
    ensure!(bucket["low"] == 1 && bucket["medium"] == 1 && bucket["high"] == 1, "{users}");
    Ok(())
}

async fn laid() -> Result<(System, Reader)> {
    let system = System::start().await?;
    let tenant = system.site.create_tenant("reading").await?;
    let session = system.site.database.connect().await?;
    session.query_one(TABLES, &[&tenant.id]).await?;
    for statement in ROWS {
        session
            .execute(*statement, &[&tenant.id])
            .await
            .with_context(|| (*statement).to_owned())?;
    }
    let reader = Reader::new(&system.query.url, &tenant.api_token);
    Ok((system, reader))
}

/// The last part of a text of each item, where parts are set apart by `.` and `-`.
fn last_parts(page: &Value, field: &str) -> String {
    let last = |item: &Value| {
        let text = item[field].as_str().unwrap_or_default().to_owned();
        text.rsplit(['.', '-']).next().unwrap_or_default().to_owned()
    };
    let items = page["items"].as_array();
    items.map_or_else(String::new, |items| items.iter().map(last).collect::<Vec<_>>().join(" "))
}
