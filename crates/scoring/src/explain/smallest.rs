//! The fewest rules without which a verdict would flip.

use innerwall_rules::{RuleId, Scope, Verdict};

use super::case::{Case, Finding, Weighed};

/// Most rules that are named together.
pub const SMALLEST_MAX: usize = 3;

/// Takes away the rule of most points, again and again: a score gets the better the more points
/// go, so that no smaller set does it. Where nothing is wrong, the rules that speak for the user
/// are taken away instead.
pub(super) fn smallest(case: &Case<'_>, findings: &[Finding<'_>], now: &Weighed) -> Vec<RuleId> {
    let mut fired: Vec<bool> = findings.iter().map(|finding| finding.fires).collect();
    let mut gone = Vec::new();
    let mut then = now.clone();
    while then.verdict() == now.verdict() {
        let next = next(case, findings, &fired, &then).filter(|_| gone.len() < SMALLEST_MAX);
        let Some(next) = next else { return Vec::new() };
        fired[next] = false;
        gone.push(findings[next].weighted.rule.id);
        then = case.weigh(&case.inputs, findings, &fired);
    }
    gone
}

/// The rule whose absence would do most: one about the user as long as trust is too low, then one
/// about the event.
fn next(case: &Case<'_>, findings: &[Finding<'_>], fired: &[bool], now: &Weighed) -> Option<usize> {
    let is_low = now.trust <= case.book.rules.thresholds.review;
    let scope = if is_low { Scope::User } else { Scope::Event };
    let is_sought = |place: &usize| {
        let finding = &findings[*place];
        let is_bad = finding.weight > 0 && finding.weighted.rule.scope == scope;
        fired[*place] && if now.verdict() == Verdict::Allow { finding.weight < 0 } else { is_bad }
    };
    let places = (0..findings.len()).filter(is_sought);
    // Of equals the first one.
    places.rev().max_by_key(|place| findings[*place].weight.unsigned_abs())
}
