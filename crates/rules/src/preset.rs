//! Presets: named maps of rule to weight.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The five weights people know. Higher means worse; negative speaks for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Positive,
    None,
    Medium,
    High,
    Extreme,
}

impl Weight {
    pub const fn points(self) -> i16 {
        match self {
            Self::Positive => -20,
            Self::None => 0,
            Self::Medium => 10,
            Self::High => 20,
            Self::Extreme => 70,
        }
    }

    /// Reads stored or written points; `None` when they are not one of the five.
    pub fn from_points(points: i64) -> Option<Self> {
        [Self::Positive, Self::None, Self::Medium, Self::High, Self::Extreme]
            .into_iter()
            .find(|weight| i64::from(weight.points()) == points)
    }
}

/// A named choice of weights. Rules that are not listed weigh nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    pub name: String,
    pub description: String,
    pub weights: BTreeMap<String, i64>,
}
