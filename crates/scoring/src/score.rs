//! Scoring one event.

use innerwall_event::Event;
use innerwall_features::{Folded, State, Surroundings, Value, WindowValue, fold};
use innerwall_rules::{Inputs, RuleId};

use crate::custom::CustomTexts;
use crate::formula::trust_score;
use crate::hit::{EventHit, Hit, NotEvaluated};
use crate::judge::{Cause, Judged};
use crate::rulebook::Rulebook;
use crate::subject::Subject;
use crate::windows::{self, Shared};

/// What is known of a user: the state behind the facts, and the rules that fire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    pub state: State,
    pub hits: Vec<Hit>,
    /// One number for the private windows that the state counts.
    pub private_windows: u64,
}

impl Account {
    /// A user nothing is known of.
    pub fn fresh() -> Self {
        Self { state: State::fresh(), ..Self::default() }
    }

    /// Trust score of the user, 0 to 99, 99 is clean.
    pub fn trust(&self) -> u8 {
        trust_score(self.hits.iter().map(Hit::weight))
    }
}

/// What one event gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Trust score of the user after the event, 0 to 99, 99 is clean.
    pub trust: u8,
    /// Risk score of the event, 0 to 99, 0 is clean; `None` while no live rule judges events.
    pub risk: Option<u8>,
    /// Rules about the event itself that fired.
    pub event_hits: Vec<EventHit>,
    /// Rules about the user that began to fire with this event.
    pub started: Vec<RuleId>,
    /// Rules about the user that stopped firing with this event.
    pub ended: Vec<RuleId>,
    /// Rules that could not be judged.
    pub not_evaluated: Vec<NotEvaluated>,
    /// Values of shared windows that rules read.
    pub windows: Vec<WindowValue>,
    /// Values of all windows by slot of the rule set.
    pub values: Vec<Value>,
    pub folded: Folded,
}

/// Folds the event into the account and judges it by every rule. The event must be reduced
/// ([`crate::reduce`]), and the private windows of the account must be those of the rule book
/// ([`crate::rebuild`]).
pub fn score(
    account: &mut Account,
    event: &Event,
    around: &Surroundings,
    book: &Rulebook,
    mut shared: Shared<'_>,
) -> Outcome {
    account.private_windows = book.private_windows();
    let known_email = account.state.email.clone();
    let known_phone = account.state.phone.clone();
    let folded = fold(&mut account.state, event, around, &book.lists);
    let custom = CustomTexts::of(event);
    let subject = Subject {
        event,
        around,
        custom: &custom,
        known_email: known_email.as_deref(),
        known_phone: known_phone.as_deref(),
        session: folded.session,
    };
    let before = Inputs {
        facts: &folded.facts,
        windows: &[],
        custom: &custom,
        lists: &book.lists,
        now: event.time,
    };
    let values = windows::pass(book, &subject, &mut account.state, &before, &mut shared);
    let inputs = Inputs { windows: &values, ..before };
    let judged = Judged::of(book.rules.rules_for(event.kind.name()), &inputs);
    let cause = Cause { event, rule_set: book.rules.version };
    let started = judged.start_hits(&mut account.hits, &cause, &inputs);
    let ended = judged.end_hits(&mut account.hits);
    let risk = book.rules.judges_events().then(|| judged.risk());
    let event_hits = judged.event_hits(&inputs);
    let not_evaluated = judged.into_not_evaluated();
    let windows = windows::seen(book, &values);
    let trust = account.trust();
    Outcome { trust, risk, event_hits, started, ended, not_evaluated, windows, values, folded }
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
