//! The answer of one rule, in words.

use innerwall_features::Value;
use innerwall_rules::{Missing, Mode, Read, Rule, Scope, Truth, word_of};

use super::case::{Case, Finding};
use super::{Began, RuleAnswer, Status};

/// The answer of the rule at a place.
pub(super) fn answer(case: &Case<'_>, findings: &[Finding<'_>], place: usize) -> RuleAnswer {
    let finding = &findings[place];
    let weighted = finding.weighted;
    let rule = &weighted.rule;
    let hit = case.hit(rule.id).filter(|_| finding.fires && rule.scope == Scope::User);
    let is_counted = finding.fires && weighted.mode == Mode::Live && rule.scope == Scope::User;
    let fires_without = |(at, other): (usize, &Finding<'_>)| at != place && other.fires;
    let without = || -> Vec<bool> { findings.iter().enumerate().map(fires_without).collect() };
    RuleAnswer {
        rule: rule.id,
        name: rule.name.clone(),
        scope: rule.scope,
        mode: weighted.mode,
        points: weighted.points,
        status: status(case, finding),
        reason: finding.fires.then(|| reason(case, finding)),
        values: rule.reads().iter().filter_map(|read| said(case, rule, read)).collect(),
        began: hit.map(|hit| Began {
            event_id: hit.event_id,
            event_time: hit.event_time,
            rule_set: hit.rule_set,
        }),
        trust_without: is_counted.then(|| case.weigh(&case.inputs, findings, &without()).trust),
    }
}

/// What fires on though it cannot be judged any more says what it saw when it began.
fn reason(case: &Case<'_>, finding: &Finding<'_>) -> String {
    let rule = &finding.weighted.rule;
    let kept = case.hit(rule.id).filter(|_| finding.truth != Some(Truth::True));
    kept.map_or_else(|| rule.reason.fill(&case.inputs), |hit| hit.reason.clone())
}

fn status(case: &Case<'_>, finding: &Finding<'_>) -> Status {
    let rule = &finding.weighted.rule;
    if finding.fires {
        return Status::Fired;
    }
    match &finding.truth {
        None if finding.weighted.mode == Mode::Off => Status::Off,
        None if case.is_event => Status::OtherType,
        None => Status::NotEvaluated("judges single events, not the user".to_owned()),
        Some(Truth::True | Truth::False) => Status::NotFired,
        Some(Truth::Skipped | Truth::Unknown(Missing::Steps)) => Status::Skipped,
        Some(Truth::Unknown(missing)) => Status::NotEvaluated(lacks(rule, missing)),
    }
}

fn lacks(rule: &Rule, missing: &Missing) -> String {
    let lack = match missing {
        Missing::Fact(fact) => {
            let def = fact.def();
            format!("`{}` is not known ({})", def.name, def.meaning)
        }
        Missing::Window(name) => format!("the window `{name}` has no value for this event"),
        Missing::Custom(name) => format!("the event does not carry `custom.{name}`"),
        Missing::Arithmetic => "division by zero, or a result beyond 64 bits".to_owned(),
        Missing::Number => "a text to be read as a number is none".to_owned(),
        Missing::Steps => "the event had used up its steps".to_owned(),
    };
    match rule.needs.as_slice() {
        [] => lack,
        needs => format!("{lack}; the rule needs the data {}", needs.join(", ")),
    }
}

/// Something a rule reads and its value; `None` for lists, which are no value of the event.
fn said(case: &Case<'_>, rule: &Rule, read: &Read) -> Option<(String, String)> {
    let inputs = &case.inputs;
    Some(match read {
        Read::Fact(fact) => (fact.def().name.to_owned(), word_of(inputs.facts.get(*fact))),
        Read::Custom(name) => {
            let text = inputs.custom.get(name).unwrap_or("unknown");
            (format!("custom.{name}"), text.to_owned())
        }
        Read::Window(name) => (name.to_string(), window_said(case, rule, name)),
        Read::List(_) => return None,
    })
}

fn window_said(case: &Case<'_>, rule: &Rule, name: &str) -> String {
    let slot = rule.condition.window_slot(name).or_else(|| rule.reason.window_slot(name));
    let Some((slot, window)) = slot.and_then(|slot| Some((slot, case.window(slot)?))) else {
        return "not counted while the rule is off".to_owned();
    };
    let plan = case.book.rules.plan(case.event_type);
    if !plan.reads.iter().any(|read| usize::from(*read) == slot) {
        return "not read for this type of event".to_owned();
    }
    if !window.is_private && case.book.number(slot).is_none() {
        return "not counted yet".to_owned();
    }
    window.say(case.inputs.windows.get(slot).unwrap_or(&Value::Unknown))
}
