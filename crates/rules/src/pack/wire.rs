//! The form of a pack in YAML.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePack {
    pub(super) family: Spanned<String>,
    #[serde(default)]
    pub(super) windows: WireWindows,
    #[serde(default)]
    pub(super) rules: Vec<WireRule>,
    #[serde(default)]
    pub(super) policies: Vec<WirePolicy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePolicy {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) event_types: Vec<Spanned<String>>,
    pub(super) when: Spanned<String>,
    pub(super) verdict: crate::policy::Verdict,
    pub(super) reason: Spanned<String>,
    pub(super) tests: Spanned<Vec<WireTest>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRule {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) explanation: Spanned<String>,
    pub(super) when: Spanned<String>,
    #[serde(default)]
    pub(super) scope: super::Scope,
    pub(super) reason: Spanned<String>,
    #[serde(default)]
    pub(super) tags: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) needs: Vec<Spanned<String>>,
    pub(super) tests: Spanned<Vec<WireTest>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireTest {
    pub(crate) name: String,
    pub(crate) given: Spanned<BTreeMap<String, WireValue>>,
    pub(crate) fires: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum WireValue {
    Bool(bool),
    Int(i64),
    Text(String),
    Texts(Vec<String>),
}

impl WireValue {
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Text(_) => "text",
            Self::Texts(_) => "a list of texts",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireWindow {
    pub(crate) count: Option<Spanned<String>>,
    pub(crate) distinct: Option<Spanned<String>>,
    pub(crate) sum: Option<Spanned<String>>,
    pub(crate) ratio: Option<Spanned<String>>,
    pub(crate) first_seen: Option<Spanned<String>>,
    pub(crate) last_seen: Option<Spanned<String>>,
    #[serde(rename = "where")]
    pub(crate) filter: Option<Spanned<String>>,
    pub(crate) by: Option<Spanned<Keys>>,
    pub(crate) over: Option<Spanned<String>>,
}

/// Windows in the order of the file.
#[derive(Default)]
pub(super) struct WireWindows(pub(super) Vec<(Spanned<String>, WireWindow)>);

impl<'de> Deserialize<'de> for WireWindows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Windows;
        impl<'de> Visitor<'de> for Windows {
            type Value = WireWindows;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a map of windows by name")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<WireWindows, M::Error> {
                let mut windows = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    windows.push(entry);
                }
                Ok(WireWindows(windows))
            }
        }
        deserializer.deserialize_map(Windows)
    }
}

/// One key or a list of keys.
pub(crate) struct Keys(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Keys;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a key such as address, or a list of keys")
            }

            fn visit_str<E>(self, key: &str) -> Result<Keys, E> {
                Ok(Keys(vec![key.to_owned()]))
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Keys, S::Error> {
                let mut keys = Vec::new();
                while let Some(key) = items.next_element()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}
