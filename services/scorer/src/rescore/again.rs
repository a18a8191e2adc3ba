//! One user judged again without an event, by the newest rules and by what lists say now.

use innerwall_event::Timestamp;
use innerwall_features::SharedFlag;
use innerwall_rules::RuleId;
use innerwall_scoring::{
    CustomTexts, ListKind, Past, Rejudged, Relisted, Subject, Touched, needs_history, rebuild,
    rejudge,
};
use innerwall_storage::accounts::{LockedUser, ScoredUser};
use innerwall_storage::lists::Found;
use innerwall_storage::rescore::{self, ScoreChange};
use innerwall_storage::{StorageError, TenantTx, lists, replay};

use crate::looks::{answers, touched};
use crate::tenants::Tenant;

/// Judges a locked user again and keeps what changed; `None` when the user has no stored event.
pub(crate) async fn judge(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    (user_id, mut user): (String, LockedUser),
    reason: &str,
) -> Result<Option<ScoredUser>, StorageError> {
    let past = if needs_past(tenant, &user) {
        replay::past(tx, &user_id, user.user_no).await?
    } else {
        replay::last(tx, &user_id, user.user_no).await?.into_iter().collect()
    };
    let Some(mut last) = past.last().cloned() else { return Ok(None) };
    if needs_history(&user.account, &tenant.book).is_some() {
        rebuild(&mut user.account, &tenant.book, &past);
    }
    let relisted = relist(tx, tenant, (&user_id, &mut user), &past, &mut last).await?;
    let changed = rejudge(&mut user.account, &last, &tenant.book);
    keep_change(tx, tenant, &user, (&changed, relisted, reason)).await?;
    Ok(Some(scored(user_id, user, &last)))
}

/// The whole past is read only where something needs it.
fn needs_past(tenant: &Tenant, user: &LockedUser) -> bool {
    !tenant.lists.kinds.is_empty() || needs_history(&user.account, &tenant.book).is_some()
}

/// Takes over what lists say now; gives it where it is news.
async fn relist(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    (user_id, user): (&str, &mut LockedUser),
    past: &[Past],
    last: &mut Past,
) -> Result<Option<Relisted>, StorageError> {
    let in_use = &tenant.lists;
    let knows_any =
        SharedFlag::ALL.iter().any(|flag| last.around.shared.flags.get(*flag as u8) == Some(true));
    let was_blocked = user.account.state.was_at_blocked_address();
    if in_use.kinds.is_empty() && !knows_any && !was_blocked {
        return Ok(None);
    }
    let custom = CustomTexts::of(&last.event);
    let state = &user.account.state;
    let (email, phone) = (state.email.clone(), state.phone.clone());
    let subject = Subject {
        event: &last.event,
        around: &last.around,
        custom: &custom,
        known_email: last.event.email.as_deref().or(email.as_deref()),
        known_phone: last.event.phone.as_deref().or(phone.as_deref()),
        session: last.session,
    };
    let about_last = touched(&subject);
    let mut values: Vec<(ListKind, String)> = in_use.values(&about_last);
    values.extend(past.iter().flat_map(|known| in_use.values(&place(user_id, known))));
    values.sort_unstable();
    values.dedup();
    let listed = lists::find(tx, &values).await?;
    let relisted = Relisted {
        flags: answers(in_use, &listed, &about_last),
        blocked_at_us: blocked_at(tenant, &listed, user_id, past).map(Timestamp::as_micros),
    };
    let is_news = relisted.apply(&mut user.account, last);
    Ok(is_news.then_some(relisted))
}

/// When the user last came from an address that is blocked now.
fn blocked_at(tenant: &Tenant, listed: &Found, user_id: &str, past: &[Past]) -> Option<Timestamp> {
    let is_blocked = |known: &&Past| {
        let flags = answers(&tenant.lists, listed, &place(user_id, known));
        flags.get(SharedFlag::AddressBlocked as u8) == Some(true)
    };
    past.iter().filter(is_blocked).map(|known| known.event.time).max()
}

/// Where an event came from.
fn place<'p>(user_id: &'p str, known: &'p Past) -> Touched<'p> {
    let (ip, asn) = (Some(known.event.ip), known.around.address.asn);
    Touched { user_id: Some(user_id), ip, asn, ..Touched::default() }
}

async fn keep_change(
    tx: &TenantTx<'_>,
    tenant: &Tenant,
    user: &LockedUser,
    (changed, relisted, reason): (&Rejudged, Option<Relisted>, &str),
) -> Result<(), StorageError> {
    if changed.trust_before == changed.trust && relisted.is_none() {
        return Ok(());
    }
    let texts = |rules: &[RuleId]| rules.iter().map(ToString::to_string).collect();
    let change = ScoreChange {
        user_no: user.user_no,
        rule_set: tenant.version(),
        trust_before: changed.trust_before,
        trust_after: changed.trust,
        started: texts(&changed.started),
        ended: texts(&changed.ended),
        reason,
        after_seq: user.account.state.events,
        relisted,
    };
    rescore::add_change(tx, &change).await
}

fn scored(user_id: String, user: LockedUser, last: &Past) -> ScoredUser {
    ScoredUser {
        user_no: user.user_no,
        user_id,
        trust: user.account.trust(),
        last_ip: last.event.ip,
        country: last.around.country().map(|country| country.to_string()),
        account: user.account,
    }
}
