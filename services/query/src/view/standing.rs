//! How users stand, and what was decided about them.

use innerwall_scoring::{Entry, ListKind};
use innerwall_storage::cascade::{Cascade, Skipped};
use innerwall_storage::decisions::DecisionRow;
use innerwall_storage::judgements::Concerned;
use innerwall_storage::standings::{StandingTotals, UserStanding};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// How a user stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Standing)]
pub(crate) struct StandingView {
    /// `blocked`, `allowed`, `in_review` or `normal`.
    pub(crate) status: &'static str,
    pub(crate) is_watched: bool,
    /// The open case.
    pub(crate) case_id: Option<i64>,
    /// Where the block or allowance came from: `person`, `threshold`, `cascade`, `policy`, `token`
    /// or `ctl`.
    pub(crate) source: Option<&'static str>,
    /// The entry of the list that blocks or allows.
    pub(crate) entry_id: Option<i64>,
}

/// How many users stand how.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = StandingTotals)]
pub(crate) struct StandingTotalsView {
    pub(crate) in_review: i64,
    pub(crate) blocked: i64,
    pub(crate) allowed: i64,
    pub(crate) watched: i64,
}

/// A decision.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionView {
    pub(crate) decision_id: i64,
    pub(crate) at: String,
    /// `user`, `address`, `prefix`, `network`, `device`, `email`, `domain` or `phone`.
    pub(crate) kind: String,
    pub(crate) value: String,
    /// `block`, `allow`, `watch`, `unblock`, `unallow`, `unwatch`, `review`, `clear`, `close`,
    /// `undo` or `expire`.
    pub(crate) action: String,
    /// `person`, `threshold`, `cascade`, `policy`, `token` or `ctl`.
    pub(crate) source: String,
    pub(crate) actor: String,
    pub(crate) reason: String,
    pub(crate) expires_at: Option<String>,
    /// The event that caused it.
    pub(crate) event_id: Option<String>,
    /// The rule that caused it.
    pub(crate) rule_id: Option<String>,
    pub(crate) case_id: Option<i64>,
    /// Decisions made by one request.
    pub(crate) batch: Option<String>,
    /// The decision that this one undid.
    pub(crate) undoes: Option<i64>,
}

/// A page of decisions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DecisionPage {
    pub(crate) items: Vec<DecisionView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
}

/// What a decision did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Decided)]
pub(crate) struct DecidedView {
    pub(crate) user_id: String,
    /// Null for a trial.
    pub(crate) decision_id: Option<i64>,
    /// How the user stands afterwards.
    pub(crate) standing: StandingView,
    /// What the block brings with it: what the user alone uses.
    pub(crate) blocked: Vec<ValueView>,
    /// What the block leaves alone, because others use it as well.
    pub(crate) skipped: Vec<SkippedView>,
    pub(crate) judged_again: JudgedAgain,
}

/// A value of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ValueView {
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

/// A value that a block leaves alone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SkippedView {
    pub(crate) kind: &'static str,
    pub(crate) value: String,
    pub(crate) reason: String,
}

/// Whose trust is computed again because of a change.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct JudgedAgain {
    /// Users whose scores follow within seconds.
    pub(crate) users: i64,
    /// Whether there may be more, whose scores follow with their next event.
    pub(crate) is_capped: bool,
}

/// Hides a value of a kind where it is a contact detail.
pub(crate) fn mask_value(kind: &str, value: &mut String) {
    match ListKind::parse(kind) {
        Some(ListKind::Address) => mask::address(value),
        Some(ListKind::Email) => mask::email(value),
        Some(ListKind::Phone) => mask::phone(value),
        Some(
            ListKind::User
            | ListKind::Prefix
            | ListKind::Network
            | ListKind::Device
            | ListKind::Domain,
        )
        | None => {}
    }
}

impl CsvRow for DecisionView {
    const COLUMNS: &'static [&'static str] = &[
        "decision_id",
        "at",
        "kind",
        "value",
        "action",
        "source",
        "actor",
        "reason",
        "expires_at",
        "event_id",
        "rule_id",
        "case_id",
        "batch",
        "undoes",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.number(self.decision_id);
        for text in [&self.at, &self.kind, &self.value, &self.action, &self.source, &self.actor] {
            line.text(text);
        }
        line.text(&self.reason);
        for text in [&self.expires_at, &self.event_id, &self.rule_id] {
            line.maybe(text.as_deref());
        }
        line.maybe_number(self.case_id);
        line.maybe(self.batch.as_deref());
        line.maybe_number(self.undoes);
    }
}

impl Masked for DecisionView {
    fn mask(&mut self) {
        mask_value(&self.kind, &mut self.value);
    }
}

impl Masked for DecisionPage {
    fn mask(&mut self) {
        self.items.mask();
    }
}

impl Masked for DecidedView {
    fn mask(&mut self) {
        for blocked in &mut self.blocked {
            mask_value(blocked.kind, &mut blocked.value);
        }
        for skipped in &mut self.skipped {
            mask_value(skipped.kind, &mut skipped.value);
        }
    }
}

impl From<UserStanding> for StandingView {
    fn from(known: UserStanding) -> Self {
        let winner: Option<&Entry> = known.winner.as_ref();
        Self {
            status: known.status(),
            is_watched: known.is_watched,
            case_id: known.open_case,
            source: winner.map(|entry| entry.source.name()),
            entry_id: winner.map(|entry| entry.id),
        }
    }
}

impl From<StandingTotals> for StandingTotalsView {
    fn from(totals: StandingTotals) -> Self {
        let StandingTotals { in_review, blocked, allowed, watched } = totals;
        Self { in_review, blocked, allowed, watched }
    }
}

impl From<DecisionRow> for DecisionView {
    fn from(row: DecisionRow) -> Self {
        Self {
            decision_id: row.id,
            at: row.at.to_rfc3339(),
            kind: row.kind,
            value: row.value,
            action: row.action,
            source: row.source,
            actor: row.actor,
            reason: row.reason,
            expires_at: row.expires_at.map(innerwall_event::Timestamp::to_rfc3339),
            event_id: row.event_id.map(|id| id.to_string()),
            rule_id: row.rule,
            case_id: row.case_id,
            batch: row.batch.map(|id| id.to_string()),
            undoes: row.undoes,
        }
    }
}

impl From<Concerned> for JudgedAgain {
    fn from(concerned: Concerned) -> Self {
        let Concerned { users, is_capped } = concerned;
        Self { users, is_capped }
    }
}

impl DecidedView {
    pub(crate) fn new(
        user_id: String,
        decision_id: Option<i64>,
        (standing, cascade): (UserStanding, Cascade),
        concerned: Concerned,
    ) -> Self {
        let blocked = cascade.blocks.into_iter();
        let skipped = |Skipped { kind, value, reason }| {
            let kind = ListKind::name(kind);
            SkippedView { kind, value, reason }
        };
        Self {
            user_id,
            decision_id,
            standing: standing.into(),
            blocked: blocked.map(|(kind, value)| ValueView { kind: kind.name(), value }).collect(),
            skipped: cascade.skipped.into_iter().map(skipped).collect(),
            judged_again: concerned.into(),
        }
    }
}
