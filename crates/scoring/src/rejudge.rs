//! Judging a user again by other rules, without a new event.

use innerwall_event::Timestamp;
use innerwall_features::{Flags, facts_after};
use innerwall_rules::{Inputs, RuleId, Scope};

use crate::custom::CustomTexts;
use crate::hit::NotEvaluated;
use crate::judge::{Cause, Judged};
use crate::rulebook::Rulebook;
use crate::score::Account;
use crate::windows::{Past, values_after};

/// What lists say about a user now, where it was judged again because they changed. Kept with the
/// change of the score, so that scoring again takes it at the same place.
#[derive(Clone, Copy, PartialEq, prost::Message)]
pub struct Relisted {
    /// Bits of `SharedFlag` as of the last event.
    #[prost(message, required, tag = "1")]
    pub flags: Flags,
    /// When the user last came from an address that is blocked now, in microseconds.
    #[prost(int64, optional, tag = "2")]
    pub blocked_at_us: Option<i64>,
}

impl Relisted {
    /// Takes over what lists say now, as if the last event had seen it; gives whether that is news.
    pub fn apply(&self, account: &mut Account, last: &mut Past) -> bool {
        let known = (account.state.contact, account.state.memory.clone(), last.around.shared.flags);
        let blocked_at = self.blocked_at_us.map(Timestamp::from_micros);
        account.state.relist(self.flags, blocked_at);
        last.around.shared.flags = self.flags;
        known != (account.state.contact, account.state.memory.clone(), self.flags)
    }
}

/// What judging again changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejudged {
    pub trust_before: u8,
    pub trust: u8,
    pub started: Vec<RuleId>,
    pub ended: Vec<RuleId>,
    /// Rules that could not be judged.
    pub not_evaluated: Vec<NotEvaluated>,
}

/// Judges an account by a rule book as of its last event. The private windows of the account must
/// be those of the rule book ([`crate::rebuild`]). A rule that needs what only the event's own
/// moment knew keeps its hit.
pub fn rejudge(account: &mut Account, last: &Past, book: &Rulebook) -> Rejudged {
    let trust_before = account.trust();
    let Past { event, around, session } = last;
    let facts = facts_after(&account.state, event, around, &book.lists);
    let custom = CustomTexts::of(event);
    let inputs = Inputs {
        facts: &facts,
        windows: &[],
        custom: &custom,
        lists: &book.lists,
        now: event.time,
    };
    let values = values_after(book, last, &account.state, &custom, &inputs);
    let inputs = Inputs { windows: &values, ..inputs };
    debug_assert!(*session <= account.state.sessions, "a session of another user");
    let rules = book.rules.rules_for(event.kind.name());
    let judged = Judged::of(rules.filter(|known| known.rule.scope == Scope::User), &inputs);
    let cause = Cause { event, rule_set: book.rules.version };
    let started = judged.start_hits(&mut account.hits, &cause, &inputs);
    let is_rule = |rule: RuleId| book.rules.rule(rule.as_str()).is_some();
    let mut ended = judged.end_decided_hits(&mut account.hits);
    let gone = account.hits.iter().filter(|hit| !is_rule(hit.rule)).map(|hit| hit.rule);
    ended.extend(gone.collect::<Vec<_>>());
    account.hits.retain(|hit| is_rule(hit.rule));
    let not_evaluated = judged.into_not_evaluated();
    Rejudged { trust_before, trust: account.trust(), started, ended, not_evaluated }
}
