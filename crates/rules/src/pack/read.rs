//! Reading a pack: every fault is reported, not just the first.

use std::sync::Arc;

use serde_saphyr::Spanned;

use super::place::{fault, yaml_error};
use super::wire::{WirePack, WireRule, WireWindows};
use super::{
    File, NAME_BYTES_MAX, PACK_BYTES_MAX, PATTERNS_MAX, POLICIES_MAX, Pack, PackError, RULES_MAX,
    Rule, SENTENCE_BYTES_MAX, TAG_BYTES_MAX, TAGS_MAX, WINDOWS_MAX,
};
use crate::id::RuleId;
use crate::lang::{Condition, Scope};
use crate::reason::Template;
use crate::trial::Trial;
use crate::window::{WindowDef, check_window};

/// Reads and checks a pack; every fault is reported, not just the first.
pub fn read_pack(text: &str) -> Result<Pack, Vec<PackError>> {
    if text.len() > PACK_BYTES_MAX {
        return Err(refused(format!(
            "pack holds {} bytes, the limit is {PACK_BYTES_MAX}",
            text.len()
        )));
    }
    let wire: WirePack = serde_saphyr::from_str(text).map_err(|error| vec![yaml_error(&error)])?;
    let (rules, policies, windows) = (wire.rules.len(), wire.policies.len(), wire.windows.0.len());
    if rules + policies == 0 {
        return Err(refused("pack holds neither rules nor policies".to_owned()));
    }
    if policies > POLICIES_MAX {
        let message = format!("pack holds {policies} policies, the limit is {POLICIES_MAX}");
        return Err(refused(message));
    }
    if rules > RULES_MAX {
        return Err(refused(format!("pack holds {rules} rules, the limit is {RULES_MAX}")));
    }
    if windows > WINDOWS_MAX {
        return Err(refused(format!("pack holds {windows} windows, the limit is {WINDOWS_MAX}")));
    }
    Reader::new(text, &wire).read(wire)
}

fn refused(message: String) -> Vec<PackError> {
    vec![PackError { line: 1, column: 1, message }]
}

pub(super) struct Reader<'t> {
    pub(super) file: File<'t>,
    family: String,
    pub(super) window_names: Vec<Arc<str>>,
    pub(super) faults: Vec<PackError>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, wire: &WirePack) -> Self {
        let window_names = wire.windows.0.iter().map(|(name, _)| name.value.as_str().into());
        Self {
            file: File(text),
            family: wire.family.value.clone(),
            window_names: window_names.collect(),
            faults: Vec::new(),
        }
    }

    fn read(mut self, wire: WirePack) -> Result<Pack, Vec<PackError>> {
        self.limit(&wire.family, NAME_BYTES_MAX);
        let window_places: Vec<_> = wire.windows.0.iter().map(|(name, _)| name.clone()).collect();
        let windows = self.windows(wire.windows);
        let rules = self.rules(wire.rules);
        let policies = self.policies(wire.policies);
        let pack = Pack { family: std::mem::take(&mut self.family), windows, rules, policies };
        if self.faults.is_empty() {
            self.refuse_unused(&window_places, &pack);
            self.limit_patterns(&pack);
        }
        if self.faults.is_empty() {
            Ok(pack)
        } else {
            self.faults.sort_by_key(|fault| (fault.line, fault.column));
            Err(self.faults)
        }
    }

    fn windows(&mut self, wire: WireWindows) -> Vec<WindowDef> {
        let mut windows: Vec<WindowDef> = Vec::new();
        for (name, wire) in wire.0 {
            if windows.iter().any(|known| *known.name == *name.value) {
                self.faults.push(fault(&name, format!("window `{}` is defined twice", name.value)));
            }
            windows.extend(check_window(self.file, &name, wire, &mut self.faults));
        }
        windows
    }

    fn rules(&mut self, wire: Vec<WireRule>) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::with_capacity(wire.len());
        for wire_rule in wire {
            let place = wire_rule.id.clone();
            let Some(rule) = self.rule(wire_rule) else { continue };
            if rules.iter().any(|known| known.id == rule.id) {
                self.faults.push(fault(&place, format!("rule {} is defined twice", rule.id)));
            }
            rules.push(rule);
        }
        rules
    }

    fn rule(&mut self, wire: WireRule) -> Option<Rule> {
        self.limit(&wire.name, NAME_BYTES_MAX);
        self.limit(&wire.explanation, SENTENCE_BYTES_MAX);
        self.limit(&wire.reason, SENTENCE_BYTES_MAX);
        let id = RuleId::parse(&wire.id.value);
        if id.is_none() {
            let message = format!("`{}` is no rule id, expected a form like X01", wire.id.value);
            self.faults.push(fault(&wire.id, message));
        }
        let scope = Scope::Rule(&self.window_names);
        let condition = Condition::compile_in(&wire.when.value, scope);
        let reason = Template::parse(&wire.reason.value, scope);
        let condition = condition.map_err(|error| self.file.within(&wire.when, error));
        let reason = reason.map_err(|error| self.file.within(&wire.reason, error));
        let trials = Trial::check_all(&wire.tests, &self.window_names, &mut self.faults);
        let (condition, reason) = (self.kept(condition), self.kept(reason));
        let tags = self.tags(&wire.tags, "tag", is_tag);
        let needs = self.tags(&wire.needs, "data set", |text| !text.trim().is_empty());
        Some(Rule {
            id: id?,
            family: self.family.clone(),
            name: wire.name.value,
            explanation: wire.explanation.value,
            condition: condition?,
            scope: wire.scope,
            reason: reason?,
            tags,
            needs,
            trials,
            place: (wire.when.referenced.line(), wire.when.referenced.column()),
        })
    }

    pub(super) fn kept<T>(&mut self, checked: Result<T, PackError>) -> Option<T> {
        checked.map_err(|error| self.faults.push(error)).ok()
    }

    pub(super) fn limit(&mut self, value: &Spanned<String>, bytes_max: usize) {
        let length = value.value.len();
        if value.value.trim().is_empty() {
            self.faults.push(fault(value, "this text is empty"));
        } else if length > bytes_max {
            let message = format!("this text holds {length} bytes, the limit is {bytes_max}");
            self.faults.push(fault(value, message));
        }
    }

    fn tags(
        &mut self,
        found: &[Spanned<String>],
        word: &str,
        is_one: fn(&str) -> bool,
    ) -> Vec<String> {
        for tag in found {
            let text = &tag.value;
            if text.len() > TAG_BYTES_MAX || !is_one(text) {
                let message = format!(
                    "`{text}` is no {word}, expected at most {TAG_BYTES_MAX} bytes such as \
                     credential-access, attack.t1110 or owasp.oat-008"
                );
                self.faults.push(fault(tag, message));
            }
        }
        if let Some(beyond) = found.get(TAGS_MAX) {
            let message = format!("{} of kind {word}, the limit is {TAGS_MAX}", found.len());
            self.faults.push(fault(beyond, message));
        }
        found.iter().map(|tag| tag.value.clone()).collect()
    }

    fn refuse_unused(&mut self, places: &[Spanned<String>], pack: &Pack) {
        let is_unused = |name: &&Spanned<String>| !pack.reads_window(&name.value);
        let message = |name: &Spanned<String>| {
            fault(name, format!("window `{}` is not read by any rule or policy", name.value))
        };
        self.faults.extend(places.iter().filter(is_unused).map(message));
    }

    fn limit_patterns(&mut self, pack: &Pack) {
        let found = pack.windows.iter().map(WindowDef::patterns).sum::<usize>()
            + pack.conditions().map(Condition::patterns).sum::<usize>();
        if found > PATTERNS_MAX {
            let message = format!("pack holds {found} patterns, the limit is {PATTERNS_MAX}");
            self.faults.append(&mut refused(message));
        }
    }
}

fn is_tag(text: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}
