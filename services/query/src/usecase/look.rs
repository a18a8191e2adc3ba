//! Looking for events that no index names: as far as budgets of rows and time allow.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use innerwall_event::Timestamp;
use innerwall_storage::read::events::{self, EventRow};
use innerwall_storage::read::links::LinkSpan;
use innerwall_storage::read::scan::{self, EventScan, Look, Sighting};
use innerwall_storage::{StorageError, TenantTx};
use uuid::Uuid;

/// Events looked at per statement: few at first, since a page is often filled at once.
const STEPS: [i64; 4] = [500, 2_000, 6_000, 12_000];
/// Events looked at for one answer.
const LOOKED_AT_MAX: i64 = 60_000;
/// Looking begins no further statement after this time.
const WITHIN: Duration = Duration::from_millis(60);
/// Events of users that are looked at all at once, and those of a part that are few.
const MANY: i64 = 2_000;
const FEW: i64 = 500;
const DAY_S: i64 = 86_400;
/// Candidates read in full at once where a condition is checked on the whole event.
const CANDIDATES: usize = 200;

/// A place in the list of all events, newest first.
pub(super) type Place = (Timestamp, Uuid);

/// Where to look.
pub(super) enum Source {
    /// At everybody's events in these ranges of time, the newest first.
    Ranges(Vec<(Timestamp, Timestamp)>),
    /// At the events of these users.
    Spans(Vec<LinkSpan>),
}

/// Whether an event fits that was read in full.
pub(super) type Keep<'s> = Box<dyn Fn(&EventRow) -> bool + Send + Sync + 's>;

/// What to look for.
pub(super) struct Search<'s> {
    pub(super) scan: EventScan,
    pub(super) source: Source,
    /// What the database cannot judge.
    pub(super) keep: Option<Keep<'s>>,
}

/// What was found, and where looking ended early.
pub(super) struct Found<T> {
    pub(super) items: Vec<T>,
    pub(super) ended_at: Option<Place>,
}

/// Looks for so many events, the newest first, behind a place, and reads them in full.
pub(super) async fn look(
    tx: &TenantTx<'_>,
    search: &Search<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Found<EventRow>, StorageError> {
    let Found { items, ended_at } = sight(tx, search, after, limit).await?;
    let places: Vec<Place> = items.iter().map(Sighting::place).collect();
    let rows = events::at_places(tx, &places).await?;
    // Users who are being erased are gone before their events: a page without those goes on.
    let last = places.last().copied().filter(|_| rows.len() < places.len());
    Ok(Found { items: rows, ended_at: ended_at.or(last) })
}

/// The same, but tells only when they were and of what type.
pub(super) async fn sight(
    tx: &TenantTx<'_>,
    search: &Search<'_>,
    after: Option<Place>,
    limit: i64,
) -> Result<Found<Sighting>, StorageError> {
    let limit = usize::try_from(limit).unwrap_or_default();
    let (began, found) = (Instant::now(), Found { items: Vec::new(), ended_at: None });
    let mut looker = Looker { tx, search, limit, began, looked_at: 0, step: 0, after, found };
    match &search.source {
        Source::Spans(spans) => looker.through_spans(spans).await?,
        Source::Ranges(ranges) => {
            for range in ranges {
                if looker.through_range(*range).await? {
                    break;
                }
            }
        }
    }
    Ok(looker.found)
}

/// A look on its way.
struct Looker<'s> {
    tx: &'s TenantTx<'s>,
    search: &'s Search<'s>,
    limit: usize,
    began: Instant,
    looked_at: i64,
    step: usize,
    after: Option<Place>,
    found: Found<Sighting>,
}

impl Looker<'_> {
    /// How many events to look at next; `None` when a budget is spent. The first step is free.
    fn next_step(&mut self) -> Option<i64> {
        let is_spent = self.looked_at >= LOOKED_AT_MAX || self.began.elapsed() > WITHIN;
        if is_spent && self.step > 0 {
            return None;
        }
        let step = STEPS[self.step.min(STEPS.len() - 1)];
        self.step += 1;
        Some(step)
    }

    fn is_full(&self) -> bool {
        self.found.items.len() >= self.limit
    }

    fn wanted(&self) -> usize {
        let missing = self.limit.saturating_sub(self.found.items.len());
        if self.search.keep.is_some() { missing.max(CANDIDATES) } else { missing }
    }

    /// Gives whether looking is over: the page is full or a budget spent.
    async fn through_range(
        &mut self,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<bool, StorageError> {
        let scan = &self.search.scan;
        let (from, to) = (from.max(scan.from), to.min(scan.to));
        if from >= to || self.after.is_some_and(|(time, _)| time < from) {
            return Ok(false);
        }
        let scan = EventScan { from, to, ..scan.clone() };
        while let Some(step) = self.next_step() {
            let wanted = self.wanted();
            let look = scan::by_time(self.tx, &scan, self.after, step, rows(wanted)).await?;
            self.looked_at += look.looked_at;
            let is_cut = look.found.len() >= wanted;
            let is_end = !is_cut && look.looked_at < step;
            let last = if is_cut { look.found.last().map(Sighting::place) } else { look.last };
            self.after = last.or(self.after);
            self.take(look).await?;
            if self.is_full() || is_end {
                return Ok(self.is_full());
            }
        }
        // Nothing was looked at in this range: behind its upper end comes all of it.
        self.found.ended_at = self.after.filter(|(time, _)| *time < to).or(Some((to, Uuid::nil())));
        Ok(true)
    }

    /// Part by part from the newest on, since all events of a part are read before any is found. A
    /// part is a day, and longer while few events are in it.
    async fn through_spans(&mut self, spans: &[LinkSpan]) -> Result<(), StorageError> {
        let scan = &self.search.scan;
        let (Some(first), Some(last)) = (
            spans.iter().map(|span| span.first_seen).min(),
            spans.iter().map(|span| span.last_seen).max(),
        ) else {
            return Ok(());
        };
        let (from, mut to) = (first.max(scan.from), scan.to.min(last.plus_seconds(1)));
        if let Some((time, _)) = self.after {
            to = to.min(time.plus_seconds(1));
        }
        if from >= to {
            return Ok(());
        }
        let known: i64 = spans.iter().map(|span| span.event_count).sum();
        let mut width = if known <= MANY { to.seconds_since(from) + 1 } else { DAY_S };
        let mut part = (to.plus_seconds(-width).max(from), to);
        loop {
            let wanted = self.wanted();
            let scan = EventScan { from: part.0, to: part.1, ..scan.clone() };
            let look = scan::by_spans(self.tx, &scan, spans, self.after, rows(wanted)).await?;
            let (is_cut, looked_at) = (look.found.len() >= wanted, look.looked_at);
            self.after = look.found.last().map(Sighting::place).or(self.after);
            self.take(look).await?;
            if self.is_full() {
                return Ok(());
            }
            if !is_cut {
                if part.0 <= from {
                    return Ok(());
                }
                width *= if looked_at < FEW { 8 } else { 1 };
                part = (part.0.plus_seconds(-width).max(from), part.0);
            }
            if self.began.elapsed() > WITHIN {
                self.found.ended_at = if is_cut { self.after } else { Some((part.1, Uuid::nil())) };
                return Ok(());
            }
        }
    }

    /// Keeps what fits; what the database cannot judge is read in full for that.
    async fn take(&mut self, look: Look) -> Result<(), StorageError> {
        let room = self.limit.saturating_sub(self.found.items.len());
        let mut found = look.found;
        if let Some(keep) = &self.search.keep {
            let places: Vec<Place> = found.iter().map(Sighting::place).collect();
            let read = events::at_places(self.tx, &places).await?;
            let fit: HashSet<Uuid> =
                read.iter().filter(|row| keep(row)).map(|row| row.event_id).collect();
            found.retain(|sighting| fit.contains(&sighting.id));
        }
        self.found.items.extend(found.into_iter().take(room));
        Ok(())
    }
}

fn rows(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
