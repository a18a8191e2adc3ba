//! Why a user or an event has its verdict, and what would change it.
//!
//! Explaining judges by the same rules as scoring and changes nothing. Every rule answers, also
//! those that did not fire; then single values are changed one at a time and judged again, to find
//! the smallest changes that turn the verdict around.

mod answer;
mod case;
mod change;
mod flip;
mod smallest;

use innerwall_event::{Event, Timestamp};
use innerwall_features::{Surroundings, facts_after};
use innerwall_rules::{Inputs, Mode, RuleId, Scope, Thresholds, Verdict};
use uuid::Uuid;

use crate::custom::CustomTexts;
use crate::decide::EventStanding;
use crate::replay::Replay;
use crate::rulebook::Rulebook;
use crate::score::Account;
use crate::windows::{Past, values_after};

use case::{About, Case};

pub use flip::{FLIPS_MAX, TRIES_MAX};
pub use smallest::SMALLEST_MAX;

/// Why a verdict is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub trust: u8,
    /// Risk score of the event; `None` for users, and while no live rule judges events.
    pub risk: Option<u8>,
    pub thresholds: Thresholds,
    pub verdict: Verdict,
    /// Id of the policy that gives it.
    pub policy: String,
    /// Why, in words.
    pub reason: String,
    /// The answer of every rule, in the order of the packs.
    pub rules: Vec<RuleAnswer>,
    /// Single changes that would flip the verdict, the nearest first.
    pub flips: Vec<Flip>,
    /// When no single change does: the fewest rules without which the verdict would flip. Empty
    /// when more than [`SMALLEST_MAX`] would be needed.
    pub smallest: Vec<RuleId>,
}

/// What one rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleAnswer {
    pub rule: RuleId,
    pub name: String,
    pub scope: Scope,
    pub mode: Mode,
    pub points: i16,
    pub status: Status,
    /// The reason with the values seen; only of a rule that fires.
    pub reason: Option<String>,
    /// Everything the rule reads, by name, with its value in words.
    pub values: Vec<(String, String)>,
    /// Since when a rule about the user has fired without a break.
    pub began: Option<Began>,
    /// Trust score of the user if this rule did not fire; only of a live one about the user.
    pub trust_without: Option<u8>,
}

/// The event with which a rule began to fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Began {
    pub event_id: Uuid,
    pub event_time: Timestamp,
    /// Version of the rules it began under.
    pub rule_set: i32,
}

/// What became of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Fired,
    NotFired,
    /// What is missing, in words.
    NotEvaluated(String),
    /// The event had used up its steps.
    Skipped,
    Off,
    /// A rule about events of other types.
    OtherType,
}

/// A change of one value that flips the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flip {
    pub name: String,
    pub from: String,
    pub to: String,
    /// Scores after the change.
    pub trust: u8,
    pub risk: Option<u8>,
    /// The verdict after the change.
    pub verdict: Verdict,
}

/// Explains a user as of the last event. Like [`crate::rejudge`], what only that event's own
/// moment knew is not known any more, and a rule that needs it is taken to fire on.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is one of a certain lifetime, the closure of any"
)]
pub fn explain_user(account: &Account, last: &Past, book: &Rulebook) -> Explanation {
    with_case(account, last, book, |case| case.explain())
}

/// The verdict about a user as of the last event.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is one of a certain lifetime, the closure of any"
)]
pub fn judge_user(account: &Account, last: &Past, book: &Rulebook) -> Verdict {
    with_case(account, last, book, |case| case.judge())
}

fn with_case<T>(
    account: &Account,
    last: &Past,
    book: &Rulebook,
    ask: impl FnOnce(&Case<'_>) -> T,
) -> T {
    let Past { event, around, .. } = last;
    let facts = facts_after(&account.state, event, around, &book.lists);
    let custom = CustomTexts::of(event);
    let inputs = Inputs {
        facts: &facts,
        windows: &[],
        custom: &custom,
        lists: &book.lists,
        now: event.time,
    };
    let values = values_after(book, last, &account.state, &custom, &inputs);
    let inputs = Inputs { windows: &values, ..inputs };
    let about = About {
        hits: &account.hits,
        is_event: false,
        standing: EventStanding::stored(around.shared),
    };
    ask(&Case::new(book, event, inputs, about))
}

/// Scores an event with everything that came before it replayed, and explains the answer.
pub fn explain_event(
    replay: &mut Replay,
    event: &Event,
    around: &Surroundings,
    book: &Rulebook,
) -> Explanation {
    let outcome = replay.step(event, around, book);
    let custom = CustomTexts::of(event);
    let inputs = Inputs {
        facts: &outcome.folded.facts,
        windows: &outcome.values,
        custom: &custom,
        lists: &book.lists,
        now: event.time,
    };
    let standing = EventStanding::stored(around.shared);
    let about = About { hits: &replay.account.hits, is_event: true, standing };
    Case::new(book, event, inputs, about).explain()
}

#[cfg(test)]
mod tests;
