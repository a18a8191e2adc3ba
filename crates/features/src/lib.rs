//! What is known of a user, and the facts that rules read.
//!
//! [`fold`] takes the state of a user and one event and gives the new state and the facts. It is
//! pure: the same events in the same order always give the same facts, which is what lets
//! `ctl replay` check stored answers. State is small and bounded: counters, the newest 25
//! events, known devices and addresses; never the whole history.

mod account;
mod country;
mod device;
mod facts;
mod flags;
mod fold;
mod recent;
mod schema;
mod session;
mod state;
mod surroundings;
mod url;

pub use country::Country;
pub use device::main_language;
pub use facts::{Facts, Value};
pub use flags::Flags;
pub use fold::{Folded, fold};
pub use schema::{Fact, FactDef, FactType, SCHEMA};
pub use state::{Device, RecentEvent, Session, State, StateError};
pub use surroundings::{
    AddressFacts, AddressFlag, DeviceFacts, DeviceFlag, DeviceId, DeviceKind, EmailFacts,
    EmailFlag, PhoneFacts, PhoneKind, Place, SharedFacts, SharedFlag, Surroundings, WindowValue,
};
