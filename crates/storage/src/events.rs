//! Storing scored events.

use innerwall_event::{Event, HttpMethod};
use innerwall_features::Surroundings;
use innerwall_rules::RuleId;
use innerwall_scoring::Outcome;
use prost::Message;
use uuid::Uuid;

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

/// Separates the members of a list in one parameter; it occurs in none of them.
const SEPARATOR: &str = "\u{1f}";

pub(crate) const INSERT: &str = "
    INSERT INTO events (
        tenant_id, rule_set, event_id, event_time, received_at, user_no, device_id, user_agent_id,
        amount_micros, user_created, user_seq, session_no, surroundings, kind, http_code,
        http_method, trust, risk, ip, country, custom_kind, client_id, language, url, page_title,
        referer, email, phone, first_name, last_name, full_name, session_id, trace_id, payload,
        field_history, currency, custom, corrections, hits, hits_ended, event_hits)
    SELECT $1, $2, event_id, event_time, received_at, user_no, device_id, user_agent_id,
        amount_micros, user_created, user_seq, session_no, surroundings, kind, http_code,
        http_method, trust, risk, ip, country, custom_kind, client_id, language, url, page_title,
        referer, email, phone, first_name, last_name, full_name, session_id, trace_id, payload,
        field_history::jsonb, currency, custom, string_to_array(corrections, E'\\x1f'),
        string_to_array(hits, E'\\x1f'), string_to_array(hits_ended, E'\\x1f'),
        event_hits::jsonb
    FROM unnest(
        $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::bigint[], $8::bigint[],
        $9::bigint[], $10::timestamptz[], $11::int[], $12::int[], $13::bytea[], $14::smallint[],
        $15::smallint[], $16::smallint[], $17::smallint[], $18::smallint[], $19::inet[],
        $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::text[], $26::text[],
        $27::text[], $28::text[], $29::text[], $30::text[], $31::text[], $32::text[], $33::text[],
        $34::text[], $35::text[], $36::text[], $37::text[], $38::text[], $39::text[], $40::text[],
        $41::text[])
        AS new(event_id, event_time, received_at, user_no, device_id, user_agent_id,
        amount_micros, user_created, user_seq, session_no, surroundings, kind, http_code,
        http_method, trust, risk, ip, country, custom_kind, client_id, language, url, page_title,
        referer, email, phone, first_name, last_name, full_name, session_id, trace_id, payload,
        field_history, currency, custom, corrections, hits, hits_ended, event_hits)";

/// An event with its answer, ready to be stored.
#[derive(Debug)]
pub struct ScoredEvent {
    /// Contact fields hold a value only where the event changed what was known of the user.
    pub event: Event,
    pub user_no: i64,
    pub around: Surroundings,
    pub user_agent_id: Option<i64>,
    pub outcome: Outcome,
}

/// Stores events in one statement.
pub async fn insert(
    tx: &TenantTx<'_>,
    rule_set: i32,
    events: &[ScoredEvent],
) -> Result<(), StorageError> {
    let columns = with_content(with_scores(with_identity(Columns::of(events))));
    tx.execute(INSERT, &columns.after(&[&tx.tenant().0, &rule_set])).await?;
    Ok(())
}

type EventColumns<'r> = Columns<'r, ScoredEvent>;

fn with_identity(columns: EventColumns<'_>) -> EventColumns<'_> {
    columns
        .add(|row| row.event.id)
        .add(|row| PgTime(row.event.time))
        .add(|row| PgTime(row.event.received_at))
        .add(|row| row.user_no)
        .add(|row| row.around.device.id.cast_signed())
        .add(|row| row.user_agent_id)
        .add(|row| row.event.amount_micros)
        .add(|row| row.event.user_created.map(PgTime))
        .add(|row| row.outcome.folded.sequence.cast_signed())
        .add(|row| row.outcome.folded.session.cast_signed())
        .add(|row| stored_surroundings(&row.around))
}

fn with_scores(columns: EventColumns<'_>) -> EventColumns<'_> {
    columns
        .add(|row| row.event.kind.number())
        .add(|row| row.event.http_code.map(u16::cast_signed))
        .add(|row| row.event.http_method.map(HttpMethod::number))
        .add(|row| i16::from(row.outcome.trust))
        .add(|row| row.outcome.risk.map(i16::from))
        .add(|row| row.event.ip)
        .add(|row| row.around.country().map(|country| country.to_string()))
}

fn with_content(columns: EventColumns<'_>) -> EventColumns<'_> {
    columns
        .add(|row| row.event.kind.custom_name())
        .add(|row| own_name(&row.event))
        .add(|row| row.event.language.as_deref().filter(|_| row.user_agent_id.is_none()))
        .add(|row| row.event.url.as_deref())
        .add(|row| row.event.page_title.as_deref())
        .add(|row| row.event.referer.as_deref())
        .add(|row| row.event.email.as_deref())
        .add(|row| row.event.phone.as_deref())
        .add(|row| row.event.first_name.as_deref())
        .add(|row| row.event.last_name.as_deref())
        .add(|row| row.event.full_name.as_deref())
        .add(|row| row.event.session_id.as_deref())
        .add(|row| row.event.trace_id.as_deref())
        .add(|row| row.event.payload.as_deref())
        .add(|row| history_json(&row.event))
        .add(|row| row.event.currency.as_deref())
        .add(|row| row.event.custom.as_deref())
        .add(|row| joined(row.event.corrections.iter().map(String::as_str)))
        .add(|row| joined(row.outcome.started.iter().map(RuleId::as_str)))
        .add(|row| joined(row.outcome.ended.iter().map(RuleId::as_str)))
        .add(|row| hits_json(&row.outcome))
}

/// What other columns and tables hold is left out.
fn stored_surroundings(around: &Surroundings) -> Vec<u8> {
    let mut stored = around.clone();
    stored.device.id = 0;
    stored.device.browser.clear();
    stored.device.system.clear();
    stored.encode_to_vec()
}

/// The producer's name of the event, unless it is the event id itself.
fn own_name(event: &Event) -> Option<&str> {
    let name = event.client_id.as_deref()?;
    (event.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) != name).then_some(name)
}

fn history_json(event: &Event) -> Option<String> {
    let changes = &event.field_history;
    (!changes.is_empty()).then(|| serde_json::json!(changes).to_string())
}

fn hits_json(outcome: &Outcome) -> Option<String> {
    let hits = &outcome.event_hits;
    (!hits.is_empty()).then(|| serde_json::json!(hits).to_string())
}

fn joined<'t>(items: impl Iterator<Item = &'t str>) -> Option<String> {
    let items: Vec<&str> = items.collect();
    (!items.is_empty()).then(|| items.join(SEPARATOR))
}
