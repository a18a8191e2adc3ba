//! Why an event is refused.

/// Why an event cannot be accepted. Every variant is the producer's to fix and names the field.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum EventError {
    #[error("{field} is required")]
    Missing { field: &'static str },
    #[error("{field} holds {found} bytes, the limit is {bytes_max}")]
    TooLong { field: &'static str, found: usize, bytes_max: usize },
    #[error("{field} holds {found} items, the limit is {items_max}")]
    TooMany { field: &'static str, found: usize, items_max: usize },
    #[error("{field} is nested deeper than {depth_max} levels")]
    TooDeep { field: &'static str, depth_max: usize },
    #[error("{field} is invalid: {reason}")]
    Invalid { field: &'static str, reason: String },
    #[error("event is not valid JSON: {reason}")]
    Malformed { reason: String },
    #[error("event holds {found} bytes, the limit is {bytes_max}")]
    EventTooLong { found: usize, bytes_max: usize },
}

impl EventError {
    /// The field at fault, when the error is about one.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field }
            | Self::TooLong { field, .. }
            | Self::TooMany { field, .. }
            | Self::TooDeep { field, .. }
            | Self::Invalid { field, .. } => Some(field),
            Self::Malformed { .. } | Self::EventTooLong { .. } => None,
        }
    }
}
