//! From protobuf to the JSON interface and back: there is one set of rules for events.

use innerwall_event::{EventError, Timestamp};
use innerwall_wire::ingest as proto;
use serde_json::{Map, Value, json};
use tonic::metadata::MetadataValue;
use tonic::{Code, Status};

use crate::problem::Problem;
use crate::routes::decide::DecisionAnswer;

/// The event as the JSON interface takes it.
pub(super) fn json_of(event: proto::Event) -> Result<String, EventError> {
    let mut fields = Map::new();
    let texts = [
        ("event_id", event.event_id),
        ("event_type", event.event_type),
        ("user_id", event.user_id),
        ("ip", event.ip),
        ("url", event.url),
        ("page_title", event.page_title),
        ("referer", event.referer),
        ("user_agent", event.user_agent),
        ("language", event.language),
        ("http_method", event.http_method),
        ("email", event.email),
        ("phone", event.phone),
        ("first_name", event.first_name),
        ("last_name", event.last_name),
        ("full_name", event.full_name),
        ("session_id", event.session_id),
        ("amount", event.amount),
        ("currency", event.currency),
    ];
    for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        fields.insert(name.to_owned(), text.into());
    }
    let times = [("event_time", event.event_time), ("user_created", event.user_created)];
    for (name, time) in times {
        if let Some(time) = time {
            fields.insert(name.to_owned(), rfc3339(time).into());
        }
    }
    for (name, text) in [("payload", event.payload_json), ("custom", event.custom_json)] {
        if !text.is_empty() {
            fields.insert(name.to_owned(), parsed(name, &text)?);
        }
    }
    if event.http_code != 0 {
        fields.insert("http_code".to_owned(), event.http_code.into());
    }
    if !event.field_history.is_empty() {
        let changes = event.field_history.into_iter().map(change).collect();
        fields.insert("field_history".to_owned(), Value::Array(changes));
    }
    Ok(Value::Object(fields).to_string())
}

fn rfc3339(time: prost_types::Timestamp) -> String {
    let micros = time.seconds.saturating_mul(1_000_000);
    Timestamp::from_micros(micros.saturating_add(i64::from(time.nanos) / 1_000)).to_rfc3339()
}

fn parsed(field: &'static str, text: &str) -> Result<Value, EventError> {
    let value = serde_json::from_str(text);
    value.map_err(|error| EventError::Invalid { field, reason: format!("is no JSON: {error}") })
}

fn change(change: proto::FieldChange) -> Value {
    let proto::FieldChange { field_id, field_name, old_value, new_value, parent_id, parent_name } =
        change;
    let mut fields = json!({ "field_id": field_id, "new_value": new_value });
    let optional = [
        ("field_name", field_name),
        ("old_value", old_value),
        ("parent_id", parent_id),
        ("parent_name", parent_name),
    ];
    for (name, text) in optional {
        if let Some(text) = text {
            fields[name] = text.into();
        }
    }
    fields
}

/// A verdict, or why there is none yet.
pub(super) fn response(
    event_id: String,
    answer: Result<DecisionAnswer, proto::DecisionStatus>,
) -> proto::DecideResponse {
    let status = answer.as_ref().err().copied().unwrap_or(proto::DecisionStatus::Decided);
    let decision = answer.ok().map(decision);
    proto::DecideResponse { status: status.into(), event_id, decision }
}

fn decision(answer: DecisionAnswer) -> proto::Decision {
    let hits = answer.hits.into_iter().map(|hit| proto::Hit {
        rule_id: hit.rule_id,
        name: hit.name,
        reason: hit.reason,
        points: hit.points,
        mode: hit.mode,
    });
    proto::Decision {
        decision_id: answer.decision_id,
        verdict: answer.verdict,
        policy: answer.policy,
        reason: answer.reason,
        trust_score: answer.trust_score,
        risk_score: answer.risk_score,
        hits: hits.collect(),
        rule_set_version: answer.rule_set_version,
    }
}

impl From<Problem> for Status {
    fn from(problem: Problem) -> Self {
        let code = match problem.status {
            400 | 413 | 415 | 422 => Code::InvalidArgument,
            401 => Code::Unauthenticated,
            404 => Code::NotFound,
            409 => Code::AlreadyExists,
            429 => Code::ResourceExhausted,
            503 => Code::Unavailable,
            _ => Code::Internal,
        };
        let field = problem.events.iter().find_map(|event| event.field);
        let detail = match field {
            Some(field) if !problem.detail.contains(field) => {
                format!("{field}: {}", problem.detail)
            }
            _ => problem.detail.clone(),
        };
        let mut status = Self::new(code, detail);
        status
            .metadata_mut()
            .insert("innerwall-code", MetadataValue::from_static(problem.code.name()));
        let event_id = problem.events.first().and_then(|event| event.event_id.as_deref());
        if let Some(Ok(event_id)) = event_id.map(MetadataValue::try_from) {
            status.metadata_mut().insert("innerwall-event-id", event_id);
        }
        status
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_what_the_json_interface_takes() {
        let event = proto::Event {
            event_id: "e-1".to_owned(),
            user_id: "u".to_owned(),
            ip: "192.0.2.1".to_owned(),
            event_time: Some(prost_types::Timestamp { seconds: 1_700_000_000, nanos: 5_000 }),
            http_code: 200,
            amount: "19.90".to_owned(),
            currency: "EUR".to_owned(),
            custom_json: r#"{"plan":"team"}"#.to_owned(),
            field_history: vec![proto::FieldChange {
                field_id: "price".to_owned(),
                new_value: "2".to_owned(),
                old_value: Some("1".to_owned()),
                ..proto::FieldChange::default()
            }],
            ..proto::Event::default()
        };
        let text = json_of(event).unwrap();
        let draft = innerwall_event::json::read(&text).unwrap();
        assert_eq!(draft.event_id.as_deref(), Some("e-1"));
        assert_eq!(draft.event_time.as_deref(), Some("2023-11-14T22:13:20.000005Z"));
        assert_eq!(draft.custom.as_deref(), Some(r#"{"plan":"team"}"#));
        assert_eq!(draft.field_history[0].old_value.as_deref(), Some("1"));
        assert_eq!((draft.url, draft.email), (None, None), "not said");
    }

    #[test]
    fn json_that_is_none_is_refused_by_name() {
        let event = proto::Event { payload_json: "{".to_owned(), ..proto::Event::default() };
        assert_eq!(json_of(event).unwrap_err().field(), Some("payload"));
    }
}
