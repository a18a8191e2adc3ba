//! Sessions of users.

use std::collections::HashMap;

use innerwall_features::Country;
use innerwall_features::changes::{Changes, Members, SessionStart, SessionSum};

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

const HASH_BYTES: usize = 4;

pub(crate) const LOAD: &str = "
    SELECT found.user_no, found.session_no, started_at, ip, country, device_id, ended_at, events,
        alerts, login_failures, address_hashes, device_hashes
    FROM unnest($2::bigint[], $3::int[]) AS wanted(user_no, session_no)
    CROSS JOIN LATERAL (
        SELECT * FROM sessions WHERE tenant_id = $1 AND user_no = wanted.user_no
            AND session_no = wanted.session_no) AS found";
pub(crate) const PUT: &str = "
    INSERT INTO sessions (tenant_id, user_no, session_no, started_at, ip, country, device_id,
        ended_at, events, alerts, login_failures, address_hashes, device_hashes, addresses, devices)
    SELECT $1, user_no, session_no, started_at, ip, country, device_id, ended_at, events, alerts,
        login_failures, address_hashes, device_hashes, addresses, devices
    FROM unnest($2::bigint[], $3::int[], $4::timestamptz[], $5::inet[], $6::text[], $7::bigint[],
                $8::timestamptz[], $9::int[], $10::int[], $11::int[], $12::bytea[], $13::bytea[],
                $14::smallint[], $15::smallint[])
        AS new(user_no, session_no, started_at, ip, country, device_id, ended_at, events, alerts,
               login_failures, address_hashes, device_hashes, addresses, devices)
    ON CONFLICT (tenant_id, user_no, session_no) DO UPDATE SET
        started_at = EXCLUDED.started_at, ip = EXCLUDED.ip, country = EXCLUDED.country,
        device_id = EXCLUDED.device_id, ended_at = EXCLUDED.ended_at, events = EXCLUDED.events,
        alerts = EXCLUDED.alerts, login_failures = EXCLUDED.login_failures,
        address_hashes = EXCLUDED.address_hashes, device_hashes = EXCLUDED.device_hashes,
        addresses = EXCLUDED.addresses, devices = EXCLUDED.devices";

type Row = ((i64, u32), SessionSum);

/// Writes the sessions with what changes add to them.
pub(super) async fn put(tx: &TenantTx<'_>, changes: &Changes) -> Result<(), StorageError> {
    let mut rows: Vec<Row> = changes.sessions.iter().map(|(id, sum)| (*id, sum.clone())).collect();
    let stored = load(tx, &rows).await?;
    for (id, sum) in &mut rows {
        if let Some(before) = stored.get(id) {
            sum.merge(before);
        }
    }
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let count = |members: &Members| i16::try_from(members.len()).unwrap_or(i16::MAX);
    let columns = with_id(Columns::of(&rows))
        .add(|(_, sum)| PgTime(sum.start.at))
        .add(|(_, sum)| sum.start.ip)
        .add(|(_, sum)| Country::from_number(sum.start.country).map(|it| it.to_string()))
        .add(|(_, sum)| sum.start.device.cast_signed())
        .add(|(_, sum)| PgTime(sum.ended_at))
        .add(|(_, sum)| number(sum.events))
        .add(|(_, sum)| number(sum.alerts))
        .add(|(_, sum)| number(sum.login_failures))
        .add(|(_, sum)| to_bytes(&sum.addresses))
        .add(|(_, sum)| to_bytes(&sum.devices))
        .add(|(_, sum)| count(&sum.addresses))
        .add(|(_, sum)| count(&sum.devices));
    tx.execute(PUT, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}

async fn load(
    tx: &TenantTx<'_>,
    rows: &[Row],
) -> Result<HashMap<(i64, u32), SessionSum>, StorageError> {
    let columns = with_id(Columns::of(rows));
    let rows = tx.query(LOAD, &columns.after(&[&tx.tenant().0])).await?;
    let session = |row: &tokio_postgres::Row| {
        let count = |at| row.get::<_, i32>(at).unsigned_abs();
        let country = row.get::<_, Option<&str>>(4).and_then(Country::parse);
        let sum = SessionSum {
            start: SessionStart {
                at: row.get::<_, PgTime>(2).0,
                ip: row.get(3),
                country: country.map_or(0, Country::number),
                device: row.get::<_, i64>(5).cast_unsigned(),
            },
            ended_at: row.get::<_, PgTime>(6).0,
            events: count(7),
            alerts: count(8),
            login_failures: count(9),
            addresses: from_bytes(row.get(10)),
            devices: from_bytes(row.get(11)),
        };
        ((row.get(0), row.get::<_, i32>(1).unsigned_abs()), sum)
    };
    Ok(rows.iter().map(session).collect())
}

fn with_id(columns: Columns<'_, Row>) -> Columns<'_, Row> {
    columns.add(|(id, _)| id.0).add(|(id, _)| i32::try_from(id.1).unwrap_or(i32::MAX))
}

fn to_bytes(members: &Members) -> Vec<u8> {
    members.hashes().flat_map(u32::to_be_bytes).collect()
}

fn from_bytes(bytes: &[u8]) -> Members {
    Members::of(bytes.as_chunks::<HASH_BYTES>().0.iter().map(|hash| u32::from_be_bytes(*hash)))
}
