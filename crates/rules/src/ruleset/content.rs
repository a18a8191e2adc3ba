//! What a version of a tenant's rule set holds, as it is stored and exchanged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whether a rule acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Not evaluated.
    Off,
    /// Evaluated and recorded, without any effect.
    Shadow,
    #[default]
    Live,
}

impl Mode {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Shadow => "shadow",
            Self::Live => "live",
        }
    }
}

/// Scores at which something happens to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Trust of this much or less puts a user up for review.
    pub review: u8,
    /// Trust of this much or less blocks a user; off while absent.
    pub block: Option<u8>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { review: 33, block: None }
    }
}

/// An entry of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListEntry {
    pub value: String,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub author: String,
    /// RFC 3339; judged at the time of the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// A pack of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackText {
    pub name: String,
    /// The pack in YAML.
    pub text: String,
}

/// The content of a rule set. Left empty, it is the built-in packs without any weight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RuleSetContent {
    /// Built-in preset that gives the weights.
    pub preset: Option<String>,
    /// Weights by rule; they win over those of the preset.
    pub weights: BTreeMap<String, i64>,
    /// Modes by rule; a rule that is not named is live.
    pub modes: BTreeMap<String, Mode>,
    pub thresholds: Thresholds,
    pub lists: BTreeMap<String, Vec<ListEntry>>,
    pub packs: Vec<PackText>,
}
