//! Answers that take long to find, given again for a moment.

use std::sync::Arc;
use std::time::{Duration, Instant};

use innerwall_event::TenantId;
use quick_cache::sync::Cache;

/// Answers kept of each sort.
const KEPT_MAX: usize = 1_000;

/// A tenant, a range in microseconds, and what tells answers about it apart.
pub(crate) type Key = (TenantId, i64, i64, &'static str);

/// Answers of the last moments.
pub(crate) struct Kept<V>(Cache<Key, (Instant, Arc<V>)>);

impl<V> Kept<V> {
    pub(crate) fn new() -> Self {
        Self(Cache::new(KEPT_MAX))
    }

    /// An answer found no longer ago than this.
    pub(crate) fn get(&self, key: &Key, within: Duration) -> Option<Arc<V>> {
        self.0.get(key).filter(|(at, _)| at.elapsed() < within).map(|(_, answer)| answer)
    }

    pub(crate) fn keep(&self, key: Key, answer: V) -> Arc<V> {
        let answer = Arc::new(answer);
        self.0.insert(key, (Instant::now(), Arc::clone(&answer)));
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_given_again_to_the_same_question_for_a_moment() {
        let kept = Kept::new();
        let key = (TenantId(1), 0, 1, "day");
        kept.keep(key, 7);
        assert_eq!(kept.get(&key, Duration::from_mins(1)).as_deref(), Some(&7));
        assert_eq!(kept.get(&key, Duration::ZERO), None);
        for other in
            [(TenantId(2), 0, 1, "day"), (TenantId(1), 0, 2, "day"), (TenantId(1), 0, 1, "hour")]
        {
            assert_eq!(kept.get(&other, Duration::from_mins(1)), None);
        }
    }
}
