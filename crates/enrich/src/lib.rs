//! Facts about an event that come from data files: the country of an address, the class of a
//! device. Pure once loaded; no network call is ever made.

mod agent;
mod country;
mod device;
mod enricher;

pub use agent::Agent;
pub use device::Device;
pub use enricher::{DataFile, Enricher, LoadError};
