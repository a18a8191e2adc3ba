//! The event a verdict is asked about always has a name.

use innerwall_event::{Draft, Event, EventError, Receipt, Strictness, TenantId, accept};
use innerwall_runtime::clock;

use crate::app::now;

/// Judges the event. One without an id gets one before its content is fixed, so that it is the
/// same event when it is sent again under that id.
pub(crate) fn named(mut draft: Draft<'_>, tenant: TenantId) -> Result<Event, EventError> {
    let fresh_id = clock::fresh_id();
    if draft.event_id.as_deref().is_none_or(|name| name.trim().is_empty()) {
        draft.event_id = Some(fresh_id.to_string().into());
    }
    accept(draft, Receipt { tenant, at: now(), fresh_id }, Strictness::Refuse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(text: &str) -> Event {
        named(innerwall_event::json::read(text).unwrap(), TenantId(1)).unwrap()
    }

    #[test]
    fn an_event_without_an_id_is_the_same_when_it_is_sent_again_under_the_one_it_got() {
        let first = event(r#"{"user_id":"u","ip":"192.0.2.1"}"#);
        let name = first.client_id.clone().unwrap();
        assert_eq!(first.id.to_string(), name);
        let again = event(&format!(r#"{{"event_id":"{name}","user_id":"u","ip":"192.0.2.1"}}"#));
        assert_eq!((again.id, again.digest), (first.id, first.digest));
        let other = event(&format!(r#"{{"event_id":"{name}","user_id":"v","ip":"192.0.2.1"}}"#));
        assert_ne!(other.digest, first.digest);
    }
}
