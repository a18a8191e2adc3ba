//! Signing in: a password, then a code when there is a second factor.

use std::net::IpAddr;
use std::sync::LazyLock;
use std::time::Duration;

use innerwall_auth::{
    Secret, SecretDigest, SecretKind, hash_password, is_outdated, verify_password,
};
use innerwall_event::TenantId;
use innerwall_storage::TenantTx;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::browser_sessions::{self, NewSession, Session};
use innerwall_storage::login_limits::{self, LoginLimit};
use innerwall_storage::operators::{self, Login};

use super::second_factor;
use crate::app::{App, now};
use crate::problem::{PeopleProblem, Problem};

/// A person signs in anew at least twice a day.
const SESSION_S: i64 = 12 * 3600;
/// Time to find the phone.
const STEP_S: i64 = 600;
/// Longest name of a browser that is kept.
const USER_AGENT_CHARS_MAX: usize = 200;

/// Attempts per client address (IPv6: per network of 64 bits).
const BY_ADDRESS: LoginLimit = LoginLimit { burst: 10, every: Duration::from_secs(6) };
/// Attempts at one account from one address.
const BY_ACCOUNT_AND_ADDRESS: LoginLimit = LoginLimit { burst: 10, every: Duration::from_mins(1) };
/// Attempts at one account from anywhere: slow, and wide enough that nobody is locked out in
/// passing.
const BY_ACCOUNT: LoginLimit = LoginLimit { burst: 50, every: Duration::from_mins(2) };
/// Codes for one account.
const BY_CODE: LoginLimit = LoginLimit { burst: 5, every: Duration::from_mins(1) };

/// Where someone signs in.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) client: IpAddr,
    pub(crate) user_agent: String,
}

/// What a session is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Everything the role may do.
    Open,
    /// Proving the second factor.
    Totp,
    /// Setting up the second factor that the tenant requires.
    Enrol,
}

impl Stage {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Totp => "totp",
            Self::Enrol => "enrol",
        }
    }

    /// The stage of somebody whose password is right.
    pub(super) fn after_password(has_totp: bool, require_totp: bool) -> Self {
        match (has_totp, require_totp) {
            (true, _) => Self::Totp,
            (false, true) => Self::Enrol,
            (false, false) => Self::Open,
        }
    }
}

/// A session that has just been opened.
pub(crate) struct Opened {
    pub(crate) secret: Secret,
    pub(crate) stage: Stage,
    pub(crate) lasts_s: i64,
}

/// What an unknown account is checked against, so that it takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_password("nobody has this").unwrap_or_default());

/// Signs in with e-mail address and password.
pub(crate) async fn with_password(
    app: &App,
    visitor: &Visitor,
    email: &str,
    password: String,
) -> Result<Opened, Problem> {
    let email = email.trim().to_lowercase();
    admit(app, visitor, &email).await?;
    let found = operators::find(&app.connection().await?, &email).await?;
    let hash = found.as_ref().map_or_else(|| NOBODY.clone(), |found| found.password_hash.clone());
    if !verify(app, password.clone(), hash).await? {
        note_failure(app, visitor, found.as_ref().map(|found| (found.tenant, &*email))).await?;
        return Err(Problem::BadLogin);
    }
    let login = found.ok_or(Problem::BadLogin)?;
    let is_weak = is_outdated(&login.password_hash);
    let fresh_hash = if is_weak { Some(hashed(app, password).await?) } else { None };
    let opened = after_password(app, visitor, (&login, &email), fresh_hash).await?;
    let connection = app.connection().await?;
    for key in [account_and_address(visitor, &email), account(&email)] {
        login_limits::give_back(&connection, &key).await?;
    }
    Ok(opened)
}

async fn after_password(
    app: &App,
    visitor: &Visitor,
    (login, email): (&Login, &str),
    fresh_hash: Option<String>,
) -> Result<Opened, Problem> {
    let stage = Stage::after_password(login.has_totp, login.require_totp);
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(login.tenant, &visitor.client.to_string()).await?;
    if let Some(hash) = fresh_hash {
        operators::set_hash(&tx, login.id, &hash).await?;
    }
    let opened = open(&tx, visitor, login.id, stage).await?;
    if stage != Stage::Totp {
        audit::note(&tx, &Note { actor: email, action: "login.ok", detail: "password" }).await?;
    }
    tx.commit().await?;
    Ok(opened)
}

/// Signs in with a one-time code or a recovery code, after the password.
pub(crate) async fn with_code(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    code: &str,
) -> Result<Opened, Problem> {
    limit_codes(app, session).await?;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(session.tenant, &visitor.client.to_string()).await?;
    let Some(proof) = second_factor::prove(&tx, session.operator, code).await? else {
        tx.rollback().await?;
        note_failure(app, visitor, Some((session.tenant, &session.email))).await?;
        return Err(PeopleProblem::Code.into());
    };
    browser_sessions::end(&tx, session.operator, session.session_no).await?;
    let opened = open(&tx, visitor, session.operator, Stage::Open).await?;
    let actor = &session.email;
    audit::note(&tx, &Note { actor, action: "login.ok", detail: proof.name() }).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Takes an attempt at the codes of an account.
pub(super) async fn limit_codes(app: &App, session: &Session) -> Result<(), Problem> {
    let key = SecretDigest::of(&format!("code {}", session.operator));
    limited(login_limits::take(&app.connection().await?, &key, BY_CODE).await?)
}

/// Checks the password of someone who has signed in, as before each change of what opens the
/// account.
pub(super) async fn check_password(
    app: &App,
    session: &Session,
    password: String,
) -> Result<(), Problem> {
    let key = account(&session.email);
    limited(login_limits::take(&app.connection().await?, &key, BY_ACCOUNT).await?)?;
    let found = operators::find(&app.connection().await?, &session.email).await?;
    let login = found.ok_or(Problem::BadToken)?;
    let is_right = verify(app, password, login.password_hash).await?;
    if is_right { Ok(()) } else { Err(PeopleProblem::Password.into()) }
}

/// Takes an attempt of an address, as before anything that costs a hash.
pub(super) async fn limit_address(app: &App, visitor: &Visitor) -> Result<(), Problem> {
    limited(login_limits::take(&app.connection().await?, &address(visitor), BY_ADDRESS).await?)
}

async fn admit(app: &App, visitor: &Visitor, email: &str) -> Result<(), Problem> {
    let connection = app.connection().await?;
    login_limits::forget(&connection).await?;
    let limits = [
        (address(visitor), BY_ADDRESS),
        (account_and_address(visitor, email), BY_ACCOUNT_AND_ADDRESS),
        (account(email), BY_ACCOUNT),
    ];
    for (key, limit) in limits {
        limited(login_limits::take(&connection, &key, limit).await?)?;
    }
    Ok(())
}

fn limited(wait: Option<Duration>) -> Result<(), Problem> {
    wait.map_or(Ok(()), |retry_after| Err(Problem::TooManyLogins { retry_after }))
}

fn address(visitor: &Visitor) -> SecretDigest {
    let network = match visitor.client {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("{:x?}", &ip.segments()[..4]),
    };
    SecretDigest::of(&format!("address {network}"))
}

fn account(email: &str) -> SecretDigest {
    SecretDigest::of(&format!("account {email}"))
}

fn account_and_address(visitor: &Visitor, email: &str) -> SecretDigest {
    SecretDigest::of(&format!("account {email} address {:?}", address(visitor)))
}

/// A failure belongs to the tenant of the account; at an unknown one it belongs to none, and what
/// was typed is not kept: it may be a password.
async fn note_failure(
    app: &App,
    visitor: &Visitor,
    account: Option<(TenantId, &str)>,
) -> Result<(), Problem> {
    let (tenant, actor) = account.unwrap_or((TenantId(0), "unknown account"));
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(tenant, &visitor.client.to_string()).await?;
    audit::note(&tx, &Note { actor, action: "login.failed", detail: "" }).await?;
    Ok(tx.commit().await?)
}

/// Opens a session in a transaction.
pub(super) async fn open(
    tx: &TenantTx<'_>,
    visitor: &Visitor,
    operator: i32,
    stage: Stage,
) -> Result<Opened, Problem> {
    let secret = Secret::generate(SecretKind::Session, &mut rand::rng());
    let lasts_s = if stage == Stage::Open { SESSION_S } else { STEP_S };
    let user_agent: String = visitor.user_agent.chars().take(USER_AGENT_CHARS_MAX).collect();
    let new = NewSession {
        operator,
        digest: &secret.digest(),
        stage: stage.name(),
        expires_at: now().plus_seconds(lasts_s),
        address: &visitor.client.to_string(),
        user_agent: &user_agent.replace('\0', ""),
    };
    browser_sessions::add(tx, &new).await?;
    Ok(Opened { secret, stage, lasts_s })
}

async fn verify(app: &App, password: String, hash: String) -> Result<bool, Problem> {
    hashing(app, move || verify_password(&password, &hash)).await
}

/// Hashes a new password.
pub(super) async fn hashed(app: &App, password: String) -> Result<String, Problem> {
    hashing(app, move || hash_password(&password)).await
}

/// Few hashes at once: each takes 19 MiB.
async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Result<T, innerwall_auth::PasswordError> + Send + 'static,
) -> Result<T, Problem> {
    let permit = app.hashing.acquire().await.map_err(|_| Problem::Internal)?;
    let done = super::computed(work).await;
    drop(permit);
    done?.map_err(|error| {
        tracing::error!(%error, "password cannot be hashed");
        Problem::Internal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_password_leads_to_what_is_missing() {
        assert_eq!(Stage::after_password(true, true), Stage::Totp);
        assert_eq!(Stage::after_password(true, false), Stage::Totp);
        assert_eq!(Stage::after_password(false, true), Stage::Enrol);
        assert_eq!(Stage::after_password(false, false), Stage::Open);
    }

    #[test]
    fn addresses_of_one_network_count_as_one_in_ipv6_only() {
        let key = |client: &str| {
            let (client, user_agent) = (client.parse().unwrap(), String::new());
            address(&Visitor { client, user_agent })
        };
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:3::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("203.0.113.1"), key("203.0.113.2"));
    }
}
