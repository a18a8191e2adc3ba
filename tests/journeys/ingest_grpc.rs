//! Machines send events and ask for verdicts over gRPC as over HTTP.

use anyhow::{Context, Result};
use innerwall_tests::{System, event};
use innerwall_wire::ingest as proto;
use innerwall_wire::ingest::ingest_service_client::IngestServiceClient;
use serde_json::json;
use tonic::{Code, Request};

use crate::grpc::channel_to;

const PATIENT_MS: u32 = 2000;

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
    Ok(())
}

fn with_key<T>(mut request: Request<T>, key: &str) -> Result<Request<T>> {
    request.metadata_mut().insert("api-key", key.parse()?);
    Ok(request)
}
