//! What a user searched for.

use innerwall_event::{Event, EventKind};
use serde_json::Value;

use crate::url;

/// Longest search text in characters; more does not tell searches apart.
const SEARCH_CHARS_MAX: usize = 200;

/// The search text in lower case: of a search event from its payload, else from the page address.
pub fn text(event: &Event) -> Option<String> {
    let from_url =
        || event.url.as_deref().and_then(|url| url::parameter(url, &["q", "query", "search"]));
    let found = of_payload(event).or_else(from_url)?;
    let trimmed = found.trim();
    let lower: String = trimmed.to_lowercase().chars().take(SEARCH_CHARS_MAX).collect();
    (!lower.is_empty()).then_some(lower)
}

/// A `value` means something else in the payload of other events.
fn of_payload(event: &Event) -> Option<String> {
    if event.kind != EventKind::PageSearch {
        return None;
    }
    let payload: Value = serde_json::from_str(event.payload.as_deref()?).ok()?;
    let found = ["query", "value", "q"].iter().find_map(|key| payload.get(key)?.as_str());
    found.map(str::to_owned)
}
