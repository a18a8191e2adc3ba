//! Users.

use innerwall_rules::RuleId;
use innerwall_scoring::{Band, rejudge};
use innerwall_storage::read::users::{self, UserFilter, UserOrder};

use super::{cut_page, last_of, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{UserPage, UserSummary, UserView};

/// Longest search text.
const PREFIX_BYTES_MAX: usize = 255;

/// Which users are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct UsersQuestion {
    pub(crate) band: Option<String>,
    pub(crate) rule: Option<String>,
    pub(crate) prefix: Option<String>,
    pub(crate) sort: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of users.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: UsersQuestion,
) -> Result<UserPage, Problem> {
    let limit = page_limit(question.limit)?;
    let order = order(question.sort.as_deref())?;
    let after = question.cursor.as_deref().map(cursor::user).transpose()?;
    let filter = UserFilter {
        trust: question.band.as_deref().map(band).transpose()?.map(Band::range),
        rule: question.rule.as_deref().map(rule).transpose()?,
        prefix: question.prefix.map(prefix).transpose()?.filter(|prefix| !prefix.is_empty()),
    };
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
    let book = app.books.for_names(&tx).await?;
    let rows = users::page(&tx, &filter, order, after, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(UserPage {
        next_cursor: last.map(|row| cursor::of_user(&row.position())),
        items: rows.iter().map(|row| UserSummary::new(row, &book.rules)).collect(),
    })
}

/// One user.
pub(crate) async fn one(app: &App, caller: &Caller, user_id: &str) -> Result<UserView, Problem> {
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
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
    Ok(UserView::new(&row, &account, &not_evaluated, &labels, &book.rules))
}

fn band(name: &str) -> Result<Band, Problem> {
    let unknown = || Problem::parameter("band", &format!("{name} is not low, medium or high"));
    Band::ALL.into_iter().find(|band| band.name() == name).ok_or_else(unknown)
}

fn rule(id: &str) -> Result<String, Problem> {
    let unknown = || Problem::parameter("rule", &format!("{id} is no rule id, such as A01"));
    RuleId::parse(id).map(|id| id.to_string()).ok_or_else(unknown)
}

fn prefix(text: String) -> Result<String, Problem> {
    if text.len() > PREFIX_BYTES_MAX || text.contains('\0') {
        let reason = format!("longer than {PREFIX_BYTES_MAX} bytes or with a NUL character");
        return Err(Problem::parameter("q", &reason));
    }
    Ok(text)
}

fn order(sort: Option<&str>) -> Result<UserOrder, Problem> {
    match sort {
        None | Some("-last_seen") => Ok(UserOrder::NewestFirst),
        Some("last_seen") => Ok(UserOrder::OldestFirst),
        Some("trust_score") => Ok(UserOrder::WorstFirst),
        Some("-trust_score") => Ok(UserOrder::BestFirst),
        Some(other) => {
            let known = "-last_seen, last_seen, trust_score or -trust_score";
            Err(Problem::parameter("sort", &format!("{other} is not {known}")))
        }
    }
}
