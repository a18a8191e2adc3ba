//! A scorer that dies between the commit and its answer: the verdict is there, once.

use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::{ChaosProxy, Direction, Mode, eventually};
use innerwall_tests::{Plan, System, broker_address, event};
use serde_json::json;

const SHORT_MS: u32 = 500;
const PATIENT_MS: u32 = 2000;
/// Until a broker takes back what a dead scorer held, and another has it.
const BACK_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_verdict_of_a_scorer_that_died_before_it_answered_is_found_later() -> Result<()> {
    let link = ChaosProxy::start(broker_address()?)?;
    let plan = Plan { scorer_broker: Some(link.address()), ..Plan::default() };
    let mut system = System::start_as(&plan).await?;
    let warm = system.decide(&event("jack", "page_view"), PATIENT_MS).await?;
    assert_eq!(warm.status, 200, "{}", warm.text());

    // What the scorer takes it commits; neither its answer nor its acknowledgement gets out.
    link.set_mode(Mode::Blackhole(Direction::ToServer)).await?;
    let mut login = event("jack", "account_login");
    login["event_id"] = json!("killed-1");
    let answer = system.decide(&login, SHORT_MS).await?;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let key = system.site.tenant.api_key.clone();
    let found = eventually(BACK_WITHIN, "the verdict is committed", async || {
        let answer = system.decision(&key, "/v1/decisions/killed-1").await?;
        Ok((answer.status == 200).then_some(answer))
    })
    .await?;
    system.scorers[0].process.kill9()?;
    link.set_mode(Mode::Refuse).await?;
    link.set_mode(Mode::Pass).await?;
    system.scorers[0].start_again()?;
    system.scorers[0].wait_ready().await?;

    // Delivered again, the event has no second effect, and the answer is the first one.
    let again = system.decide(&login, PATIENT_MS).await?;
    assert_eq!((again.status, again.json()?), (200, found.json()?));
    let ledger = system.ledger_balanced(3).await?;
    assert_eq!((ledger.scored, ledger.duplicate, ledger.conflict), (2, 1, 0));
    system.visible("jack", 2).await?;
    system.check_counters().await
}
