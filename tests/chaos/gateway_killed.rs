//! A gateway that dies takes no accepted event with it.

use std::time::Duration;

use anyhow::Result;
use innerwall_tests::{Dice, Load, LoadShape, System, seed};
use tokio::time::sleep;

const KILLS: u32 = 4;
/// Shortest life of a gateway; up to a second more by chance.
const LIFE_MS_MIN: u64 = 800;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_survive_a_gateway_that_is_killed_after_it_has_accepted_them() -> Result<()> {
    let seed = seed();
    let mut dice = Dice::new(seed);
    let mut system = System::start().await?;
    let mut load = Load::start(&system, LoadShape::default(), seed)?;
    for _ in 0..KILLS {
        sleep(Duration::from_millis(LIFE_MS_MIN + dice.below(1000))).await;
        system.ingest.start_again()?;
        system.ingest.wait_ready().await?;
    }
    let report = load.finish().await?;
    assert!(!report.broken.is_empty(), "the kills hit nothing: {report:?}");
    let tally = system.check_all(load.journal()).await?;
    assert!(tally.accepted > 200, "too little to prove anything: {tally:?}");
    Ok(())
}
