//! JSON Schema of packs, so that editors complete and check them.

use innerwall_features::SCHEMA;
use serde_json::{Map, Value, json};

use crate::lang::functions;
use crate::pack::{
    NAME_BYTES_MAX, POLICIES_MAX, POLICY_EVENT_TYPES_MAX, RULES_MAX, SENTENCE_BYTES_MAX,
    TAG_BYTES_MAX, TAGS_MAX, TESTS_MAX, WINDOWS_MAX,
};
use crate::policy::Verdict;
use crate::reference::type_name;
use crate::window::{KEYS_MAX, WindowKey, WindowKind};

/// The JSON Schema of packs.
pub fn pack_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Innerwall rule pack",
        "type": "object",
        "additionalProperties": false,
        "required": ["family"],
        "properties": {
            "family": text("What the rules have in common.", NAME_BYTES_MAX),
            "windows": {
                "description": "What is counted over a span of time, by name.",
                "type": "object",
                "maxProperties": WINDOWS_MAX,
                "propertyNames": { "pattern": "^[a-z][a-z0-9_]{0,63}$" },
                "additionalProperties": window(),
            },
            "rules": { "type": "array", "maxItems": RULES_MAX, "items": rule() },
            "policies": {
                "description": "What follows from scores, hits, lists and facts; the first that matches.",
                "type": "array",
                "maxItems": POLICIES_MAX,
                "items": policy(),
            },
        },
    })
}

fn text(description: &str, bytes_max: usize) -> Value {
    json!({ "description": description, "type": "string", "minLength": 1, "maxLength": bytes_max })
}

/// Expressions that YAML reads as something else, such as `true`, are expressions as well.
fn expression(description: &str) -> Value {
    json!({ "description": description, "type": ["string", "boolean", "integer"] })
}

fn rule() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "name", "explanation", "when", "reason", "tests"],
        "properties": {
            "id": {
                "description": "A capital letter and two or three digits; own rules are X01 to X999.",
                "type": "string",
                "pattern": "^[A-Z][0-9]{2,3}$",
            },
            "name": text("A few words for lists.", NAME_BYTES_MAX),
            "explanation": text("Why the rule looks at this.", SENTENCE_BYTES_MAX),
            "when": expression(&condition_description()),
            "scope": {
                "description": "Whether the rule judges the user's trust or the risk of the event.",
                "enum": ["user", "event"],
                "default": "user",
            },
            "reason": text(
                "What was seen, with {fact}, {window} and {custom.field} replaced by values.",
                SENTENCE_BYTES_MAX,
            ),
            "tags": tags("Such as credential-access or attack.t1110."),
            "needs": tags("Data sets without which the rule is not evaluated."),
            "tests": tests(),
        },
    })
}

fn tests() -> Value {
    json!({
        "description": "At least one that fires and one that does not.",
        "type": "array",
        "minItems": 2,
        "maxItems": TESTS_MAX,
        "items": test(),
    })
}

fn policy() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "name", "when", "verdict", "reason", "tests"],
        "properties": {
            "id": {
                "description": "Named in every verdict it gives.",
                "type": "string",
                "pattern": "^[a-z][a-z0-9_]{0,63}$",
            },
            "name": text("A few words for lists.", NAME_BYTES_MAX),
            "event_types": {
                "description": "Types of events it is for; all when absent.",
                "type": "array",
                "maxItems": POLICY_EVENT_TYPES_MAX,
                "items": { "type": "string" },
            },
            "when": expression(&condition_description()),
            "verdict": { "enum": Verdict::ALL.map(Verdict::name) },
            "reason": text(
                "Why, with {fact}, {window} and {custom.field} replaced by values.",
                SENTENCE_BYTES_MAX,
            ),
            "tests": tests(),
        },
    })
}

fn condition_description() -> String {
    let functions: Vec<&str> = functions().map(|(form, _)| form).collect();
    let facts: Vec<&str> = SCHEMA.iter().map(|def| def.name).collect();
    format!(
        "The condition. Functions: {}. Facts: {}. Other names: windows of this pack, custom.<name>.",
        functions.join(", "),
        facts.join(", ")
    )
}

fn tags(description: &str) -> Value {
    let item = json!({ "type": "string", "minLength": 1, "maxLength": TAG_BYTES_MAX });
    json!({ "description": description, "type": "array", "maxItems": TAGS_MAX, "items": item })
}

fn test() -> Value {
    let facts = SCHEMA.iter().map(|def| {
        let description = if def.unit.is_empty() {
            format!("{}: {}", type_name(def.kind), def.meaning)
        } else {
            format!("{} ({}): {}", type_name(def.kind), def.unit, def.meaning)
        };
        (def.name.to_owned(), json!({ "description": description }))
    });
    let properties: Map<String, Value> = facts.collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "given", "fires"],
        "properties": {
            "name": { "type": "string" },
            "given": {
                "description": "What is known: facts, windows, custom.<name> and lists.<name>.",
                "type": "object",
                "properties": properties,
                "patternProperties": {
                    "^custom\\.[A-Za-z0-9_]{1,64}$": { "type": "string" },
                    "^lists\\.": { "type": "array", "items": { "type": "string" } },
                    "^[a-z][a-z0-9_]{0,63}$": { "description": "a window", "type": "integer" },
                },
                "additionalProperties": false,
            },
            "fires": { "type": "boolean" },
        },
    })
}

fn window() -> Value {
    let mut properties = Map::new();
    for (word, needs, gives) in WindowKind::WORDS {
        let value = if needs == "key" { key() } else { expression(&format!("{needs}: {gives}")) };
        properties.insert(word.to_owned(), value);
    }
    properties.insert("where".to_owned(), expression("which events are looked at"));
    let several = json!({ "type": "array", "minItems": 1, "maxItems": KEYS_MAX, "items": key() });
    properties.insert("by".to_owned(), json!({ "anyOf": [key(), several] }));
    properties.insert(
        "over".to_owned(),
        json!({ "description": "10s to 90d", "type": "string", "pattern": "^[0-9]+[smhd]$" }),
    );
    let kinds = WindowKind::WORDS.map(|(word, ..)| json!({ "required": [word] }));
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["by", "over"],
        "properties": properties,
        "oneOf": kinds,
    })
}

fn key() -> Value {
    let named =
        WindowKey::named().map(|(name, meaning)| json!({ "const": name, "description": meaning }));
    let custom = json!({
        "type": "string",
        "pattern": "^custom\\.[A-Za-z0-9_]{1,64}$",
        "description": "custom field of the event",
    });
    json!({ "anyOf": named.chain([custom]).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_schema_is_that_of_the_code() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pack.schema.json");
        let expected = serde_json::to_string_pretty(&super::pack_schema()).unwrap() + "\n";
        if std::fs::read_to_string(path).unwrap_or_default() != expected {
            std::fs::write(path, expected).unwrap();
            panic!("pack.schema.json was out of date and has been written anew");
        }
    }
}
