//! Which events of the batches take effect.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use innerwall_event::EventDigest;
use innerwall_scoring::Decided;
use innerwall_storage::claims::{self, Claim};
use innerwall_storage::ledger::Outcomes;
use innerwall_storage::{StorageError, TenantTx, parked};
use innerwall_wire::Batch;
use uuid::Uuid;

/// An event by its place in the batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) batch: usize,
    pub(crate) event: usize,
}

/// What has become of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Scored,
    /// The same was there before.
    Duplicate,
    /// Other content was there before under its id.
    Conflict,
    Parked,
}

/// What is to be scored, and what has become of every event so far.
#[derive(Debug)]
pub(crate) struct Admitted {
    pub(crate) places: Vec<Place>,
    /// One per batch.
    pub(crate) outcomes: Vec<Outcomes>,
    /// What became of the last event of each batch; `None` when the batch took effect before.
    pub(crate) fates: Vec<Option<Fate>>,
    /// Verdicts of this transaction by the ids of their events.
    pub(crate) verdicts: HashMap<Uuid, Decided>,
}

/// Claims batches and events. A batch that was claimed before has had its effect.
pub(crate) async fn admit(tx: &TenantTx<'_>, batches: &[Batch]) -> Result<Admitted, StorageError> {
    let mut admitted = Admitted {
        places: Vec::new(),
        outcomes: vec![Outcomes::default(); batches.len()],
        fates: vec![None; batches.len()],
        verdicts: HashMap::new(),
    };
    let (fresh, counted) = fresh_batches(tx, batches).await?;
    let mut named: HashMap<Uuid, EventDigest> = HashMap::new();
    let mut waiting = Vec::new();
    for index in fresh {
        let batch = &batches[index];
        if !counted.contains(&batch.id) {
            admitted.outcomes[index].arrived += i64::try_from(batch.events.len()).unwrap_or(0);
        }
        for (position, event) in batch.events.iter().enumerate() {
            let place = Place { batch: index, event: position };
            let is_named = event.client_id.is_some() && batch.redrive_of.is_none();
            match named.get(&event.id).filter(|_| is_named) {
                // The same id twice in one transaction: the first to arrive takes effect.
                Some(digest) => admitted.repeat(place, *digest == event.digest),
                None if is_named => {
                    named.insert(event.id, event.digest);
                    waiting.push((place, Some(event.id)));
                }
                None => waiting.push((place, None)),
            }
        }
    }
    let won = claims::claim_events(tx, &named.into_iter().collect::<Vec<_>>()).await?;
    for (place, name) in waiting {
        match name.map_or(Claim::First, |id| won.get(&id).copied().unwrap_or(Claim::First)) {
            Claim::First => admitted.places.push(place),
            Claim::Duplicate => admitted.repeat(place, true),
            Claim::Conflict => admitted.repeat(place, false),
        }
    }
    Ok(admitted)
}

/// Indexes of the batches whose effect is still to come, in the order of arrival, and the ids of
/// those the ledger has counted already.
async fn fresh_batches(
    tx: &TenantTx<'_>,
    batches: &[Batch],
) -> Result<(Vec<usize>, HashSet<Uuid>), StorageError> {
    let (mut fresh, mut ids, mut parents) = (Vec::new(), Vec::new(), Vec::new());
    let mut counted = HashSet::new();
    for batch in batches {
        match batch.redrive_of {
            None => {
                ids.push(batch.id);
                parents.extend(batch.parent);
            }
            // The parked row is the claim: sent again twice, it has one effect.
            Some(row) => {
                if let Some(is_counted) = parked::claim_redrive(tx, row).await? {
                    fresh.push(batch.id);
                    counted.extend(is_counted.then_some(batch.id));
                }
            }
        }
    }
    let done = claims::known_batches(tx, &parents).await?;
    let won = claims::claim_batches(tx, &ids).await?;
    let mut taken = HashSet::new();
    let is_fresh = |batch: &Batch| {
        let is_ours = fresh.contains(&batch.id) || won.contains(&batch.id);
        is_ours && !batch.parent.is_some_and(|parent| done.contains(&parent))
    };
    let found = batches.iter().enumerate().filter(|(_, batch)| is_fresh(batch));
    // One message delivered twice within a round is one batch.
    let found = found.filter(|(_, batch)| taken.insert(batch.id)).map(|(index, _)| index);
    Ok((found.collect(), counted))
}

impl Admitted {
    fn repeat(&mut self, place: Place, is_same: bool) {
        self.end(place, if is_same { Fate::Duplicate } else { Fate::Conflict });
    }

    /// Notes what became of an event.
    pub(crate) fn end(&mut self, place: Place, fate: Fate) {
        let outcomes = &mut self.outcomes[place.batch];
        match fate {
            Fate::Scored => outcomes.scored += 1,
            Fate::Duplicate => outcomes.duplicate += 1,
            Fate::Conflict => outcomes.conflict += 1,
            Fate::Parked => outcomes.parked += 1,
        }
        self.fates[place.batch] = Some(fate);
    }

    /// Counts what was committed.
    pub(crate) fn count(&self, took: Duration) {
        let sum =
            |part: fn(&Outcomes) -> i64| self.outcomes.iter().map(part).sum::<i64>().unsigned_abs();
        metrics::counter!("innerwall_events_scored_total").increment(sum(|o| o.scored));
        metrics::counter!("innerwall_events_duplicate_total").increment(sum(|o| o.duplicate));
        metrics::counter!("innerwall_events_conflict_total").increment(sum(|o| o.conflict));
        metrics::counter!("innerwall_events_parked_total").increment(sum(|o| o.parked));
        metrics::histogram!("innerwall_transaction_seconds").record(took.as_secs_f64());
    }
}
