//! The thinking of a transaction: no I/O, only memory.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use innerwall_enrich::Enricher;
use innerwall_event::Event;
use innerwall_features::{Surroundings, main_language};
use innerwall_scoring::{Account, Outcome, score};
use innerwall_storage::accounts::{LockedUser, ScoredUser};
use innerwall_storage::events::ScoredEvent;

use crate::tenants::Tenant;

/// An event with what enrichment says about it.
#[derive(Clone, Debug)]
pub(crate) struct Enriched {
    pub(crate) event: Event,
    pub(crate) around: Surroundings,
    /// Where the event came from, as an index that the caller understands.
    pub(crate) origin: usize,
}

/// What the events of a transaction gave.
#[derive(Debug, Default)]
pub(crate) struct Computed {
    pub(crate) users: Vec<ScoredUser>,
    pub(crate) events: Vec<ScoredEvent>,
    /// Origins of events whose scoring panicked.
    pub(crate) poison: Vec<usize>,
}

/// Adds what the data files say to an event.
pub(crate) fn enrich(
    enricher: &Enricher,
    tenant: &Tenant,
    event: Event,
    origin: usize,
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
    Enriched { event, around, origin }
}

/// Scores events in their order, user by user. Every user concerned must be in `locked`.
pub(crate) fn run(
    tenant: &Tenant,
    mut locked: HashMap<String, LockedUser>,
    events: Vec<Enriched>,
) -> Computed {
    let mut computed = Computed::default();
    for (user_id, events) in by_user(events) {
        let Some(user) = locked.remove(&user_id) else {
            computed.poison.extend(events.iter().map(|enriched| enriched.origin));
            continue;
        };
        score_user(tenant, user, events, &mut computed);
    }
    computed
}

/// Groups events by user; within a user they keep their order.
fn by_user(events: Vec<Enriched>) -> Vec<(String, Vec<Enriched>)> {
    let mut groups: Vec<(String, Vec<Enriched>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for enriched in events {
        let user_id = enriched.event.user_id.0.clone();
        let place = *places.entry(user_id.clone()).or_insert(groups.len());
        if place == groups.len() {
            groups.push((user_id, Vec::new()));
        }
        groups[place].1.push(enriched);
    }
    groups
}

/// Scores one user's events. An event that panics is left out, and the user is scored again from
/// the stored state without it: a state half changed must never be kept.
fn score_user(
    tenant: &Tenant,
    user: LockedUser,
    mut events: Vec<Enriched>,
    computed: &mut Computed,
) {
    let (account, outcomes) = loop {
        let mut account = user.account.clone();
        match score_all(tenant, &mut account, &events) {
            Ok(outcomes) => break (account, outcomes),
            Err(place) => {
                let poison = events.remove(place);
                tracing::error!(event.id = %poison.event.id, "scoring panicked");
                computed.poison.push(poison.origin);
            }
        }
    };
    let Some((last, last_outcome)) = events.last().zip(outcomes.last()) else {
        return;
    };
    computed.users.push(ScoredUser {
        user_no: user.user_no,
        user_id: last.event.user_id.0.clone(),
        trust: last_outcome.trust,
        last_ip: last.event.ip,
        country: last.around.country().map(|country| country.to_string()),
        account,
    });
    let mut known = user.account;
    for (enriched, outcome) in events.into_iter().zip(outcomes) {
        let Enriched { mut event, around, .. } = enriched;
        keep_changes(&mut event, &mut known);
        let language = event.language.as_deref().unwrap_or_default();
        let user_agent_id =
            event.user_agent.as_deref().map(|text| Enricher::user_agent_id(text, language));
        let user_no = user.user_no;
        computed.events.push(ScoredEvent { event, user_no, around, user_agent_id, outcome });
    }
}

/// Scores events; an error is the place of the event that panicked.
fn score_all(
    tenant: &Tenant,
    account: &mut Account,
    events: &[Enriched],
) -> Result<Vec<Outcome>, usize> {
    let mut outcomes = Vec::with_capacity(events.len());
    for (place, enriched) in events.iter().enumerate() {
        let attempt =
            AssertUnwindSafe(|| score(account, &enriched.event, &enriched.around, &tenant.rules));
        outcomes.push(catch_unwind(attempt).map_err(|_| place)?);
    }
    Ok(outcomes)
}

/// Keeps contact details only where they change what is known: that is all a later replay needs,
/// and most trackers send them with every event.
fn keep_changes(event: &mut Event, known: &mut Account) {
    let state = &mut known.state;
    let has_failed = event.has_failed();
    let keep = |sent: &mut Option<String>, known: &mut Option<String>| {
        if has_failed || sent == known {
            *sent = None;
        } else if sent.is_some() {
            known.clone_from(sent);
        }
    };
    keep(&mut event.email, &mut state.email);
    keep(&mut event.phone, &mut state.phone);
    keep(&mut event.first_name, &mut state.first_name);
    keep(&mut event.last_name, &mut state.last_name);
    keep(&mut event.full_name, &mut state.full_name);
    let created_us = event.user_created.map(innerwall_event::Timestamp::as_micros);
    if has_failed || created_us == state.created_us {
        event.user_created = None;
    } else if created_us.is_some() {
        state.created_us = created_us;
    }
}
