//! A broker that dies and comes back needs no human.

use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::PrivateBroker;
use innerwall_tests::{Load, LoadShape, Plan, Servers, System, seed};
use tokio::time::sleep;

/// The broker writes down late who belongs to a queue; nothing tells when it has.
const QUEUES_ARE_ON_DISK_AFTER: Duration = Duration::from_secs(2);
const LOAD_FOR: Duration = Duration::from_secs(3);
const AWAY_FOR: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_broker_loses_nothing_that_was_accepted() -> Result<()> {
    let mut broker = PrivateBroker::start().await?;
    let servers = Servers { amqp_url: Some(broker.url()), ..Servers::default() };
    let system = System::start_as(&Plan { servers, ..Plan::default() }).await?;
    let processes = process_ids(&system);
    sleep(QUEUES_ARE_ON_DISK_AFTER).await;

    let mut load = Load::start(&system, LoadShape::default(), seed())?;
    sleep(LOAD_FOR).await;
    broker.kill9()?;
    sleep(AWAY_FOR).await;
    broker.restart().await?;
    sleep(LOAD_FOR).await;
    let report = load.finish().await?;

    assert!(report.broken.is_empty(), "unanswered requests: {:?}", report.broken);
    let is_honest = |status: &u16| [202, 207, 429, 503].contains(status);
    assert!(report.statuses().iter().all(is_honest), "{report:?}");
    assert!(report.count(503) > 0, "nobody noticed that the broker was away: {report:?}");
    let tally = system.check_all(load.journal()).await?;
    assert!(tally.accepted > 200, "too little to prove anything: {tally:?}");
    assert_eq!(process_ids(&system), processes, "no process was restarted");
    Ok(())
}

/// Ids of the processes; each must still be there.
fn process_ids(system: &System) -> Vec<(u32, bool)> {
    let services = [&system.ingest, &system.query].into_iter().chain(&system.scorers);
    let is_alive = |service: &innerwall_tests::Service| service.process.peak_memory_kib().is_ok();
    services.map(|service| (service.process.id(), is_alive(service))).collect()
}
