//! What is allowed and probably not meant.

use innerwall_event::EventKind;

use super::{Pack, PackError, Rule};
use crate::builtin::{BUILTIN_LISTS, builtin_packs};
use crate::lang::{Condition, Read, nearest};
use crate::policy::Policy;

/// First letter of rules that are not built in.
const CUSTOM_FAMILY: &str = "X";

/// Looks for what is allowed and probably not meant.
pub fn pack_warnings(pack: &Pack) -> Vec<PackError> {
    let mut warnings = Vec::new();
    for rule in &pack.rules {
        let (line, column) = rule.place;
        let messages = id_warning(rule).into_iter().chain(outcome_warning(&rule.condition));
        let messages = messages.chain(event_type_warnings(&rule.condition));
        let messages = messages.chain(list_warnings(&rule.condition));
        warnings.extend(messages.map(|message| {
            let message = format!("rule {}: {message}", rule.id);
            PackError { line, column, message }
        }));
    }
    warnings.extend(pack.policies.iter().flat_map(policy_warnings));
    warnings
}

/// A policy that always holds is one for everything else, and no mistake.
fn policy_warnings(policy: &Policy) -> Vec<PackError> {
    let (condition, (line, column)) = (&policy.condition, policy.place);
    let never = outcome_warning(condition).filter(|_| condition.constant() != Some(true));
    let messages = never.into_iter().chain(event_type_warnings(condition));
    let messages = messages.chain(list_warnings(condition));
    let said = |message| format!("policy {}: {message}", policy.id);
    messages.map(|message| PackError { line, column, message: said(message) }).collect()
}

fn id_warning(rule: &Rule) -> Option<String> {
    let mut builtin = builtin_packs().iter().flat_map(|pack| &pack.rules);
    let is_builtin = builtin.any(|known| known.id == rule.id && known.name == rule.name);
    let is_ours = !is_builtin && !rule.id.as_str().starts_with(CUSTOM_FAMILY);
    is_ours.then(|| {
        "ids other than X01 to X999 are for built-in packs, a later version may use this one".into()
    })
}

fn outcome_warning(condition: &Condition) -> Option<String> {
    match (condition.constant(), condition.event_types()) {
        (Some(true), _) => Some("the condition is always true".to_owned()),
        (Some(false), _) => Some("the condition is never true".to_owned()),
        (None, Some(types)) if types.is_empty() => {
            Some("no event type can make the condition true".to_owned())
        }
        (None, _) => None,
    }
}

fn event_type_warnings(condition: &Condition) -> Vec<String> {
    let named: Vec<EventKind> = EventKind::named().collect();
    let types = condition.event_types().unwrap_or_default();
    let warning = |name: &String| match EventKind::parse(name) {
        Ok(kind) if kind.name() != name => {
            Some(format!("event types are in lower case, did you mean `{}`?", kind.name()))
        }
        Ok(EventKind::Custom(_)) => {
            let near = nearest(name, named.iter().map(EventKind::name))?;
            let is_close = near.len().abs_diff(name.len()) <= 2;
            is_close.then(|| format!("event type `{name}` is not a named one, `{near}` is"))
        }
        Ok(_) => None,
        Err(unknown) => Some(format!("no event is of type `{name}`: {unknown}")),
    };
    types.iter().filter_map(warning).collect()
}

fn list_warnings(condition: &Condition) -> Vec<String> {
    let unknown = |read| match read {
        Read::List(name) if !BUILTIN_LISTS.contains(&&*name) => {
            Some(format!("list `{name}` is not built in, the rule set has to hold it"))
        }
        Read::List(_) | Read::Fact(_) | Read::Window(_) | Read::Custom(_) => None,
    };
    condition.reads().into_iter().filter_map(unknown).collect()
}
