//! What users touch, counted by the fold from real events, over gRPC as over REST.

use std::time::Duration;

use anyhow::{Context, Result};
use innerwall_testkit::eventually;
use innerwall_tests::{System, at_address};
use innerwall_wire::query as proto;
use innerwall_wire::query::entity_service_client::EntityServiceClient;
use serde_json::json;
use tonic::Code;
use tonic::transport::Channel;

use crate::grpc::{channel, signed};

const FOLDED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn grpc_reads_what_users_touch_as_rest_does() -> Result<()> {
    let system = System::start().await?;
    for user in ["nora", "olaf"] {
        let mut event = at_address(user, "page_view", "198.51.100.4");
        event["url"] = json!("/orders/17");
        event["email"] = json!(format!("{user}@shop.example"));
        let sent = system.send_json(&event).await?;
        assert_eq!(sent.status, 202, "{}", sent.text());
        system.visible(user, 1).await?;
    }
    let reader = &system.reader;
    eventually(FOLDED_WITHIN, "both users are folded", async || {
        let page = reader.read("/entities/addresses?min_users=2").await?;
        Ok((page["total"] == 1).then_some(()))
    })
    .await?;

    let mut client = EntityServiceClient::new(channel(&system).await?);
    let asked =
        proto::GetEntityRequest { kind: "addresses".to_owned(), key: "198.51.100.4".to_owned() };
    let found = client.get_entity(signed(&system, asked)?).await?.into_inner();
    let entity = found.entity.context("no entity")?;
    let rest = reader.read("/entities/addresses/198.51.100.4").await?;
    assert_eq!((json!(entity.users), json!(entity.events)), (rest["users"].clone(), json!(2)));
    let name = entity.name.context("no name")?;
    assert_eq!(json!(name.id), rest["id"]);

    for (kind, key) in [
        ("addresses", "198.51.100.4"),
        ("addresses", name.id.as_str()),
        ("resources", "/orders/{id}"),
        ("email-domains", "shop.example"),
    ] {
        let asked = proto::ListEntityEventsRequest {
            kind: kind.to_owned(),
            key: key.to_owned(),
            ..Default::default()
        };
        let page = client.list_entity_events(signed(&system, asked)?).await?.into_inner();
        assert_eq!(page.events.len(), 2, "{kind} {key}");
        assert!(page.page.is_some_and(|page| page.complete), "{kind} {key}");
    }
    let asked = proto::GetGraphRequest {
        kind: "users".to_owned(),
        key: "nora".to_owned(),
        ..Default::default()
    };
    let graph = client.get_graph(signed(&system, asked)?).await?.into_inner();
    let met = graph.nodes.iter().filter_map(|node| node.user.as_ref());
    let met: Vec<_> = met.map(|user| user.user_id.as_str()).collect();
    assert_eq!(met, ["nora", "olaf"], "linked by their address: {graph:?}");
    assert!(graph.complete && graph.links.len() >= 4, "{graph:?}");

    finds_the_way(&system, &mut client).await?;

    let asked = proto::SearchRequest { query: "olaf@".to_owned() };
    let found = client.search(signed(&system, asked)?).await?.into_inner();
    assert_eq!(found.users.len(), 1, "{found:?}");
    let kpis = client.get_kpis(signed(&system, proto::GetKpisRequest::default())?).await?;
    let kpis = kpis.into_inner();
    let (events, users) = (kpis.events.context("no events")?, kpis.users.context("no users")?);
    assert_eq!((events.now, users.active.map(|active| active.now)), (2, Some(2)));
    assert_eq!(kpis.shared_addresses.len(), 1);
    let asked = proto::ListSessionsRequest::default();
    let sessions = client.list_sessions(signed(&system, asked)?).await?.into_inner();
    assert_eq!(sessions.sessions.len(), 2);
    let asked = proto::GetSeriesRequest { user_id: "nora".to_owned(), ..Default::default() };
    let series = client.get_series(signed(&system, asked)?).await?.into_inner();
    assert_eq!(series.buckets.iter().map(|bucket| bucket.normal).sum::<i64>(), 1);
    let asked = proto::GetKindSeriesRequest { kind: "users".to_owned(), buckets: None };
    let series = client.get_kind_series(signed(&system, asked)?).await?.into_inner();
    assert_eq!(series.buckets.iter().map(|bucket| bucket.fresh).sum::<i64>(), 2);

    refuses(&system, client).await
}

async fn finds_the_way(system: &System, client: &mut EntityServiceClient<Channel>) -> Result<()> {
    let asked = proto::FindPathRequest {
        from_kind: "users".to_owned(),
        from_key: "nora".to_owned(),
        to_kind: "users".to_owned(),
        to_key: "olaf".to_owned(),
        ..Default::default()
    };
    let path = client.find_path(signed(system, asked)?).await?.into_inner();
    assert_eq!((path.length, path.nodes.len(), path.links.len()), (Some(2), 3, 2), "{path:?}");
    assert!(path.complete && path.nodes[1].entity.is_some(), "{path:?}");
    let rest = "/graph/path?from_kind=users&from_key=nora&to_kind=users&to_key=olaf";
    let rest = system.reader.read(rest).await?;
    assert_eq!(rest["nodes"][1]["name"], path.nodes[1].name.as_str(), "over REST as well");
    Ok(())
}

async fn refuses(system: &System, mut client: EntityServiceClient<Channel>) -> Result<()> {
    let asked = proto::GetEntityRequest { kind: "cars".to_owned(), key: "x".to_owned() };
    let refused = client.get_entity(signed(system, asked)?).await;
    assert_eq!(refused.map_err(|status| status.code()).err(), Some(Code::InvalidArgument));
    let stranger = client.search(proto::SearchRequest { query: "olaf".to_owned() }).await;
    assert_eq!(stranger.map_err(|status| status.code()).err(), Some(Code::Unauthenticated));
    Ok(())
}
