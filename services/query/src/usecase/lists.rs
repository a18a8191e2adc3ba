//! Block, allow and watch lists: reading and changing single entries.

use innerwall_auth::Permission;
use innerwall_scoring::{List, ListKind, Source, canonical};
use innerwall_storage::lists::{self, ListFilter, ListRow};
use innerwall_storage::{TenantTx, deciding, judgements};

use super::decide::note;
use super::wish::Wish;
use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{self, Chunk};
use crate::problem::Problem;
use crate::view::{ListChange, ListEntryView, ListPage};

/// Longest search text.
const PREFIX_BYTES_MAX: usize = 255;
pub(super) const JUDGED_BECAUSE: &str = "a list changed";

/// Which entries are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListQuestion {
    pub(crate) list: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) prefix: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// An entry as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct EntryAsked {
    pub(crate) list: String,
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) reason: String,
    pub(crate) expires_at: Option<String>,
}

/// A page of live entries, the newest first.
pub(crate) async fn page(
    app: &App,
    caller: &Caller,
    question: ListQuestion,
) -> Result<ListPage, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let after = question.cursor.as_deref().map(cursor::number).transpose()?;
    let filter = filter(caller, question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let (rows, goes_on) = cut_page(lists::page(&tx, &filter, after, limit + 1).await?, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(ListPage {
        next_cursor: last.map(|row| cursor::of_number(row.entry.id)),
        items: rows.into_iter().map(ListEntryView::from).collect(),
    })
}

/// The same entries as a stream.
pub(crate) struct ListsSource(ListFilter);

impl ListsSource {
    pub(crate) fn new(caller: &Caller, question: ListQuestion) -> Result<Self, Problem> {
        Ok(Self(filter(caller, question)?))
    }
}

impl export::Source for ListsSource {
    type Row = ListEntryView;
    const NAME: &'static str = "lists";

    async fn chunk(
        &self,
        _app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<ListEntryView>, Problem> {
        let after = after.map(cursor::number).transpose()?;
        let rows = lists::page(tx, &self.0, after, limit).await?;
        let placed = |row: ListRow| (cursor::of_number(row.entry.id), ListEntryView::from(row));
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

fn filter(caller: &Caller, question: ListQuestion) -> Result<ListFilter, Problem> {
    let kind = question.kind.as_deref().map(kind_named).transpose()?;
    let prefix = question.prefix.filter(|prefix| !prefix.is_empty());
    if prefix.is_some() {
        may_look_up(caller, kind)?;
    }
    if prefix.as_ref().is_some_and(|text| text.len() > PREFIX_BYTES_MAX || text.contains('\0')) {
        let reason = format!("longer than {PREFIX_BYTES_MAX} bytes or with a NUL character");
        return Err(Problem::parameter("q", &reason));
    }
    Ok(ListFilter {
        list: question.list.as_deref().map(list_named).transpose()?,
        kind,
        source: question.source.as_deref().map(source_named).transpose()?,
        prefix,
    })
}

/// One entry.
pub(crate) async fn one(app: &App, caller: &Caller, id: i64) -> Result<ListEntryView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(known(&tx, id).await?.into())
}

/// Puts a value on a list; one that is there takes the newer reason and expiry.
pub(crate) async fn put(
    app: &App,
    caller: &Caller,
    asked: EntryAsked,
) -> Result<ListChange, Problem> {
    caller.may(Permission::Lists)?;
    let (list, kind) = (list_named(&asked.list)?, kind_named(&asked.kind)?);
    let value =
        canonical(kind, &asked.value).map_err(|error| Problem::parameter("value", &error))?;
    let wish = Wish::new(caller, &asked.reason, asked.expires_at.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    lock_user(&tx, kind, &value).await?;
    let entry = (list, kind, value.as_str());
    let decision_id = deciding::about_value(&tx, entry, true, &wish.order()).await?;
    let what = format!("{} {} {value}", list.name(), kind.name());
    note(&tx, "list.put", &what, &wish).await?;
    let concerned = judgements::request(&tx, &[(kind, value)], JUDGED_BECAUSE).await?;
    tx.commit().await?;
    Ok(ListChange { decision_id, judged_again: concerned.into() })
}

/// Takes one entry off its list. Other causes of the same value stay.
pub(crate) async fn remove(
    app: &App,
    caller: &Caller,
    id: i64,
    reason: &str,
) -> Result<ListChange, Problem> {
    caller.may(Permission::Lists)?;
    let wish = Wish::new(caller, reason, None)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let seen = known(&tx, id).await?;
    lock_user(&tx, seen.entry.kind, &seen.entry.value).await?;
    let row = known(&tx, id).await?;
    let decision_id = deciding::about_entry(&tx, &row, &wish.order()).await?;
    let (kind, value) = (row.entry.kind, row.entry.value);
    let what = format!("{} {} {value}", row.entry.list.name(), kind.name());
    note(&tx, "list.remove", &what, &wish).await?;
    let concerned = judgements::request(&tx, &[(kind, value)], JUDGED_BECAUSE).await?;
    tx.commit().await?;
    Ok(ListChange { decision_id, judged_again: concerned.into() })
}

/// Who decides about a user locks it first, if anybody knows it.
async fn lock_user(tx: &TenantTx<'_>, kind: ListKind, value: &str) -> Result<(), Problem> {
    if kind == ListKind::User {
        deciding::lock(tx, &[value]).await?;
    }
    Ok(())
}

async fn known(tx: &TenantTx<'_>, id: i64) -> Result<lists::ListRow, Problem> {
    let unknown = || Problem::NotFound { what: format!("list entry {id}") };
    lists::one(tx, id).await?.ok_or_else(unknown)
}

/// Contact details are looked up only by those who may see them: trying would find them out.
pub(super) fn may_look_up(caller: &Caller, kind: Option<ListKind>) -> Result<(), Problem> {
    let is_open = matches!(
        kind,
        Some(
            ListKind::User
                | ListKind::Prefix
                | ListKind::Network
                | ListKind::Device
                | ListKind::Domain
        )
    );
    if is_open { Ok(()) } else { caller.may(Permission::Personal) }
}

pub(super) fn list_named(name: &str) -> Result<List, Problem> {
    let unknown = || Problem::parameter("list", &format!("{name} is not block, allow or watch"));
    List::parse(name).ok_or_else(unknown)
}

pub(super) fn kind_named(name: &str) -> Result<ListKind, Problem> {
    let known = || ListKind::ALL.map(ListKind::name).join(", ");
    let unknown = || Problem::parameter("kind", &format!("{name} is not one of {}", known()));
    ListKind::parse(name).ok_or_else(unknown)
}

fn source_named(name: &str) -> Result<Source, Problem> {
    let known = || Source::ALL.map(Source::name).join(", ");
    let unknown = || Problem::parameter("source", &format!("{name} is not one of {}", known()));
    Source::parse(name).ok_or_else(unknown)
}
