//! The review queue: looking at it, and working on one case.

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_rules::RuleId;
use innerwall_scoring::{ListKind, TRUST_MAX};
use innerwall_storage::cases::{self, CaseFilter, CaseOrder, CaseRow};
use innerwall_storage::decisions::{self, DecisionFilter};
use innerwall_storage::{TenantTx, notes, standings};

use super::decide::note;
use super::notes::checked_note;
use super::wish::Wish;
use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{
    CaseCountsView, CaseDetailView, CasePage, CaseView, DecisionView, NoteView, QueuedCaseView,
};

/// A list says how many there are up to this number.
const TOTAL_MAX: i64 = 10_000;
const NOTES_MAX: i64 = 200;
const DECISIONS_MAX: i64 = 50;
/// Longest name of an assignee in bytes: an e-mail address.
const ASSIGNEE_BYTES_MAX: usize = 255;

/// Which cases are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct CasesQuestion {
    pub(crate) state: Option<String>,
    /// An e-mail address, `me` or `none`.
    pub(crate) assignee: Option<String>,
    pub(crate) rule: Option<String>,
    pub(crate) trust_from: Option<i64>,
    pub(crate) trust_to: Option<i64>,
    pub(crate) opened_from: Option<String>,
    pub(crate) opened_before: Option<String>,
    pub(crate) sort: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of the queue.
pub(crate) async fn queue(
    app: &App,
    caller: &Caller,
    question: CasesQuestion,
) -> Result<CasePage, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let order = order(question.sort.as_deref())?;
    let after = question.cursor.as_deref().map(cursor::case).transpose()?;
    let filter = filter(caller, question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = cases::page(&tx, &filter, order, after, limit + 1).await?;
    let counted = cases::count(&tx, &filter, TOTAL_MAX + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(CasePage {
        next_cursor: last.map(|queued| cursor::of_case(&queued.position())),
        items: rows.into_iter().map(|queued| QueuedCaseView::new(queued, &book.rules)).collect(),
        total: counted.min(TOTAL_MAX),
        total_capped: counted > TOTAL_MAX,
    })
}

/// The same cases as a stream.
pub(crate) struct CasesSource {
    filter: CaseFilter,
    order: CaseOrder,
}

impl CasesSource {
    pub(crate) fn new(caller: &Caller, question: CasesQuestion) -> Result<Self, Problem> {
        let order = order(question.sort.as_deref())?;
        Ok(Self { filter: filter(caller, question)?, order })
    }
}

impl Source for CasesSource {
    type Row = QueuedCaseView;
    const NAME: &'static str = "cases";

    async fn chunk(
        &self,
        app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<QueuedCaseView>, Problem> {
        let after = after.map(cursor::case).transpose()?;
        let book = app.books.for_names(tx).await?;
        let rows = cases::page(tx, &self.filter, self.order, after, limit).await?;
        let mut placed = Vec::with_capacity(rows.len());
        for queued in rows {
            let position = cursor::of_case(&queued.position());
            placed.push((position, QueuedCaseView::new(queued, &book.rules)));
        }
        Ok(Chunk::read(placed, limit))
    }
}

/// Open cases, for badges.
pub(crate) async fn counts(app: &App, caller: &Caller) -> Result<CaseCountsView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let counts = cases::counts(&tx, &caller.name).await?;
    let users = standings::totals(&tx).await?;
    Ok(CaseCountsView::new(counts, users.blocked, users.watched))
}

/// One case.
pub(crate) async fn one(
    app: &App,
    caller: &Caller,
    case_id: i64,
) -> Result<CaseDetailView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let case = known(&tx, case_id).await?;
    detail(app, &tx, case).await
}

/// Gives an open case to somebody, or to nobody.
pub(crate) async fn assign(
    app: &App,
    caller: &Caller,
    (case_id, version): (i64, i32),
    assignee: Option<&str>,
) -> Result<CaseDetailView, Problem> {
    caller.may(Permission::Review)?;
    let assignee = match assignee {
        Some("me") => Some(caller.name.clone()),
        Some(name) => Some(assignee_named(name)?),
        None => None,
    };
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let case = known(&tx, case_id).await?;
    if !cases::assign(&tx, (case_id, version), assignee.as_deref()).await? {
        // Somebody else may have been faster since the look above.
        return Err(changed(known(&tx, case_id).await?));
    }
    let whom = assignee.as_deref().unwrap_or("nobody");
    let wish = Wish::new(caller, &format!("given to {whom}"), None)?;
    note(&tx, "case.assign", &format!("case {case_id} of {}", case.user_id), &wish).await?;
    let answer = detail(app, &tx, known(&tx, case_id).await?).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Adds a note to a case.
pub(crate) async fn add_note(
    app: &App,
    caller: &Caller,
    case_id: i64,
    text: &str,
) -> Result<CaseDetailView, Problem> {
    caller.may(Permission::Review)?;
    let text = checked_note(text)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let case = known(&tx, case_id).await?;
    notes::add(&tx, (case.user_no, Some(case.id)), &caller.name, text).await?;
    let wish = Wish::new(caller, "a note was added", None)?;
    note(&tx, "case.note", &format!("case {case_id} of {}", case.user_id), &wish).await?;
    let answer = detail(app, &tx, case).await?;
    tx.commit().await?;
    Ok(answer)
}

/// The case of a number, which must be there.
pub(super) async fn known(tx: &TenantTx<'_>, case_id: i64) -> Result<CaseRow, Problem> {
    let unknown = || Problem::NotFound { what: format!("case {case_id}") };
    cases::one(tx, case_id).await?.ok_or_else(unknown)
}

/// Somebody was faster.
pub(super) fn changed(case: CaseRow) -> Problem {
    Problem::CaseChanged { case_id: case.id, version: case.version, decided_by: case.decided_by }
}

pub(super) async fn detail(
    app: &App,
    tx: &TenantTx<'_>,
    case: CaseRow,
) -> Result<CaseDetailView, Problem> {
    let book = app.books.for_names(tx).await?;
    let user_id = case.user_id.clone();
    let subject = Some((ListKind::User, user_id.clone()));
    let filter = DecisionFilter { subject, ..DecisionFilter::default() };
    let standing = standings::of_users(tx, &[&user_id]).await?.remove(&user_id).unwrap_or_default();
    let notes = notes::page(tx, case.user_no, None, NOTES_MAX).await?;
    let decisions = decisions::page(tx, &filter, None, DECISIONS_MAX).await?;
    Ok(CaseDetailView {
        case: CaseView::new(case, &book.rules),
        standing: standing.into(),
        notes: notes.into_iter().map(NoteView::from).collect(),
        decisions: decisions.into_iter().map(DecisionView::from).collect(),
    })
}

fn filter(caller: &Caller, question: CasesQuestion) -> Result<CaseFilter, Problem> {
    let is_decided = match question.state.as_deref() {
        None | Some("open") => false,
        Some("decided") => true,
        Some(other) => {
            let reason = format!("{other} is not open or decided");
            return Err(Problem::parameter("state", &reason));
        }
    };
    let is_unassigned = question.assignee.as_deref() == Some("none");
    let assignee = match question.assignee.as_deref() {
        None | Some("none") => None,
        Some("me") => Some(caller.name.clone()),
        Some(name) => Some(assignee_named(name)?),
    };
    let rule = |id: String| {
        let unknown = || Problem::parameter("rule", &format!("{id} is no rule id, such as A01"));
        RuleId::parse(&id).map(|id| id.to_string()).ok_or_else(unknown)
    };
    Ok(CaseFilter {
        is_decided,
        assignee,
        is_unassigned,
        rule: question.rule.map(rule).transpose()?,
        trust: trust(question.trust_from, question.trust_to)?,
        opened_from: time("opened_from", question.opened_from.as_deref())?,
        opened_before: time("opened_before", question.opened_before.as_deref())?,
    })
}

fn trust(from: Option<i64>, to: Option<i64>) -> Result<Option<(u8, u8)>, Problem> {
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let within = |field, score: i64| {
        let wrong = || Problem::parameter(field, &format!("{score} is not between 0 and 99"));
        u8::try_from(score).ok().filter(|score| *score <= TRUST_MAX).ok_or_else(wrong)
    };
    let lowest = within("trust_from", from.unwrap_or(0))?;
    Ok(Some((lowest, within("trust_to", to.unwrap_or(TRUST_MAX.into()))?)))
}

fn time(field: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let parse = |text: &str| {
        let wrong = |_| Problem::parameter(field, &format!("{text} is no RFC 3339 time"));
        Timestamp::parse_rfc3339(text).map_err(wrong)
    };
    text.map(parse).transpose()
}

fn order(sort: Option<&str>) -> Result<CaseOrder, Problem> {
    match sort {
        None | Some("opened_at") => Ok(CaseOrder::OldestFirst),
        Some("-opened_at") => Ok(CaseOrder::NewestFirst),
        Some("trust_score") => Ok(CaseOrder::WorstFirst),
        Some(other) => {
            let reason = format!("{other} is not opened_at, -opened_at or trust_score");
            Err(Problem::parameter("sort", &reason))
        }
    }
}

fn assignee_named(name: &str) -> Result<String, Problem> {
    let is_good = (1..=ASSIGNEE_BYTES_MAX).contains(&name.len()) && !name.contains('\0');
    let wrong = format!("a name holds 1 to {ASSIGNEE_BYTES_MAX} bytes");
    if is_good { Ok(name.to_owned()) } else { Err(Problem::parameter("assignee", &wrong)) }
}
