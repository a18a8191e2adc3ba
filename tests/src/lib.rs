//! What the whole-system tests share: a system of real processes, clients of it, and the checks
//! of what it holds at the end.
//!
//! Lives here: the words the tests are told in. Does not live here: machinery that knows nothing
//! of Innerwall, which is `testkit`; and any test.

mod browser;
mod ctl;
mod environment;
mod events;
mod evidence;
mod load;
mod reader;
mod seed;
mod service;
mod site;
mod stream;
mod system;
mod turn;

pub use browser::Browser;
pub use ctl::Answer;
pub use environment::python;
pub use events::{at_address, event, random_event};
pub use evidence::Ledger;
pub use load::{Broken, Load, LoadReport, LoadShape};
pub use reader::Reader;
pub use seed::{Dice, seed, seed_or};
pub use service::Service;
pub use site::{Servers, Site, Tenant, broker_address};
pub use stream::EventStream;
pub use system::{Plan, System, VISIBLE_WITHIN};
