//! Trying rules on the users seen last.

use std::time::{Duration, Instant};

use innerwall_scoring::{Rulebook, judge_user, rejudge};
use innerwall_storage::read::rules::{self, SampleUser};
use innerwall_storage::{StorageError, TenantTx, rule_sets};

use super::last_of;
use crate::problem::Problem;
use crate::view::{PreviewView, TriedUser};

/// Users tried.
const SAMPLE_MAX: i64 = 500;
/// The sample ends after this time: windows that are new are filled from many events.
const SAMPLE_WITHIN: Duration = Duration::from_secs(5);

/// Judges the users seen last by a rule book that is not in use, and compares verdicts. What a
/// fresh shared window would count is not known before it is published.
pub(super) async fn sample(
    tx: &TenantTx<'_>,
    (current, book): (&Rulebook, Rulebook),
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
        let Some(tried) = judge(tx, user, (current, &book)).await? else { continue };
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
    (current, book): (&Rulebook, &Rulebook),
) -> Result<Option<TriedUser>, StorageError> {
    let SampleUser { user_id, user_no, mut account } = user;
    let before = account.clone();
    let trust_before = before.trust();
    let Some(last) = last_of(tx, (&user_id, user_no), &mut account, book).await? else {
        return Ok(None);
    };
    let trust_after = rejudge(&mut account, &last, book).trust;
    Ok(Some(TriedUser {
        user_id,
        trust_before,
        trust_after,
        verdict_before: judge_user(&before, &last, current).name(),
        verdict_after: judge_user(&account, &last, book).name(),
    }))
}
