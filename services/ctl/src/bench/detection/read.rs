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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::load::connection::Address;

    /// Answers one request after the other; gives the paths that were asked for.
    fn serve(listener: &TcpListener, bodies: &[&str]) -> Vec<String> {
        let (mut stream, _) = listener.accept().unwrap();
        let mut paths = Vec::new();
        for body in bodies {
            let mut request = [0; 2_048];
            let length = stream.read(&mut request).unwrap();
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            paths.push(text.split_whitespace().nth(1).unwrap_or_default().to_owned());
            let length = body.len();
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        }
        paths
    }

    #[tokio::test]
    async fn pages_are_read_to_the_last_one() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let first = r#"{"items":[{"user_id":"a","trust_score":33,"rules":[{"rule_id":"V01",
            "name":"n"}]}],"next_cursor":"5_7"}"#;
        let last =
            r#"{"items":[{"user_id":"b","trust_score":null,"rules":[]}],"next_cursor":null}"#;
        let server = thread::spawn(move || serve(&listener, &[first, last]));
        let mut client = Client::new(&Address::parse(&url).unwrap(), "token");
        let users = users(&mut client).await.unwrap();
        assert_eq!((users["a"].trust, users["b"].trust), (Some(33), None));
        assert_eq!(users["a"].rules, ["V01"]);
        let expected = ["/api/v1/users?limit=200", "/api/v1/users?limit=200&cursor=5_7"];
        assert_eq!(server.join().unwrap(), expected);
    }
}
