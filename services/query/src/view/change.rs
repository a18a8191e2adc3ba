//! Changes of fields, and of scores.

use innerwall_features::EntityKind;
use innerwall_rules::RuleSet;
use innerwall_storage::read::changes::{ChangeRow, ScoreRow};
use serde::Serialize;
use utoipa::ToSchema;

use super::{EntityRef, HitName, UserName};
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// A change of a field of the product's data.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FieldChange)]
pub(crate) struct FieldChangeView {
    pub(crate) field: EntityRef,
    /// Who made it.
    pub(crate) user: UserName,
    pub(crate) event_id: String,
    pub(crate) event_time: String,
    pub(crate) old_value: Option<String>,
    pub(crate) new_value: String,
    /// What the field is part of, as the producer names it.
    pub(crate) parent_id: Option<String>,
    pub(crate) parent_name: Option<String>,
}

/// A change of the trust score of a user.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScoreChange)]
pub(crate) struct ScoreChangeView {
    pub(crate) at: String,
    /// 0 worst to 99 best.
    pub(crate) trust_score: i16,
    /// Null where it is not known any more.
    pub(crate) before: Option<i16>,
    /// The event that brought it; null for a change of rules or of what is known.
    pub(crate) event_id: Option<String>,
    /// Why, where no event brought it.
    pub(crate) reason: Option<String>,
    /// Rules that began to fire.
    pub(crate) started: Vec<HitName>,
    /// Rules that fire no more.
    pub(crate) ended: Vec<HitName>,
    pub(crate) rule_set_version: i32,
}

impl FieldChangeView {
    pub(crate) fn new(row: ChangeRow) -> Self {
        let key = row.field_key.unwrap_or_default();
        Self {
            field: EntityRef::of(EntityKind::Field, row.field, key, row.field_label),
            user: UserName::new(row.user_id, row.user_email, row.trust),
            event_id: row.event_id.to_string(),
            event_time: row.event_time.to_rfc3339(),
            old_value: row.old_value,
            new_value: row.new_value,
            parent_id: row.parent_id,
            parent_name: row.parent_name,
        }
    }
}

impl ScoreChangeView {
    pub(crate) fn new(row: &ScoreRow, rules: &RuleSet) -> Self {
        let names = |ids: &[String]| ids.iter().map(|id| HitName::of(rules, id)).collect();
        Self {
            at: row.at.to_rfc3339(),
            trust_score: row.trust,
            before: row.before,
            event_id: row.event_id.map(|id| id.to_string()),
            reason: row.reason.clone(),
            started: names(&row.started),
            ended: names(&row.ended),
            rule_set_version: row.rule_set,
        }
    }
}

impl CsvRow for FieldChangeView {
    const COLUMNS: &'static [&'static str] = &[
        "event_time",
        "event_id",
        "user_id",
        "email",
        "field",
        "field_label",
        "old_value",
        "new_value",
        "parent_id",
        "parent_name",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.text(&self.event_time);
        line.text(&self.event_id);
        line.text(&self.user.user_id);
        line.maybe(self.user.email.as_deref());
        line.text(&self.field.key);
        line.maybe(self.field.label.as_deref());
        line.maybe(self.old_value.as_deref());
        line.text(&self.new_value);
        line.maybe(self.parent_id.as_deref());
        line.maybe(self.parent_name.as_deref());
    }
}

impl Masked for FieldChangeView {
    fn mask(&mut self) {
        const HIDDEN: &str = "***";
        self.user.mask();
        // Nobody knows what a product keeps in its fields.
        HIDDEN.clone_into(&mut self.new_value);
        for value in [&mut self.old_value, &mut self.parent_id] {
            mask::each(value, |text| HIDDEN.clone_into(text));
        }
    }
}

impl Masked for ScoreChangeView {
    fn mask(&mut self) {
        mask::each(&mut self.reason, mask::text);
    }
}
