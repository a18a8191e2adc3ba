//! What checking a pack finds.

use innerwall_rules::{Pack, Read, Rule, WindowDef, pack_warnings, run_trials};
use serde::Serialize;
use utoipa::ToSchema;

use super::FaultView;

/// Everything there is to say about a pack. Nothing was changed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = PackCheck)]
pub(crate) struct PackCheckView {
    /// Whether the pack can be published.
    pub(crate) is_accepted: bool,
    pub(crate) faults: Vec<FaultView>,
    /// What is allowed and probably not meant.
    pub(crate) warnings: Vec<FaultView>,
    /// Tests of rules that did something else.
    pub(crate) failed_tests: Vec<String>,
    pub(crate) rules: Vec<PackRuleView>,
    pub(crate) windows: Vec<PackWindowView>,
    /// Most steps that all rules and windows together take.
    pub(crate) cost: u32,
}

/// A rule of a pack and what it depends on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackRule)]
pub(crate) struct PackRuleView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) scope: &'static str,
    pub(crate) needs: Vec<String>,
    pub(crate) reads: Vec<String>,
    /// Types of events that can make the condition true; null is any.
    pub(crate) event_types: Option<Vec<String>>,
    pub(crate) cost: u32,
}

/// A window of a pack and what it depends on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PackWindow)]
pub(crate) struct PackWindowView {
    pub(crate) name: String,
    /// `count`, `distinct`, `sum`, `ratio`, `first_seen` or `last_seen`.
    pub(crate) kind: &'static str,
    pub(crate) by: Vec<String>,
    pub(crate) over_seconds: u32,
    /// Kept with each user; else shared by all users.
    pub(crate) is_private: bool,
    pub(crate) reads: Vec<String>,
    pub(crate) cost: u32,
}

impl PackCheckView {
    pub(crate) fn accepted(pack: &Pack, text: &str) -> Self {
        let failed_tests = run_trials(pack).iter().map(ToString::to_string).collect();
        let rules: Vec<PackRuleView> = pack.rules.iter().map(PackRuleView::from).collect();
        let windows: Vec<PackWindowView> = pack.windows.iter().map(PackWindowView::from).collect();
        let costs = rules.iter().map(|rule| rule.cost);
        let costs = costs.chain(windows.iter().map(|window| window.cost));
        let warnings = pack_warnings(pack);
        Self {
            is_accepted: true,
            faults: Vec::new(),
            warnings: warnings.iter().map(|warning| FaultView::of_pack(warning, text)).collect(),
            failed_tests,
            cost: costs.fold(0, u32::saturating_add),
            rules,
            windows,
        }
    }

    pub(crate) fn refused(faults: Vec<FaultView>) -> Self {
        Self { faults, ..Self::default() }
    }
}

impl From<&Rule> for PackRuleView {
    fn from(rule: &Rule) -> Self {
        Self {
            rule_id: rule.id.to_string(),
            name: rule.name.clone(),
            scope: rule.scope.name(),
            needs: rule.needs.clone(),
            reads: rule.reads().iter().map(name_of).collect(),
            event_types: rule.condition.event_types().map(|types| types.into_iter().collect()),
            cost: rule.condition.cost(),
        }
    }
}

impl From<&WindowDef> for PackWindowView {
    fn from(window: &WindowDef) -> Self {
        Self {
            name: window.name.to_string(),
            kind: window.kind.word(),
            by: window.by.iter().map(ToString::to_string).collect(),
            over_seconds: window.over_s,
            is_private: window.is_private,
            reads: window.reads().iter().map(name_of).collect(),
            cost: window.cost(),
        }
    }
}

/// What something reads, by name.
pub(super) fn name_of(read: &Read) -> String {
    match read {
        Read::Fact(fact) => fact.def().name.to_owned(),
        Read::Window(name) => format!("window {name}"),
        Read::Custom(name) => format!("custom.{name}"),
        Read::List(name) => format!("list {name}"),
    }
}
