//! The producer's own fields of an event as texts.

use std::collections::BTreeMap;

use innerwall_event::Event;
use innerwall_rules::CustomFields;
use serde_json::Value;

/// Fields by name. Texts, numbers and booleans are read; anything else is as if not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomTexts(BTreeMap<String, String>);

impl CustomTexts {
    /// The fields of an event.
    pub fn of(event: &Event) -> Self {
        let Some(Ok(fields)) = event.custom.as_deref().map(serde_json::from_str) else {
            return Self::default();
        };
        let fields: BTreeMap<String, Value> = fields;
        Self(fields.into_iter().filter_map(|(name, value)| Some((name, text(value)?))).collect())
    }
}

impl CustomFields for CustomTexts {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(holds) => Some(holds.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
