//! Hostile input, tenants kept apart by the database, and secrets that stay secret.

mod hostile;
mod roles;
mod secrets;
mod tracker_errors;
