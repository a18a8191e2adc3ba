//! From content to a rule set. Every fault is collected, with its path in the content.

mod lists;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Index, Listed, Mode, PACKS_MAX, PRIVATE_WINDOWS_MAX, PackText, RuleSet, RuleSetContent,
    RuleSetError, RuleSetFault, SET_COST_MAX, SET_EVENT_TYPES_MAX, SET_POLICIES_MAX, SET_RULES_MAX,
    SET_WINDOWS_MAX, Thresholds, WeightedRule,
};
use crate::builtin::{BUILTIN_LISTS, builtin_packs, builtin_presets};
use crate::lang::{ListUse, with_suggestion};
use crate::pack::{Pack, Rule, read_pack};
use crate::policy::Policy;
use crate::preset::Weight;
use crate::window::{WindowDef, is_window_name};

/// Slot of a window that no running rule reads: it is never filled.
const NO_SLOT: u16 = u16::MAX;
/// Highest score.
const SCORE_MAX: u8 = 99;

#[derive(Default)]
pub(super) struct Builder {
    faults: Vec<RuleSetFault>,
    rules: Vec<WeightedRule>,
    policies: Vec<Policy>,
    windows: Vec<WindowDef>,
    lists: BTreeMap<String, Vec<Listed>>,
}

/// What decides about the rules of all packs.
struct Choices<'c> {
    weights: BTreeMap<&'c str, i64>,
    modes: &'c BTreeMap<String, Mode>,
}

impl Builder {
    pub(super) fn content(
        mut self,
        version: i32,
        content: &RuleSetContent,
    ) -> Result<RuleSet, RuleSetError> {
        self.limit_choices(content)?;
        let weights = self.weights(content);
        self.lists = lists::read(&content.lists, &mut self.faults);
        let own = self.own_packs(&content.packs);
        let choices = Choices { weights, modes: &content.modes };
        for pack in builtin_packs() {
            self.add(pack, "built-in", &choices);
        }
        for (name, pack) in &own {
            self.add(pack, &format!("packs.{name}"), &choices);
        }
        self.check_names(&choices, own.len() == content.packs.len());
        self.check_thresholds(content.thresholds);
        self.finish(version, content.thresholds)
    }

    pub(super) fn packs(
        mut self,
        version: i32,
        packs: &[Pack],
        weights: &BTreeMap<String, i64>,
    ) -> Result<RuleSet, RuleSetError> {
        let weights = weights.iter().map(|(id, points)| (id.as_str(), *points)).collect();
        let choices = Choices { weights, modes: &BTreeMap::new() };
        for pack in packs {
            self.add(pack, "packs", &choices);
        }
        self.check_names(&choices, true);
        self.finish(version, Thresholds::default())
    }

    fn refuse(&mut self, path: impl Into<String>, message: impl Into<String>) {
        let (path, message) = (path.into(), message.into());
        self.faults.push(RuleSetFault { path, place: None, message });
    }

    /// More choices than there can be rules are not worth looking at one by one.
    fn limit_choices(&mut self, content: &RuleSetContent) -> Result<(), RuleSetError> {
        for (path, found) in [("weights", content.weights.len()), ("modes", content.modes.len())] {
            if found > SET_RULES_MAX {
                self.refuse(path, format!("{found} {path}, the limit is {SET_RULES_MAX}"));
                return Err(RuleSetError(std::mem::take(&mut self.faults)));
            }
        }
        Ok(())
    }

    /// The weights of the preset, overridden by those named.
    fn weights<'c>(&mut self, content: &'c RuleSetContent) -> BTreeMap<&'c str, i64> {
        let mut weights = BTreeMap::new();
        if let Some(name) = &content.preset {
            let presets = builtin_presets();
            if let Some(preset) = presets.iter().find(|preset| preset.name == *name) {
                let given = preset.weights.iter();
                weights.extend(given.map(|(id, points)| (id.as_str(), *points)));
            } else {
                let names = presets.iter().map(|preset| preset.name.as_str());
                let message = with_suggestion(format!("unknown preset `{name}`"), name, names);
                self.refuse("preset", message);
            }
        }
        weights.extend(content.weights.iter().map(|(id, points)| (id.as_str(), *points)));
        weights
    }

    fn own_packs<'c>(&mut self, packs: &'c [PackText]) -> Vec<(&'c str, Pack)> {
        if packs.len() > PACKS_MAX {
            let found = packs.len();
            self.refuse("packs", format!("{found} packs, the limit is {PACKS_MAX}"));
            return Vec::new();
        }
        let mut read: Vec<(&str, Pack)> = Vec::new();
        for (number, pack) in packs.iter().enumerate() {
            let name = pack.name.as_str();
            if !is_window_name(name) {
                let message = format!("`{name}` is no name, expected a-z 0-9 _, a letter first");
                self.refuse(format!("packs[{number}].name"), message);
            } else if packs[..number].iter().any(|known| known.name == name) {
                self.refuse(format!("packs[{number}].name"), format!("`{name}` is named twice"));
            }
            match read_pack(&pack.text) {
                Ok(pack) => read.push((name, pack)),
                Err(errors) => {
                    for error in errors {
                        let place = Some((error.line, error.column));
                        let (path, message) = (format!("packs.{name}"), error.message);
                        self.faults.push(RuleSetFault { path, place, message });
                    }
                }
            }
        }
        read
    }

    fn add(&mut self, pack: &Pack, path: &str, choices: &Choices<'_>) {
        let mode_of =
            |rule: &Rule| choices.modes.get(rule.id.as_str()).copied().unwrap_or_default();
        let slots = self.slots(pack, &mode_of);
        for rule in &pack.rules {
            let path = format!("{path}.rules.{}", rule.id);
            if self.rules.iter().any(|known| known.rule.id == rule.id) {
                self.refuse(path, format!("rule {} is defined in two packs", rule.id));
                continue;
            }
            self.check_lists(&format!("{path}.when"), rule.condition.lists());
            let points = self.points(rule.id.as_str(), choices);
            let mut rule = rule.clone();
            rule.condition.place_windows(&slots);
            rule.reason.place_windows(&slots, &pack.windows);
            let mode = mode_of(&rule);
            self.rules.push(WeightedRule { rule, points, mode });
        }
        self.add_policies(pack, path, &slots);
        for window in &pack.windows {
            self.check_lists(&format!("{path}.windows.{}", window.name), &window.lists());
        }
    }

    fn add_policies(&mut self, pack: &Pack, path: &str, slots: &Arc<[u16]>) {
        for policy in &pack.policies {
            let path = format!("{path}.policies.{}", policy.id);
            if self.policies.iter().any(|known| known.id == policy.id) {
                let message = format!("policy `{}` is defined in two packs", policy.id);
                self.refuse(path, message);
                continue;
            }
            self.check_lists(&format!("{path}.when"), policy.condition.lists());
            let mut policy = policy.clone();
            policy.condition.place_windows(slots);
            policy.reason.place_windows(slots, &pack.windows);
            self.policies.push(policy);
        }
    }

    /// Gives every window that a running rule or a policy reads a slot; equal windows share one.
    fn slots(&mut self, pack: &Pack, mode_of: &impl Fn(&Rule) -> Mode) -> Arc<[u16]> {
        let is_read = |window: &WindowDef| {
            let mut running = pack.rules.iter().filter(|rule| mode_of(rule) != Mode::Off);
            running.any(|rule| rule.reads_window(&window.name))
                || pack.policies.iter().any(|policy| policy.reads_window(&window.name))
        };
        let slot = |window: &WindowDef| {
            if !is_read(window) {
                return NO_SLOT;
            }
            let known = self.windows.iter().position(|known| known.identity == window.identity);
            let slot = known.unwrap_or_else(|| {
                self.windows.push(window.clone());
                self.windows.len() - 1
            });
            u16::try_from(slot).unwrap_or(NO_SLOT)
        };
        pack.windows.iter().map(slot).collect()
    }

    fn points(&mut self, id: &str, choices: &Choices<'_>) -> i16 {
        let points = choices.weights.get(id).copied().unwrap_or(0);
        Weight::from_points(points).map_or_else(
            || {
                let message = format!("{id} weighs {points}, allowed are -20, 0, 10, 20 and 70");
                self.refuse(format!("weights.{id}"), message);
                0
            },
            Weight::points,
        )
    }

    fn check_lists(&mut self, path: &str, lists: &[ListUse]) {
        for list in lists {
            let own = self.lists.keys().map(String::as_str);
            let known: Vec<&str> = own.chain(BUILTIN_LISTS).collect();
            if known.contains(&list.name.as_str()) {
                continue;
            }
            let place = Some((list.line as u64, list.column as u64));
            let message = format!("unknown list `{}`", list.name);
            let message = with_suggestion(message, &list.name, known);
            self.faults.push(RuleSetFault { path: path.to_owned(), place, message });
        }
    }

    /// Weights and modes must name rules; a pack that cannot be read would make false faults.
    fn check_names(&mut self, choices: &Choices<'_>, all_packs_read: bool) {
        if !all_packs_read {
            return;
        }
        let weights = choices.weights.keys().map(|id| ("weights", *id));
        self.check_hits();
        let named = weights.chain(choices.modes.keys().map(|id| ("modes", id.as_str())));
        for (path, id) in named {
            if self.rules.iter().any(|known| known.rule.id.as_str() == id) {
                continue;
            }
            let known = self.rules.iter().map(|known| known.rule.id.as_str());
            let message = with_suggestion(format!("no pack defines rule {id}"), id, known);
            self.refuse(format!("{path}.{id}"), message);
        }
    }

    /// A hit that no rule can make would be a policy that never matches.
    fn check_hits(&mut self) {
        let known: Vec<String> = self.rules.iter().map(|known| known.rule.id.to_string()).collect();
        let sought = self.policies.iter().flat_map(|policy| {
            policy.rules().into_iter().map(|rule| (policy.id.clone(), policy.place, rule))
        });
        let unknown: Vec<_> =
            sought.filter(|(.., rule)| !known.contains(&rule.to_string())).collect();
        for (policy, place, rule) in unknown {
            let names = known.iter().map(String::as_str);
            let message = format!("policy `{policy}`: no pack defines rule {rule}");
            let message = with_suggestion(message, &rule, names);
            let path = format!("policies.{policy}.when");
            self.faults.push(RuleSetFault { path, place: Some(place), message });
        }
    }

    fn check_thresholds(&mut self, thresholds: Thresholds) {
        let Thresholds { review, block } = thresholds;
        if review > SCORE_MAX {
            self.refuse("thresholds.review", format!("{review} is above {SCORE_MAX}"));
        }
        if let Some(block) = block.filter(|block| *block > review) {
            let message = format!("{block} is above thresholds.review, which is {review}");
            self.refuse("thresholds.block", message);
        }
    }

    fn finish(mut self, version: i32, thresholds: Thresholds) -> Result<RuleSet, RuleSetError> {
        let private = self.windows.iter().filter(|window| window.is_private).count();
        let running = self.rules.iter().filter(|known| known.mode != Mode::Off);
        let costs = running.map(|known| known.rule.condition.cost());
        let costs = costs.chain(self.policies.iter().map(|policy| policy.condition.cost()));
        let cost =
            costs.chain(self.windows.iter().map(WindowDef::cost)).fold(0, u32::saturating_add);
        let limits = [
            ("packs", "policies", self.policies.len(), SET_POLICIES_MAX),
            ("rules", "rules", self.rules.len(), SET_RULES_MAX),
            ("windows", "windows", self.windows.len(), SET_WINDOWS_MAX),
            ("windows", "windows by user or session", private, PRIVATE_WINDOWS_MAX),
            ("rules", "steps of running rules and windows", cost as usize, SET_COST_MAX as usize),
        ];
        for (path, what, found, limit) in limits {
            if found > limit {
                self.refuse(path, format!("{found} {what}, the limit is {limit}"));
            }
        }
        if !self.faults.is_empty() {
            return Err(RuleSetError(self.faults));
        }
        let parts = (self.rules.as_slice(), self.policies.as_slice(), self.windows.as_slice());
        let Some(index) = Index::of(parts, SET_EVENT_TYPES_MAX) else {
            let message = format!("conditions name more than {SET_EVENT_TYPES_MAX} event types");
            self.refuse("rules", message);
            return Err(RuleSetError(self.faults));
        };
        let Self { rules, policies, windows, lists, .. } = self;
        Ok(RuleSet { version, thresholds, rules, policies, windows, lists, index })
    }
}
