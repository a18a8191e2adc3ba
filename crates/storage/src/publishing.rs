//! Making a content the rule set in use: the new version, the job that judges everybody by it, and
//! the note of who did it, all of it or nothing.

use innerwall_rules::RuleSetContent;

use crate::audit::{self, Note};
use crate::error::StorageError;
use crate::tenant_tx::TenantTx;
use crate::{rescore, rule_sets};

/// A change of a tenant's rules.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// The version that the change was made from.
    pub base: i32,
    pub content: &'a RuleSetContent,
    pub author: &'a str,
    pub reason: &'a str,
    /// What was done, for the audit log, such as `rule_set.publish`.
    pub action: &'a str,
}

/// Publishes; gives the new version, or `None` when the base is not in use any more. The content
/// must build. Nothing lasts before the transaction commits.
pub async fn publish(
    tx: &TenantTx<'_>,
    publication: &Publication<'_>,
) -> Result<Option<i32>, StorageError> {
    let Publication { base, content, author, reason, action } = *publication;
    let published = rule_sets::publish_content(tx, content, (base, author, reason)).await?;
    let Some(version) = published else { return Ok(None) };
    rescore::request(tx, version, reason).await?;
    let detail = format!("version {version} from {base}: {reason}");
    audit::note(tx, &Note { actor: author, action, detail: &detail }).await?;
    Ok(Some(version))
}
