//! What an operator looks at often.

use innerwall_storage::browser_sessions::Session;
use innerwall_storage::saved_views::{self, VIEWS_MAX};

use crate::app::App;
use crate::problem::Problem;
use crate::view::{SavedViewView, SavedViewsAnswer};

/// Longest name of a page or a view in bytes.
const NAME_BYTES_MAX: usize = 100;
/// Longest query of an address in characters.
const SEARCH_MAX: usize = 2_000;

/// A view as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct SavedAsked {
    pub(crate) page: String,
    pub(crate) name: String,
    pub(crate) search: String,
}

/// The own views.
pub(crate) async fn list(app: &App, session: &Session) -> Result<SavedViewsAnswer, Problem> {
    let mut connection = app.connection().await?;
    let tx = connection.begin(session.tenant).await?;
    let views = saved_views::list(&tx, session.operator).await?;
    Ok(SavedViewsAnswer { items: views.into_iter().map(SavedViewView::from).collect() })
}

/// Saves a view; one of the same page and name takes the place of the old one.
pub(crate) async fn save(
    app: &App,
    session: &Session,
    asked: &SavedAsked,
) -> Result<SavedViewView, Problem> {
    let page = checked("page", &asked.page)?;
    let name = checked("name", &asked.name)?;
    let search = asked.search.trim();
    if search.chars().count() > SEARCH_MAX || search.contains('\0') {
        let reason = format!("at most {SEARCH_MAX} characters");
        return Err(Problem::parameter("search", &reason));
    }
    let mut connection = app.connection().await?;
    let tx = connection.begin(session.tenant).await?;
    let saved = saved_views::save(&tx, session.operator, (page, name, search)).await?;
    let full = || format!("you have {VIEWS_MAX} views, which is the limit: remove one first");
    let saved = saved.ok_or_else(|| Problem::parameter("name", &full()))?;
    tx.commit().await?;
    Ok(saved.into())
}

/// Removes one of the own views.
pub(crate) async fn remove(app: &App, session: &Session, id: i64) -> Result<(), Problem> {
    let mut connection = app.connection().await?;
    let tx = connection.begin(session.tenant).await?;
    if !saved_views::remove(&tx, session.operator, id).await? {
        return Err(Problem::NotFound { what: format!("view {id}") });
    }
    Ok(tx.commit().await?)
}

fn checked<'t>(field: &'static str, text: &'t str) -> Result<&'t str, Problem> {
    let text = text.trim();
    if (1..=NAME_BYTES_MAX).contains(&text.len()) && !text.contains('\0') {
        return Ok(text);
    }
    Err(Problem::parameter(field, &format!("1 to {NAME_BYTES_MAX} bytes")))
}
