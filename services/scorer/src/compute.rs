//! The thinking of a transaction: no I/O, only memory.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use innerwall_enrich::Enricher;
use innerwall_event::Event;
use innerwall_features::changes::Changes;
use innerwall_features::{State, Surroundings, main_language};
use innerwall_scoring::{
    Account, EventStanding, Outcome, Rulebook, Shared, SharedCells, Touch, decide, reduce, score,
};
use innerwall_storage::accounts::{LockedUser, ScoredUser};
use innerwall_storage::events::ScoredEvent;
use innerwall_storage::verdicts::NewVerdict;

use crate::tenants::Tenant;

/// An event with what enrichment says about it.
#[derive(Clone, Debug)]
pub(crate) struct Enriched {
    pub(crate) event: Event,
    pub(crate) around: Surroundings,
    /// Where the event came from, as an index that the caller understands.
    pub(crate) origin: usize,
    /// Its producer wants the verdict.
    pub(crate) wants_verdict: bool,
}

/// What the events of a transaction gave.
#[derive(Debug, Default)]
pub(crate) struct Computed {
    pub(crate) users: Vec<ScoredUser>,
    pub(crate) events: Vec<ScoredEvent>,
    pub(crate) verdicts: Vec<NewVerdict>,
    /// What is to be added to shared windows.
    pub(crate) cells: SharedCells,
    /// What the events change about the things they touch.
    pub(crate) changes: Changes,
    /// Origins of events whose scoring panicked.
    pub(crate) poison: Vec<usize>,
}

/// Adds what the data files say to an event.
pub(crate) fn enrich(
    enricher: &Enricher,
    tenant: &Tenant,
    event: Event,
    (origin, wants_verdict): (usize, bool),
) -> Enriched {
    let language = main_language(event.language.as_deref());
    let address = enricher.address(event.ip);
    let device = enricher.device(event.user_agent.as_deref(), &language, event.time);
    let email = event.email.as_deref().map(|email| enricher.email(email));
    let phone = event.phone.as_deref().map(|phone| enricher.phone(phone, &address));
    let around = Surroundings {
        utc_offset_s: tenant.utc_offset_s(event.time.as_micros()),
        address,
        device,
        email,
        phone,
        ..Surroundings::default()
    };
    Enriched { event, around, origin, wants_verdict }
}

/// Scores events in the order of their arrival, which is what windows over many users count in.
/// Every user concerned must be in `locked`. An event that panics is left out, and everything is
/// scored again from the start without it: a state half changed must never be kept.
pub(crate) fn run(
    book: &Rulebook,
    enricher: &Enricher,
    locked: &HashMap<String, LockedUser>,
    mut events: Vec<Enriched>,
    cells: &SharedCells,
) -> Computed {
    let mut poison = Vec::new();
    loop {
        match score_all(book, enricher, locked, &events, cells.clone()) {
            Ok(computed) => return Computed { poison, ..computed },
            Err(place) => {
                let left_out = events.remove(place);
                tracing::error!(event.id = %left_out.event.id, "scoring panicked");
                poison.push(left_out.origin);
            }
        }
    }
}

/// Scores events; an error is the place of the event that panicked.
fn score_all(
    book: &Rulebook,
    enricher: &Enricher,
    locked: &HashMap<String, LockedUser>,
    events: &[Enriched],
    mut cells: SharedCells,
) -> Result<Computed, usize> {
    let mut accounts: HashMap<&str, Account> = HashMap::with_capacity(locked.len());
    let mut scored: Vec<ScoredEvent> = Vec::with_capacity(events.len());
    let mut changes = Changes::default();
    let mut verdicts = Vec::new();
    for (place, enriched) in events.iter().enumerate() {
        let Some((id, user)) = locked.get_key_value(&enriched.event.user_id.0) else {
            return Err(place);
        };
        let account = accounts.entry(id).or_insert_with(|| user.account.clone());
        let (mut event, mut around) = (enriched.event.clone(), enriched.around.clone());
        reduce(&account.state, &mut event, &mut around);
        let attempt = AssertUnwindSafe(|| {
            let outcome = score(account, &event, &around, book, Shared::Live(&mut cells));
            let wanted = enriched.wants_verdict;
            let standing = EventStanding::stored(around.shared);
            let decided = wanted.then(|| decide(&event, &outcome, account, book, standing));
            (outcome, decided)
        });
        let (outcome, decided) = catch_unwind(attempt).map_err(|_| place)?;
        verdicts.extend(decided.map(|decided| NewVerdict {
            event_id: event.id,
            event_time: event.time,
            user_no: user.user_no,
            digest: event.digest,
            decided,
        }));
        keep_inputs(&mut around, &outcome);
        let row = stored(user.user_no, event, around, outcome);
        touch(&row, &account.state, book, enricher, &mut changes);
        scored.push(row);
    }
    let users = users(locked, accounts, &scored);
    Ok(Computed { users, events: scored, verdicts, cells, changes, poison: Vec::new() })
}

/// Adds what the event changes about the things it touches.
fn touch(
    row: &ScoredEvent,
    known: &State,
    book: &Rulebook,
    enricher: &Enricher,
    changes: &mut Changes,
) {
    let touch = Touch {
        event: &row.event,
        around: &row.around,
        user_no: row.user_no,
        session: row.outcome.folded.session,
        sequence: row.outcome.folded.sequence,
        known,
        lists: &book.lists,
        network: enricher.network_name(row.around.address.asn),
        device: &innerwall_enrich::label(&row.around.device),
    };
    touch.add_to(changes);
}

/// What scoring again must see: the values of shared windows, and what was new of the user.
fn keep_inputs(around: &mut Surroundings, outcome: &Outcome) {
    around.see(&outcome.windows);
    around.novelty = Some(outcome.folded.novelty.flags());
}

fn stored(user_no: i64, event: Event, around: Surroundings, outcome: Outcome) -> ScoredEvent {
    let language = event.language.as_deref().unwrap_or_default();
    let user_agent_id =
        event.user_agent.as_deref().map(|text| Enricher::user_agent_id(text, language));
    ScoredEvent { event, user_no, around, user_agent_id, outcome }
}

/// The users of the events as they are after the last one of each, in the order of their numbers.
fn users(
    locked: &HashMap<String, LockedUser>,
    mut accounts: HashMap<&str, Account>,
    scored: &[ScoredEvent],
) -> Vec<ScoredUser> {
    let mut users = Vec::with_capacity(accounts.len());
    for row in scored.iter().rev() {
        let user_id = row.event.user_id.0.as_str();
        let Some((account, user)) = accounts.remove(user_id).zip(locked.get(user_id)) else {
            continue;
        };
        users.push(ScoredUser {
            user_no: user.user_no,
            user_id: user_id.to_owned(),
            trust: account.trust(),
            last_ip: row.event.ip,
            country: row.around.country().map(|country| country.to_string()),
            account,
        });
    }
    users.sort_unstable_by_key(|user| user.user_no);
    users
}
