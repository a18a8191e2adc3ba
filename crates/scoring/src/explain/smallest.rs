//! The fewest rules without which a verdict would flip.

use innerwall_rules::{RuleId, Scope};

use super::case::{Case, Finding, Verdict};

/// Most rules that are named together.
pub const SMALLEST_MAX: usize = 3;

/// Takes away the rule of most points, again and again: a score gets the better the more points
/// go, so that no smaller set does it. Where nothing is wrong, the rules that speak for the user
/// are taken away instead.
pub(super) fn smallest(case: &Case<'_>, findings: &[Finding<'_>], now: Verdict) -> Vec<RuleId> {
    let mut fired: Vec<bool> = findings.iter().map(|finding| finding.fires).collect();
    let mut gone = Vec::new();
    let mut verdict = now;
    while verdict.is_review == now.is_review {
        let next = next(case, findings, &fired, verdict).filter(|_| gone.len() < SMALLEST_MAX);
        let Some(next) = next else { return Vec::new() };
        fired[next] = false;
        gone.push(findings[next].weighted.rule.id);
        verdict = case.verdict(findings, &fired);
    }
    gone
}

/// The rule whose absence would do most: one about the user as long as trust is too low, then one
/// about the event.
fn next(
    case: &Case<'_>,
    findings: &[Finding<'_>],
    fired: &[bool],
    verdict: Verdict,
) -> Option<usize> {
    let is_low = verdict.trust <= case.book.rules.thresholds.review;
    let scope = if is_low { Scope::User } else { Scope::Event };
    let is_sought = |place: &usize| {
        let finding = &findings[*place];
        let is_bad = finding.weight > 0 && finding.weighted.rule.scope == scope;
        fired[*place] && if verdict.is_review { is_bad } else { finding.weight < 0 }
    };
    let places = (0..findings.len()).filter(is_sought);
    // Of equals the first one.
    places.rev().max_by_key(|place| findings[*place].weight.unsigned_abs())
}
