//! One event: its wire forms, its limits, and how it is corrected or refused.
//!
//! Everything here is pure: ids and the time of receipt are arguments. The way of an event is
//! `json` or `form` (bytes to [`Draft`]), then [`accept`] (draft to [`Event`], or an error that
//! names the field).

mod accept;
mod correction;
mod digest;
mod draft;
mod email;
mod error;
mod event;
pub mod form;
mod hash;
pub mod json;
mod kind;
pub mod limits;
mod method;
mod time;

pub use accept::{Receipt, Strictness, accept};
pub use correction::Correction;
pub use digest::{EventDigest, event_id_of_name};
pub use draft::Draft;
pub use email::{is_email, is_email_placeholder};
pub use error::EventError;
pub use event::{Event, FieldChange, TenantId, UserId};
pub use hash::{fnv1a, stable_hash64};
pub use kind::{EventKind, Severity, UnknownKind};
pub use method::HttpMethod;
pub use time::{ParseTimestampError, Timestamp};
