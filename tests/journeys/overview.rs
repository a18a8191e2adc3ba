//! The overview of many days is added up from whole days and from what lies at the ends of the
//! range, and says the same whether or not it has been found out who stood out on each day.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::sql::SqlSession;
use innerwall_tests::{Reader, System};
use serde_json::Value;

const SEES_TENANT: &str = "SELECT set_config('innerwall.tenant_id', $1::int::text, false)";
/// Each user has a session every day, with as many events as the numbers of both give.
const ROWS: &[&str] = &[
    "INSERT INTO users (tenant_id, user_no, user_id, trust, first_seen, last_seen, seen_bucket,
         event_count)
     SELECT $1, 7000 + n, 'user-' || n, 50, timestamptz '2026-11-01 00:00Z',
         timestamptz '2026-11-10 00:00Z', timestamptz '2026-11-10 00:00Z', 1
     FROM generate_series(1, 30) AS n",
    "INSERT INTO sessions (tenant_id, session_no, user_no, device_id, started_at, ended_at, events,
         alerts, login_failures, addresses, devices, ip, address_hashes, device_hashes)
     SELECT $1, day, 7000 + n, 7, at, at, 1 + n * day % 17, 0, n * day % 5, 1, 1, '203.0.113.2', '', ''
     FROM generate_series(1, 30) AS n, generate_series(1, 10) AS day,
         LATERAL (SELECT timestamptz '2026-11-01 00:00Z' + (day - 1) * interval '1 day'
             + n * interval '47 minutes' AS at) AS time",
    "INSERT INTO event_counts (tenant_id, minute, kind, shard, events)
     SELECT $1, timestamptz '2026-11-01 00:00Z' + n * interval '73 minutes', 1 + n % 7, 0, 1 + n % 3
     FROM generate_series(0, 190) AS n",
];
const LATE: &str = "
    INSERT INTO sessions (tenant_id, session_no, user_no, device_id, started_at, ended_at, events,
        alerts, login_failures, addresses, devices, ip, address_hashes, device_hashes)
    VALUES ($1, 99, 7001, 7, timestamptz '2026-11-05 09:00Z', timestamptz '2026-11-05 09:00Z', 9000,
        0, 0, 1, 1, '203.0.113.2', '', '')";
const FIND: &str = "SELECT find_day_tops()";
const FOUND_OUT_MAX: Duration = Duration::from_mins(1);
const DUE: &str = "SELECT count(*) FROM changed_days WHERE tenant_id = $1";
/// None of them begins or ends at midnight; answers about the same range are given again.
const RANGES: [[&str; 2]; 3] = [
    ["2026-11-01T10:07:00Z", "2026-11-10T13:31:00Z"],
    ["2026-11-01T10:07:00Z", "2026-11-10T13:32:00Z"],
    ["2026-11-01T10:07:00Z", "2026-11-10T13:33:00Z"],
];

#[tokio::test]
async fn many_days_are_added_up_from_days() -> Result<()> {
    let system = System::start().await?;
    let tenant = system.site.create_tenant("overview").await?;
    let session = system.site.database.connect().await?;
    session.query_one(SEES_TENANT, &[&tenant.id]).await?;
    for statement in ROWS {
        session.execute(*statement, &[&tenant.id]).await.context(*statement)?;
    }
    let reader = Reader::new(&system.query.url, &tenant.api_token);
    agrees(&reader, &session, tenant.id, RANGES[0]).await?;

    let days = found_out(&session, tenant.id).await?;
    ensure!(days == 10, "{days} days have been found out about");
    agrees(&reader, &session, tenant.id, RANGES[1]).await?;

    session.execute(LATE, &[&tenant.id]).await?;
    found_out(&session, tenant.id).await?;
    let tops = agrees(&reader, &session, tenant.id, RANGES[2]).await?;
    ensure!(tops[0]["user_id"] == "user-1", "{tops}");

    session.execute("DELETE FROM sessions WHERE tenant_id = $1", &[&tenant.id]).await?;
    let days = found_out(&session, tenant.id).await?;
    ensure!(days == 0, "{days} days are known of whom nothing is left");
    Ok(())
}

/// Reads the overview and counts the same from single rows; gives the users with most events.
async fn agrees(
    reader: &Reader,
    session: &SqlSession,
    tenant: i32,
    range: [&str; 2],
) -> Result<Value> {
    let [from, to] = range;
    let overview = reader.read(&format!("/overview?from={from}&to={to}")).await?;
    let events = format!(
        "SELECT sum(events)::bigint FROM event_counts
         WHERE tenant_id = $1 AND minute >= '{from}' AND minute < '{to}'"
    );
    let events: i64 = session.query_one(&events, &[&tenant]).await?.get(0);
    ensure!(overview["events"]["now"] == events, "{events} events: {overview}");
    let tops = &overview["tops"]["users_by_events"];
    let by_events = format!(
        "SELECT user_id, sum(events)::bigint FROM sessions JOIN users USING (tenant_id, user_no)
         WHERE tenant_id = $1 AND started_at >= '{from}' AND started_at < '{to}'
         GROUP BY user_no, user_id ORDER BY 2 DESC, user_no LIMIT 10"
    );
    let rows = session.query(&by_events, &[&tenant]).await?;
    let expected: Vec<(String, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let found = tops.as_array().context("no list")?.iter();
    let found: Vec<(String, i64)> = found
        .filter_map(|user| Some((user["user_id"].as_str()?.to_owned(), user["count"].as_i64()?)))
        .collect();
    ensure!(found == expected, "{expected:?}: {tops}");
    Ok(tops.clone())
}

/// Has it found out who stood out on each day; gives of how many days that is known.
async fn found_out(session: &SqlSession, tenant: i32) -> Result<i64> {
    eventually(FOUND_OUT_MAX, "no day is due", async || {
        session.query_one(FIND, &[]).await?;
        let due: i64 = session.query_one(DUE, &[&tenant]).await?.get(0);
        Ok((due == 0).then_some(()))
    })
    .await?;
    let known = "SELECT count(DISTINCT day) FROM day_tops WHERE tenant_id = $1";
    Ok(session.query_one(known, &[&tenant]).await?.get(0))
}
