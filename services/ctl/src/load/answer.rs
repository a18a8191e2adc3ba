//! What the gateway's answer means for the events of a request.

use std::time::Duration;

use anyhow::bail;
use hyper::StatusCode;
use serde::Deserialize;

/// How long to wait when the gateway does not say, and at most.
pub(super) const WAIT: Duration = Duration::from_secs(1);
const WAIT_MAX: Duration = Duration::from_secs(10);

/// What became of the events of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) accepted: usize,
    pub(super) refused: usize,
    /// Positions of the events to send again, after `wait`.
    pub(super) again: Vec<usize>,
    pub(super) wait: Duration,
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    events: Vec<EventResult>,
}

#[derive(Deserialize)]
struct EventResult {
    index: usize,
    status: EventStatus,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EventStatus {
    Accepted,
    Invalid,
    Retry,
}

/// Judges the answer to a request of `count` events. An error means that no further request can
/// succeed: the key or the address is wrong.
pub(super) fn judge(
    status: StatusCode,
    retry_after: Option<&str>,
    body: &[u8],
    count: usize,
) -> anyhow::Result<Verdict> {
    if status == StatusCode::ACCEPTED {
        return Ok(Verdict { accepted: count, ..Verdict::default() });
    }
    let results =
        serde_json::from_slice(body).map_or_else(|_| Vec::new(), |body: Body| body.events);
    let is_busy = status.is_server_error()
        || [StatusCode::TOO_MANY_REQUESTS, StatusCode::REQUEST_TIMEOUT].contains(&status);
    let wait = retry_after.and_then(|text| text.parse().ok()).map_or(WAIT, Duration::from_secs);
    let wait = wait.min(WAIT_MAX);
    if !results.is_empty() {
        return Ok(Verdict { wait, ..of_each(&results) });
    }
    if is_busy {
        return Ok(Verdict { again: (0..count).collect(), wait, ..Verdict::default() });
    }
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        return Ok(Verdict { refused: count, ..Verdict::default() });
    }
    bail!("the gateway answers {status}: {}", String::from_utf8_lossy(body))
}

fn of_each(results: &[EventResult]) -> Verdict {
    let of = |wanted| results.iter().filter(move |result| result.status == wanted);
    Verdict {
        accepted: of(EventStatus::Accepted).count(),
        refused: of(EventStatus::Invalid).count(),
        again: of(EventStatus::Retry).map(|result| result.index).collect(),
        wait: Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(status: u16, body: &str) -> anyhow::Result<Verdict> {
        judge(StatusCode::from_u16(status).unwrap(), Some("3"), body.as_bytes(), 3)
    }

    #[test]
    fn only_what_was_not_accepted_is_sent_again() {
        let mixed = r#"{"accepted":1,"refused":2,"events":[
            {"index":0,"status":"accepted"}, {"index":1,"status":"invalid","field":"ip"},
            {"index":2,"status":"retry"}]}"#;
        let expected = Verdict { accepted: 1, refused: 1, again: vec![2], wait: WAIT * 3 };
        assert_eq!(verdict(207, mixed).unwrap(), expected);
        assert_eq!(verdict(202, "").unwrap().accepted, 3);
        for status in [429, 500, 503] {
            let all = Verdict { again: vec![0, 1, 2], wait: WAIT * 3, ..Verdict::default() };
            assert_eq!(verdict(status, "{}").unwrap(), all);
        }
    }

    #[test]
    fn a_wrong_key_ends_the_run() {
        assert_eq!(verdict(422, "{}").unwrap().refused, 3);
        assert!(verdict(401, r#"{"code":"key_unknown"}"#).is_err());
        assert!(verdict(404, "").is_err());
    }
}
