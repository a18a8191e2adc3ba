//! The words of the rule language.

use innerwall_rules::{Word, WordKind, pack_schema, words};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

const EVERYWHERE: [&str; 3] = ["rule", "policy", "window"];

/// Everything an editor of rules completes and explains.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RuleLanguage {
    /// Words of expressions and windows. Names that a pack gives its own windows are not among
    /// them: checking the pack lists those.
    pub(crate) words: Vec<RuleWord>,
    /// JSON Schema (2020-12) of a pack: what stands around the expressions.
    #[schema(value_type = Object)]
    pub(crate) pack_schema: Value,
}

/// A word of the rule language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RuleWord {
    /// `fact`, `function`, `operator`, `event_type`, `list`, `window_kind` or `window_key`.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// How it is written, such as `text.contains(part)`.
    pub(crate) form: String,
    /// What it gives: `bool`, `int`, `text` or `set of texts`; null where it is no value.
    #[serde(rename = "type")]
    pub(crate) gives: Option<&'static str>,
    /// Unit of a number.
    pub(crate) unit: Option<&'static str>,
    pub(crate) doc: String,
    /// Where it may stand: `rule`, `policy` and `window`.
    pub(crate) places: Vec<&'static str>,
}

impl RuleLanguage {
    /// The words of the language, and the tenant's lists.
    pub(crate) fn new<'n>(lists: impl Iterator<Item = &'n String>) -> Self {
        let mut words: Vec<RuleWord> = words().into_iter().map(RuleWord::from).collect();
        for name in lists {
            if !words.iter().any(|word| word.kind == WordKind::List.name() && word.name == *name) {
                words.push(RuleWord::list(name));
            }
        }
        Self { words, pack_schema: pack_schema() }
    }
}

impl RuleWord {
    fn list(name: &str) -> Self {
        Self {
            kind: WordKind::List.name(),
            name: name.to_owned(),
            form: format!("\"{name}\""),
            gives: None,
            unit: None,
            doc: "list of the rule set in use".to_owned(),
            places: EVERYWHERE.to_vec(),
        }
    }
}

impl From<Word> for RuleWord {
    fn from(word: Word) -> Self {
        let said = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        Self {
            kind: word.kind.name(),
            name: word.name,
            form: word.form,
            gives: said(word.gives),
            unit: said(word.unit),
            doc: word.meaning,
            places: word.places.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_a_tenant_are_words_once() {
        let lists = ["url".to_owned(), "partners".to_owned()];
        let found = RuleLanguage::new(lists.iter());
        let count = |name: &str| {
            found.words.iter().filter(|word| word.kind == "list" && word.name == name).count()
        };
        assert_eq!((count("url"), count("partners")), (1, 1));
    }
}
