//! Facts about an event that come from data files: country, network and kind of an address, what
//! a user agent, an e-mail address and a phone number tell. Pure once loaded; no network call is
//! ever made.

mod address;
mod agent;
mod bench;
mod csv;
mod data_set;
mod domains;
mod email;
mod enricher;
mod hash;
mod import;
mod institutions;
mod kinds;
mod load;
mod locations;
mod networks;
mod origins;
mod own;
mod phone;
mod places;
mod private;
mod range_text;
mod ranges;
mod reload;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use agent::label;
pub use bench::{Costs, measure};
pub use data_set::{DataSet, catalogue};
pub use enricher::Enricher;
pub use import::{Imported, import};
pub use load::LoadError;
pub use own::{Content, OWN_DIRECTORY, OwnError};
pub use reload::Reloading;
