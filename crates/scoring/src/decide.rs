//! What a producer should do about an event: the first policy that matches, or else what follows
//! from decisions, lists and thresholds.

use innerwall_event::Event;
use innerwall_features::{Fact, SharedFacts, SharedFlag, Value};
use innerwall_rules::{
    Budget, DEFAULT_POLICY, Inputs, Mode, RuleId, Template, Thresholds, Truth, Verdict,
};

use crate::custom::CustomTexts;
use crate::formula::TRUST_MAX;
use crate::rulebook::Rulebook;
use crate::score::{Account, Outcome};

/// What decisions and lists say about an event, as it is stored with the event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventStanding {
    /// The user, or something the event carries, is blocked.
    pub is_blocked: bool,
    /// The user, or something the event carries, is allowed.
    pub is_allowed: bool,
    /// Somebody watches the user, or something the event carries.
    pub is_watched: bool,
}

impl EventStanding {
    pub fn stored(shared: SharedFacts) -> Self {
        let is = |flag: SharedFlag| shared.flags.get(flag as u8) == Some(true);
        Self {
            is_blocked: is(SharedFlag::Blocked),
            is_allowed: is(SharedFlag::Allowed),
            is_watched: is(SharedFlag::Watched),
        }
    }
}

/// The answer to a producer that asked about an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub verdict: Verdict,
    /// Id of the policy that matched, or [`DEFAULT_POLICY`].
    pub policy: String,
    pub reason: String,
    pub trust: u8,
    pub risk: Option<u8>,
    /// The rules that fire for the user or the event, those that weigh most first.
    pub hits: Vec<DecidedHit>,
    /// Version of the rules.
    pub rule_set: i32,
}

/// A rule that fires, as it is told to producers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DecidedHit {
    pub rule_id: String,
    pub name: String,
    pub reason: String,
    pub points: i16,
    pub mode: Mode,
}

/// What scoring found, as policies read it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) trust: u8,
    pub(crate) risk: Option<u8>,
    /// Live rules that fire.
    pub(crate) hits: Vec<RuleId>,
    pub(crate) standing: EventStanding,
}

/// A verdict and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) verdict: Verdict,
    pub(crate) policy: String,
    pub(crate) reason: String,
}

/// Decides about an event that has just been scored; `account` is the user after it.
pub fn decide(
    event: &Event,
    outcome: &Outcome,
    account: &Account,
    book: &Rulebook,
    standing: EventStanding,
) -> Decided {
    let hits = hits(outcome, account, book);
    let found = Found {
        trust: outcome.trust,
        risk: outcome.risk,
        hits: live(&hits).filter_map(|hit| RuleId::parse(&hit.rule_id)).collect(),
        standing,
    };
    let custom = CustomTexts::of(event);
    let inputs = Inputs {
        facts: &outcome.folded.facts,
        windows: &outcome.values,
        custom: &custom,
        lists: &book.lists,
        now: event.time,
    };
    let Judgement { verdict, policy, reason } = judge(book, event.kind.name(), &inputs, &found);
    let (trust, risk, rule_set) = (outcome.trust, outcome.risk, book.rules.version);
    Decided { verdict, policy, reason, trust, risk, hits, rule_set }
}

/// The verdict about an event that was scored without one, from what is stored of it.
pub fn decide_stored(
    (trust, risk): (u8, Option<u8>),
    hits: Vec<DecidedHit>,
    thresholds: Thresholds,
    rule_set: i32,
) -> Decided {
    let (hits_of, standing) = (Vec::new(), EventStanding::default());
    let found = Found { trust, risk, hits: hits_of, standing };
    let Judgement { verdict, policy, reason } = by_default(thresholds, &found);
    Decided { verdict, policy, reason, trust, risk, hits, rule_set }
}

/// The first policy that matches gives the verdict.
pub(crate) fn judge(
    book: &Rulebook,
    event_type: &str,
    inputs: &Inputs<'_>,
    found: &Found,
) -> Judgement {
    let policies = book.rules.policies();
    if policies.is_empty() {
        return by_default(book.rules.thresholds, found);
    }
    let mut facts = inputs.facts.clone();
    facts.set(Fact::ScoreTrust, u32::from(found.trust).into());
    facts.set(Fact::ScoreRisk, found.risk.map(u32::from).into());
    let ids = found.hits.iter().map(|rule| rule.as_str().into());
    facts.set(Fact::ScoreHits, Value::Texts(ids.collect()));
    facts.set(Fact::StandingIsBlocked, found.standing.is_blocked.into());
    facts.set(Fact::StandingIsAllowed, found.standing.is_allowed.into());
    facts.set(Fact::StandingIsWatched, found.standing.is_watched.into());
    let inputs = Inputs { facts: &facts, ..*inputs };
    let mut budget = Budget::default();
    let matching = policies.iter().find(|policy| {
        policy.is_for(event_type) && policy.condition.judge(&inputs, &mut budget) == Truth::True
    });
    matching.map_or_else(
        || by_default(book.rules.thresholds, found),
        |policy| Judgement {
            verdict: policy.verdict,
            policy: policy.id.clone(),
            reason: Template::fill(&policy.reason, &inputs),
        },
    )
}

/// What follows without a policy. What a person has decided wins over every score.
fn by_default(thresholds: Thresholds, found: &Found) -> Judgement {
    let Found { trust, risk, standing, .. } = found;
    let Thresholds { review, block } = thresholds;
    let (verdict, reason) = if standing.is_blocked {
        (Verdict::Deny, "the user, or something the event carries, is blocked".to_owned())
    } else if standing.is_allowed {
        (Verdict::Allow, "somebody has allowed the user".to_owned())
    } else if let Some(block) = block.filter(|block| trust <= block) {
        (Verdict::Deny, format!("trust {trust} is {block} or less"))
    } else if *trust <= review {
        (Verdict::Review, format!("trust {trust} is {review} or less"))
    } else if let Some(risk) = risk.filter(|risk| is_risky(review, *risk)) {
        let least = TRUST_MAX - review.min(TRUST_MAX);
        (Verdict::Review, format!("risk {risk} is {least} or more"))
    } else {
        (Verdict::Allow, "nothing speaks against it".to_owned())
    };
    Judgement { verdict, policy: DEFAULT_POLICY.to_owned(), reason }
}

/// An event is up for review by as much risk as little trust would be.
fn is_risky(review: u8, risk: u8) -> bool {
    TRUST_MAX - risk.min(TRUST_MAX) <= review
}

fn live(hits: &[DecidedHit]) -> impl Iterator<Item = &DecidedHit> {
    hits.iter().filter(|hit| hit.mode == Mode::Live)
}

fn hits(outcome: &Outcome, account: &Account, book: &Rulebook) -> Vec<DecidedHit> {
    let of_user = account
        .hits
        .iter()
        .map(|hit| DecidedHit::new(book, hit.rule, &hit.reason, (hit.points, hit.is_shadow)));
    let of_event = outcome
        .event_hits
        .iter()
        .map(|hit| DecidedHit::new(book, hit.rule, &hit.reason, (hit.points, hit.is_shadow)));
    let mut hits: Vec<DecidedHit> = of_user.chain(of_event).collect();
    hits.sort_by_key(|hit| (hit.mode == Mode::Shadow, std::cmp::Reverse(hit.points)));
    hits
}

impl DecidedHit {
    /// A hit with the name its rule has in a rule book.
    pub fn new(
        book: &Rulebook,
        rule: RuleId,
        reason: &str,
        (points, is_shadow): (i16, bool),
    ) -> Self {
        let known = book.rules.rule(rule.as_str());
        Self {
            rule_id: rule.to_string(),
            name: known.map(|known| known.rule.name.clone()).unwrap_or_default(),
            reason: reason.to_owned(),
            points,
            mode: if is_shadow { Mode::Shadow } else { Mode::Live },
        }
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
