//! The rule language, the built-in packs written in it, and presets of weights.
//!
//! A pack is YAML; a condition is a CEL expression over the typed facts of
//! [`innerwall_features::SCHEMA`]. Every pack is checked before it is accepted: an undeclared
//! name or a type that does not fit is an error with line, column and a suggestion, because a
//! rule that silently never fires is the worst bug of a security product.

mod builtin;
mod catalogue;
mod id;
pub mod lang;
mod pack;
mod policy;
mod preset;
mod reason;
mod reference;
mod ruleset;
mod schema;
mod trial;
mod window;
mod word;

pub use builtin::{BUILTIN_LISTS, builtin_packs, builtin_presets, builtin_text};
pub use catalogue::catalogue;
pub use id::RuleId;
pub use lang::{
    Budget, Condition, CustomFields, EVENT_STEPS_MAX, Expression, ExpressionError, Inputs,
    ListLookup, Missing, Nothing, Read, Truth, suggestion_of,
};
pub use pack::{
    PACK_BYTES_MAX, POLICIES_MAX, Pack, PackError, RULES_MAX, Rule, Scope, WINDOWS_MAX,
    pack_warnings, read_pack, word_end,
};
pub use policy::{DEFAULT_POLICY, Policy, Verdict};
pub use preset::{Preset, Weight};
pub use reason::{Template, word_of};
pub use reference::reference;
pub use ruleset::{
    Change, ListChange, ListEntry, ListPatch, Listed, Mode, PRIVATE_WINDOWS_MAX, PackText, Plan,
    RuleSet, RuleSetContent, RuleSetDiff, RuleSetError, RuleSetFault, RuleSetPatch, SET_COST_MAX,
    Thresholds, ThresholdsPatch, WeightedRule,
};
pub use schema::pack_schema;
pub use trial::{TrialFailure, run_trials};
pub use window::{
    DISTINCT_PRIVATE_MAX, DISTINCT_SHARED_MAX, KEYS_MAX, UnknownKey, WindowDef, WindowKey,
    WindowKind,
};
pub use word::{Word, WordKind, words};
