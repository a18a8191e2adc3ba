//! What is known of a user, and the facts that rules read.
//!
//! [`fold`] takes the state of a user and one event and gives the new state and the facts. It is
//! pure: the same events in the same order always give the same facts, which is what lets
//! `ctl replay` check stored answers. State is small and bounded: counters, the newest 25
//! events, known devices and addresses; never the whole history.

mod account;
mod address;
pub mod changes;
mod country;
mod device;
mod email;
mod entity;
mod entity_kind;
mod facts;
mod flags;
mod fold;
mod layout_one;
mod lists;
mod memory;
mod private;
mod producer;
mod recent;
mod schema;
mod search;
mod session;
mod sketch;
mod state;
#[cfg(test)]
mod story;
mod surroundings;
mod suspicion;
mod tag;
mod travel;
mod url;
mod window;

pub use account::Contact;
pub use address::PlaceUse;
pub use country::Country;
pub use device::{Device, main_language};
pub use entity::{EntityId, KEY_BYTES_MAX, OTHER_KEY, entity_key, resource_key};
pub use entity_kind::EntityKind;
pub use facts::{Facts, Value, event_facts, event_facts_with, facts_after};
pub use flags::Flags;
pub use fold::{Folded, Novelty, fold};
pub use lists::{ENTRIES_MAX, ENTRY_BYTES_MAX, LISTS_MAX, ListEntry, Lists, ListsError};
pub use memory::Memory;
pub use private::{PRIVATE_KEYS_MAX, PRIVATE_WINDOWS_MAX, PrivateCell};
pub use producer::ProducerSession;
pub use recent::RecentEvents;
pub use schema::{Fact, FactDef, FactType, POLICY_FAMILIES, SCHEMA};
pub use search::text as search_text;
pub use sketch::{EXACT_MAX, Sketch, SketchError};
pub use state::{Session, State, StateError};
pub use surroundings::{
    AddressFacts, AddressFlag, DeviceFacts, DeviceFlag, DeviceId, DeviceKind, EmailFacts,
    EmailFlag, NoveltyFlag, PhoneFacts, PhoneKind, Place, SharedFacts, SharedFlag, Surroundings,
    WindowValue,
};
pub use tag::{Tag, Tags};
pub use travel::LastPlace;
pub use url::is_suspicious as is_suspicious_url;
pub use window::{Cell, MEMBERS_MAX, Span};
