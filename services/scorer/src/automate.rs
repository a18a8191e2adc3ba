//! Users whose trust has fallen to a threshold, and what brought it there.

use innerwall_event::UserId;
use innerwall_rules::Thresholds;
use innerwall_scoring::{Account, Hit};
use innerwall_storage::accounts::ScoredUser;
use innerwall_storage::automation::{self, Acted, Fallen, Limits};
use innerwall_storage::{StorageError, TenantTx};
use uuid::Uuid;

use crate::compute::Computed;

/// Acts on the users of scored events.
pub(crate) async fn act(
    tx: &TenantTx<'_>,
    thresholds: Thresholds,
    computed: &Computed,
) -> Result<(), StorageError> {
    let limit = highest(thresholds);
    let first_low = |user: &ScoredUser| {
        let of_user = computed.events.iter().filter(|row| row.user_no == user.user_no);
        of_user.into_iter().find(|row| row.outcome.trust <= limit).map(|row| row.event.id)
    };
    let users = computed.users.iter().filter(|user| is_fallen(user, limit));
    let fallen: Vec<Fallen> = users.map(|user| fallen(user, first_low(user))).collect();
    let acted = automation::act(tx, limits(thresholds, u32::MAX), &fallen).await?;
    count(acted);
    Ok(())
}

/// Acts on users who were judged without an event; blocks at most so many of them.
pub(crate) async fn act_again(
    tx: &TenantTx<'_>,
    thresholds: Thresholds,
    users: &[ScoredUser],
    blocks_max: u32,
) -> Result<Acted, StorageError> {
    let low = users.iter().filter(|user| is_fallen(user, highest(thresholds)));
    let fallen: Vec<Fallen> = low.map(|user| fallen(user, None)).collect();
    let acted = automation::act(tx, limits(thresholds, blocks_max), &fallen).await?;
    count(acted);
    Ok(acted)
}

fn limits(thresholds: Thresholds, blocks_max: u32) -> Limits {
    Limits { review: thresholds.review, block: thresholds.block, blocks_max }
}

fn highest(thresholds: Thresholds) -> u8 {
    thresholds.review.max(thresholds.block.unwrap_or(0))
}

/// The shared account of visitors who are not signed in is nobody to decide about.
fn is_fallen(user: &ScoredUser, limit: u8) -> bool {
    user.trust <= limit && user.user_id != UserId::ANONYMOUS
}

fn fallen(user: &ScoredUser, event_id: Option<Uuid>) -> Fallen {
    let hit = heaviest(&user.account, event_id);
    Fallen {
        user_no: user.user_no,
        user_id: user.user_id.clone(),
        trust: user.trust,
        event_id: event_id.or_else(|| hit.map(|hit| hit.event_id)),
        rule: hit.map(|hit| hit.rule.to_string()),
        reason: hit.map_or_else(|| "low trust".to_owned(), |hit| hit.reason.clone()),
    }
}

/// The weightiest hit that began with an event, else of all.
fn heaviest(account: &Account, event_id: Option<Uuid>) -> Option<&Hit> {
    let against = account.hits.iter().filter(|hit| hit.weight() > 0);
    against.max_by_key(|hit| (Some(hit.event_id) == event_id, hit.weight()))
}

fn count(acted: Acted) {
    metrics::counter!("innerwall_cases_opened_total").increment(acted.cases_opened.into());
    metrics::counter!("innerwall_users_blocked_total").increment(acted.users_blocked.into());
}
