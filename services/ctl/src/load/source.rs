//! Where a worker's events come from.

use std::sync::Arc;

use super::corpus::{Corpus, Planned};
use super::label::Labels;
use super::traffic::Traffic;

/// Gives events until it has none left.
pub(super) enum Source {
    Endless(Box<Traffic>),
    Finite(Part),
}

/// One part of a corpus on its way.
pub(crate) struct Part {
    corpus: Arc<Corpus>,
    is_past: bool,
    next: usize,
    /// When the part began to be sent.
    sent_us: i64,
}

impl Part {
    pub(crate) fn new(corpus: Arc<Corpus>, is_past: bool, sent_us: i64) -> Self {
        Self { corpus, is_past, next: 0, sent_us }
    }

    pub(super) fn is_past(&self) -> bool {
        self.is_past
    }

    fn events(&self) -> &[Planned] {
        if self.is_past { &self.corpus.past } else { &self.corpus.present }
    }
}

impl Source {
    /// Writes the next event as a JSON object at the end of `out`; false when there is none.
    pub(super) fn next(&mut self, now_us: i64, out: &mut String) -> bool {
        match self {
            Self::Endless(traffic) => {
                traffic.next(now_us, out);
                true
            }
            Self::Finite(part) => {
                let Some(event) = part.events().get(part.next) else {
                    return false;
                };
                event.write(part.sent_us, out);
                part.next += 1;
                true
            }
        }
    }

    /// The accounts of scenes in endless traffic; a corpus knows its own.
    pub(super) fn into_labels(self) -> Labels {
        match self {
            Self::Endless(traffic) => traffic.labels,
            Self::Finite(_) => Labels::default(),
        }
    }
}
