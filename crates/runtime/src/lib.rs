//! What every service needs and no service should know twice: settings, logs and traces, metrics,
//! health, the clock, and an orderly end.

pub mod checks;
pub mod clock;
mod entry;
pub mod health;
pub mod http;
mod lifecycle;
pub mod methods;
pub mod settings;
pub mod telemetry;

pub use entry::{LogSettings, main};
pub use lifecycle::Lifecycle;
