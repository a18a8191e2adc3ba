//! A verdict that is not there in time is asked for later; a refused event is sent again.

use std::time::Duration;

use anyhow::{Result, ensure};
use innerwall_testkit::{PrivateBroker, eventually};
use innerwall_tests::{Plan, Servers, System, event};
use serde_json::json;
use tokio::time::Instant;

const SHORT_MS: u32 = 200;
const PATIENT_MS: u32 = 2000;
/// A scorer that was stopped takes its connections up again.
const BACK_WITHIN: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_nobody_scores_the_answer_is_pending_and_the_verdict_comes_later() -> Result<()> {
    let mut system = System::start().await?;
    system.scorers[0].process.kill9()?;
    let mut login = event("hugo", "account_login");
    login["event_id"] = json!("late-1");
    let began = Instant::now();
    let answer = system.decide(&login, SHORT_MS).await?;
    let took = began.elapsed();
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert!(took >= Duration::from_millis(SHORT_MS.into()), "{took:?}");
    let said = answer.json()?;
    assert_eq!((&said["status"], &said["event_id"]), (&json!("pending"), &json!("late-1")));
    let path = answer.header("location").map(ToOwned::to_owned);
    assert_eq!(path.as_deref(), Some("/v1/decisions/late-1"));
    assert_eq!(said["poll"], json!(path));

    let key = system.site.tenant.api_key.clone();
    let waiting = system.decision(&key, "/v1/decisions/late-1").await?;
    assert_eq!((waiting.status, waiting.json()?), (202, said), "still pending");
    // A gateway that knows nothing of the question finds in the database that it was asked.
    system.ingest.start_again()?;
    system.ingest.wait_ready().await?;
    let waiting = system.decision(&key, "/v1/decisions/late-1").await?;
    assert_eq!(waiting.status, 202, "{}", waiting.text());
    let foreign = system.site.create_tenant("other").await?;
    let foreign = system.decision(&foreign.api_key, "/v1/decisions/late-1").await?;
    assert_eq!(foreign.status, 404, "pending is not told to others either");

    system.scorers[0].start_again()?;
    system.scorers[0].wait_ready().await?;
    let late = eventually(BACK_WITHIN, "the verdict is there", async || {
        let answer = system.decision(&key, "/v1/decisions/late-1").await?;
        Ok((answer.status == 200).then_some(answer))
    })
    .await?;
    assert_eq!(late.json()?["verdict"], "allow");
    let again = system.decide(&login, PATIENT_MS).await?;
    assert_eq!(again.json()?, late.json()?, "the producer that sends it again gets the same");
    let ledger = system.ledger_balanced(2).await?;
    assert_eq!((ledger.scored, ledger.duplicate), (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_broker_nothing_is_decided_and_the_same_id_may_be_sent_again() -> Result<()> {
    let mut broker = PrivateBroker::start().await?;
    let servers = Servers { amqp_url: Some(broker.url()), ..Servers::default() };
    let system = System::start_as(&Plan { servers, ..Plan::default() }).await?;
    let mut login = event("ida", "account_login");
    login["event_id"] = json!("again-1");
    let warm = system.decide(&event("ida", "page_view"), PATIENT_MS).await?;
    ensure!(warm.status == 200, "{} {}", warm.status, warm.text());

    broker.pause()?;
    let began = Instant::now();
    let refused = system.decide(&login, SHORT_MS).await?;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let said = refused.json()?;
    assert_eq!(
        (&said["code"], &said["events"][0]["status"]),
        (&json!("unconfirmed"), &json!("retry"))
    );
    assert_eq!(said["events"][0]["event_id"], "again-1");
    assert!(refused.header("retry-after").is_some());

    broker.resume()?;
    let answer = eventually(BACK_WITHIN, "the event is decided", async || {
        let answer = system.decide(&login, PATIENT_MS).await?;
        Ok((answer.status == 200).then_some(answer))
    })
    .await?;
    assert_eq!(answer.json()?["verdict"], "allow");
    system.visible("ida", 2).await?;
    system.check_counters().await
}
