//! Machines read over gRPC what people read over REST.

use anyhow::{Context, Result};
use innerwall_tests::{System, event};
use innerwall_wire::query as proto;
use innerwall_wire::query::query_service_client::QueryServiceClient;
use serde_json::Value;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::Channel;
use tonic::{Code, Request};

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

/// The service listens on a free port and says which in its log.
async fn channel(system: &System) -> Result<Channel> {
    let lines = system.query.log_lines("listening for gRPC");
    let line: Value = serde_json::from_str(lines.first().context("gRPC does not listen")?)?;
    let address = line["address"].as_str().context("no address in the log line")?;
    Ok(Channel::from_shared(format!("http://{address}"))?.connect().await?)
}
