//! Every operation of the API, read from the document that the service serves, with a request for
//! each: a new route is covered, or a test says what it needs to know about it.

use anyhow::{Context, Result, ensure};
use innerwall_testkit::http::{self, Response};
use innerwall_tests::System;
use serde_json::{Map, Value, json};

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: String,
    /// As in the document, such as `/api/v1/users/{user_id}`.
    pub(crate) pattern: String,
    pub(crate) permission: String,
    /// A body that fits the schema, if one is taken.
    body: Option<Value>,
}

/// Things of a tenant by the name of the parameter that asks for them.
pub(crate) type Ids = Map<String, Value>;

impl Route {
    /// The path with ids in it; one that nobody knows is an error.
    pub(crate) fn path(&self, ids: &Ids) -> Result<String> {
        let mut path = String::new();
        for part in self.pattern.split('/').filter(|part| !part.is_empty()) {
            path.push('/');
            match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => path.push_str(text(known(ids, name, &self.pattern)?).as_str()),
                None => path.push_str(part),
            }
        }
        Ok(path)
    }

    /// A body in which fields that name things hold these ids, and others words that are allowed.
    pub(crate) fn body(&self, ids: &Ids) -> String {
        let Some(mut body) = self.body.clone() else { return String::new() };
        fill(&mut body, ids);
        body.to_string()
    }

    /// Names of the parameters of the path.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.pattern.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }

    /// Never ends.
    pub(crate) fn is_stream(&self) -> bool {
        self.pattern.ends_with("/stream")
    }

    pub(crate) async fn ask(
        &self,
        query_url: &str,
        ids: &Ids,
        headers: &[(&str, &str)],
    ) -> Result<Response> {
        let url = format!("{query_url}{}", self.path(ids)?);
        let mut all = vec![("Content-Type", "application/json")];
        all.extend_from_slice(headers);
        http::request(&self.method, &url, &all, self.body(ids)).await
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.method, self.pattern)
    }
}

fn known<'i>(ids: &'i Ids, name: &str, pattern: &str) -> Result<&'i Value> {
    let unknown = || format!("{pattern}: say in tests/security/isolation.rs what {{{name}}} is");
    ids.get(name).with_context(unknown)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is allowed in a field of this name, wherever it is: without it the body would be refused
/// before anything is looked up.
const WORDS: &[(&str, &str)] = &[
    ("action", "block"),
    ("email", "someone@else.example"),
    ("label", "fraud"),
    ("list", "block"),
    ("outcome", "fraud"),
    ("reason", "a test"),
    ("role", "viewer"),
    ("scopes", r#"["read"]"#),
    ("keep_days", "{}"),
];

/// Puts ids and words into the fields of their names.
fn fill(body: &mut Value, ids: &Ids) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, ids)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let word = WORDS.iter().find(|(known, _)| known == name).map(|(_, word)| *word);
                if let Some(id) = ids.get(name) {
                    value.clone_from(id);
                } else if let Some(word) = word {
                    *value = serde_json::from_str(word).unwrap_or_else(|_| json!(word));
                } else {
                    fill(value, ids);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// All operations that the running service documents.
pub(crate) async fn all(system: &System) -> Result<Vec<Route>> {
    let url = format!("{}/api/openapi.json", system.query.url);
    let document = http::request("GET", &url, &[], "").await?.json()?;
    let mut routes = Vec::new();
    for (pattern, operations) in document["paths"].as_object().context("no paths")? {
        for (method, operation) in operations.as_object().context("no operations")? {
            let permission = operation["x-permission"].as_str();
            let permission =
                permission.with_context(|| format!("{method} {pattern}: no x-permission"))?;
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            routes.push(Route {
                method: method.to_uppercase(),
                pattern: pattern.clone(),
                permission: permission.to_owned(),
                body: (!schema.is_null()).then(|| example(&document, schema, 0)),
            });
        }
    }
    ensure!(routes.len() > 40, "only {} routes: is the check blind?", routes.len());
    Ok(routes)
}

/// The smallest value that fits a schema, with a word where a text is wanted.
fn example(document: &Value, schema: &Value, depth: u32) -> Value {
    const DEPTH_MAX: u32 = 8;
    if depth > DEPTH_MAX {
        return Value::Null;
    }
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
        return example(document, found, depth + 1);
    }
    for alternatives in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[alternatives].get(0) {
            return example(document, first, depth + 1);
        }
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].get(0)?.as_str());
    match kind.unwrap_or("object") {
        "string" => json!("text"),
        "integer" | "number" => json!(1),
        "boolean" => json!(false),
        "array" => json!([example(document, &schema["items"], depth + 1)]),
        _ => object(document, schema, depth),
    }
}

fn object(document: &Value, schema: &Value, depth: u32) -> Value {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let fields = required.map(|name| {
        let value = example(document, &schema["properties"][name], depth + 1);
        (name.to_owned(), value)
    });
    Value::Object(fields.collect())
}
