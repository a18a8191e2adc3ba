//! The one function the product is about: an event and what is known of its user go in, scores,
//! hits and the new state come out.
//!
//! Pure: the clock, randomness and storage are elsewhere. `replay` runs the same function over
//! stored events and compares the answers.

mod formula;
mod hit;
mod replay;
mod score;
mod stored;

pub use formula::{Band, TRUST_MAX, trust_score};
pub use hit::{Hit, NotEvaluated};
pub use replay::{Difference, Stored, compare};
pub use score::{Account, Outcome, score};
pub use stored::AccountError;
