//! The smallest single changes that flip a verdict.

use innerwall_features::{Facts, SCHEMA, Value};
use innerwall_rules::{Budget, CustomFields, Inputs, Truth, Verdict};

use super::Flip;
use super::case::{Case, Finding, Weighed};
use super::change::{Target, Wanted, distance, wanted};

/// Most changes that are tried for one explanation.
pub const TRIES_MAX: usize = 2_000;
/// Most changes that an explanation gives.
pub const FLIPS_MAX: usize = 20;

/// For every value that rules read the nearest change that flips the verdict, the nearest first.
pub(super) fn flips(case: &Case<'_>, findings: &[Finding<'_>], now: Verdict) -> Vec<Flip> {
    let all: Vec<(Target, Wanted)> = wanted(case, findings).into_iter().collect();
    let mut trial = Trial::of(case, findings);
    let mut found: Vec<(u64, usize, Flip)> = Vec::new();
    let counts: Vec<usize> = all.iter().map(|(_, wanted)| wanted.values.len()).collect();
    for (number, rank) in tries(&counts) {
        if found.iter().any(|(_, known, _)| *known == number) {
            continue;
        }
        let (target, wanted) = &all[number];
        let to = &wanted.values[rank];
        let then = trial.weigh(target, to, &wanted.rules);
        if then.verdict() != now {
            let from = target.value(case);
            let flip = Flip {
                name: target.name(case),
                from: target.say(case, &from),
                to: target.say(case, to),
                trust: then.trust,
                risk: then.risk,
                verdict: then.verdict(),
            };
            found.push((distance(&from, to), number, flip));
        }
    }
    found.sort_by_key(|(distance, number, _)| (*distance, *number));
    found.into_iter().take(FLIPS_MAX).map(|(_, _, flip)| flip).collect()
}

/// What to try, given how many changes there are of each value: the nearest change of every value, then the second of each, and so on, so that
/// the limit cuts off the farthest ones.
pub(super) fn tries(counts: &[usize]) -> Vec<(usize, usize)> {
    let each = counts.iter().enumerate();
    let each = each.flat_map(|(number, count)| (0..*count).map(move |rank| (number, rank)));
    let mut tries: Vec<(usize, usize)> = each.collect();
    tries.sort_by_key(|(_, rank)| *rank);
    tries.truncate(TRIES_MAX);
    tries
}

/// The case with values of its own, to be changed one at a time.
struct Trial<'t> {
    case: &'t Case<'t>,
    findings: &'t [Finding<'t>],
    facts: Facts,
    windows: Vec<Value>,
}

impl<'t> Trial<'t> {
    fn of(case: &'t Case<'t>, findings: &'t [Finding<'t>]) -> Self {
        let windows = case.inputs.windows.to_vec();
        Self { case, findings, facts: case.inputs.facts.clone(), windows }
    }

    /// What follows with one value changed; `rules` are those that read it.
    fn weigh(&mut self, target: &Target, to: &Value, rules: &[usize]) -> Weighed {
        self.put(target, to.clone());
        let custom = Changed { sent: self.case.inputs.custom, target, to };
        let inputs = Inputs {
            facts: &self.facts,
            windows: &self.windows,
            custom: &custom,
            ..self.case.inputs
        };
        let fires = |(place, finding): (usize, &Finding<'_>)| {
            if rules.contains(&place) { fires_with(finding, &inputs) } else { finding.fires }
        };
        let marks: Vec<bool> = self.findings.iter().enumerate().map(fires).collect();
        let weighed = self.case.weigh(&inputs, self.findings, &marks);
        self.put(target, target.value(self.case));
        weighed
    }

    fn put(&mut self, target: &Target, value: Value) {
        match target {
            Target::Fact(slot) => self.facts.set(SCHEMA[*slot].fact, value),
            Target::Window(slot) => {
                if let Some(known) = self.windows.get_mut(*slot) {
                    *known = value;
                }
            }
            Target::Custom(_) => {}
        }
    }
}

/// Whether a rule fires with other inputs. One that was skipped stays skipped, and what cannot be
/// judged fires on where it did without being judged.
fn fires_with(finding: &Finding<'_>, inputs: &Inputs<'_>) -> bool {
    if finding.truth == Some(Truth::Skipped) {
        return finding.fires;
    }
    match finding.weighted.rule.condition.judge(inputs, &mut Budget::default()) {
        Truth::True => true,
        Truth::False => false,
        Truth::Unknown(_) | Truth::Skipped => finding.fires && finding.truth != Some(Truth::True),
    }
}

/// Custom fields with one changed.
struct Changed<'c> {
    sent: &'c dyn CustomFields,
    target: &'c Target,
    to: &'c Value,
}

impl CustomFields for Changed<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        match (self.target, self.to) {
            (Target::Custom(changed), Value::Text(text)) if **changed == *name => Some(text),
            _ => self.sent.get(name),
        }
    }
}
