//! What is different between two contents.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ListEntry, Mode, RuleSetContent};
use crate::builtin::builtin_presets;

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change<T> {
    pub from: T,
    pub to: T,
}

/// Entries of a list that came and went; a changed entry is in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListChange {
    pub added: Vec<ListEntry>,
    pub removed: Vec<ListEntry>,
}

/// What is different between two contents; what is equal is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleSetDiff {
    pub preset: Option<Change<Option<String>>>,
    /// What rules weigh in the end, by the preset or by a weight of their own.
    pub weights: BTreeMap<String, Change<i64>>,
    pub modes: BTreeMap<String, Change<Mode>>,
    /// `review` and `block`; `null` is off.
    pub thresholds: BTreeMap<String, Change<Option<u8>>>,
    pub lists: BTreeMap<String, ListChange>,
    /// Texts of packs; `null` where there is none.
    pub packs: BTreeMap<String, Change<Option<String>>>,
}

impl RuleSetDiff {
    /// What changes from one content to the other.
    pub fn between(from: &RuleSetContent, to: &RuleSetContent) -> Self {
        let packs = |content: &RuleSetContent| -> BTreeMap<String, Option<String>> {
            let packs = content.packs.iter();
            packs.map(|pack| (pack.name.clone(), Some(pack.text.clone()))).collect()
        };
        let thresholds = |content: &RuleSetContent| {
            let known = content.thresholds;
            let named = [("review", Some(known.review)), ("block", known.block)];
            named.map(|(name, score)| (name.to_owned(), score)).into_iter().collect()
        };
        Self {
            preset: change(from.preset.clone(), to.preset.clone()),
            weights: changes(&points(from), &points(to)),
            modes: changes(&from.modes, &to.modes),
            thresholds: changes(&thresholds(from), &thresholds(to)),
            lists: lists(&from.lists, &to.lists),
            packs: changes(&packs(from), &packs(to)),
        }
    }

    /// Whether both contents do the same.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn change<T: PartialEq>(from: T, to: T) -> Option<Change<T>> {
    (from != to).then_some(Change { from, to })
}

/// What differs by name; what is not named has the default.
fn changes<V: Clone + Default + PartialEq>(
    from: &BTreeMap<String, V>,
    to: &BTreeMap<String, V>,
) -> BTreeMap<String, Change<V>> {
    let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let value = |of: &BTreeMap<String, V>, name: &String| of.get(name).cloned().unwrap_or_default();
    let changed = |name: &String| Some((name.clone(), change(value(from, name), value(to, name))?));
    names.into_iter().filter_map(changed).collect()
}

/// What every rule weighs that weighs anything.
fn points(content: &RuleSetContent) -> BTreeMap<String, i64> {
    let preset =
        builtin_presets().iter().find(|known| Some(&known.name) == content.preset.as_ref());
    let mut points = preset.map(|preset| preset.weights.clone()).unwrap_or_default();
    points.extend(content.weights.clone());
    points
}

fn lists(
    from: &BTreeMap<String, Vec<ListEntry>>,
    to: &BTreeMap<String, Vec<ListEntry>>,
) -> BTreeMap<String, ListChange> {
    let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let entries = |of: &BTreeMap<String, Vec<ListEntry>>, name: &String| of.get(name).cloned();
    let changed = |name: &String| {
        let (before, after) = (entries(from, name), entries(to, name));
        // An empty list is not the absence of one: it takes the place of a built-in list.
        let is_changed = before != after;
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let change =
            ListChange { added: missing_in(&before, &after), removed: missing_in(&after, &before) };
        is_changed.then(|| (name.clone(), change))
    };
    names.into_iter().filter_map(changed).collect()
}

/// Entries of `of` that `other` does not hold.
fn missing_in(other: &[ListEntry], of: &[ListEntry]) -> Vec<ListEntry> {
    let known: BTreeSet<(&str, &str, &str, Option<&str>)> = other.iter().map(key).collect();
    of.iter().filter(|entry| !known.contains(&key(entry))).cloned().collect()
}

fn key(entry: &ListEntry) -> (&str, &str, &str, Option<&str>) {
    (&entry.value, &entry.comment, &entry.author, entry.expires_at.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> RuleSetContent {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn equal_contents_do_not_differ() {
        let one = content(r#"{"preset": "default", "lists": {"url": [{"value": "/a"}]}}"#);
        assert!(RuleSetDiff::between(&one, &one).is_empty());
        let said = content(r#"{"modes": {"A01": "live"}, "weights": {"A01": 0}}"#);
        assert!(RuleSetDiff::between(&said, &content("{}")).is_empty(), "what is so anyway");
    }

    #[test]
    fn a_change_of_preset_says_which_rules_weigh_otherwise() {
        let from = content(r#"{"preset": "recommended", "weights": {"B06": 20}}"#);
        let to = content(r#"{"weights": {"B06": 20}}"#);
        let diff = RuleSetDiff::between(&from, &to);
        assert_eq!(diff.preset, Some(Change { from: Some("recommended".into()), to: None }));
        assert!(!diff.weights.contains_key("B06"), "its own weight has not changed");
        assert!(diff.weights.len() > 10 && diff.weights.values().all(|change| change.to == 0));
    }

    #[test]
    fn every_part_is_compared() {
        let from = content(
            r#"{"modes": {"A01": "off"}, "thresholds": {"review": 40},
                "lists": {"url": [{"value": "/a"}, {"value": "/b"}], "gone": []},
                "packs": [{"name": "own", "text": "old"}]}"#,
        );
        let to = content(
            r#"{"modes": {"A02": "shadow"}, "thresholds": {"review": 40, "block": 3},
                "lists": {"url": [{"value": "/b"}, {"value": "/c"}]},
                "packs": [{"name": "own", "text": "new"}]}"#,
        );
        let json = serde_json::to_value(RuleSetDiff::between(&from, &to)).unwrap();
        assert_eq!(json["modes"]["A01"], serde_json::json!({"from": "off", "to": "live"}));
        assert_eq!(json["modes"]["A02"], serde_json::json!({"from": "live", "to": "shadow"}));
        assert_eq!(json["thresholds"], serde_json::json!({"block": {"from": null, "to": 3}}));
        assert_eq!(json["lists"]["url"]["added"][0]["value"], "/c");
        assert_eq!(json["lists"]["url"]["removed"][0]["value"], "/a");
        assert_eq!(json["lists"]["gone"], serde_json::json!({"added": [], "removed": []}));
        assert_eq!(json["packs"]["own"], serde_json::json!({"from": "old", "to": "new"}));
    }
}
