//! Machines read over gRPC what people read over REST.

use anyhow::{Context, Result};
use innerwall_tests::{Service, System, event};
use innerwall_wire::query as proto;
use innerwall_wire::query::query_service_client::QueryServiceClient;
use serde_json::{Value, json};
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::Channel;
use tonic::{Code, Request};

const PROBLEM: &str = "application/problem+json";

#[tokio::test]
async fn grpc_gives_the_answers_of_rest() -> Result<()> {
    let system = System::start().await?;
    let sent = system.send_json(&event("grace", "page_view")).await?;
    assert_eq!(sent.status, 202, "{}", sent.text());
    let user = system.visible("grace", 1).await?;

    let mut client = QueryServiceClient::new(channel(&system).await?);
    let token: MetadataValue<Ascii> = system.reader.authorization().parse()?;
    let with_token = |mut request: Request<_>| {
        request.metadata_mut().insert("authorization", token.clone());
        request
    };
    let question = proto::GetUserRequest { user_id: "grace".to_owned() };
    let found = client.get_user(with_token(Request::new(question))).await?.into_inner();
    let summary = found.user.and_then(|user| user.summary).context("no user")?;
    assert_eq!(summary.trust_score.map(i64::from), user["trust_score"].as_i64());
    assert_eq!(summary.rules.len(), user["rules"].as_array().map_or(0, Vec::len));

    let mut ledger = Request::new(proto::GetLedgerRequest {});
    ledger.metadata_mut().insert("authorization", token.clone());
    let ledger = client.get_ledger(ledger).await?.into_inner();
    assert!(ledger.balanced && ledger.scored == 1, "{ledger:?}");

    let mut nobody = Request::new(proto::GetUserRequest { user_id: "nobody".to_owned() });
    nobody.metadata_mut().insert("authorization", token);
    assert_eq!(
        client.get_user(nobody).await.map_err(|status| status.code()).err(),
        Some(Code::NotFound)
    );
    let stranger = client.get_ledger(proto::GetLedgerRequest {}).await;
    assert_eq!(stranger.map_err(|status| status.code()).err(), Some(Code::Unauthenticated));
    Ok(())
}

#[tokio::test]
async fn one_event_is_read_in_full_by_its_id_and_by_the_name_its_producer_gave_it() -> Result<()> {
    let system = System::start().await?;
    let mut purchase = event("olga", "purchase");
    purchase["event_id"] = json!("order/17");
    purchase["amount"] = json!("19.90");
    purchase["currency"] = json!("EUR");
    purchase["custom"] = json!({"plan": "team"});
    let sent = system.send_json(&purchase).await?;
    assert_eq!(sent.status, 202, "{}", sent.text());
    system.visible("olga", 1).await?;

    let listed = system.reader.events_of("olga").await?.remove(0);
    let id = listed["event_id"].as_str().context("no id")?;
    let found = system.reader.read(&format!("/events/{id}")).await?;
    assert_eq!(system.reader.read("/events/order%2F17").await?, found);
    for (field, value) in listed.as_object().context("no object")? {
        assert_eq!(&found[field], value, "{field}");
    }
    assert_eq!([&found["amount"], &found["currency"]], ["19.9", "EUR"]);
    assert_eq!(found["custom"], json!({"plan": "team"}));
    let unknown = system.reader.get("/events/order-18").await?;
    assert_eq!((unknown.status, unknown.header("content-type")), (404, Some(PROBLEM)));

    let mut client = QueryServiceClient::new(channel(&system).await?);
    let mut request = Request::new(proto::GetEventRequest { event_id: id.to_owned() });
    request.metadata_mut().insert("authorization", system.reader.authorization().parse()?);
    let answer = client.get_event(request).await?.into_inner();
    assert_eq!(answer.event.map(|event| event.event_id).as_deref(), Some(id));
    let detail = answer.detail.context("no detail")?;
    assert_eq!(detail.client_event_id.as_deref(), Some("order/17"));
    assert_eq!(detail.custom_json.as_deref(), Some(r#"{"plan":"team"}"#));
    Ok(())
}

/// The service listens on a free port and says which in its log.
pub(crate) async fn channel(system: &System) -> Result<Channel> {
    channel_to(&system.query).await
}

/// A request with the token of the system.
pub(crate) fn signed<T>(system: &System, message: T) -> Result<Request<T>> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", system.reader.authorization().parse()?);
    Ok(request)
}

/// A channel to any service.
pub(crate) async fn channel_to(service: &Service) -> Result<Channel> {
    let lines = service.log_lines("listening for gRPC");
    let line: Value = serde_json::from_str(lines.first().context("gRPC does not listen")?)?;
    let address = line["address"].as_str().context("no address in the log line")?;
    Ok(Channel::from_shared(format!("http://{address}"))?.connect().await?)
}
