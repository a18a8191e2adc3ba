//! Machines send events and ask for verdicts over gRPC as over HTTP.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::eventually;
use innerwall_tests::{System, event};
use innerwall_wire::ingest as proto;
use innerwall_wire::ingest::ingest_service_client::IngestServiceClient;
use serde_json::{Value, json};
use tonic::{Code, Request};

use crate::grpc::channel_to;

const PATIENT_MS: u32 = 2000;
const LOGGED_WITHIN: Duration = Duration::from_secs(5);

fn sent(event_id: &str, user_id: &str) -> proto::Event {
    let plain = event(user_id, "account_login");
    let text = |field: &str| plain[field].as_str().unwrap_or_default().to_owned();
    proto::Event {
        event_id: event_id.to_owned(),
        event_type: text("event_type"),
        user_id: text("user_id"),
        ip: text("ip"),
        url: text("url"),
        user_agent: text("user_agent"),
        language: text("language"),
        ..proto::Event::default()
    }
}

#[tokio::test]
async fn verdicts_over_grpc_are_those_of_http() -> Result<()> {
    let system = System::start().await?;
    let mut client = IngestServiceClient::new(channel_to(&system.ingest).await?);
    let key = system.site.tenant.api_key.clone();
    let ask = |event: proto::Event| {
        let body = proto::DecideRequest { event: Some(event), deadline_ms: PATIENT_MS };
        with_key(Request::new(body), &key)
    };
    let said = client.decide(ask(sent("rpc-1", "kim"))?).await?.into_inner();
    assert_eq!(said.status(), proto::DecisionStatus::Decided, "{said:?}");
    let decision = said.decision.context("no decision")?;
    assert_eq!((decision.verdict.as_str(), decision.trust_score), ("allow", 99));

    let mut same = event("kim", "account_login");
    same["event_id"] = json!("rpc-1");
    let http = system.decide(&same, PATIENT_MS).await?.json()?;
    assert_eq!(http["decision_id"], json!(decision.decision_id), "one event, one decision");
    let look = proto::GetDecisionRequest { event_id: "rpc-1".to_owned() };
    let found = client.get_decision(with_key(Request::new(look), &key)?).await?.into_inner();
    assert_eq!(found.decision, Some(decision));

    let code = |status: tonic::Status| status.code();
    let conflict = client.decide(ask(sent("rpc-1", "lee"))?).await;
    assert_eq!(conflict.map_err(code).err(), Some(Code::AlreadyExists));
    let faulty = proto::Event { ip: "nowhere".to_owned(), ..sent("rpc-2", "kim") };
    let faulty = client.decide(ask(faulty)?).await.err().context("a faulty event is refused")?;
    assert_eq!(faulty.code(), Code::InvalidArgument);
    assert!(faulty.message().contains("ip"), "{}", faulty.message());
    let line = logged(&system, "grpc Decide").await?;
    assert_eq!((&line["status"], &line["field"]), (&json!(422), &json!("ip")), "{line}");
    let unknown = proto::GetDecisionRequest { event_id: "rpc-3".to_owned() };
    let unknown = client.get_decision(with_key(Request::new(unknown), &key)?).await;
    assert_eq!(unknown.map_err(code).err(), Some(Code::NotFound));
    let stranger = proto::DecideRequest { event: Some(sent("rpc-4", "kim")), deadline_ms: 0 };
    let stranger = client.decide(stranger).await;
    assert_eq!(stranger.map_err(code).err(), Some(Code::Unauthenticated));
    Ok(())
}

#[tokio::test]
async fn a_stream_of_events_is_counted_and_what_is_refused_is_named() -> Result<()> {
    let system = System::start().await?;
    let mut client = IngestServiceClient::new(channel_to(&system.ingest).await?);
    let faulty = proto::Event { ip: String::new(), ..sent("flow-2", "max") };
    let messages = vec![
        proto::IngestRequest { events: vec![sent("flow-1", "max"), faulty] },
        proto::IngestRequest { events: vec![sent("flow-3", "max")] },
    ];
    let stream = Request::new(tokio_stream::iter(messages));
    let stream = with_key(stream, &system.site.tenant.api_key)?;
    let taken = client.ingest(stream).await?.into_inner();
    assert_eq!((taken.accepted, taken.refused), (2, 1), "{taken:?}");
    let refusal = &taken.refusals[0];
    assert_eq!((refusal.index, refusal.field.as_str()), (1, "ip"));
    assert_eq!(refusal.status(), proto::RefusalStatus::Invalid);
    let ledger = system.ledger_balanced(2).await?;
    assert_eq!(ledger.scored, 2);
    let line = logged(&system, "grpc Ingest").await?;
    assert_eq!(
        (&line["events_accepted"], &line["events_refused"]),
        (&json!(2), &json!(1)),
        "{line}"
    );
    assert_eq!(line["code"], "partly_refused");
    Ok(())
}

/// The newest line of the logbook about an endpoint.
async fn logged(system: &System, endpoint: &str) -> Result<Value> {
    let path = format!("/logbook?endpoint={}", endpoint.replace(' ', "+"));
    eventually(LOGGED_WITHIN, "a line of the logbook", async || {
        let page = system.reader.read(&path).await?;
        Ok(page["items"].get(0).cloned())
    })
    .await
}

fn with_key<T>(mut request: Request<T>, key: &str) -> Result<Request<T>> {
    request.metadata_mut().insert("api-key", key.parse()?);
    Ok(request)
}
