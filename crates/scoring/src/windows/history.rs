//! Private windows that a rule set brings are filled from what the user did before, so that an
//! edit of a rule never restarts at zero.

use innerwall_event::Event;
use innerwall_features::{State, Surroundings, event_facts, event_facts_with};
use innerwall_rules::{Inputs, WindowDef};

use super::{SharedCells, Step, counted_at, holds, is_late, live, private};
use crate::custom::CustomTexts;
use crate::rulebook::Rulebook;
use crate::score::Account;
use crate::subject::Subject;

/// Newest events of a user that are looked at.
pub const HISTORY_EVENTS_MAX: usize = 1_000;

/// An event of the user that was scored before.
#[derive(Clone, Debug)]
pub struct Past {
    pub event: Event,
    pub around: Surroundings,
    /// Number of the session it belonged to.
    pub session: u32,
}

/// Whether the private windows of a rule set are new to a user who has a past, and how far back
/// they reach in seconds.
pub fn needs_history(account: &Account, book: &Rulebook) -> Option<u32> {
    let is_known = account.private_windows == book.private_windows();
    let windows = book.rules.windows().iter().filter(|window| window.is_private);
    let reach_s = windows.map(|window| window.over_s).max();
    reach_s.filter(|_| !is_known && account.state.events > 0)
}

/// Fills the private windows of a rule set from a user's past, the oldest event first.
pub fn rebuild(account: &mut Account, book: &Rulebook, past: &[Past]) {
    account.state.windows.clear();
    account.private_windows = book.private_windows();
    let mut contact = contact_before(&account.state, past);
    for known in past {
        known.look(book, Some(&mut contact), |subject, inputs| {
            for window in book.rules.windows().iter().filter(|window| window.is_private) {
                if let Some(step) = past_step(window, subject, inputs) {
                    private::step(&step, subject, &mut account.state, inputs);
                }
            }
        });
    }
}

/// Counts an event that older rules judged in shared windows that are new: those with one of the
/// numbers given.
pub fn count_past(book: &Rulebook, past: &Past, numbers: &[u32], cells: &mut SharedCells) {
    past.look(book, None, |subject, inputs| {
        for (slot, window) in book.rules.windows().iter().enumerate() {
            let number = book.number(slot).filter(|number| numbers.contains(number));
            let step = number.and_then(|_| past_step(window, subject, inputs));
            if let Some((number, step)) = number.zip(step) {
                live(&step, number, subject, cells, inputs);
            }
        }
    });
}

/// How the user could be reached before the first of some events. Events repeat no contact
/// details: where one carries them, what was known before it is lost.
fn contact_before(state: &State, past: &[Past]) -> State {
    let mut contact = state.of_contact();
    let learned = || past.iter().map(|known| &known.event).filter(|event| !event.has_failed());
    if learned().any(|event| event.email.is_some()) {
        contact.forget_email();
    }
    if learned().any(|event| event.phone.is_some()) {
        contact.forget_phone();
    }
    contact
}

impl Past {
    /// Looks at the event as it was scored. `contact` is how the user could be reached before it,
    /// and learns from it; without it only the details that the event carries are known.
    fn look(
        &self,
        book: &Rulebook,
        contact: Option<&mut State>,
        then: impl FnOnce(&Subject<'_>, &Inputs<'_>),
    ) {
        let Self { event, around, session } = self;
        let before = contact.as_ref().map(|state| (state.email.clone(), state.phone.clone()));
        let (known_email, known_phone) = before.unwrap_or_default();
        let facts = match contact {
            Some(state) => {
                state.learn_contact(event, around);
                event_facts_with(state, event, around, &book.lists)
            }
            None => event_facts(event, around, &book.lists),
        };
        let custom = CustomTexts::of(event);
        let inputs = Inputs {
            facts: &facts,
            windows: &[],
            custom: &custom,
            lists: &book.lists,
            now: event.time,
        };
        let subject = Subject {
            event,
            around,
            custom: &custom,
            known_email: known_email.as_deref(),
            known_phone: known_phone.as_deref(),
            session: *session,
        };
        then(&subject, &inputs);
    }
}

fn past_step<'w>(
    window: &'w WindowDef,
    subject: &Subject<'_>,
    inputs: &Inputs<'_>,
) -> Option<Step<'w>> {
    let is_due = !is_late(subject.event, window) && holds(window, inputs);
    let key = subject.hash(&window.by).filter(|_| is_due)?;
    Some(Step { window, key, at: counted_at(subject.event), is_counted: true })
}
