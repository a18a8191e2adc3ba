//! What is answered to those who wait for a verdict.

use innerwall_event::Event;
use innerwall_scoring::{Decided, DecidedHit, Rulebook, decide_stored};
use innerwall_storage::verdicts::{self, NewVerdict};
use innerwall_storage::{StorageError, TenantTx, claims};
use innerwall_wire::{Batch, Reply, Verdict, VerdictHit};

use super::admit::{Admitted, Fate};

/// One answer per batch whose producer wants one. What is not known is not answered.
pub(super) async fn replies(
    tx: &TenantTx<'_>,
    book: &Rulebook,
    batches: &[Batch],
    admitted: &Admitted,
) -> Result<Vec<Option<Reply>>, StorageError> {
    let mut replies = Vec::with_capacity(batches.len());
    for (batch, fate) in batches.iter().zip(&admitted.fates) {
        let event = batch.events.first().filter(|_| batch.wants_verdict);
        replies.push(match (event, fate) {
            (None, _) => None,
            (Some(_), Some(Fate::Conflict)) => Some(Reply::Conflict),
            (Some(_), Some(Fate::Parked)) => Some(Reply::Parked),
            (Some(event), Some(Fate::Scored | Fate::Duplicate) | None) => {
                match admitted.verdicts.get(&event.id) {
                    Some(decided) => Some(Reply::Verdict(told(decided))),
                    None => known(tx, book, event).await?,
                }
            }
        });
    }
    Ok(replies)
}

/// What became of an event that took effect before.
async fn known(
    tx: &TenantTx<'_>,
    book: &Rulebook,
    event: &Event,
) -> Result<Option<Reply>, StorageError> {
    if claims::is_claimed_for_other(tx, event.id, event.digest).await? {
        return Ok(Some(Reply::Conflict));
    }
    if let Some(stored) = verdicts::find(tx, &[event.id]).await?.get(&event.id) {
        let is_same = stored.is_about(event.digest);
        return Ok(Some(if is_same {
            Reply::Verdict(told(&stored.decided))
        } else {
            Reply::Conflict
        }));
    }
    if verdicts::is_parked(tx, event.id).await? {
        return Ok(Some(Reply::Parked));
    }
    let decided = derived(tx, book, event).await?;
    Ok(decided.map(|decided| Reply::Verdict(told(&decided))))
}

/// The verdict about an event that was scored when nobody asked for one. It is kept, so that the
/// answer stays the same when thresholds change.
async fn derived(
    tx: &TenantTx<'_>,
    book: &Rulebook,
    event: &Event,
) -> Result<Option<Decided>, StorageError> {
    let Some(scored) = verdicts::scored(tx, event.id).await? else { return Ok(None) };
    let hit = |hit: &innerwall_scoring::EventHit| {
        DecidedHit::new(book, hit.rule, &hit.reason, (hit.points, hit.is_shadow))
    };
    let hits = scored.event_hits.iter().map(hit).collect();
    let both = (scored.trust, scored.risk);
    let decided = decide_stored(both, hits, book.rules.thresholds, scored.rule_set);
    let new = NewVerdict {
        event_id: event.id,
        event_time: scored.event_time,
        user_no: scored.user_no,
        digest: event.digest,
        decided: decided.clone(),
    };
    verdicts::add(tx, scored.rule_set, &[new]).await?;
    Ok(Some(decided))
}

/// A verdict as it travels to the gateway.
fn told(decided: &Decided) -> Verdict {
    let hit = |hit: &DecidedHit| VerdictHit {
        rule_id: hit.rule_id.clone(),
        name: hit.name.clone(),
        reason: hit.reason.clone(),
        points: hit.points.into(),
        mode: hit.mode.name().to_owned(),
    };
    Verdict {
        verdict: decided.verdict.name().to_owned(),
        policy: decided.policy.clone(),
        reason: decided.reason.clone(),
        trust: decided.trust.into(),
        risk: decided.risk.map(u32::from),
        hits: decided.hits.iter().map(hit).collect(),
        rule_set: decided.rule_set,
    }
}
