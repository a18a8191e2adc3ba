//! The one function the product is about: an event and what is known of its user go in, scores,
//! hits and the new state come out.
//!
//! Pure: the clock, randomness and storage are elsewhere. `replay` runs the same function over
//! stored events and compares the answers; `explain` says what every rule found, and which changes
//! would turn a verdict around.

mod custom;
mod decide;
mod explain;
mod formula;
mod hit;
mod judge;
mod precision;
mod reduce;
mod rejudge;
mod replay;
mod rulebook;
mod score;
mod standing;
mod stored;
mod subject;
mod touch;
mod windows;

pub use custom::CustomTexts;
pub use decide::{Decided, DecidedHit, EventStanding, decide, decide_stored};
pub use explain::{
    Began, Explanation, FLIPS_MAX, Flip, RuleAnswer, SMALLEST_MAX, Status, TRIES_MAX,
    explain_event, explain_user, judge_user,
};
pub use formula::{Band, TRUST_MAX, trust_score};
pub use hit::{EventHit, Hit, NotEvaluated};
pub use precision::{Precision, precision};
pub use reduce::reduce;
pub use rejudge::{Rejudged, Relisted, rejudge};
pub use replay::{Difference, Replay, Stored};
pub use rulebook::Rulebook;
pub use score::{Account, Outcome, score};
pub use standing::{
    Entry, List, ListKind, PrefixLengths, Source, Standing, Touched, ValueError, canonical,
    list_flags, standing,
};
pub use stored::AccountError;
pub use subject::Subject;
pub use touch::Touch;
pub use windows::{
    Added, Amount, CellId, HISTORY_EVENTS_MAX, Past, RowId, Shared, SharedCells, WantedCell,
    count_past, needs_history, rebuild, wanted_cells,
};
