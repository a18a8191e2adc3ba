//! What the placeholders of paths stand for: found by reading lists, as people do.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use innerwall_event::Timestamp;
use serde_json::Value;

use super::super::http::{Checked, Client};
use super::super::service::Service;
use super::routes::SOURCES;
use super::{DAY_S, ReadingOptions};

/// Different values of each placeholder.
const VALUES: i64 = 100;

/// Values by the names of placeholders.
pub(super) struct Values(HashMap<&'static str, Vec<String>>);

/// Where the values of a placeholder are found.
pub(super) struct Source {
    pub(super) name: &'static str,
    /// A list.
    pub(super) path: &'static str,
    /// Where in an item of the list, as a JSON pointer.
    pub(super) pointer: &'static str,
}

/// Finds them all.
pub(super) async fn find(
    options: &ReadingOptions,
    token: &str,
    query: &Service,
    now: Timestamp,
) -> anyhow::Result<Values> {
    let mut values = Values(computed(options, now));
    let mut client = Client::new(&query.address, token);
    for source in SOURCES {
        let path = values.path(source.path, 0)?;
        let answer = client.get(&path).await.and_then(Checked::ok).with_context(|| path.clone())?;
        let list: Value = serde_json::from_slice(&answer)?;
        let items = list.get("items").and_then(Value::as_array).context("no items")?;
        let found: Vec<String> =
            items.iter().filter_map(|item| text(item.pointer(source.pointer)?)).collect();
        ensure!(!found.is_empty(), "{path} holds nothing at {}", source.pointer);
        values.0.insert(source.name, found);
    }
    Ok(values)
}

/// Users and times need no list.
fn computed(options: &ReadingOptions, now: Timestamp) -> HashMap<&'static str, Vec<String>> {
    let user = |number: i64| format!("user-{number:06}");
    let ago = |seconds: i64| now.plus_seconds(-seconds).to_rfc3339();
    let some = |value: fn(i64) -> i64| (0..VALUES).map(value);
    HashMap::from([
        ("user", (0..VALUES).map(|n| user(1 + n * (options.users - 1) / VALUES)).collect()),
        ("hot_user", vec![user(1)]),
        ("last_user", vec![user(options.users)]),
        ("busy_user", (0..VALUES / 2).map(|n| user(2 + n)).collect()),
        ("day_ago", some(|n| DAY_S - n * 60).map(ago).collect()),
        ("days_ago", some(|n| 30 * DAY_S - n * 60).map(ago).collect()),
        ("week_ago", some(|n| 7 * DAY_S - n * 60).map(ago).collect()),
        ("hour_ago", some(|n| 3_600 + n).map(ago).collect()),
        ("start", (0..VALUES).map(|n| ago(options.days * DAY_S - n * 60)).collect()),
        ("middle", (0..VALUES).map(|n| ago(options.days * DAY_S / 2 - n * 60)).collect()),
    ])
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Values {
    /// A path with the values of its n-th request.
    pub(super) fn path(&self, template: &str, nth: usize) -> anyhow::Result<String> {
        let mut path = String::new();
        let mut rest = template;
        while let Some((before, placeholder)) = rest.split_once('{') {
            let (name, after) = placeholder.split_once('}').context("a brace is open")?;
            let known = self.0.get(name).with_context(|| format!("no value for {name}"))?;
            path.push_str(before);
            path.push_str(&encoded(&known[nth % known.len()]));
            rest = after;
        }
        path.push_str(rest);
        Ok(path)
    }
}

/// For a part of a path or of a query.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(hex_digit(byte >> 4));
            encoded.push(hex_digit(byte & 15));
        }
    }
    encoded
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(nibble.into(), 16).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_take_turns_and_are_encoded() {
        let known = HashMap::from([("key", vec!["/a b".to_owned(), "c".to_owned()])]);
        let values = Values(known);
        assert_eq!(values.path("/x/{key}/y?z={key}", 0).unwrap(), "/x/%2Fa%20b/y?z=%2Fa%20b");
        assert_eq!(values.path("/x/{key}", 3).unwrap(), "/x/c");
        assert!(values.path("/x/{other}", 0).is_err());
    }
}
