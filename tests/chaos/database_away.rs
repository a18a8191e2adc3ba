//! A database that is away pauses scoring and parks nothing.

use std::time::Duration;

use anyhow::{Result, ensure};
use innerwall_testkit::http;
use innerwall_testkit::{PrivatePostgres, amqp, eventually};
use innerwall_tests::{Load, LoadShape, Plan, Servers, System, seed};
use tokio::time::sleep;

const LOAD_FOR: Duration = Duration::from_secs(2);
const AWAY_FOR: Duration = Duration::from_secs(10);
/// Readiness is looked at every two seconds, and a look may take three.
const NOTICED_WITHIN: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_pauses_scoring_and_parks_nothing() -> Result<()> {
    let mut postgres = PrivatePostgres::start().await?;
    let servers = Servers { database_url: Some(postgres.url()), ..Servers::default() };
    let mut system = System::start_as(&Plan { servers, ..Plan::default() }).await?;
    let scorer = system.scorers[0].process.id();
    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    sleep(LOAD_FOR).await;

    postgres.stop_immediate().await?;
    let accepted = load.journal().all_accepted().len();
    check_noticed(&system).await?;
    sleep(AWAY_FOR).await;
    let meanwhile = load.journal().all_accepted().len();
    assert!(meanwhile > accepted, "the gateway accepts without the database");
    postgres.restart().await?;
    sleep(LOAD_FOR).await;
    postgres.kill9()?;
    postgres.restart().await?;
    sleep(LOAD_FOR).await;

    let report = load.finish().await?;
    assert_eq!(report.statuses(), [202], "producers notice nothing: {report:?}");
    assert!(report.broken.is_empty(), "unanswered requests: {:?}", report.broken);
    system.scorers[0].wait_ready().await?;
    assert_eq!(system.scorers[0].process.id(), scorer);
    system.check_all(load.journal()).await?;
    let dead = amqp::queue_depth(&system.site.amqp_url, &system.site.dead_queue()).await?;
    assert_eq!(dead, 0);
    Ok(())
}

async fn check_noticed(system: &System) -> Result<()> {
    for service in [&system.scorers[0], &system.query, &system.ingest] {
        let url = format!("{}/readyz", service.url);
        eventually(NOTICED_WITHIN, "the service is not ready", async || {
            let answer = http::request("GET", &url, &[], "").await?;
            ensure!(answer.status == 503, "{url}: {}", answer.status);
            ensure!(answer.text().contains("database"), "{}", answer.text());
            Ok(Some(()))
        })
        .await?;
        let alive = http::request("GET", &format!("{}/healthz", service.url), &[], "").await?;
        ensure!(alive.status == 200, "a process without a database lives: {}", alive.status);
    }
    let answer = system.reader.get("/users").await?;
    ensure!(answer.status == 503, "query answers {} {}", answer.status, answer.text());
    Ok(())
}
