//! Filling an empty tenant with what long use would have left there, to measure how it is read.
//!
//! Set-based, and by the owner of the database. Half of all events are spread over users evenly, the
//! other half by rank; one user has a fiftieth of them, one address is an office, one network has
//! half of all users. What folding counts is not written here: building it anew from the events
//! gives what scoring them one by one would have given.

mod deciding;
mod events;
mod lines;
mod people;
mod things;

use innerwall_event::Timestamp;
use innerwall_features::Surroundings;

use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;

pub use deciding::decide;
pub(crate) use deciding::{ADD_ACTIVITY, ADD_CASES, ADD_CHANGES, ADD_DECISIONS, ADD_ENTRIES};
pub(crate) use deciding::{ADD_LABELS, ADD_NOTES};
pub(crate) use events::ADD as ADD_EVENTS;
pub use events::happen;
pub use lines::note;
pub(crate) use lines::{ADD_AUDIT, ADD_ERASURES, ADD_LOGBOOK};
pub(crate) use people::{ADD_STATES, ADD_USERS, TAKE_NUMBERS};
pub use people::{meet, take_numbers};
pub use things::touch;
pub(crate) use things::{ADD_ADDRESS_USERS, ADD_ADDRESSES, ADD_AGENTS, ADD_CONTACTS};
pub(crate) use things::{ADD_DEVICES, ADD_NETWORKS};

/// Filling takes longer than any statement of a service may, and sorts whole weeks of events.
pub(crate) const MAKE_ROOM: &str = "
    SELECT set_config('statement_timeout', '0', true), set_config('work_mem', '512MB', true),
        set_config('synchronous_commit', 'off', true)";
pub(crate) const TAKE_TIME: &str = "SELECT set_config('statement_timeout', '0', false)";
pub(crate) const SETTLE: &str = "VACUUM (ANALYZE)";

/// How much is to be there, and from when to when.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    pub events: i64,
    pub users: i64,
    /// Users get the numbers behind this one.
    pub before: i64,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// A place that users come from.
#[derive(Clone, Debug)]
pub struct Place {
    pub country: String,
    pub asn: i64,
    pub network: String,
    /// Surroundings that know the address alone.
    pub around: Surroundings,
}

/// A device that users have.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: i64,
    pub kind: String,
    pub label: String,
    pub browser: String,
    pub system: String,
    pub language: String,
    /// User agents, but for the version at the end.
    pub agent: String,
    /// Surroundings that know the device alone.
    pub around: Surroundings,
}

/// Where events come from and what they set off.
#[derive(Clone, Debug)]
pub struct Scenery {
    pub places: Vec<Place>,
    pub devices: Vec<Device>,
    /// Ids of rules that fire now and then.
    pub rules: Vec<String>,
    /// States of users, encoded; users share them.
    pub accounts: Vec<Vec<u8>>,
}

/// A number from 0 to below 1 that hangs on a key and on what it is for.
macro_rules! chance {
    ($key:literal, $purpose:literal) => {
        concat!("((hashint8extended(", $key, ", ", $purpose, ") & 1048575) / 1048576::float8)")
    };
}
pub(crate) use chance;

/// What of a list a number points to, which runs from 0 to below 1.
macro_rules! pick {
    ($list:literal, $($number:tt)+) => {
        concat!("(", $list, ")[1 + floor(cardinality(", $list, ") * ", $($number)+, ")::int]")
    };
}
pub(crate) use pick;

/// Where a place's addresses begin, and how many of them there are.
macro_rules! address {
    ($place:literal, $key:literal) => {
        concat!(
            "(inet '11.0.0.0' + (",
            $place,
            " - 1) * 131072
             + hashint8extended(",
            $key,
            ", 21) % 65536 + 65536)"
        )
    };
}
pub(crate) use address;

/// Every user: how many events in how many visits of how many events each, the first at a time and
/// the visits evenly over a span in seconds, and the place where the user is at home.
macro_rules! everybody {
    () => {
        concat!(
            "people AS MATERIALIZED (
                SELECT u, user_no, events, visits, ceil(events / visits::float8)::int AS each,
                    first_at, span, trust,
                    CASE u % 2 WHEN 0 THEN 1
                        ELSE 2 + floor(($7 - 1) * ", chance!("u", "3"), ")::int END AS home
                FROM (
                    SELECT *, greatest(1, least(ceil(events / 6.0), span / 7200))::int AS visits,
                        $6::timestamptz - make_interval(secs => life) AS first_at
                    FROM (
                        SELECT *, CASE WHEN u <= 50 THEN life - 600
                            WHEN ", chance!("u", "4"), " < 0.3
                            THEN life - least(life, 86400) * ", chance!("u", "5"), "
                            ELSE life * (0.2 + 0.8 * ", chance!("u", "5"), ") END AS span
                        FROM (
                            SELECT u, $2::bigint + u AS user_no,
                                CASE u WHEN 1 THEN $4::bigint / 50 ELSE greatest(1, least($4 / 500,
                                    floor($4 * 0.5 / $3 + $4 * 0.62 / (ln($3) + 0.58) / u
                                        + ", chance!("u", "1"), "))) END::int AS events,
                                extract(epoch FROM $6::timestamptz - $5::timestamptz)::float8 * CASE
                                    WHEN u <= 50 THEN 1
                                    ELSE 0.1 + 0.9 * ", chance!("u", "2"), " END AS life,
                                (99 - floor(98 * power(", chance!("u", "6"), ", 3)))::smallint
                                    AS trust
                            FROM generate_series(1, $3::bigint) AS u) AS born) AS lived) AS visited)"
        )
    };
}
pub(crate) use everybody;

/// Lets the statements of a transaction take their time.
async fn make_room(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    tx.query(MAKE_ROOM, &[]).await?;
    Ok(())
}

/// Does what autovacuum would have done meanwhile.
pub async fn settle(connection: &Connection) -> Result<(), StorageError> {
    connection.0.query(TAKE_TIME, &[]).await?;
    connection.0.execute(SETTLE, &[]).await?;
    Ok(())
}
