//! The log of decisions.

use innerwall_auth::Permission;
use innerwall_scoring::{ListKind, canonical};
use innerwall_storage::TenantTx;
use innerwall_storage::decisions::{self, DecisionFilter, DecisionRow};

use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{DecisionPage, DecisionView};

/// Longest text that decisions are looked up by: an e-mail address.
const TEXT_BYTES_MAX: usize = 255;

/// Which decisions are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct DecisionsQuestion {
    pub(crate) kind: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of decisions, the newest first.
pub(crate) async fn page(
    app: &App,
    caller: &Caller,
    question: DecisionsQuestion,
) -> Result<DecisionPage, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(cursor::number).transpose()?;
    let filter = filter(caller, question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let (rows, goes_on) = cut_page(decisions::page(&tx, &filter, after, limit + 1).await?, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(DecisionPage {
        next_cursor: last.map(|row| cursor::of_number(row.id)),
        items: rows.into_iter().map(DecisionView::from).collect(),
    })
}

/// The same decisions as a stream.
pub(crate) struct DecisionsSource(DecisionFilter);

impl DecisionsSource {
    pub(crate) fn new(caller: &Caller, question: DecisionsQuestion) -> Result<Self, Problem> {
        Ok(Self(filter(caller, question)?))
    }
}

impl Source for DecisionsSource {
    type Row = DecisionView;
    const NAME: &'static str = "decisions";

    async fn chunk(
        &self,
        _app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<DecisionView>, Problem> {
        let after = after.map(cursor::number).transpose()?;
        let rows = decisions::page(tx, &self.0, after, limit).await?;
        let placed = |row: DecisionRow| (cursor::of_number(row.id), DecisionView::from(row));
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

fn filter(caller: &Caller, question: DecisionsQuestion) -> Result<DecisionFilter, Problem> {
    let subject = subject(caller, question.kind.as_deref(), question.value)?;
    let DecisionsQuestion { actor, action, source, .. } = question;
    for (field, text) in [("actor", &actor), ("action", &action), ("source", &source)] {
        check_text(field, text.as_deref())?;
    }
    Ok(DecisionFilter { subject, actor, action, source })
}

fn check_text(field: &'static str, text: Option<&str>) -> Result<(), Problem> {
    let reason = format!("longer than {TEXT_BYTES_MAX} bytes or with a NUL character");
    match text {
        Some(text) if text.len() > TEXT_BYTES_MAX || text.contains('\0') => {
            Err(Problem::parameter(field, &reason))
        }
        _ => Ok(()),
    }
}

/// Contact details are looked up only by those who may see them.
fn subject(
    caller: &Caller,
    kind: Option<&str>,
    value: Option<String>,
) -> Result<Option<(ListKind, String)>, Problem> {
    let (Some(kind), Some(value)) = (kind, value) else {
        return if kind.is_some() {
            Err(Problem::parameter("value", "is missing"))
        } else {
            Ok(None)
        };
    };
    let kind = super::lists::kind_named(kind)?;
    super::lists::may_look_up(caller, Some(kind))?;
    let value = canonical(kind, &value).map_err(|error| Problem::parameter("value", &error))?;
    Ok(Some((kind, value)))
}
