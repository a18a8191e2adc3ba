//! Trying rules on the users seen last.

use std::time::{Duration, Instant};

use innerwall_rules::Thresholds;
use innerwall_scoring::{Rulebook, rejudge};
use innerwall_storage::read::rules::{self, SampleUser};
use innerwall_storage::{StorageError, TenantTx, rule_sets};

use super::last_of;
use crate::problem::Problem;
use crate::view::{PreviewView, TriedUser, verdict};

/// Users tried.
const SAMPLE_MAX: i64 = 500;
/// The sample ends after this time: windows that are new are filled from many events.
const SAMPLE_WITHIN: Duration = Duration::from_secs(5);

/// Judges the users seen last by a rule book that is not in use, and compares verdicts. What a
/// fresh shared window would count is not known before it is published.
pub(super) async fn sample(
    tx: &TenantTx<'_>,
    (thresholds, book): (Thresholds, Rulebook),
) -> Result<PreviewView, Problem> {
    let began = Instant::now();
    let book = rule_sets::counted(tx, book).await?;
    let mut preview = PreviewView {
        rules: book.rules.rules().len(),
        windows: book.rules.windows().len(),
        ..PreviewView::default()
    };
    for user in rules::newest_users(tx, SAMPLE_MAX).await? {
        if began.elapsed() > SAMPLE_WITHIN {
            break;
        }
        let Some(tried) = judge(tx, user, (thresholds, &book)).await? else { continue };
        preview.sampled += 1;
        preview.rescored += usize::from(tried.trust_before != tried.trust_after);
        if tried.verdict_before != tried.verdict_after {
            preview.flips.push(tried);
        }
    }
    Ok(preview)
}

/// `None` for a user whose last event is not stored any more.
async fn judge(
    tx: &TenantTx<'_>,
    user: SampleUser,
    (thresholds, book): (Thresholds, &Rulebook),
) -> Result<Option<TriedUser>, StorageError> {
    let SampleUser { user_id, user_no, mut account } = user;
    let trust_before = account.trust();
    let Some(last) = last_of(tx, (&user_id, user_no), &mut account, book).await? else {
        return Ok(None);
    };
    let trust_after = rejudge(&mut account, &last, book).trust;
    let said =
        |thresholds: Thresholds, trust| verdict(thresholds, trust, trust <= thresholds.review);
    Ok(Some(TriedUser {
        user_id,
        trust_before,
        trust_after,
        verdict_before: said(thresholds, trust_before),
        verdict_after: said(book.rules.thresholds, trust_after),
    }))
}
