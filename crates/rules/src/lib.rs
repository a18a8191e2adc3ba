//! The rule language, the built-in packs written in it, and presets of weights.
//!
//! A pack is YAML; a condition is a CEL expression over the typed facts of
//! [`innerwall_features::SCHEMA`]. Every pack is checked before it is accepted: an undeclared
//! name or a type that does not fit is an error with line, column and a suggestion, because a
//! rule that silently never fires is the worst bug of a security product.

mod builtin;
mod id;
pub mod lang;
mod pack;
mod preset;
mod reason;
mod reference;
mod ruleset;
mod trial;

pub use builtin::{builtin_packs, builtin_presets};
pub use id::RuleId;
pub use lang::{Condition, ExpressionError, Missing, Truth};
pub use pack::{PACK_BYTES_MAX, Pack, PackError, RULES_MAX, Rule, Scope, read_pack};
pub use preset::{Preset, Weight};
pub use reason::Template;
pub use reference::facts_table;
pub use ruleset::{RuleSet, RuleSetError, WeightedRule};
pub use trial::{TrialFailure, run_trials};
