//! The own second factor: setting it up, proving it, taking it away.

use innerwall_auth::{RECOVERY_CODES, TotpSecret, recovery_code, recovery_digest};
use innerwall_storage::audit::{self, Note};
use innerwall_storage::browser_sessions::{self, Session};
use innerwall_storage::{TenantTx, operators, second_factor};

use super::sign_in::{self, Opened, Stage, Visitor};
use crate::app::{App, now};
use crate::problem::{PeopleProblem, Problem};
use crate::view::{RecoveryCodesAnswer, TotpSecretAnswer};

/// What apps call us.
const ISSUER: &str = "Innerwall";

/// How somebody has proved to be who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    OneTimeCode,
    RecoveryCode,
}

impl Proof {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OneTimeCode => "password and one-time code",
            Self::RecoveryCode => "password and recovery code",
        }
    }
}

/// Uses up a code of either kind; `None` when it is wrong or used.
pub(super) async fn prove(
    tx: &TenantTx<'_>,
    operator: i32,
    code: &str,
) -> Result<Option<Proof>, Problem> {
    let Some(found) = operators::one(tx, operator).await? else { return Ok(None) };
    let Some(secret) = found.totp_secret.map(TotpSecret::from_bytes) else { return Ok(None) };
    if let Some(step) = step_of(&secret, code, found.totp_step) {
        let is_fresh = second_factor::use_step(tx, operator, step).await?;
        return Ok(is_fresh.then_some(Proof::OneTimeCode));
    }
    let digest = recovery_digest(code).0;
    let is_known = second_factor::use_recovery_code(tx, operator, &digest).await?;
    Ok(is_known.then_some(Proof::RecoveryCode))
}

/// Chooses a secret, which opens nothing before a code proves that an app has it.
pub(crate) async fn choose(
    app: &App,
    session: &Session,
    password: String,
) -> Result<TotpSecretAnswer, Problem> {
    sign_in::check_password(app, session, password).await?;
    if session.has_totp {
        return Err(PeopleProblem::FactorState.into());
    }
    let secret = TotpSecret::generate(&mut rand::rng());
    let mut connection = app.connection().await?;
    let tx = connection.begin(session.tenant).await?;
    second_factor::choose(&tx, session.operator, secret.bytes()).await?;
    tx.commit().await?;
    Ok(TotpSecretAnswer { secret: secret.base32(), uri: secret.uri(ISSUER, &session.email) })
}

/// Turns the second factor on, ends all other sessions, and opens a new one in the place of this.
pub(crate) async fn confirm(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    code: &str,
) -> Result<(Opened, RecoveryCodesAnswer), Problem> {
    sign_in::limit_codes(app, session).await?;
    let operator = session.operator;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    let found = operators::one(&tx, operator).await?.ok_or(Problem::BadToken)?;
    let waiting = found.totp_waiting.map(TotpSecret::from_bytes);
    let secret = waiting.ok_or(PeopleProblem::FactorState)?;
    let step = step_of(&secret, code, 0).ok_or(PeopleProblem::Code)?;
    let (codes, digests) = recovery_codes();
    second_factor::confirm(&tx, operator, step, &digests).await?;
    browser_sessions::end_others(&tx, operator, browser_sessions::NO_SESSION).await?;
    let opened = sign_in::open(&tx, visitor, operator, Stage::Open).await?;
    note(&tx, session, "second_factor.on").await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok((opened, codes))
}

/// Takes the second factor away, unless the tenant requires one.
pub(crate) async fn remove(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    password: String,
) -> Result<(), Problem> {
    sign_in::check_password(app, session, password).await?;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    if second_factor::is_required(&tx).await? {
        return Err(PeopleProblem::FactorRequired.into());
    }
    second_factor::remove(&tx, session.operator).await?;
    note(&tx, session, "second_factor.off").await?;
    tx.commit().await?;
    app.access.forget_all();
    Ok(())
}

/// Puts new recovery codes in the place of the old ones.
pub(crate) async fn renew_codes(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    password: String,
) -> Result<RecoveryCodesAnswer, Problem> {
    sign_in::check_password(app, session, password).await?;
    let (codes, digests) = recovery_codes();
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    if !second_factor::replace_recovery_codes(&tx, session.operator, &digests).await? {
        return Err(PeopleProblem::FactorState.into());
    }
    note(&tx, session, "second_factor.codes").await?;
    tx.commit().await?;
    Ok(codes)
}

async fn note(tx: &TenantTx<'_>, session: &Session, action: &str) -> Result<(), Problem> {
    Ok(audit::note(tx, &Note { actor: &session.email, action, detail: "" }).await?)
}

fn recovery_codes() -> (RecoveryCodesAnswer, Vec<Vec<u8>>) {
    let mut random = rand::rng();
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(&mut random)).collect();
    let digests = codes.iter().map(|code| recovery_digest(code).0.to_vec()).collect();
    (RecoveryCodesAnswer { recovery_codes: codes }, digests)
}

fn step_of(secret: &TotpSecret, code: &str, last_step: i64) -> Option<i64> {
    let now_s = u64::try_from(now().as_micros() / 1_000_000).unwrap_or_default();
    let step = secret.step_of(code, now_s, last_step.unsigned_abs());
    step.and_then(|step| i64::try_from(step).ok())
}
