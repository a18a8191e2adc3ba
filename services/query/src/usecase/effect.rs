//! What a change of the rules would do to the users seen last.

use std::time::{Duration, Instant};

use innerwall_auth::Permission;
use innerwall_event::UserId;
use innerwall_rules::{Mode, RuleSet, RuleSetDiff, RuleSetPatch, Scope, Thresholds, WeightedRule};
use innerwall_scoring::{Account, Band, Hit, Rulebook, rejudge};
use innerwall_storage::read::rules::{self, SampleUser};
use innerwall_storage::{StorageError, TenantTx, rule_sets, tenants};

use super::publish::{self, Change};
use super::{last_of, rule_set};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{BeforeAfter, ChangedBand, Effect, NotEstimated, WeighedRule, rule_name};

/// Users that are judged.
const USERS_MAX: i64 = 1_000;
/// Users whose band changes that are named.
const EXAMPLES_MAX: usize = 25;
/// Judging ends after this time: windows that are new are filled from many events.
const WITHIN: Duration = Duration::from_secs(8);

/// A change as a preview of its effect is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The version that the change was made from, where the caller cares.
    pub(crate) base_version: Option<i32>,
    pub(crate) change: Change,
}

/// The change that chooses a preset and leaves everything else.
pub(crate) fn of_preset(name: String) -> Change {
    Change::Part(RuleSetPatch { preset: Some(Some(name)), ..RuleSetPatch::default() })
}

/// Judges the users seen last as the change would, and compares. Changes nothing.
pub(crate) async fn preview(app: &App, caller: &Caller, asked: Asked) -> Result<Effect, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let current = tenants::rule_set_version(&tx).await?;
    if asked.base_version.is_some_and(|base| base != current) {
        return Err(Problem::BaseNotCurrent { current });
    }
    let base = rule_set::content(&tx, current).await?;
    let content = publish::changed(&tx, &base, asked.change, &caller.name).await?;
    let mut effect = Effect::of(RuleSetDiff::between(&base, &content));
    match publish::build(current + 1, content).await? {
        Err(faults) => effect.faults = faults,
        Ok(book) => {
            let in_use = app.books.current_or_builtin(&tx).await?;
            let book = rule_sets::counted(&tx, book).await?;
            effect.not_estimated = not_estimated(&in_use.rules, &book);
            let both = Both { in_use: &in_use, book: &book };
            both.judge_all(&tx, &mut effect).await?;
        }
    }
    Ok(caller.show(effect))
}

/// The rules in use, and those that might be.
struct Both<'b> {
    in_use: &'b Rulebook,
    book: &'b Rulebook,
}

impl Both<'_> {
    async fn judge_all(&self, tx: &TenantTx<'_>, effect: &mut Effect) -> Result<(), StorageError> {
        let began = Instant::now();
        let users = rules::newest_users(tx, USERS_MAX).await?;
        effect.users_chosen = users.len();
        effect.complete = true;
        for user in users {
            if began.elapsed() > WITHIN {
                effect.complete = false;
                break;
            }
            self.judge(tx, user, effect).await?;
        }
        Ok(())
    }

    /// A user whose last event is not stored any more cannot be judged again, now or later.
    async fn judge(
        &self,
        tx: &TenantTx<'_>,
        user: SampleUser,
        effect: &mut Effect,
    ) -> Result<(), StorageError> {
        let SampleUser { user_id, user_no, account: before } = user;
        let mut after = before.clone();
        let last = last_of(tx, (&user_id, user_no), &mut after, self.book).await?;
        let Some(last) = last else { return Ok(()) };
        rejudge(&mut after, &last, self.book);
        let (from, to) = (before.trust(), after.trust());
        effect.users += 1;
        effect.rescored += usize::from(from != to);
        effect.bands.count(Band::of(from), Band::of(to));
        if user_id != UserId::ANONYMOUS {
            let (old, new) = (self.in_use.rules.thresholds, self.book.rules.thresholds);
            effect.review.count(from <= old.review, to <= new.review);
            effect.blocked.count(is_blocked(old, from), is_blocked(new, to));
        }
        if Band::of(from) == Band::of(to) {
            return Ok(());
        }
        effect.band_changes += 1;
        if effect.examples.len() < EXAMPLES_MAX {
            effect.examples.push(ChangedBand::new(user_id, from, to, self.why(&before, &after)));
        }
        Ok(())
    }

    /// The rules that weigh something else for a user, the most different first.
    fn why(&self, before: &Account, after: &Account) -> Vec<WeighedRule> {
        let weight = |account: &Account, id: &str| {
            let mut hits = account.hits.iter();
            hits.find(|hit| hit.rule.as_str() == id).map_or(0, Hit::weight)
        };
        let hits = before.hits.iter().chain(&after.hits);
        let mut ids: Vec<String> = hits.map(|hit| hit.rule.to_string()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut rules = Vec::new();
        for rule_id in ids {
            let both =
                BeforeAfter { before: weight(before, &rule_id), after: weight(after, &rule_id) };
            if both.before != both.after {
                rules.push(WeighedRule { name: self.name(&rule_id), rule_id, weight: both });
            }
        }
        rules.sort_by_key(|rule| -(rule.weight.after - rule.weight.before).abs());
        rules
    }

    fn name(&self, rule_id: &str) -> String {
        let newest = self.book.rules.rule(rule_id).map(|known| known.rule.name.clone());
        newest.unwrap_or_else(|| rule_name(&self.in_use.rules, rule_id))
    }
}

fn is_blocked(thresholds: Thresholds, trust: u8) -> bool {
    thresholds.block.is_some_and(|block| trust <= block)
}

/// Rules whose effect is not in the numbers: they never ran, and what they need is not stored.
fn not_estimated(in_use: &RuleSet, book: &Rulebook) -> Vec<NotEstimated> {
    let fresh: Vec<&str> = book.uncounted().collect();
    let mut rules = Vec::new();
    for known in book.rules.rules().iter().filter(|known| known.mode != Mode::Off) {
        let is_known = in_use.rule(known.rule.id.as_str()).is_some_and(|old| is_same(old, known));
        if is_known {
            continue;
        }
        let reason = match known.rule.scope {
            Scope::Event => "judges single events, from the next one on",
            Scope::User if reads_any(known, &fresh) => "reads a window that counts nothing yet",
            Scope::User => continue,
        };
        rules.push(NotEstimated {
            rule_id: known.rule.id.to_string(),
            name: known.rule.name.clone(),
            reason,
        });
    }
    rules
}

fn reads_any(known: &WeightedRule, windows: &[&str]) -> bool {
    windows.iter().any(|window| known.rule.reads_window(window))
}

/// Whether a rule ran and weighed the same before.
fn is_same(old: &WeightedRule, new: &WeightedRule) -> bool {
    let effect = |known: &WeightedRule| (known.points, known.mode);
    effect(old) == effect(new) && old.rule.condition == new.rule.condition
}
