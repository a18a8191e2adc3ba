//! Who sent a request: a token in `Authorization`, or a session in a cookie.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::{COOKIE, ORIGIN, SET_COOKIE, USER_AGENT};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use innerwall_auth::{SecretDigest, csrf_of, is_csrf_of};
use innerwall_storage::browser_sessions::Session;
use serde::Serialize;

use crate::access::Bearer;
use crate::app::App;
use crate::caller::{Asking, Caller};
use crate::permissions::{self, Need};
use crate::problem::{PeopleProblem, Problem};
use crate::usecase::sign_in::{Opened, Stage, Visitor};
use crate::view::Me;

/// The prefix has browsers keep it for this host alone, and only if it is secure.
const SESSION_COOKIE: &str = "__Host-innerwall";
const CSRF: &str = "X-Innerwall-CSRF";

/// Who sent a request, and by what secret.
pub(crate) struct Identity {
    pub(crate) bearer: Arc<Bearer>,
    secret: String,
}

impl Identity {
    /// What stands for the secret in the database.
    pub(crate) fn digest(&self) -> SecretDigest {
        SecretDigest::of(&self.secret)
    }

    /// The answer to `who am I`.
    pub(crate) fn me(&self) -> Me {
        let csrf_token = match &*self.bearer {
            Bearer::Person(_) => Some(csrf_of(&self.secret)),
            Bearer::Machine(_) => None,
        };
        Me::new(&self.bearer, csrf_token)
    }

    /// The session of a person, in whatever stage.
    pub(crate) fn person(&self) -> Result<&Session, Problem> {
        match &*self.bearer {
            Bearer::Person(session) => Ok(session),
            Bearer::Machine(_) => Err(PeopleProblem::PeopleOnly.into()),
        }
    }

    /// The session of a person, in one of some stages.
    pub(crate) fn person_at(&self, stages: &[Stage]) -> Result<&Session, Problem> {
        let session = self.person()?;
        let is_there = stages.iter().any(|stage| stage.name() == session.stage);
        if is_there { Ok(session) } else { Err(PeopleProblem::Stage.into()) }
    }
}

/// Who sent a request. A cookie comes with whatever a page makes a browser send, so a write must
/// also show that one of our pages has sent it.
pub(crate) async fn identity(app: &App, request: &HttpRequest) -> Result<Identity, Problem> {
    if request.headers().contains_key("Authorization") {
        let token = token_of(request).ok_or(Problem::BadToken)?;
        let bearer = app.access.token(&app.database, token).await?;
        return Ok(Identity { bearer, secret: token.to_owned() });
    }
    let secret = cookie_of(request).ok_or(Problem::NoToken)?;
    let bearer = app.access.session(&app.database, secret).await?;
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe {
        check_origin(app, request, true)?;
        let sent = request.headers().get(CSRF).and_then(|value| value.to_str().ok());
        if !sent.is_some_and(|sent| is_csrf_of(sent, secret)) {
            return Err(PeopleProblem::Csrf.into());
        }
    }
    Ok(Identity { bearer, secret: secret.to_owned() })
}

/// Refuses what a page of another site sends. Programs send no origin; where only browsers can ask,
/// it must be there.
pub(crate) fn check_origin(
    app: &App,
    request: &HttpRequest,
    is_needed: bool,
) -> Result<(), Problem> {
    let Some(origin) = request.headers().get(ORIGIN) else {
        return if is_needed { Err(PeopleProblem::Csrf.into()) } else { Ok(()) };
    };
    let origin = origin.to_str().unwrap_or_default();
    if app.origins.has(origin) {
        return Ok(());
    }
    Err(PeopleProblem::Origin { origin: origin.chars().take(100).collect() }.into())
}

/// For whom a request reads or writes, after what its operation takes has been checked.
pub(crate) async fn caller(app: &Data<App>, request: &HttpRequest) -> Result<Caller, Problem> {
    let found = identity(app, request).await?;
    if matches!(*found.bearer, Bearer::Person(_)) {
        found.person_at(&[Stage::Open])?;
    }
    let pattern = request.match_pattern().unwrap_or_default();
    let caller = Caller::of(&found.bearer).asking(Asking {
        client: app.proxies.client(request).to_string(),
        route: format!("{} {pattern}", request.method()),
        denials: Some(app.denials.clone()),
    });
    if let Some(Need::Permission(permission)) = permissions::need(request.method(), &pattern) {
        caller.may(permission)?;
    }
    Ok(caller)
}

/// Where a request to sign in comes from.
pub(crate) fn visitor(app: &App, request: &HttpRequest) -> Visitor {
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    Visitor {
        client: app.proxies.client(request),
        user_agent: user_agent.unwrap_or_default().to_owned(),
    }
}

/// An answer that hands a fresh session to the browser.
pub(crate) fn signed_in(opened: &Opened, answer: &impl Serialize) -> HttpResponse {
    let cookie = cookie(opened.secret.reveal(), opened.lasts_s);
    HttpResponse::Ok().insert_header((SET_COOKIE, cookie)).json(answer)
}

/// An answer that takes the session away from the browser.
pub(crate) fn signed_out() -> HttpResponse {
    HttpResponse::NoContent().insert_header((SET_COOKIE, cookie("", 0))).finish()
}

fn cookie(secret: &str, lasts_s: i64) -> String {
    let rules = "Path=/; Secure; HttpOnly; SameSite=Strict";
    format!("{SESSION_COOKIE}={secret}; {rules}; Max-Age={lasts_s}")
}

/// The secret in the cookie of a request.
fn cookie_of(request: &HttpRequest) -> Option<&str> {
    let headers = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let mut cookies = headers.flat_map(|header| header.split(';'));
    cookies.find_map(|cookie| cookie.trim().strip_prefix(SESSION_COOKIE)?.strip_prefix('='))
}

/// The token of a request.
fn token_of(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get("Authorization")?.to_str().ok()?;
    header.strip_prefix("Bearer ").filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies_by_its_whole_name() {
        let found = |header: &str| {
            let request = TestRequest::default().insert_header((COOKIE, header)).to_http_request();
            cookie_of(&request).map(str::to_owned)
        };
        let ours = Some("iws_1".to_owned());
        assert_eq!(found("__Host-innerwall=iws_1"), ours);
        assert_eq!(found("a=b; __Host-innerwall=iws_1;c=d"), ours);
        assert_eq!(found("__Host-innerwall2=iws_1; innerwall=iws_1"), None);
        let rules = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60";
        assert_eq!(cookie("iws_1", 60), format!("__Host-innerwall=iws_1{rules}"));
    }
}
