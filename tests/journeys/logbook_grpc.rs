//! Machines read the logbook over gRPC as people do over REST.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::eventually;
use innerwall_tests::System;
use innerwall_wire::query as proto;
use innerwall_wire::query::logbook_service_client::LogbookServiceClient;
use serde_json::json;
use tonic::Code;

use crate::grpc::{channel, signed};

/// Gateways write lines every few seconds.
const LOGGED_WITHIN: Duration = Duration::from_secs(20);

#[tokio::test]
async fn grpc_lists_finds_and_counts_the_requests_that_rest_shows() -> Result<()> {
    let system = System::start().await?;
    let refused = json!({"event_type": "page_view", "user_id": "erin", "ip": "no address"});
    assert_eq!(system.send_json(&refused).await?.status, 422);
    let mut client = LogbookServiceClient::new(channel(&system).await?);

    let asked = proto::ListRequestsRequest { status: "4xx".to_owned(), ..Default::default() };
    let line = eventually(LOGGED_WITHIN, "a line of the logbook", async || {
        let page = client.clone().list_requests(signed(&system, asked.clone())?).await?;
        Ok(page.into_inner().requests.into_iter().next())
    })
    .await?;
    let rest = system.reader.read(&format!("/logbook/{}", line.line_id)).await?;
    assert_eq!((json!(line.status), json!(line.field)), (rest["status"].clone(), json!("ip")));
    assert_eq!(json!(line.body), rest["body"]);

    let one = proto::GetRequestRequest { line_id: line.line_id };
    let found = client.get_request(signed(&system, one)?).await?.into_inner();
    assert_eq!(found.request.context("no request")?, line);
    let unknown = client.get_request(signed(&system, proto::GetRequestRequest { line_id: 0 })?);
    assert_eq!(unknown.await.map_err(|status| status.code()).err(), Some(Code::NotFound));

    let wrong = proto::GetRequestSeriesRequest { bucket: "week".to_owned(), ..Default::default() };
    let wrong = client.get_request_series(signed(&system, wrong)?).await;
    assert_eq!(wrong.map_err(|status| status.code()).err(), Some(Code::InvalidArgument));
    let series = client
        .get_request_series(signed(&system, proto::GetRequestSeriesRequest::default())?)
        .await?;
    let series = series.into_inner();
    assert_eq!((series.bucket_seconds, series.buckets.len() >= 24), (3_600, true));
    assert_eq!(series.buckets.iter().map(|bucket| bucket.refused).sum::<i64>(), 1);
    Ok(())
}
