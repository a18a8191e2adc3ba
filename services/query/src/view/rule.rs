//! Rules and presets.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use innerwall_event::Timestamp;
use innerwall_rules::{Preset, RuleSet, WeightedRule, builtin_packs, builtin_text};
use innerwall_scoring::{Precision, precision};
use innerwall_storage::labels::Labels;
use innerwall_storage::read::rules::FiredUsers;
use serde::Serialize;
use utoipa::ToSchema;

use super::explanation::mode_name;
use super::pack_check::name_of;

/// A rule of the tenant.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rule)]
pub(crate) struct RuleView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) explanation: String,
    pub(crate) family: String,
    /// `user` for rules that make the trust score, `event` for those that make the risk score.
    pub(crate) scope: &'static str,
    /// `off`, `shadow` or `live`.
    pub(crate) mode: &'static str,
    /// Points: -20, 0, 10, 20 or 70; more is worse.
    pub(crate) weight: i64,
    pub(crate) tags: Vec<String>,
    /// Data without which the rule is not evaluated.
    pub(crate) needs: Vec<String>,
    /// Comes with the program, not from a pack of the tenant.
    pub(crate) is_builtin: bool,
    /// Users for whom the rule fires now; 0 for rules about events.
    pub(crate) users: i64,
    /// `users` in percent of all users; null while there are none.
    pub(crate) match_rate: Option<f64>,
    /// When the rule last began to fire for a user or fired on an event; within seconds.
    pub(crate) last_fired: Option<String>,
    /// How often it was right; null without labels.
    pub(crate) precision: Option<PrecisionView>,
}

/// How often a rule was right, by the labels of what it fired on.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Precision)]
pub(crate) struct PrecisionView {
    /// Users and events that turned out to be fraud.
    pub(crate) fraud: i64,
    pub(crate) legitimate: i64,
    /// Share of fraud, 0 to 1.
    pub(crate) share: f64,
    /// Lower and upper end of the 95 % interval by Wilson: wide while samples are few.
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// What is known of how rules do.
#[derive(Debug, Default)]
pub(crate) struct RuleFigures {
    /// Users for whom each fires now.
    pub(crate) users: Arc<FiredUsers>,
    pub(crate) labels: HashMap<String, Labels>,
    pub(crate) last_fired: HashMap<String, Timestamp>,
}

impl PrecisionView {
    fn of(labels: Labels) -> Option<Self> {
        let Labels { fraud, legitimate } = labels;
        let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let found = precision(number(fraud), number(fraud + legitimate))?;
        let Precision { share, low, high } = found;
        Some(Self { fraud, legitimate, share, low, high })
    }
}

/// A rule with what it depends on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RuleDetail)]
pub(crate) struct RuleDetailView {
    #[serde(flatten)]
    pub(crate) rule: RuleView,
    /// Facts, windows, custom fields and lists the rule reads.
    pub(crate) reads: Vec<String>,
    /// Types of events that can make the condition true; null is any.
    pub(crate) event_types: Option<Vec<String>>,
    /// Most steps one evaluation takes.
    pub(crate) cost: u32,
    /// What the rule weighs by each preset that gives it a weight.
    pub(crate) presets: BTreeMap<String, i64>,
    /// The pack of a built-in rule in YAML, with its condition, windows and tests; packs of the
    /// tenant are in the rule set.
    pub(crate) builtin_pack: Option<&'static str>,
}

/// A rule by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RuleName {
    pub(crate) rule_id: String,
    pub(crate) name: String,
}

/// All rules of the tenant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RulesAnswer {
    pub(crate) version: i32,
    /// All users.
    pub(crate) users_total: i64,
    pub(crate) items: Vec<RuleView>,
}

/// A built-in choice of weights.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Preset)]
pub(crate) struct PresetView {
    pub(crate) name: String,
    pub(crate) description: String,
    /// Points by rule; rules that are not named weigh nothing.
    pub(crate) weights: BTreeMap<String, i64>,
}

/// All presets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct PresetsAnswer {
    pub(crate) items: Vec<PresetView>,
}

impl RuleView {
    fn new(weighted: &WeightedRule, figures: &RuleFigures) -> Self {
        let WeightedRule { rule, points, mode } = weighted;
        let users = &figures.users;
        let fired = users.by_rule.get(rule.id.as_str()).copied().unwrap_or_default();
        let mut builtin = builtin_packs().iter().flat_map(|pack| &pack.rules);
        Self {
            rule_id: rule.id.to_string(),
            name: rule.name.clone(),
            explanation: rule.explanation.clone(),
            family: rule.family.clone(),
            scope: rule.scope.name(),
            mode: mode_name(*mode),
            weight: (*points).into(),
            tags: rule.tags.clone(),
            needs: rule.needs.clone(),
            is_builtin: builtin.any(|known| known.id == rule.id),
            users: fired,
            match_rate: percent(fired, users.total),
            last_fired: figures.last_fired.get(rule.id.as_str()).map(|time| time.to_rfc3339()),
            precision: figures.labels.get(rule.id.as_str()).copied().and_then(PrecisionView::of),
        }
    }
}

/// In steps of a hundredth.
fn percent(part: i64, whole: i64) -> Option<f64> {
    let hundredths = i32::try_from(part.checked_mul(10_000)?.checked_div(whole)?).ok()?;
    Some(f64::from(hundredths) / 100.0)
}

impl RuleDetailView {
    pub(crate) fn new(weighted: &WeightedRule, figures: &RuleFigures, presets: &[Preset]) -> Self {
        let rule = &weighted.rule;
        let weight =
            |preset: &Preset| Some((preset.name.clone(), *preset.weights.get(rule.id.as_str())?));
        Self {
            rule: RuleView::new(weighted, figures),
            reads: rule.reads().iter().map(name_of).collect(),
            event_types: rule.condition.event_types().map(|types| types.into_iter().collect()),
            cost: rule.condition.cost(),
            presets: presets.iter().filter_map(weight).collect(),
            builtin_pack: builtin_text(rule.id),
        }
    }
}

impl RulesAnswer {
    pub(crate) fn new(rules: &RuleSet, figures: &RuleFigures) -> Self {
        let items = rules.rules().iter().map(|weighted| RuleView::new(weighted, figures));
        Self { version: rules.version, users_total: figures.users.total, items: items.collect() }
    }
}

impl PresetsAnswer {
    pub(crate) fn new(presets: &[Preset]) -> Self {
        let view = |preset: &Preset| PresetView {
            name: preset.name.clone(),
            description: preset.description.clone(),
            weights: preset.weights.clone(),
        };
        Self { items: presets.iter().map(view).collect() }
    }
}
