//! Hostile input, tenants kept apart, who may do what, signing in, the audit log, and secrets that
//! stay secret.

mod access;
mod audit;
mod erasure;
mod hostile;
mod isolation;
mod masks;
mod roles;
mod routes;
mod secrets;
mod sign_in;
mod tracker_errors;
