//! API keys of producers and tokens of machines.

use innerwall_auth::{Permission, Secret, SecretKind};
use innerwall_event::Timestamp;
use innerwall_storage::keys;
use innerwall_storage::tokens::{self, NewToken};

use super::members::{note, taken, within};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{KeyAnswer, KeyView, KeysAnswer, TokenAnswer, TokenView, TokensAnswer};

/// Keys and tokens a tenant may have in use, and those that are shown.
const IN_USE_MAX: i64 = 200;
const SHOWN_MAX: i64 = 500;
const LABEL_BYTES_MAX: usize = 100;
/// Events per second of a key.
const EVENTS_PER_SECOND_MAX: i32 = 1_000_000;
/// A token lasts for a year at most.
const DAYS_MAX: i64 = 366;
const DAY_S: i64 = 86_400;

/// Keys, newest first.
pub(crate) async fn keys(app: &App, caller: &Caller) -> Result<KeysAnswer, Problem> {
    caller.may(Permission::Keys)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = keys::list(&tx, SHOWN_MAX).await?;
    Ok(KeysAnswer { items: rows.into_iter().map(KeyView::from).collect() })
}

/// Makes a key. It is in the answer and nowhere else.
pub(crate) async fn add_key(
    app: &App,
    caller: &Caller,
    (label, events_per_second): (&str, i32),
) -> Result<KeyAnswer, Problem> {
    caller.may(Permission::Keys)?;
    let label = label_of(label)?;
    if !(1..=EVENTS_PER_SECOND_MAX).contains(&events_per_second) {
        let reason = format!("is not between 1 and {EVENTS_PER_SECOND_MAX}");
        return Err(Problem::parameter("events_per_second", &reason));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let in_use = usize::try_from(keys::in_use(&tx).await?).unwrap_or(usize::MAX);
    within("keys in use", in_use, IN_USE_MAX)?;
    let secret = Secret::generate(SecretKind::ApiKey, &mut rand::rng());
    let added = keys::add(&tx, label, &secret.digest(), events_per_second).await;
    let id = added.map_err(|error| taken(error, "the label"))?;
    note(&tx, caller, "key.create", label).await?;
    tx.commit().await?;
    Ok(KeyAnswer { id, api_key: secret.reveal().to_owned() })
}

/// Revokes a key; gateways notice within ten seconds.
pub(crate) async fn revoke_key(app: &App, caller: &Caller, id: i32) -> Result<(), Problem> {
    caller.may(Permission::Keys)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("key {id} in use") };
    let label = keys::revoke(&tx, id).await?.ok_or_else(unknown)?;
    note(&tx, caller, "key.revoke", &label).await?;
    Ok(tx.commit().await?)
}

/// Tokens, newest first.
pub(crate) async fn tokens(app: &App, caller: &Caller) -> Result<TokensAnswer, Problem> {
    caller.may(Permission::Keys)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = tokens::list(&tx, SHOWN_MAX).await?;
    Ok(TokensAnswer { items: rows.into_iter().map(TokenView::from).collect() })
}

/// Makes a token that may do some of what its maker may. It is in the answer and nowhere else.
pub(crate) async fn add_token(
    app: &App,
    caller: &Caller,
    (label, scopes): (&str, &[String]),
    days: i64,
) -> Result<TokenAnswer, Problem> {
    caller.may(Permission::Keys)?;
    let label = label_of(label)?;
    check_scopes(caller, scopes)?;
    let expires_at = expiry(now(), days)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let in_use = usize::try_from(tokens::in_use(&tx).await?).unwrap_or(usize::MAX);
    within("tokens in use", in_use, IN_USE_MAX)?;
    let secret = Secret::generate(SecretKind::ApiToken, &mut rand::rng());
    let new = NewToken {
        digest: &secret.digest(),
        label,
        scopes,
        created_by: caller.operator,
        expires_at: Some(expires_at),
    };
    let id = tokens::add(&tx, &new).await?;
    note(&tx, caller, "token.create", &format!("{label}: {}", scopes.join(" "))).await?;
    tx.commit().await?;
    let token = secret.reveal().to_owned();
    Ok(TokenAnswer { id, token, expires_at: expires_at.to_rfc3339() })
}

/// Revokes a token at once.
pub(crate) async fn revoke_token(app: &App, caller: &Caller, id: i32) -> Result<(), Problem> {
    caller.may(Permission::Keys)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("token {id} in use") };
    let (label, _) = tokens::revoke(&tx, id).await?.ok_or_else(unknown)?;
    note(&tx, caller, "token.revoke", &label).await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok(())
}

fn label_of(label: &str) -> Result<&str, Problem> {
    let label = label.trim();
    let is_good = (1..=LABEL_BYTES_MAX).contains(&label.len());
    if is_good && !label.chars().any(char::is_control) {
        return Ok(label);
    }
    let reason = format!("is not 1 to {LABEL_BYTES_MAX} bytes without control characters");
    Err(Problem::parameter("label", &reason))
}

/// Nobody gives away what they do not have.
fn check_scopes(caller: &Caller, scopes: &[String]) -> Result<(), Problem> {
    let names: Vec<&str> = caller.permissions().iter().map(|held| held.name()).collect();
    let is_good = !scopes.is_empty() && scopes.iter().all(|scope| names.contains(&scope.as_str()));
    let reason = format!("are not some of: {}", names.join(", "));
    if is_good { Ok(()) } else { Err(Problem::parameter("scopes", &reason)) }
}

fn expiry(now: Timestamp, days: i64) -> Result<Timestamp, Problem> {
    if (1..=DAYS_MAX).contains(&days) {
        return Ok(now.plus_seconds(days * DAY_S));
    }
    Err(Problem::parameter("days", &format!("is not between 1 and {DAYS_MAX}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_days_are_checked_on_both_sides() {
        assert_eq!(label_of(" shop "), Ok("shop"));
        assert!(label_of(&"x".repeat(LABEL_BYTES_MAX)).is_ok());
        for wrong in ["", " ", "a\nb", &"x".repeat(LABEL_BYTES_MAX + 1)] {
            assert!(label_of(wrong).is_err(), "{wrong:?}");
        }
        for (days, is_good) in [(0, false), (1, true), (DAYS_MAX, true), (DAYS_MAX + 1, false)] {
            assert_eq!(expiry(Timestamp::from_micros(0), days).is_ok(), is_good, "{days}");
        }
    }
}
