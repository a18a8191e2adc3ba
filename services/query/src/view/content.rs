//! The forms of rule sets for the API document. The types themselves are those of the rules, which
//! know nothing of documents; tests hold both together.

use std::collections::BTreeMap;

use utoipa::ToSchema;

/// Everything a tenant runs beside the built-in packs. Whatever is absent is empty.
#[derive(ToSchema)]
#[schema(as = RuleSetContent)]
#[expect(dead_code, reason = "only describes `innerwall_rules::RuleSetContent`")]
pub(crate) struct ContentSchema {
    /// Built-in preset that gives the weights.
    #[schema(required = false)]
    preset: Option<String>,
    /// Points by rule: -20, 0, 10, 20 or 70. They win over those of the preset.
    #[schema(required = false)]
    weights: BTreeMap<String, i64>,
    /// By rule: `off`, `shadow` (recorded without effect) or `live`, which is the default.
    #[schema(required = false)]
    modes: BTreeMap<String, String>,
    #[schema(required = false)]
    thresholds: ThresholdsSchema,
    /// Lists by name; one named like a built-in list takes its place.
    #[schema(required = false)]
    lists: BTreeMap<String, Vec<EntrySchema>>,
    #[schema(required = false)]
    packs: Vec<PackSchema>,
}

/// Trust scores at which something happens to a user.
#[derive(ToSchema)]
#[schema(as = Thresholds)]
#[expect(dead_code, reason = "only describes `innerwall_rules::Thresholds`")]
pub(crate) struct ThresholdsSchema {
    /// This much trust or less puts a user up for review; 33 unless said otherwise.
    #[schema(required = false, minimum = 0, maximum = 99)]
    review: u8,
    /// This much trust or less blocks a user; null is never.
    #[schema(required = false, minimum = 0, maximum = 99)]
    block: Option<u8>,
}

/// An entry of a list.
#[derive(ToSchema)]
#[schema(as = TextListEntry)]
#[expect(dead_code, reason = "only describes `innerwall_rules::ListEntry`")]
pub(crate) struct EntrySchema {
    value: String,
    #[schema(required = false)]
    comment: String,
    /// Who added it; whatever is sent is replaced by the sender's name.
    #[schema(required = false)]
    author: String,
    /// RFC 3339; events from then on do not find the entry.
    #[schema(required = false)]
    expires_at: Option<String>,
}

/// A pack of the tenant.
#[derive(ToSchema)]
#[schema(as = PackText)]
#[expect(dead_code, reason = "only describes `innerwall_rules::PackText`")]
pub(crate) struct PackSchema {
    name: String,
    /// YAML.
    text: String,
}

/// What to change in a content. Whatever is absent stays as it is.
#[derive(ToSchema)]
#[schema(as = RuleSetPatch)]
#[expect(dead_code, reason = "only describes `innerwall_rules::RuleSetPatch`")]
pub(crate) struct PatchSchema {
    /// Null takes the preset away.
    #[schema(required = false)]
    preset: Option<String>,
    /// Null gives a rule the weight of the preset again.
    #[schema(required = false)]
    weights: BTreeMap<String, Option<i64>>,
    /// Null makes a rule live again.
    #[schema(required = false)]
    modes: BTreeMap<String, Option<String>>,
    #[schema(required = false)]
    thresholds: ThresholdsSchema,
    /// Null removes a list.
    #[schema(required = false)]
    lists: BTreeMap<String, ListPatchSchema>,
    /// Packs in YAML by name; null removes one.
    #[schema(required = false)]
    packs: BTreeMap<String, Option<String>>,
}

/// Entries that come and go; one with the value of another takes its place.
#[derive(ToSchema)]
#[schema(as = TextListPatch)]
#[expect(dead_code, reason = "only describes `innerwall_rules::ListPatch`")]
pub(crate) struct ListPatchSchema {
    #[schema(required = false)]
    add: Vec<EntrySchema>,
    /// Values.
    #[schema(required = false)]
    remove: Vec<String>,
}

/// What is different between two contents; what is equal is left out.
#[derive(ToSchema)]
#[schema(as = RuleSetDiff)]
#[expect(dead_code, reason = "only describes `innerwall_rules::RuleSetDiff`")]
pub(crate) struct DiffSchema {
    preset: Option<TextChange>,
    /// What rules weigh in the end, by the preset or by a weight of their own.
    weights: BTreeMap<String, NumberChange>,
    modes: BTreeMap<String, TextChange>,
    /// `review` and `block`; null is off.
    thresholds: BTreeMap<String, NumberChange>,
    lists: BTreeMap<String, ListChangeSchema>,
    /// Texts of packs; null where there is none.
    packs: BTreeMap<String, TextChange>,
}

/// A text before and after.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only describes `innerwall_rules::Change`")]
pub(crate) struct TextChange {
    from: Option<String>,
    to: Option<String>,
}

/// A number before and after.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only describes `innerwall_rules::Change`")]
pub(crate) struct NumberChange {
    from: Option<i64>,
    to: Option<i64>,
}

/// Entries of a list that came and went; a changed one is in both.
#[derive(ToSchema)]
#[schema(as = TextListChange)]
#[expect(dead_code, reason = "only describes `innerwall_rules::ListChange`")]
pub(crate) struct ListChangeSchema {
    added: Vec<EntrySchema>,
    removed: Vec<EntrySchema>,
}

#[cfg(test)]
mod tests {
    use innerwall_rules::{
        ListEntry, ListPatch, RuleSetContent, RuleSetDiff, RuleSetPatch, Thresholds,
        ThresholdsPatch,
    };
    use serde_json::{Value, json};

    use super::*;

    fn described<S: utoipa::PartialSchema>() -> Vec<String> {
        let schema = serde_json::to_value(S::schema()).unwrap();
        names(&schema["properties"])
    }

    fn names(object: &Value) -> Vec<String> {
        let mut names: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    }

    fn sent(value: impl serde::Serialize) -> Vec<String> {
        names(&json!(value))
    }

    #[test]
    fn the_document_names_the_fields_that_are_sent() {
        assert_eq!(described::<ContentSchema>(), sent(RuleSetContent::default()));
        assert_eq!(described::<ThresholdsSchema>(), sent(Thresholds::default()));
        let entry = ListEntry { expires_at: Some(String::new()), ..ListEntry::default() };
        assert_eq!(described::<EntrySchema>(), sent(entry));
        let thresholds = ThresholdsPatch { review: Some(1), block: Some(None) };
        let patch = RuleSetPatch { preset: Some(None), thresholds, ..RuleSetPatch::default() };
        assert_eq!(described::<ThresholdsSchema>(), sent(thresholds));
        assert_eq!(described::<PatchSchema>(), sent(patch));
        assert_eq!(described::<ListPatchSchema>(), sent(ListPatch::default()));
        assert_eq!(described::<DiffSchema>(), sent(RuleSetDiff::default()));
    }
}
