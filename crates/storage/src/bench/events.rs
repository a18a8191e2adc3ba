//! Events.

use innerwall_event::Timestamp;
use innerwall_features::Surroundings;
use prost::Message;

use super::{Crowd, Scenery, address, chance, everybody, make_room, pick};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Those of a range of time, in the order in which they would have come. A visit in ten is from
/// somewhere else or on another device; every second visit of a user in twenty is from the office.
pub(crate) const ADD: &str = concat!(
    "INSERT INTO events (tenant_id, event_id, event_time, received_at, user_no, device_id,
        user_agent_id, amount_micros, user_created, user_seq, session_no, rule_set, kind, http_code,
        http_method, trust, risk, ip, country, custom_kind, url, page_title, referer, email, phone,
        first_name, last_name, payload, custom, field_history, currency, hits, hits_ended, event_hits,
        surroundings)
     WITH ",
    everybody!(),
    ", happened AS (
        SELECT people.*, k, v, user_no * 262144 + k AS e, at
        FROM people
        CROSS JOIN LATERAL generate_series(1, people.events) AS k
        CROSS JOIN LATERAL (SELECT (k - 1) / each AS v,
            span / visits AS room, least(25, 0.8 * span / visits / each) AS step) AS visit
        CROSS JOIN LATERAL (SELECT first_at + make_interval(secs => room * v
            + ",
    chance!("(user_no * 65536 + v)", "11"),
    " * (room - step * each) + step * ((k - 1) % each)) AS at) AS moment
        WHERE at >= $12 AND at < $13),
     placed AS (
        SELECT happened.*,
            CASE WHEN u % 20 = 0 AND v % 2 = 0 THEN 1
                WHEN ",
    chance!("(user_no * 65536 + v)", "12"),
    " < 0.1 THEN 1 + floor($7 * ",
    chance!("(user_no * 65536 + v)", "13"),
    ")::int
                ELSE home END AS place,
            1 + floor(cardinality($8::bigint[]) * power(CASE WHEN ",
    chance!("(user_no * 65536 + v)", "14"),
    " < 0.1 THEN ",
    chance!("(user_no * 65536 + v)", "15"),
    " ELSE ",
    chance!("u", "16"),
    " END, 2))::int AS device,
            ",
    chance!("e", "17"),
    " AS doing, ",
    chance!("e", "18"),
    " AS what
        FROM happened OFFSET 0),
     done AS (
        SELECT placed.*, CASE WHEN k = 1 THEN 8 WHEN doing < 0.62 THEN 1 WHEN doing < 0.70 THEN 4
            WHEN doing < 0.75 THEN 2 WHEN doing < 0.83 THEN 5 WHEN doing < 0.86 THEN 6
            WHEN doing < 0.885 THEN 7 WHEN doing < 0.90 THEN 11 WHEN doing < 0.93 THEN 13
            WHEN doing < 0.95 THEN 12 WHEN doing < 0.955 THEN 3 WHEN doing < 0.96 THEN 10
            WHEN doing < 0.98 THEN 0 ELSE 1 END AS kind
        FROM placed OFFSET 0)
     SELECT $1, gen_random_uuid(), at, at + interval '200 ms', user_no, ($8::bigint[])[device],
        device * 100 + 1 + u % 6, CASE kind WHEN 0 THEN floor(what * 90000000)::bigint END,
        CASE k WHEN 1 THEN first_at END, k, v + 1, 1, kind,
        CASE kind WHEN 7 THEN 401 WHEN 12 THEN CASE WHEN what < 0.7 THEN 404 ELSE 500 END
            ELSE 200 END,
        CASE WHEN kind IN (1, 4, 12) THEN 1 ELSE 2 END,
        greatest(0, trust - CASE WHEN k % 40 BETWEEN 5 AND 24 THEN 10 ELSE 0 END),
        CASE WHEN what < 0.02 THEN 60 + floor(what * 1900) ELSE floor(what * 30) END,
        CASE WHEN u % 20 = 0 AND v % 2 = 0 THEN inet '11.0.0.7'
            WHEN place = home THEN ",
    address!("place", "u"),
    " ELSE ",
    address!("place", "(user_no * 65536 + v)"),
    " END,
        ($11::text[])[place], CASE kind WHEN 0 THEN 'purchase' END,
        CASE kind WHEN 4 THEN '/search?q=' || floor(what * 5000) WHEN 5 THEN '/login'
            WHEN 6 THEN '/logout' WHEN 7 THEN '/login' WHEN 8 THEN '/register'
            WHEN 11 THEN '/account' WHEN 10 THEN '/account/password' WHEN 0 THEN '/checkout'
            ELSE '/items/' || floor(4000 * power(what, 3)) END,
        CASE kind WHEN 1 THEN 'Item ' || floor(4000 * power(what, 3)) END,
        CASE WHEN kind = 1 AND what < 0.3 THEN 'https://shop.example/items' END,
        CASE k WHEN 1 THEN 'person' || u || '@mail' || floor(60 * power(",
    chance!("u", "31"),
    ", 3)) || '.example' END,
        CASE WHEN k = 1 AND u % 3 = 0 THEN '+4915' || lpad(u::text, 8, '0') END,
        CASE k WHEN 1 THEN ",
    pick!("$14::text[]", chance!("u", "32")),
    " END,
        CASE k WHEN 1 THEN ",
    pick!("$15::text[]", chance!("u", "33")),
    " END,
        CASE WHEN kind = 4 THEN '{\"field_id\":\"search\",\"value\":\"' || floor(what * 5000) || '\"}' END,
        CASE kind WHEN 0 THEN '{\"payment_method\":\"card-' || u || '\"}' END,
        CASE kind WHEN 13 THEN jsonb_build_array(jsonb_build_object(
            'field_id', 'field' || floor(80 * what * what), 'field_name', 'Field',
            'old_value', 'value ' || k, 'new_value', 'value ' || (k + 1),
            'parent_id', 'record' || floor(what * 9000))) END,
        CASE kind WHEN 0 THEN 'EUR' END,
        CASE k % 40 WHEN 5 THEN ARRAY[",
    pick!("$16::text[]", chance!("(u + k / 40)", "34")),
    "] END,
        CASE k % 40 WHEN 25 THEN ARRAY[",
    pick!("$16::text[]", chance!("(u + k / 40)", "34")),
    "] END,
        CASE WHEN what < 0.02 THEN jsonb_build_array(jsonb_build_object('rule', ",
    pick!("$16::text[]", chance!("e", "35")),
    ", 'points', 10, 'reason', 'More often than usual.')) END,
        ($10::bytea[])[place] || ($9::bytea[])[device]
     FROM done ORDER BY at"
);

pub(super) const FIRST_NAMES: [&str; 16] = [
    "Anna", "Ben", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Katja",
    "Luis", "Marie", "Nils", "Olga", "Paul",
];
pub(super) const LAST_NAMES: [&str; 16] = [
    "Adler", "Berg", "Conti", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ivanov", "Jansen",
    "Keller", "Larsen", "Moreau", "Novak", "Okafor", "Peters",
];

/// Adds the events of a range of time; gives how many.
pub async fn happen(
    tx: &TenantTx<'_>,
    crowd: &Crowd,
    scenery: &Scenery,
    (from, to): (Timestamp, Timestamp),
) -> Result<u64, StorageError> {
    make_room(tx).await?;
    let Crowd { events, users, before, .. } = *crowd;
    let devices: Vec<i64> = scenery.devices.iter().map(|device| device.id).collect();
    let of_devices = encoded(scenery.devices.iter().map(|device| &device.around));
    let of_places = encoded(scenery.places.iter().map(|place| &place.around));
    let countries: Vec<&str> = scenery.places.iter().map(|place| &*place.country).collect();
    let places = i32::try_from(scenery.places.len()).unwrap_or(i32::MAX);
    let (first, last) = (PgTime(crowd.from), PgTime(crowd.to));
    let (from, to) = (PgTime(from), PgTime(to));
    let tenant = tx.tenant().0;
    tx.execute(
        ADD,
        &[
            &tenant,
            &before,
            &users,
            &events,
            &first,
            &last,
            &places,
            &devices,
            &of_devices,
            &of_places,
            &countries,
            &from,
            &to,
            &FIRST_NAMES.as_slice(),
            &LAST_NAMES.as_slice(),
            &scenery.rules,
        ],
    )
    .await
}

/// Surroundings of which each knows a part are added up by putting one behind the other.
fn encoded<'s>(parts: impl Iterator<Item = &'s Surroundings>) -> Vec<Vec<u8>> {
    parts.map(Message::encode_to_vec).collect()
}
