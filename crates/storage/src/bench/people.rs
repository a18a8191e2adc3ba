//! Users and their states.

use super::events::{FIRST_NAMES, LAST_NAMES};
use super::{Crowd, Scenery, address, chance, everybody, make_room, pick};
use crate::error::StorageError;
use crate::pool::Connection;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const TAKE_NUMBERS: &str = "
    SELECT setval('user_numbers', nextval('user_numbers') + $1::bigint) - $1::bigint";
pub(crate) const ADD_STATES: &str = "
    INSERT INTO user_state (tenant_id, user_no, user_id, account)
    SELECT $1, $2::bigint + u, 'user-' || lpad(u::text, 6, '0'),
        ($4::bytea[])[(1 + u % cardinality($4::bytea[]))::int]
    FROM generate_series(1, $3::bigint) AS u";
pub(crate) const ADD_USERS: &str = concat!(
    "INSERT INTO users (tenant_id, user_no, user_id, first_seen, last_seen, seen_bucket, created_at,
        event_count, rule_set, trust, email, phone, first_name, last_name, country, last_ip, rules,
        top_reason)
     WITH ",
    everybody!(),
    ", seen AS (
        SELECT user_no, min(event_time) AS first_seen, max(event_time) AS last_seen,
            count(*) AS events
        FROM events WHERE tenant_id = $1 GROUP BY user_no)
     SELECT $1, user_no, 'user-' || lpad(u::text, 6, '0'), seen.first_seen, seen.last_seen,
        date_bin('5 minutes', seen.last_seen, 'epoch'::timestamptz), first_at, seen.events, 1, trust,
        'person' || u || '@mail' || floor(60 * power(",
    chance!("u", "31"),
    ", 3)) || '.example',
        CASE WHEN u % 3 = 0 THEN '+4915' || lpad(u::text, 8, '0') END,
        ",
    pick!("$9::text[]", chance!("u", "32")),
    ", ",
    pick!("$10::text[]", chance!("u", "33")),
    ", ($8::text[])[home], ",
    address!("home", "u"),
    ",
        firing.rules, CASE WHEN cardinality(firing.rules) > 0 THEN 'More often than usual.' END
     FROM people JOIN seen USING (user_no)
     CROSS JOIN LATERAL (SELECT coalesce(array_agg(DISTINCT ",
    pick!("$11::text[]", chance!("(u * 8 + nth)", "36")),
    "), '{}') AS rules FROM generate_series(1, (99 - trust) / 15) AS nth) AS firing"
);

/// Takes numbers for users; gives the one before the first.
pub async fn take_numbers(connection: &Connection, users: i64) -> Result<i64, StorageError> {
    Ok(connection.0.query_one(TAKE_NUMBERS, &[&users]).await?.get(0))
}

/// Adds the users of events that are there.
pub async fn meet(tx: &TenantTx<'_>, crowd: &Crowd, scenery: &Scenery) -> Result<(), StorageError> {
    make_room(tx).await?;
    let Crowd { events, users, before, .. } = *crowd;
    let (first, last) = (PgTime(crowd.from), PgTime(crowd.to));
    let tenant = tx.tenant().0;
    tx.execute(ADD_STATES, &[&tenant, &before, &users, &scenery.accounts]).await?;
    let countries: Vec<&str> = scenery.places.iter().map(|place| &*place.country).collect();
    let places = i32::try_from(scenery.places.len()).unwrap_or(i32::MAX);
    tx.execute(
        ADD_USERS,
        &[
            &tenant,
            &before,
            &users,
            &events,
            &first,
            &last,
            &places,
            &countries,
            &FIRST_NAMES.as_slice(),
            &LAST_NAMES.as_slice(),
            &scenery.rules,
        ],
    )
    .await?;
    Ok(())
}
