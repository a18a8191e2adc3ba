//! What query says of all events and users, page by page.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::super::http::Client;
use super::verdict::{ScoredEvent, ScoredUser};

const PAGE: usize = 200;
/// A run with more is not a bench any more: it would be read for an hour.
const PAGES_MAX: usize = 50_000;

#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct RuleName {
    rule_id: String,
}

#[derive(Deserialize)]
struct EventItem {
    event_id: Uuid,
    trust_score: i32,
    risk_score: Option<i32>,
    hits: Vec<RuleName>,
}

#[derive(Deserialize)]
struct UserItem {
    user_id: String,
    trust_score: Option<i32>,
    rules: Vec<RuleName>,
}

/// All events of the tenant.
pub(super) async fn events(client: &mut Client) -> anyhow::Result<HashMap<Uuid, ScoredEvent>> {
    let items: Vec<EventItem> = all(client, "/api/v1/events").await?;
    let scored = |item: EventItem| {
        let rules = names(item.hits);
        (item.event_id, ScoredEvent { trust: item.trust_score, risk: item.risk_score, rules })
    };
    Ok(items.into_iter().map(scored).collect())
}

/// All users of the tenant.
pub(super) async fn users(client: &mut Client) -> anyhow::Result<HashMap<String, ScoredUser>> {
    let items: Vec<UserItem> = all(client, "/api/v1/users").await?;
    let scored = |item: UserItem| {
        (item.user_id, ScoredUser { trust: item.trust_score, rules: names(item.rules) })
    };
    Ok(items.into_iter().map(scored).collect())
}

fn names(rules: Vec<RuleName>) -> Vec<String> {
    rules.into_iter().map(|rule| rule.rule_id).collect()
}

async fn all<T: DeserializeOwned>(client: &mut Client, path: &str) -> anyhow::Result<Vec<T>> {
    let mut items = Vec::new();
    let mut cursor = String::new();
    for _ in 0..PAGES_MAX {
        let page = format!("{path}?limit={PAGE}{cursor}");
        let page: Page<T> = client.json(&page).await.with_context(|| path.to_owned())?;
        items.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(items),
        }
    }
    ensure!(false, "{path} has more than {PAGES_MAX} pages");
    Ok(items)
}
