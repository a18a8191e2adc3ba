//! A private broker is really started, killed, restarted and paused.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::amqp::{self, AMQPValue, FieldTable};
use innerwall_testkit::{PrivateBroker, eventually};

const QUEUE: &str = "testkit.v1";

/// Four times the interval at which the broker saves its table of queue members.
const DECLARATION_IS_ON_DISK_AFTER: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_confirmed_message_survives_kill_9_and_the_broker_leaves_nothing_behind() -> Result<()> {
    let mut broker = PrivateBroker::start().await?;
    let url = broker.url();
    publish_one(&url).await?;
    // The broker needs it, see `kill9`; nothing tells when it is enough.
    tokio::time::sleep(DECLARATION_IS_ON_DISK_AFTER).await;

    broker.kill9()?;
    let down = amqp::queue_depth(&url, QUEUE).await.unwrap_err();
    assert!(format!("{down:#}").contains(QUEUE), "{down:#}");

    broker.restart().await?;
    assert_eq!(broker.url(), url);
    let survived = eventually(Duration::from_secs(10), "the queue elects its leader", async || {
        Ok((amqp::queue_depth(&url, QUEUE).await? == 1).then_some(()))
    });
    survived.await?;
    check_queue_acts(&url).await?;
    check_pause(&mut broker).await?;

    let port = broker.port();
    drop(broker);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    Ok(())
}

async fn publish_one(url: &str) -> Result<()> {
    // The broker acks a message without a queue; only the return tells.
    assert!(amqp::publish_raw(url, QUEUE, b"lost", FieldTable::default()).await.is_err());

    amqp::declare_quorum(url, QUEUE).await?;
    let mut headers = FieldTable::default();
    headers.insert("kind".into(), AMQPValue::LongString("poison".into()));
    amqp::publish_raw(url, QUEUE, b"\xff\x00kept", headers).await?;
    Ok(())
}

async fn check_queue_acts(url: &str) -> Result<()> {
    let message = amqp::take(url, QUEUE).await?.context("the queue is empty")?;
    assert_eq!(message.body, b"\xff\x00kept");
    let kind = message.headers.inner().get("kind");
    assert_eq!(kind, Some(&AMQPValue::LongString("poison".into())));
    assert!(amqp::take(url, QUEUE).await?.is_none());

    for body in [b"1", b"2"] {
        amqp::publish_raw(url, QUEUE, body, FieldTable::default()).await?;
    }
    assert_eq!(amqp::purge(url, QUEUE).await?, 2);
    assert_eq!(amqp::queue_depth(url, QUEUE).await?, 0);
    amqp::delete(url, QUEUE).await?;
    assert!(amqp::queue_depth(url, QUEUE).await.is_err());
    Ok(())
}

async fn check_pause(broker: &mut PrivateBroker) -> Result<()> {
    broker.pause()?;
    let url = broker.url();
    let answer = tokio::time::timeout(Duration::from_secs(1), amqp::ping(&url)).await;
    assert!(answer.is_err(), "a paused broker answered");
    broker.resume()?;
    amqp::ping(&url).await?;
    Ok(())
}
