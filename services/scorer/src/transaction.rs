//! One transaction: claim, lock, think, write, commit.

mod admit;
mod verdict;
mod write;

use innerwall_event::{Event, TenantId, Timestamp};
use innerwall_runtime::clock;
use innerwall_storage::parked::{self, Parking};
use innerwall_storage::{Connection, ErrorClass, StorageError, TenantTx, accounts, partitions};
use innerwall_wire::{Batch, Reply};

use crate::app::App;
use crate::compute::{self, Enriched};
use crate::looks;
use crate::tally::Tally;
use crate::tenants::Tenant;
use admit::{Admitted, Fate, Place};
pub(crate) use write::cell_deltas;

/// How the events of a transaction are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All in one go.
    Together,
    /// Each for itself, so that one that cannot be stored is found and parked.
    OneByOne,
}

/// The batches of one tenant that are to take effect together.
#[derive(Clone, Copy)]
pub(crate) struct Work<'w> {
    pub(crate) app: &'w App,
    pub(crate) tenant: TenantId,
    pub(crate) settings: &'w Tenant,
    pub(crate) batches: &'w [Batch],
}

impl Work<'_> {
    /// Scores the batches and commits; gives an answer for each whose producer wants one. An error
    /// means that nothing has happened.
    pub(crate) async fn run(self, mode: Mode) -> Result<Vec<Option<Reply>>, StorageError> {
        let started = tokio::time::Instant::now();
        let mut connection = self.app.database.connection().await?;
        ensure_partitions(self.app, &connection, self.batches).await?;
        let mut tx = connection.begin(self.tenant).await?;
        let mut admitted = admit::admit(&tx, self.batches).await?;
        let places = std::mem::take(&mut admitted.places);
        let tallies = match mode {
            Mode::Together => vec![self.score(&tx, &places, &mut admitted).await?],
            Mode::OneByOne => self.score_each(&mut tx, &places, &mut admitted).await?,
        };
        write::ledger(&tx, self.batches, &admitted).await?;
        let replies = verdict::replies(&tx, &self.settings.book, self.batches, &admitted).await?;
        tx.commit().await?;
        for tally in &tallies {
            self.app.seen.remember(self.tenant, tally);
        }
        admitted.count(started.elapsed());
        Ok(replies)
    }

    /// Scores events each for itself: one that cannot be stored harms no other. All users are
    /// locked before the first: taken one by one they would be locked in the order of the events,
    /// and two transactions could wait for each other in a circle.
    async fn score_each(
        self,
        tx: &mut TenantTx<'_>,
        places: &[Place],
        admitted: &mut Admitted,
    ) -> Result<Vec<Tally>, StorageError> {
        let mut tallies = Vec::new();
        let all = places.iter().map(|place| &self.batches[place.batch].events[place.event]);
        accounts::lock(tx, &user_ids(all)).await?;
        for place in places {
            let part = tx.savepoint().await?;
            match self.score(&part, &[*place], admitted).await {
                Ok(tally) => {
                    part.commit().await?;
                    tallies.push(tally);
                }
                Err(error) => {
                    part.rollback().await?;
                    self.give_up(tx, *place, error, admitted).await?;
                }
            }
        }
        Ok(tallies)
    }

    /// Scores the events at some places and writes everything about them.
    async fn score(
        self,
        tx: &TenantTx<'_>,
        places: &[Place],
        admitted: &mut Admitted,
    ) -> Result<Tally, StorageError> {
        let mut events = self.enriched(places);
        let user_ids: Vec<String> = user_ids(events.iter().map(|enriched| &enriched.event))
            .into_iter()
            .map(ToOwned::to_owned)
            .collect();
        let user_ids: Vec<&str> = user_ids.iter().map(String::as_str).collect();
        let settings = self.settings;
        if tx.rule_set_version() != settings.version() {
            return Err(StorageError::Outdated);
        }
        let mut locked = accounts::lock(tx, &user_ids).await?;
        let shard = self.batches.first().map_or(0, |batch| batch.shard);
        let cells = looks::look(tx, settings, &mut locked, &mut events, shard).await?;
        let enricher = self.app.enricher.current();
        let computed = compute::run(&settings.book, &enricher, &locked, events, &cells);
        let tally = Tally::of(tx.tenant(), &computed, &self.app.seen, &enricher);
        self.app.fired.remember(tx.tenant(), &computed);
        Box::pin(write::all(tx, &settings.book.rules, &computed, &tally)).await?;
        for (origin, place) in places.iter().enumerate() {
            if computed.poison.contains(&origin) {
                let detail = "scoring of this event panicked; see the log".to_owned();
                self.park(tx, *place, "panic", detail).await?;
                admitted.end(*place, Fate::Parked);
            } else {
                admitted.end(*place, Fate::Scored);
            }
        }
        let decided = computed.verdicts.into_iter().map(|new| (new.event_id, new.decided));
        admitted.verdicts.extend(decided);
        Ok(tally)
    }

    fn enriched(self, places: &[Place]) -> Vec<Enriched> {
        let enricher = self.app.enricher.current();
        let enrich = |(origin, place): (usize, &Place)| {
            let event = self.batches[place.batch].events[place.event].clone();
            let wants_verdict = self.batches[place.batch].wants_verdict;
            compute::enrich(&enricher, self.settings, event, (origin, wants_verdict))
        };
        places.iter().enumerate().map(enrich).collect()
    }

    /// An event that cannot be stored by itself: a repeated id beyond the horizon of the claims
    /// is a duplicate; what the database refuses as data is parked; anything else fails all.
    async fn give_up(
        self,
        tx: &TenantTx<'_>,
        place: Place,
        error: StorageError,
        admitted: &mut Admitted,
    ) -> Result<(), StorageError> {
        match error.class() {
            ErrorClass::Duplicate => admitted.end(place, Fate::Duplicate),
            ErrorClass::Data => {
                self.park(tx, place, "refused_by_database", error.to_string()).await?;
                admitted.end(place, Fate::Parked);
            }
            ErrorClass::Transient | ErrorClass::Fault => return Err(error),
        }
        Ok(())
    }

    async fn park(
        self,
        tx: &TenantTx<'_>,
        place: Place,
        reason: &'static str,
        detail: String,
    ) -> Result<(), StorageError> {
        let Some(single) = self.batches[place.batch].single(place.event) else { return Ok(()) };
        tracing::error!(event.id = %single.events[0].id, reason, "event parked");
        parked::park(tx, &parking_of(&single, reason, detail)).await?;
        Ok(())
    }
}

/// The users of events, each once, in the order of their ids.
fn user_ids<'e>(events: impl Iterator<Item = &'e Event>) -> Vec<&'e str> {
    let mut user_ids: Vec<&str> = events.map(|event| event.user_id.0.as_str()).collect();
    user_ids.sort_unstable();
    user_ids.dedup();
    user_ids
}

/// What is kept of an event that is parked.
pub(crate) fn parking_of(single: &Batch, reason: &'static str, detail: String) -> Parking {
    Parking {
        event_id: single.events.first().map(|event| event.id),
        park_key: single.id,
        reason,
        detail,
        message: single.encode(),
    }
}

/// Partitions of this and the last week are made once and stay; older ones may be dropped at any
/// time and are asked for each time.
async fn ensure_partitions(
    app: &App,
    connection: &Connection,
    batches: &[Batch],
) -> Result<(), StorageError> {
    let this_week = partitions::week_of(Timestamp::from_micros(clock::now_micros()));
    let times = batches.iter().flat_map(|batch| &batch.events).map(|event| event.time);
    let weeks: std::collections::BTreeMap<i64, _> =
        times.map(|time| (partitions::week_of(time), time)).collect();
    for (week, time) in weeks {
        // What was made long ago may have become old enough to be dropped.
        if week >= this_week - 1 && app.partitions.get(&week).is_some() {
            continue;
        }
        partitions::ensure(connection, time).await?;
        if week >= this_week - 1 {
            app.partitions.insert(week, ());
        }
    }
    Ok(())
}
