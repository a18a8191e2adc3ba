//! Scoring stored events again and comparing the answers.

use std::collections::VecDeque;

use innerwall_event::Event;
use innerwall_features::Surroundings;
use innerwall_rules::RuleId;
use uuid::Uuid;

use crate::hit::EventHit;
use crate::rejudge::{Relisted, rejudge};
use crate::rulebook::Rulebook;
use crate::score::{Account, Outcome, score};
use crate::windows::{HISTORY_EVENTS_MAX, Past, Shared, needs_history, rebuild};

/// A stored event with the answer it got.
#[derive(Clone, Debug)]
pub struct Stored {
    pub event: Event,
    pub around: Surroundings,
    pub sequence: u32,
    pub session: u32,
    pub trust: u8,
    pub risk: Option<u8>,
    pub event_hits: Vec<EventHit>,
    pub started: Vec<RuleId>,
    pub ended: Vec<RuleId>,
}

/// A stored answer that scoring again does not give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub event_id: Uuid,
    pub field: &'static str,
    pub stored: String,
    pub replayed: String,
}

/// One user, scored again from the first event on.
#[derive(Debug, Default)]
pub struct Replay {
    pub account: Account,
    past: VecDeque<Past>,
    /// Version of the rules that judged the event before.
    version: Option<i32>,
}

impl Replay {
    pub fn new() -> Self {
        Self { account: Account::fresh(), ..Self::default() }
    }

    /// Scores the next event by the rules that judged it.
    pub fn step(&mut self, event: &Event, around: &Surroundings, book: &Rulebook) -> Outcome {
        if needs_history(&self.account, book).is_some() {
            rebuild(&mut self.account, book, self.past.make_contiguous());
        }
        let outcome = score(&mut self.account, event, around, book, Shared::Stored);
        self.past.push_back(Past {
            event: event.clone(),
            around: around.clone(),
            session: outcome.folded.session,
        });
        if self.past.len() > HISTORY_EVENTS_MAX {
            self.past.pop_front();
        }
        outcome
    }

    /// Judges the user by other rules without an event, as happens in the background after a change
    /// of rules.
    pub fn judge_again(&mut self, book: &Rulebook) {
        if needs_history(&self.account, book).is_some() {
            rebuild(&mut self.account, book, self.past.make_contiguous());
        }
        if let Some(last) = self.past.back() {
            rejudge(&mut self.account, last, book);
        }
    }

    /// Judges the user by other answers of lists without an event, as happens in the background
    /// after a change of lists.
    pub fn relist(&mut self, relisted: &Relisted, book: &Rulebook) {
        if let Some(last) = self.past.back_mut() {
            relisted.apply(&mut self.account, last);
        }
        self.judge_again(book);
    }

    /// Scores the next event again and gives every difference to what is stored.
    ///
    /// Where other rules took over, users are judged again in the background, before this event
    /// or after it: which rules began or ceased to fire just with it is not compared.
    pub fn compare(&mut self, known: &Stored, book: &Rulebook) -> Vec<Difference> {
        let outcome = self.step(&known.event, &known.around, book);
        let is_first = self.version.is_some_and(|version| version != book.rules.version);
        self.version = Some(book.rules.version);
        let text = |hits: &[EventHit]| format!("{hits:?}");
        let mut fields = vec![
            ("sequence", known.sequence.to_string(), outcome.folded.sequence.to_string()),
            ("session", known.session.to_string(), outcome.folded.session.to_string()),
            ("trust", known.trust.to_string(), outcome.trust.to_string()),
            ("risk", format!("{:?}", known.risk), format!("{:?}", outcome.risk)),
            ("event hits", text(&known.event_hits), text(&outcome.event_hits)),
        ];
        if !is_first {
            fields.push(("hits", format!("{:?}", known.started), format!("{:?}", outcome.started)));
            fields.push((
                "hits ended",
                format!("{:?}", known.ended),
                format!("{:?}", outcome.ended),
            ));
        }
        let event_id = known.event.id;
        fields
            .into_iter()
            .filter(|(_, stored, replayed)| stored != replayed)
            .map(|(field, stored, replayed)| Difference { event_id, field, stored, replayed })
            .collect()
    }
}
