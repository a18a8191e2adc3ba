//! Users.

use std::collections::HashMap;

use innerwall_auth::Permission;
use innerwall_rules::RuleId;
use innerwall_scoring::{Band, rejudge};
use innerwall_storage::read::entities::TOTAL_MAX;
use innerwall_storage::read::standing_users::StandingFilter;
use innerwall_storage::read::users::filter::{UserFilter, UserOrder};
use innerwall_storage::read::users::page;
use innerwall_storage::read::users::{self, UserRow};
use innerwall_storage::standings::{self, UserStanding};
use innerwall_storage::{StorageError, TenantTx};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{asked, last_of, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{Page, UserSummary, UserView};

const SCORES: (u8, u8) = (0, 99);

/// Which users are asked for, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UsersQuestion {
    /// `low` (0-32), `medium` (33-66) or `high` (67-99).
    pub(crate) band: Option<String>,
    /// Lowest trust score, 0 to 99.
    pub(crate) min_score: Option<u8>,
    /// Highest trust score, 0 to 99.
    pub(crate) max_score: Option<u8>,
    /// Only users for whom this rule fires.
    pub(crate) rule: Option<String>,
    /// Beginning of the user id, the e-mail address or the name.
    pub(crate) q: Option<String>,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// Seen last at or after, RFC 3339.
    pub(crate) seen_from: Option<String>,
    /// Seen last before, RFC 3339.
    pub(crate) seen_to: Option<String>,
    /// Signed up, or else first seen, at or after, RFC 3339.
    pub(crate) since_from: Option<String>,
    /// Signed up, or else first seen, before, RFC 3339.
    pub(crate) since_to: Option<String>,
    /// `blocked`, `allowed`, `in_review` or `normal` (none of these), as in the answers; or `watched`,
    /// which users are however else they stand.
    pub(crate) status: Option<String>,
    /// `-last_seen` (default), `last_seen`, `first_seen`, `-first_seen`, `trust_score` or
    /// `-trust_score`.
    pub(crate) sort: Option<String>,
    /// 1 to 200, default 50.
    pub(crate) limit: Option<i64>,
    /// `next_cursor` of the page before, with the same filter and sort.
    pub(crate) cursor: Option<String>,
}

/// A page of users.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: UsersQuestion,
) -> Result<Page<UserSummary>, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let order = order(question.sort.as_deref())?;
    let after = question.cursor.as_deref().map(cursor::user).transpose()?;
    let filter = filter(caller, question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.for_names(&tx).await?;
    let chosen = page::choose(&tx, filter).await?;
    let total = page::total(&tx, &chosen).await?;
    let place = (after, page::is_dense(&tx, &chosen, total).await?);
    let rows = page::read(&tx, &chosen, order, place, limit + 1).await?;
    let cursor = |row: &UserRow| cursor::of_user(&row.position());
    let standings = standings_of(&tx, &rows).await?;
    let summary = |row: UserRow| UserSummary::new(&row, &book.rules, standings.get(&row.user_id));
    let page = Page::cut(rows, limit, cursor, summary);
    Ok(caller.show(page.counted(total, TOTAL_MAX)))
}

/// The same users as a stream.
pub(crate) struct UsersSource {
    filter: UserFilter,
    order: UserOrder,
}

impl UsersSource {
    pub(crate) fn new(caller: &Caller, question: UsersQuestion) -> Result<Self, Problem> {
        let order = order(question.sort.as_deref())?;
        Ok(Self { filter: filter(caller, question)?, order })
    }
}

impl Source for UsersSource {
    type Row = UserSummary;
    const NAME: &'static str = "users";

    async fn chunk(
        &self,
        app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<UserSummary>, Problem> {
        let after = after.map(cursor::user).transpose()?;
        let book = app.books.for_names(tx).await?;
        let chosen = page::choose(tx, self.filter.clone()).await?;
        let rows = page::read(tx, &chosen, self.order, (after, true), limit).await?;
        let standings = standings_of(tx, &rows).await?;
        let placed = |row: &UserRow| {
            let summary = UserSummary::new(row, &book.rules, standings.get(&row.user_id));
            (cursor::of_user(&row.position()), summary)
        };
        Ok(Chunk::read(rows.iter().map(placed).collect(), limit))
    }
}

/// How the users of some rows stand, by id.
pub(super) async fn standings_of(
    tx: &TenantTx<'_>,
    rows: &[UserRow],
) -> Result<HashMap<String, UserStanding>, StorageError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.user_id.as_str()).collect();
    standings::of_users(tx, &ids).await
}

fn filter(caller: &Caller, question: UsersQuestion) -> Result<UserFilter, Problem> {
    // A masked caller searches ids alone: an answer to a search by address would confirm it.
    if question.q.as_ref().is_some_and(|prefix| prefix.contains('@')) {
        caller.may_look_up("q")?;
    }
    let time = |field, text: &Option<String>| asked::time(field, text.as_deref());
    let band = question.band.as_deref().map(band).transpose()?.map_or(SCORES, Band::range);
    let lowest = asked::number("min_score", question.min_score, SCORES)?.unwrap_or(SCORES.0);
    let highest = asked::number("max_score", question.max_score, SCORES)?.unwrap_or(SCORES.1);
    let trust = (band.0.max(lowest), band.1.min(highest));
    Ok(UserFilter {
        trust: Some(trust).filter(|trust| *trust != SCORES),
        rule: question.rule.as_deref().map(rule).transpose()?,
        prefix: asked::text("q", question.q)?,
        in_emails: caller.sees_personal(),
        country: asked::country(question.country.as_deref())?,
        seen_from: time("seen_from", &question.seen_from)?,
        seen_to: time("seen_to", &question.seen_to)?,
        since_from: time("since_from", &question.since_from)?,
        since_to: time("since_to", &question.since_to)?,
        standing: question.status.as_deref().map(status).transpose()?,
    })
}

/// One user.
pub(crate) async fn one(app: &App, caller: &Caller, user_id: &str) -> Result<UserView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let found = users::one(&tx, user_id).await?;
    let (row, account) =
        found.ok_or_else(|| Problem::NotFound { what: format!("user {user_id}") })?;
    let devices: Vec<i64> =
        account.state.devices.iter().map(|device| device.id.cast_signed()).collect();
    let labels = users::device_labels(&tx, &devices).await?;
    let book = app.books.current_or_builtin(&tx).await?;
    let user = (user_id, row.user_no);
    let mut tried = account.clone();
    let last = last_of(&tx, user, &mut tried, &book).await?;
    let judged = last.map(|last| rejudge(&mut tried, &last, &book));
    let not_evaluated = judged.map(|judged| judged.not_evaluated).unwrap_or_default();
    let standings = standings::of_users(&tx, &[user_id]).await?;
    let summary = UserSummary::new(&row, &book.rules, standings.get(user_id));
    let judged = (&account, &*not_evaluated);
    Ok(caller.show(UserView::new(&row, summary, judged, &labels, &book.rules)))
}

fn status(name: &str) -> Result<StandingFilter, Problem> {
    let known = StandingFilter::ALL.into_iter().find(|known| known.name() == name);
    known.ok_or_else(|| {
        let names = StandingFilter::ALL.map(StandingFilter::name).join(", ");
        Problem::parameter("status", &format!("{name} is none of {names}"))
    })
}

fn band(name: &str) -> Result<Band, Problem> {
    let unknown = || Problem::parameter("band", &format!("{name} is not low, medium or high"));
    Band::ALL.into_iter().find(|band| band.name() == name).ok_or_else(unknown)
}

pub(super) fn rule(id: &str) -> Result<String, Problem> {
    let unknown = || Problem::parameter("rule", &format!("{id} is no rule id, such as A01"));
    RuleId::parse(id).map(|id| id.to_string()).ok_or_else(unknown)
}

fn order(sort: Option<&str>) -> Result<UserOrder, Problem> {
    match sort {
        None | Some("-last_seen") => Ok(UserOrder::NewestFirst),
        Some("last_seen") => Ok(UserOrder::OldestFirst),
        Some("first_seen") => Ok(UserOrder::LongestKnownFirst),
        Some("-first_seen") => Ok(UserOrder::LatestKnownFirst),
        Some("trust_score") => Ok(UserOrder::WorstFirst),
        Some("-trust_score") => Ok(UserOrder::BestFirst),
        Some(other) => {
            let known =
                "-last_seen, last_seen, first_seen, -first_seen, trust_score or -trust_score";
            Err(Problem::parameter("sort", &format!("{other} is not {known}")))
        }
    }
}
