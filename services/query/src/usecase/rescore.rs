//! Judging one user anew.

use innerwall_auth::Permission;
use innerwall_scoring::ListKind;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::judgements;

use super::sessions::user_no;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::JudgedAgain;

/// Asks for a user to be judged by the newest rules and by what lists say now; scorers do it in the
/// background. What is asked for twice is done once.
pub(crate) async fn user(
    app: &App,
    caller: &Caller,
    user_id: &str,
) -> Result<JudgedAgain, Problem> {
    caller.may(Permission::Review)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    user_no(&tx, user_id).await?;
    let whom = [(ListKind::User, user_id.to_owned())];
    let reason = format!("asked for by {}", caller.name);
    let concerned = judgements::request(&tx, &whom, &reason).await?;
    let detail = format!("user {user_id}");
    let note = Note { actor: &caller.name, action: "user.rescore", detail: &detail };
    audit::note(&tx, &note).await?;
    tx.commit().await?;
    Ok(concerned.into())
}
