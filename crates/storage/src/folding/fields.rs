//! Changes of fields, each once.

use innerwall_features::changes::{Changes, FieldEdit, FieldPlace};

use crate::columns::Columns;
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::time::PgTime;

pub(crate) const ADD: &str = "
    INSERT INTO field_changes (tenant_id, event_time, event_id, place, entity_id, user_no,
        old_value, new_value, parent_id, parent_name)
    SELECT $1, event_time, event_id, place, entity_id, user_no, old_value, new_value, parent_id,
        parent_name
    FROM unnest($2::timestamptz[], $3::uuid[], $4::smallint[], $5::bigint[], $6::bigint[],
                $7::text[], $8::text[], $9::text[], $10::text[])
        AS new(event_time, event_id, place, entity_id, user_no, old_value, new_value, parent_id,
               parent_name)
    ON CONFLICT DO NOTHING";

/// Adds the changes of fields.
pub(super) async fn add(tx: &TenantTx<'_>, changes: &Changes) -> Result<(), StorageError> {
    if changes.fields.is_empty() {
        return Ok(());
    }
    let rows: Vec<(&FieldPlace, &FieldEdit)> = changes.fields.iter().collect();
    let columns = Columns::of(&rows)
        .add(|(place, _)| PgTime(place.time))
        .add(|(place, _)| place.event_id)
        .add(|(place, _)| place.place)
        .add(|(_, edit)| edit.field)
        .add(|(_, edit)| edit.user_no)
        .add(|(_, edit)| edit.old_value.as_deref())
        .add(|(_, edit)| edit.new_value.as_str())
        .add(|(_, edit)| edit.parent_id.as_deref())
        .add(|(_, edit)| edit.parent_name.as_deref());
    tx.execute(ADD, &columns.after(&[&tx.tenant().0])).await?;
    Ok(())
}
