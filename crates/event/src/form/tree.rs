//! Nested values out of bracketed keys: `a[b]=1` and `a[0][b]=2`.

use serde_json::{Map, Value};

use crate::limits::DEPTH_MAX;

/// A value of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Branch(Vec<(String, Node)>),
}

/// Puts a value at its bracketed key. A repeated plain key keeps the last value; keys nested
/// deeper than the limit are left out.
pub(super) fn insert(root: &mut Vec<(String, Node)>, key: &str, value: String) {
    let path = path_of(key);
    if path.len() > DEPTH_MAX {
        return;
    }
    let mut branch = root;
    for (index, step) in path.iter().enumerate() {
        let name = if step.is_empty() { branch.len().to_string() } else { (*step).to_owned() };
        let is_last = index + 1 == path.len();
        let fresh = if is_last { Node::Text(String::new()) } else { Node::Branch(Vec::new()) };
        let found = branch.iter().position(|(known, _)| *known == name);
        let at = found.unwrap_or_else(|| {
            branch.push((name, fresh.clone()));
            branch.len() - 1
        });
        let node = &mut branch[at].1;
        if is_last {
            *node = Node::Text(value);
            return;
        }
        if matches!(node, Node::Text(_)) {
            *node = Node::Branch(Vec::new());
        }
        let Node::Branch(next) = node else { return };
        branch = next;
    }
}

/// `a[b][]` becomes `["a", "b", ""]`. A key with unbalanced brackets is a plain name.
fn path_of(key: &str) -> Vec<&str> {
    let Some((name, rest)) = key.split_once('[') else {
        return vec![key];
    };
    let Some(inner) = rest.strip_suffix(']') else {
        return vec![key];
    };
    std::iter::once(name).chain(inner.split("][")).collect()
}

impl Node {
    /// The text itself; a branch sent for a plain field is kept as its JSON.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            branch @ Self::Branch(_) => branch.into_value().to_string(),
        }
    }

    /// The nested value, or what a text holds as JSON; `None` when that is no object or array.
    pub(super) fn into_json(self) -> Option<Value> {
        let value = match self {
            Self::Text(text) if crate::json::depth_of(&text) > DEPTH_MAX => return None,
            Self::Text(text) => serde_json::from_str(&text).ok()?,
            branch @ Self::Branch(_) => branch.into_value(),
        };
        matches!(value, Value::Object(_) | Value::Array(_)).then_some(value)
    }

    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text),
            Self::Branch(members) => {
                let is_list =
                    members.iter().enumerate().all(|(index, (key, _))| *key == index.to_string());
                if is_list {
                    return members.into_iter().map(|(_, node)| node.into_value()).collect();
                }
                let object: Map<String, Value> =
                    members.into_iter().map(|(key, node)| (key, node.into_value())).collect();
                Value::Object(object)
            }
        }
    }
}
