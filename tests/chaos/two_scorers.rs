//! Scorers that work on the same users and addresses lose no update and do not block each other.

use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::eventually;
use innerwall_tests::{Load, LoadShape, Plan, System, seed};
use tokio::time::sleep;

const LOAD_FOR: Duration = Duration::from_secs(10);
/// Statistics of a session are published at most once a second.
const PUBLISHED_WITHIN: Duration = Duration::from_secs(5);
const HOT: LoadShape = LoadShape {
    clients: 6,
    users: 5,
    events_per_request_max: 20,
    pause: Duration::from_millis(20),
};
const DEADLOCKS: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
const COMMITS: &str = "
    SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_scorers_with_hot_users_lose_no_update_and_never_deadlock() -> Result<()> {
    let system = System::start_as(&Plan { scorers: 2, ..Plan::default() }).await?;
    let mut load = Load::start(&system, HOT, seed())?;
    sleep(LOAD_FOR).await;
    let report = load.finish().await?;
    assert!(report.broken.is_empty(), "{:?}", report.broken);
    let tally = system.check_all(load.journal()).await?;
    assert!(tally.stored > 1000, "too little to prove anything: {tally:?}");

    let session = system.site.sql().await?;
    let published: i64 = session.query_one(COMMITS, &[]).await?.try_get(0)?;
    eventually(PUBLISHED_WITHIN, "statistics move on", async || {
        let commits: i64 = system.site.sql().await?.query_one(COMMITS, &[]).await?.try_get(0)?;
        Ok((commits > published).then_some(()))
    })
    .await?;
    let deadlocks: i64 = session.query_one(DEADLOCKS, &[]).await?.try_get(0)?;
    assert_eq!(deadlocks, 0);
    for scorer in &system.scorers {
        let retried =
            scorer.log_lines("try again").into_iter().chain(scorer.log_lines("one by one"));
        let retried: Vec<String> =
            retried.filter(|line| !line.contains("innerwall_scorer::housekeeping")).collect();
        assert!(retried.is_empty(), "transactions were retried: {retried:?}");
    }
    let replay = system.site.ctl(&["replay", "--tenant", "acme"]).await?;
    assert_eq!(replay.code, 0, "{}", replay.output);
    Ok(())
}
