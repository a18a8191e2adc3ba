//! What people and automation decided: lists, decisions, cases with notes, labels, scores.

use super::{Scenery, chance, make_room};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;

const ACTOR: &str = "bench";

pub(crate) const ADD_ENTRIES: &str = "
    INSERT INTO list_causes (tenant_id, list, kind, value, reason, author, created_at, source)
     SELECT $1, (ARRAY['block', 'block', 'allow', 'watch'])[(1 + user_no % 4)::int], kind, value,
        'As agreed.', $2, last_seen, 'person'
     FROM users CROSS JOIN LATERAL (VALUES ('user', user_id), ('email', email), ('phone', phone),
        ('address', host(last_ip))) AS named(kind, value)
     WHERE tenant_id = $1 AND value IS NOT NULL AND user_no % 20 = 0
     ON CONFLICT DO NOTHING";
pub(crate) const ADD_DECISIONS: &str = "
    INSERT INTO decisions (tenant_id, at, kind, value, action, source, actor, reason, is_decided)
    SELECT $1, last_seen - nth * interval '1 hour', 'user', user_id,
        (ARRAY['block', 'unblock', 'watch', 'clear'])[(1 + (user_no + nth) % 4)::int], 'person', $2,
        'As agreed.', true
    FROM users CROSS JOIN generate_series(3, 1, -1) AS nth
    WHERE tenant_id = $1 AND user_no % 10 = 0 ORDER BY 2";
/// One in ten users was looked at; a quarter of the cases is open.
pub(crate) const ADD_CASES: &str = concat!(
    "INSERT INTO cases (tenant_id, user_no, user_id, opened_at, source, opened_by, reason, rule,
        trust, state, outcome, decided_at, decided_by)
     SELECT $1, user_no, user_id, last_seen, 'threshold', 'automation', 'Trust fell.', rules[1],
        trust, CASE WHEN is_open THEN 'open' ELSE 'decided' END,
        CASE WHEN NOT is_open THEN (ARRAY['legitimate', 'fraud', 'closed'])[(1 + user_no % 3)::int] END,
        CASE WHEN NOT is_open THEN last_seen + interval '1 hour' END,
        CASE WHEN NOT is_open THEN $2 END
     FROM (SELECT *, ",
    chance!("user_no", "41"),
    " < 0.25 AS is_open FROM users WHERE tenant_id = $1 AND trust < 72 ORDER BY last_seen) AS low
     WHERE ",
    chance!("user_no", "42"),
    " < 0.35"
);
pub(crate) const ADD_NOTES: &str = "
    INSERT INTO notes (tenant_id, case_id, user_no, at, author, text)
    SELECT $1, id, user_no, opened_at, $2, 'Looked at it.' FROM cases
    WHERE tenant_id = $1 AND id % 2 = 0";
pub(crate) const ADD_LABELS: &str = "
    INSERT INTO labels (tenant_id, user_no, event_id, label, source, actor, reason, labelled_at,
        rules)
    SELECT $1, cases.user_no, '00000000-0000-0000-0000-000000000000', cases.outcome, 'person', $2,
        'As it turned out.', cases.decided_at, users.rules
    FROM cases JOIN users ON users.tenant_id = $1 AND users.user_no = cases.user_no
    WHERE cases.tenant_id = $1 AND cases.outcome IN ('fraud', 'legitimate')
    ON CONFLICT DO NOTHING";
pub(crate) const ADD_CHANGES: &str = "
    INSERT INTO score_changes (tenant_id, user_no, at, rule_set, trust_before, trust_after, started,
        reason)
    SELECT $1, user_no, last_seen, 1, least(trust + 10, 99), trust, rules, 'New rules.'
    FROM users WHERE tenant_id = $1 AND user_no % 2 = 0";
pub(crate) const ADD_ACTIVITY: &str = "
    INSERT INTO rule_activity (tenant_id, rule, last_fired)
    SELECT $1, rule, now() FROM unnest($2::text[]) AS rule";

/// Adds decisions about users that are there.
pub async fn decide(tx: &TenantTx<'_>, scenery: &Scenery) -> Result<(), StorageError> {
    make_room(tx).await?;
    let tenant = tx.tenant().0;
    for statement in [ADD_ENTRIES, ADD_DECISIONS, ADD_CASES, ADD_NOTES, ADD_LABELS] {
        tx.execute(statement, &[&tenant, &ACTOR]).await?;
    }
    tx.execute(ADD_CHANGES, &[&tenant]).await?;
    tx.execute(ADD_ACTIVITY, &[&tenant, &scenery.rules]).await?;
    Ok(())
}
