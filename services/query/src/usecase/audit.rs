//! Reading the audit log.

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_storage::TenantTx;
use innerwall_storage::audit::{self, AuditFilter, AuditRow};

use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{AuditPage, AuditView};

/// Longest action or actor to look for.
const TEXT_BYTES_MAX: usize = 254;

/// Which rows are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct AuditQuestion {
    pub(crate) action: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of the audit log, newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: AuditQuestion,
) -> Result<AuditPage, Problem> {
    caller.may(Permission::Audit)?;
    let limit = page_limit(question.limit)?;
    let before = question.cursor.as_deref().map(cursor::number).transpose()?.unwrap_or(i64::MAX);
    let filter = filter(question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = audit::page(&tx, &filter, before, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(caller.show(AuditPage {
        next_cursor: last.map(|row| cursor::of_number(row.seq)),
        items: rows.into_iter().map(AuditView::from).collect(),
    }))
}

/// The same rows as a stream.
pub(crate) struct AuditSource(AuditFilter);

impl AuditSource {
    pub(crate) fn new(caller: &Caller, question: AuditQuestion) -> Result<Self, Problem> {
        caller.may(Permission::Audit)?;
        Ok(Self(filter(question)?))
    }
}

impl Source for AuditSource {
    type Row = AuditView;
    const NAME: &'static str = "audit";

    async fn chunk(
        &self,
        _app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<AuditView>, Problem> {
        let before = after.map(cursor::number).transpose()?.unwrap_or(i64::MAX);
        let rows = audit::page(tx, &self.0, before, limit).await?;
        let placed = |row: AuditRow| (cursor::of_number(row.seq), AuditView::from(row));
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

fn filter(question: AuditQuestion) -> Result<AuditFilter, Problem> {
    Ok(AuditFilter {
        action: question.action.map(|text| checked("action", text)).transpose()?,
        actor: question.actor.map(|text| checked("actor", text)).transpose()?,
        from: question.from.map(|text| time("from", &text)).transpose()?,
        to: question.to.map(|text| time("to", &text)).transpose()?,
    })
}

fn checked(field: &'static str, text: String) -> Result<String, Problem> {
    if text.len() <= TEXT_BYTES_MAX && !text.contains('\0') {
        return Ok(text);
    }
    let reason = format!("longer than {TEXT_BYTES_MAX} bytes or with a NUL character");
    Err(Problem::parameter(field, &reason))
}

fn time(field: &'static str, text: &str) -> Result<Timestamp, Problem> {
    let wrong = || Problem::parameter(field, "is no time such as 2026-01-31T12:00:00Z");
    Timestamp::parse_rfc3339(text).map_err(|_| wrong())
}
