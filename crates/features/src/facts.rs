//! The values of all facts for one event.

mod contact;
mod event;
mod recent;
mod user;

use innerwall_event::Event;

use crate::Surroundings;
use crate::account::Contact;
use crate::fold::Novelty;
use crate::lists::Lists;
use crate::producer::Moved;
use crate::schema::Fact;
use crate::state::State;
use crate::suspicion::Suspicion;
use crate::travel::Travel;

/// The value of a fact. Unknown is a value of its own: it never fires a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Unknown,
    Bool(bool),
    Int(i64),
    Text(Box<str>),
    Texts(Box<[Box<str>]>),
}

/// One value per fact, in slot order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts([Value; Fact::COUNT]);

impl Default for Facts {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Value::Unknown))
    }
}

/// Everything that facts are computed from.
pub(crate) struct Sources<'s> {
    /// As it is after the event.
    pub(crate) state: &'s State,
    pub(crate) event: &'s Event,
    pub(crate) around: &'s Surroundings,
    pub(crate) lists: &'s Lists,
    pub(crate) suspicion: Suspicion,
    pub(crate) novelty: Novelty,
    pub(crate) travel: Option<Travel>,
    pub(crate) moved: Moved,
}

/// Every fact as of a user's last event, from the state after it. How far the user had moved with
/// that event is not known any more.
pub fn facts_after(state: &State, event: &Event, around: &Surroundings, lists: &Lists) -> Facts {
    Facts::of(&Sources {
        state,
        event,
        around,
        lists,
        suspicion: Suspicion::of(event, around, lists),
        novelty: Novelty::stored(around),
        travel: None,
        moved: Moved::default(),
    })
}

/// The facts of an event that was scored before, as far as they belong to the event itself. Of
/// its user only the contact details it carries are known.
pub fn event_facts(event: &Event, around: &Surroundings, lists: &Lists) -> Facts {
    let state = State {
        contact: Contact::of(around),
        email: event.email.clone(),
        phone: event.phone.clone(),
        ..State::fresh()
    };
    event_facts_with(&state, event, around, lists)
}

/// Like [`event_facts`], with the contact details that a state has learned up to the event.
pub fn event_facts_with(
    state: &State,
    event: &Event,
    around: &Surroundings,
    lists: &Lists,
) -> Facts {
    let sources = Sources {
        state,
        event,
        around,
        lists,
        suspicion: Suspicion::of(event, around, lists),
        novelty: Novelty::stored(around),
        travel: None,
        moved: Moved::default(),
    };
    let mut facts = Facts::default();
    facts.set_event(&sources);
    facts.set_address(&sources);
    facts.set_device(&sources);
    facts.set_email(&sources);
    facts.set_phone(&sources);
    facts.set_novelty(&sources);
    facts
}

impl Facts {
    pub fn get(&self, fact: Fact) -> &Value {
        &self.0[fact.slot()]
    }

    /// Sets a fact; rule tests build their cases with it.
    pub fn set(&mut self, fact: Fact, value: Value) {
        self.0[fact.slot()] = value;
    }

    /// Computes every fact as of this event. Of the shared account of visitors who are not signed
    /// in nothing is known that belongs to a person: it is many.
    pub(crate) fn of(sources: &Sources<'_>) -> Self {
        let mut facts = Self::default();
        facts.set_event(sources);
        facts.set_address(sources);
        facts.set_device(sources);
        facts.set_account(sources);
        facts.set_recent(sources);
        facts.set_email(sources);
        facts.set_phone(sources);
        if !sources.event.user_id.is_anonymous() {
            facts.set_novelty(sources);
            facts.set_person(sources);
            facts.set_recent_newness(sources);
        }
        facts
    }

    fn put(&mut self, fact: Fact, value: impl Into<Value>) {
        self.set(fact, value.into());
    }
}

impl From<bool> for Value {
    fn from(holds: bool) -> Self {
        Self::Bool(holds)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(known: Option<T>) -> Self {
        known.map_or(Self::Unknown, Into::into)
    }
}

/// Stored numbers use 0 for unknown.
fn known(number: u32) -> Option<u32> {
    (number != 0).then_some(number)
}

/// A text that is unknown when empty.
fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
