//! The own account: password and sessions.

use innerwall_auth::password_problem;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::browser_sessions::{self, Session};
use innerwall_storage::operators;

use super::sign_in::{self, Opened, Stage, Visitor};
use crate::app::App;
use crate::problem::Problem;
use crate::view::{BrowserSessionView, BrowserSessionsAnswer};

/// Sessions shown; more than anybody has browsers.
const SESSIONS_MAX: i64 = 100;

/// Changes the password, ends all other sessions, and opens a new one in the place of this.
pub(crate) async fn change_password(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    (current, new): (String, String),
) -> Result<Opened, Problem> {
    sign_in::check_password(app, session, current).await?;
    check_new(&new, &[&session.email, &session.tenant_name])?;
    let hash = sign_in::hashed(app, new).await?;
    let operator = session.operator;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    operators::set_password(&tx, operator, &hash).await?;
    browser_sessions::end_others(&tx, operator, browser_sessions::NO_SESSION).await?;
    let opened = sign_in::open(&tx, visitor, operator, Stage::Open).await?;
    let actor = &session.email;
    audit::note(&tx, &Note { actor, action: "password.change", detail: "" }).await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok(opened)
}

/// Refuses a new password that is not good enough.
pub(super) fn check_new(password: &str, context: &[&str]) -> Result<(), Problem> {
    let problem = password_problem(password, context);
    problem.map_or(Ok(()), |problem| Err(Problem::parameter("password", &problem)))
}

/// Where the person is signed in.
pub(crate) async fn sessions(
    app: &App,
    session: &Session,
) -> Result<BrowserSessionsAnswer, Problem> {
    let mut connection = app.connection().await?;
    let tx = connection.begin(session.tenant).await?;
    let rows = browser_sessions::list(&tx, session.operator, SESSIONS_MAX).await?;
    let view = |row| BrowserSessionView::new(row, session.session_no);
    Ok(BrowserSessionsAnswer { items: rows.into_iter().map(view).collect() })
}

/// Ends one of the own sessions, such as the one that asks.
pub(crate) async fn end_session(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    session_no: i64,
) -> Result<(), Problem> {
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    if !browser_sessions::end(&tx, session.operator, session_no).await? {
        return Err(Problem::NotFound { what: format!("session {session_no}") });
    }
    let is_own = session_no == session.session_no;
    let action = if is_own { "logout" } else { "session.end" };
    let detail = format!("session {session_no}");
    audit::note(&tx, &Note { actor: &session.email, action, detail: &detail }).await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok(())
}
