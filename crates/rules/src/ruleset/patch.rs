//! Changing some of a content and leaving the rest.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::{ListEntry, Mode, PackText, RuleSetContent, Thresholds};

/// What to change in a content. Whatever is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSetPatch {
    /// `null` takes the preset away.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub preset: Option<Option<String>>,
    /// `null` gives a rule the weight of the preset again.
    pub weights: BTreeMap<String, Option<i64>>,
    /// `null` makes a rule live again.
    pub modes: BTreeMap<String, Option<Mode>>,
    pub thresholds: ThresholdsPatch,
    /// `null` removes a list.
    pub lists: BTreeMap<String, Option<ListPatch>>,
    /// Packs by name in YAML; `null` removes one.
    pub packs: BTreeMap<String, Option<String>>,
}

/// New thresholds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThresholdsPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<u8>,
    /// `null` switches blocking off.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub block: Option<Option<u8>>,
}

/// Entries that come and go. One that is there already is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListPatch {
    pub add: Vec<ListEntry>,
    /// Values of entries; one that is not in the list is no mistake.
    pub remove: Vec<String>,
}

/// Tells a field that is `null` from one that is absent.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

impl RuleSetPatch {
    /// The content with the changes made; entries that come in are signed by `author`.
    pub fn apply(&self, base: &RuleSetContent, author: &str) -> RuleSetContent {
        let mut content = base.clone();
        if let Some(preset) = &self.preset {
            content.preset.clone_from(preset);
        }
        change_all(&mut content.weights, &self.weights);
        change_all(&mut content.modes, &self.modes);
        self.thresholds.apply(&mut content.thresholds);
        for (name, change) in &self.lists {
            match change {
                None => drop(content.lists.remove(name)),
                Some(change) => change.apply(content.lists.entry(name.clone()).or_default()),
            }
        }
        for (name, text) in &self.packs {
            change_pack(&mut content.packs, name, text.as_deref());
        }
        content.signed(base, author)
    }
}

impl ThresholdsPatch {
    fn apply(self, thresholds: &mut Thresholds) {
        thresholds.review = self.review.unwrap_or(thresholds.review);
        thresholds.block = self.block.unwrap_or(thresholds.block);
    }
}

impl ListPatch {
    fn apply(&self, entries: &mut Vec<ListEntry>) {
        entries.retain(|entry| !self.remove.contains(&entry.value));
        for new in &self.add {
            match entries.iter_mut().find(|entry| entry.value == new.value) {
                Some(known) => known.clone_from(new),
                None => entries.push(new.clone()),
            }
        }
    }
}

impl RuleSetContent {
    /// Signs every entry of a list that was not in the base as it is: nobody signs for others.
    #[must_use]
    pub fn signed(mut self, base: &Self, author: &str) -> Self {
        for (name, entries) in &mut self.lists {
            let known = base.lists.get(name).map(Vec::as_slice).unwrap_or_default();
            let is_known = |entry: &ListEntry| known.iter().any(|known| known == entry);
            for entry in entries.iter_mut().filter(|entry| !is_known(entry)) {
                author.clone_into(&mut entry.author);
            }
        }
        self
    }
}

fn change_all<V: Copy>(known: &mut BTreeMap<String, V>, changes: &BTreeMap<String, Option<V>>) {
    for (id, change) in changes {
        match change {
            Some(value) => known.insert(id.clone(), *value),
            None => known.remove(id),
        };
    }
}

fn change_pack(packs: &mut Vec<PackText>, name: &str, text: Option<&str>) {
    let Some(text) = text else { return packs.retain(|pack| pack.name != name) };
    match packs.iter_mut().find(|pack| pack.name == name) {
        Some(pack) => text.clone_into(&mut pack.text),
        None => packs.push(PackText { name: name.to_owned(), text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> RuleSetContent {
        serde_json::from_str(
            r#"{"preset": "default", "weights": {"A01": 70, "A02": 10}, "modes": {"A01": "off"},
                "thresholds": {"review": 40, "block": 5},
                "lists": {"url": [{"value": "/a", "author": "ann"}], "plans": []},
                "packs": [{"name": "own", "text": "old"}]}"#,
        )
        .unwrap()
    }

    fn patched(patch: &str) -> RuleSetContent {
        serde_json::from_str::<RuleSetPatch>(patch).unwrap().apply(&content(), "bob")
    }

    #[test]
    fn nothing_is_changed_by_an_empty_patch() {
        assert_eq!(patched("{}"), content());
    }

    #[test]
    fn null_takes_away_and_absence_leaves_alone() {
        let changed = patched(
            r#"{"preset": null, "weights": {"A01": null, "B06": 20}, "modes": {"A01": null},
                "thresholds": {"block": null}, "lists": {"plans": null}, "packs": {"own": null}}"#,
        );
        assert_eq!(changed.preset, None);
        assert_eq!(changed.weights, BTreeMap::from([("A02".into(), 10), ("B06".into(), 20)]));
        assert_eq!((changed.modes.len(), changed.packs.len()), (0, 0));
        assert_eq!(changed.thresholds, Thresholds { review: 40, block: None });
        assert_eq!(changed.lists.keys().collect::<Vec<_>>(), ["url"]);
    }

    #[test]
    fn entries_come_and_go_and_are_signed_by_who_adds_them() {
        let changed = patched(
            r#"{"lists": {"url": {"add": [{"value": "/b", "author": "ann", "comment": "new"}],
                "remove": ["/none"]}, "mine": {"add": [{"value": "x"}]}}}"#,
        );
        let authors: Vec<(&str, &str)> = changed.lists["url"]
            .iter()
            .map(|entry| (entry.value.as_str(), entry.author.as_str()))
            .collect();
        assert_eq!(authors, [("/a", "ann"), ("/b", "bob")]);
        assert_eq!(changed.lists["mine"][0].author, "bob");
        let replaced = patched(r#"{"lists": {"url": {"add": [{"value": "/a", "comment": "c"}]}}}"#);
        assert_eq!((replaced.lists["url"].len(), &*replaced.lists["url"][0].author), (1, "bob"));
        let removed = patched(r#"{"lists": {"url": {"remove": ["/a"]}}}"#);
        assert!(removed.lists["url"].is_empty());
    }

    #[test]
    fn a_pack_is_replaced_or_added_by_name() {
        let changed = patched(r#"{"packs": {"own": "new", "second": "text"}}"#);
        let texts: Vec<&str> = changed.packs.iter().map(|pack| pack.text.as_str()).collect();
        assert_eq!(texts, ["new", "text"]);
    }

    #[test]
    fn misspelt_fields_are_refused() {
        for patch in [r#"{"wieghts": {}}"#, r#"{"lists": {"url": {"added": []}}}"#] {
            assert!(serde_json::from_str::<RuleSetPatch>(patch).is_err(), "{patch}");
        }
    }
}
