//! Where a rule is, and which rules and windows an event of a type has to do with.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Mode, WeightedRule};
use crate::pack::Scope;
use crate::policy::Policy;
use crate::window::WindowDef;

/// What there is to do for an event of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Numbers of the rules to evaluate, in order.
    pub(super) rules: Vec<u16>,
    /// Slots of the windows whose values these rules, or policies, may read, in order.
    pub reads: Vec<u16>,
    /// Slots of the windows that may count the event, in order.
    pub counts: Vec<u16>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    named: BTreeMap<String, Plan>,
    /// For the types that no condition names.
    other: Plan,
    /// Numbers of rules by their ids.
    by_id: HashMap<String, usize>,
}

/// Event types for which something applies; `None` means any.
type Types = Option<BTreeSet<String>>;

impl Index {
    /// Makes the plans; gives `None` when conditions name more event types than `types_max`.
    pub(super) fn of(
        (rules, policies, windows): (&[WeightedRule], &[Policy], &[WindowDef]),
        types_max: usize,
    ) -> Option<Self> {
        let planner = Planner {
            rules: rules.iter().map(|weighted| weighted.rule.condition.event_types()).collect(),
            filters: windows.iter().map(WindowDef::event_types).collect(),
            policies: policies.iter().map(types_of).collect(),
            all: rules,
            all_policies: policies,
        };
        let types = planner.rules.iter().chain(&planner.filters).chain(&planner.policies);
        let types = types.flatten().flatten();
        let types: BTreeSet<&String> = types.collect();
        if types.len() > types_max {
            return None;
        }
        let named = types.into_iter().map(|name| (name.clone(), planner.plan(Some(name))));
        let ids = rules.iter().map(|weighted| weighted.rule.id.as_str().to_owned());
        Some(Self {
            named: named.collect(),
            other: planner.plan(None),
            by_id: ids.enumerate().map(|(number, id)| (id, number)).collect(),
        })
    }

    /// The number of a rule.
    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn plan(&self, event_type: &str) -> &Plan {
        self.named.get(event_type).unwrap_or(&self.other)
    }
}

struct Planner<'r> {
    all: &'r [WeightedRule],
    all_policies: &'r [Policy],
    /// Which types each policy is for.
    policies: Vec<Types>,
    /// For which types each rule can be true.
    rules: Vec<Types>,
    /// Which types each window looks at.
    filters: Vec<Types>,
}

impl Planner<'_> {
    /// The plan for a type, or for all types that no condition names.
    fn plan(&self, event_type: Option<&str>) -> Plan {
        let mut rules = Vec::new();
        let mut reads = BTreeSet::new();
        for ((weighted, types), number) in self.all.iter().zip(&self.rules).zip(0..) {
            let can_fire = is_among(types, event_type);
            // A rule of scope user is evaluated for every event: its hit has to end as well.
            let is_due = can_fire || weighted.rule.scope == Scope::User;
            if weighted.mode == Mode::Off || !is_due {
                continue;
            }
            rules.push(number);
            if can_fire {
                reads.extend(slots_of(weighted));
            }
        }
        for (policy, types) in self.all_policies.iter().zip(&self.policies) {
            if is_among(types, event_type) {
                reads.extend(policy.condition.window_slots());
                reads.extend(policy.reason.window_slots());
            }
        }
        let filters = self.filters.iter().zip(0..);
        let counts = filters.filter(|(types, _)| is_among(types, event_type));
        let counts = counts.map(|(_, slot)| slot).collect();
        Plan { rules, reads: reads.into_iter().collect(), counts }
    }
}

fn types_of(policy: &Policy) -> Types {
    let named = policy.event_types.iter().cloned().collect();
    (!policy.event_types.is_empty()).then_some(named)
}

fn is_among(types: &Types, event_type: Option<&str>) -> bool {
    types.as_ref().is_none_or(|types| event_type.is_some_and(|name| types.contains(name)))
}

fn slots_of(weighted: &WeightedRule) -> Vec<u16> {
    let mut slots = weighted.rule.condition.window_slots();
    slots.extend(weighted.rule.reason.window_slots());
    slots
}
