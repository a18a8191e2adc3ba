//! Lines of the logbook and of the audit log, and erasures.

use super::{chance, make_room};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

/// The database gives each its place in the chain.
pub(crate) const ADD_AUDIT: &str = "
    INSERT INTO audit_log (tenant_id, at, actor, action, detail)
    SELECT $1, now() - ($2::int - line) * interval '1 minute', 'person' || line % 7 || '@bench.example',
        (ARRAY['list.add', 'list.remove', 'export.begun', 'sign_in', 'rules.publish'])[1 + line % 5],
        'line ' || line
    FROM generate_series(1, $2) AS line";
pub(crate) const ADD_LOGBOOK: &str = concat!(
    "INSERT INTO logbook (tenant_id, at, accepted, refused, corrections, status, source, producer,
        endpoint, code, field, detail, body)
     SELECT $1, now() - ($2::int - line) * interval '20 seconds',
        CASE WHEN is_refused THEN 0 ELSE 20 END, CASE WHEN is_refused THEN 1 ELSE 0 END, line % 3,
        CASE WHEN is_refused THEN 422 ELSE 202 END, inet '203.0.113.0' + line % 200,
        'shop' || line % 5, CASE WHEN line % 4 = 0 THEN '/sensor/' ELSE '/v1/events' END,
        CASE WHEN is_refused THEN 'invalid_event' END, CASE WHEN is_refused THEN 'ip' END,
        CASE WHEN is_refused THEN 'not an address' END,
        CASE WHEN is_refused THEN '{\"user_id\": \"user-' || line || '\"}' END
     FROM (SELECT line, ",
    chance!("line", "51"),
    " < 0.4 AS is_refused FROM generate_series(1, $2) AS line) AS sent"
);
pub(crate) const ADD_ERASURES: &str = "
    INSERT INTO erasures (tenant_id, subject, state, rows_erased, requested_by, requested_at,
        started_at, finished_at)
    SELECT $1, sha256(convert_to('gone' || number, 'UTF8')), 'done', 40, 'bench',
        now() - number * interval '1 hour', now() - number * interval '1 hour',
        now() - number * interval '1 hour'
    FROM generate_series(1, $2::int) AS number";

const AUDIT: i32 = 20_000;
/// As many as are kept of a tenant.
const LOGBOOK: i32 = 10_000;
const ERASURES: i32 = 200;

/// Adds lines that operators read.
pub async fn note(tx: &TenantTx<'_>) -> Result<(), StorageError> {
    make_room(tx).await?;
    let tenant = tx.tenant().0;
    for (statement, rows) in [(ADD_AUDIT, AUDIT), (ADD_LOGBOOK, LOGBOOK), (ADD_ERASURES, ERASURES)]
    {
        tx.execute(statement, &[&tenant, &rows]).await?;
    }
    Ok(())
}
