//! A scorer that dies again and again loses and repeats nothing.

use std::time::Duration;

use anyhow::Result;
use innerwall_tests::{Dice, Load, LoadShape, System, seed};
use tokio::time::{Instant, sleep};

const KILLS_FOR: Duration = Duration::from_secs(20);
/// Shortest life of a scorer; up to a second more by chance, so that kills hit every stage.
const LIFE_MS_MIN: u64 = 1500;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_survive_a_scorer_that_is_killed_every_two_seconds() -> Result<()> {
    let seed = seed();
    let mut dice = Dice::new(seed);
    let mut system = System::start().await?;
    let mut load = Load::start(&system, LoadShape::default(), seed)?;
    let ends_at = Instant::now() + KILLS_FOR;
    let mut kills = 0;
    while Instant::now() < ends_at {
        sleep(Duration::from_millis(LIFE_MS_MIN + dice.below(1000))).await;
        system.scorers[0].start_again()?;
        kills += 1;
    }
    let stored = system.stored_event_ids().await?.len();
    assert!(stored > 300, "only {stored} events between the kills: they hit nothing");
    let report = load.finish().await?;
    system.scorers[0].wait_ready().await?;
    assert!(kills >= 7, "killed only {kills} times");
    assert_eq!(report.statuses(), [202], "producers notice nothing: {report:?}");

    let tally = system.check_all(load.journal()).await?;
    assert!(tally.stored > 500, "too little to prove anything: {tally:?}");
    let replay = system.site.ctl(&["replay", "--tenant", "acme"]).await?;
    assert_eq!(replay.code, 0, "{}", replay.output);
    Ok(())
}
