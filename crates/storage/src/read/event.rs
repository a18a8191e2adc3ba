//! One event with everything that is stored of it.

use std::net::IpAddr;

use innerwall_event::Timestamp;
use innerwall_features::Surroundings;
use prost::Message;
use tokio_postgres::Row;
use uuid::Uuid;

use super::events::{EventRow, row_of, select_events};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// The hash of the id finds the event in each partition. Ordered by time, the planner would read
/// the whole index of times instead, so the newest is chosen here.
pub(crate) const ONE: &str = select_events!(
    ", events.email, events.phone, events.first_name, events.last_name, events.full_name,
    events.user_created, events.session_id, events.trace_id, events.amount_micros,
    events.currency, events.custom, events.rule_set, events.hits_ended, events.surroundings",
    "AND event_id = $2",
    ""
);
/// Columns that lists read as well.
const LISTED: usize = 29;

/// An event with what lists leave out.
#[derive(Clone, Debug)]
pub struct EventDetail {
    pub listed: EventRow,
    /// This and the other contact fields are there only where the event changed what was known.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub full_name: Option<String>,
    pub user_created: Option<Timestamp>,
    /// The producer's own.
    pub session_id: Option<String>,
    pub trace_id: Option<String>,
    pub amount_micros: Option<i64>,
    pub currency: Option<String>,
    /// JSON text.
    pub custom: Option<String>,
    pub rule_set: i32,
    /// Rules that no longer fired with this event.
    pub hits_ended: Vec<String>,
    /// What enrichment said; empty for events from before it was kept.
    pub around: Surroundings,
}

pub(crate) const NETWORK: &str = "
    SELECT addresses.asn, addresses.announced, networks.name FROM addresses
    LEFT JOIN networks
        ON networks.tenant_id = addresses.tenant_id AND networks.asn = addresses.asn
    WHERE addresses.tenant_id = $1 AND addresses.ip = $2";

/// The network of an address, as it was known when an event came from it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressNetwork {
    pub asn: i64,
    pub name: Option<String>,
    pub announced: Option<String>,
}

/// The network of an address; `None` when nothing is known of it.
pub async fn network(
    tx: &TenantTx<'_>,
    ip: IpAddr,
) -> Result<Option<AddressNetwork>, StorageError> {
    let rows = tx.query(NETWORK, &[&tx.tenant().0, &ip]).await?;
    let network = |row: &Row| {
        let asn: Option<i64> = row.get(0);
        Some(AddressNetwork { asn: asn?, announced: row.get(1), name: row.get(2) })
    };
    Ok(rows.first().and_then(network))
}

/// One event by its id. A producer may use an id again after its horizon, so at most once a week;
/// the newest event is meant.
pub async fn one(tx: &TenantTx<'_>, event_id: Uuid) -> Result<Option<EventDetail>, StorageError> {
    let rows = tx.query(ONE, &[&tx.tenant().0, &event_id]).await?;
    let details = rows.iter().map(detail_of).collect::<Result<Vec<_>, _>>()?;
    Ok(details.into_iter().max_by_key(|detail| detail.listed.event_time))
}

fn detail_of(row: &Row) -> Result<EventDetail, StorageError> {
    Ok(EventDetail {
        listed: row_of(row),
        email: row.get(LISTED),
        phone: row.get(LISTED + 1),
        first_name: row.get(LISTED + 2),
        last_name: row.get(LISTED + 3),
        full_name: row.get(LISTED + 4),
        user_created: row.get::<_, Option<PgTime>>(LISTED + 5).map(|time| time.0),
        session_id: row.get(LISTED + 6),
        trace_id: row.get(LISTED + 7),
        amount_micros: row.get(LISTED + 8),
        currency: row.get(LISTED + 9),
        custom: row.get(LISTED + 10),
        rule_set: row.get(LISTED + 11),
        hits_ended: row.get::<_, Option<Vec<String>>>(LISTED + 12).unwrap_or_default(),
        around: around_of(row.get(LISTED + 13))?,
    })
}

fn around_of(bytes: Option<&[u8]>) -> Result<Surroundings, StorageError> {
    Surroundings::decode(bytes.unwrap_or_default())
        .map_err(|error| StorageError::Corrupt { what: "event", reason: error.to_string() })
}
