//! People sign in, machines have tokens.

use anyhow::Result;
use innerwall_testkit::http::{self, Response};
use innerwall_tests::{Browser, Reader, Service, System};
use serde_json::json;

#[tokio::test]
async fn an_operator_signs_in_reads_and_signs_out() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let mut browser = Browser::new(&system.query.url);
    let answer = browser.sign_in(&tenant.email, &tenant.password).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let cookie = answer.header("set-cookie").unwrap_or_default();
    let rules = "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200";
    assert!(cookie.starts_with("__Host-innerwall=iws_") && cookie.ends_with(rules), "{cookie}");
    assert_eq!(answer.json()?["stage"], "open");

    let me = browser.get("/me").await?.json()?;
    assert_eq!(me["operator"]["email"], json!(tenant.email));
    assert_eq!(
        (&me["tenant"]["name"], &me["csrf_token"]),
        (&json!(tenant.name), &json!(browser.csrf))
    );
    assert_eq!(browser.get("/users").await?.json()?["items"], json!([]));

    let mut before = browser.clone();
    let out = browser.send("POST", "/logout", &json!({})).await?;
    assert_eq!(out.status, 204, "{}", out.text());
    assert_eq!(before.get("/me").await?.status, 401, "the session has ended, whoever keeps it");
    assert_eq!(system.reader.read("/me").await?["operator"], json!(null), "a machine's token");
    Ok(())
}

#[tokio::test]
async fn guesses_are_answered_alike_and_reading_needs_a_token() -> Result<()> {
    let system = System::start().await?;
    let wrong = sign_in(&system, &system.site.tenant.email, "not the password").await?;
    let unknown = sign_in(&system, "nobody@acme.example", "not the password").await?;
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.text(), unknown.text(), "the answer does not tell whether an account exists");

    let stranger = Reader::new(&system.query.url, "iwt_guessed");
    for path in ["/users", "/events", "/ledger", "/stats/overview", "/events/stream", "/me"] {
        assert_eq!(stranger.get(path).await?.status, 401, "{path}");
        let url = format!("{}/api/v1{path}", system.query.url);
        assert_eq!(http::request("GET", &url, &[], "").await?.status, 401, "{path}");
    }
    Ok(())
}

const ATTEMPTS: usize = 10;

#[tokio::test]
async fn guesses_through_a_trusted_proxy_count_for_the_client_it_names() -> Result<()> {
    let system = System::start().await?;
    let url = &system.query.url;
    for guess in 0..ATTEMPTS {
        assert_eq!(guess_from(url, guess, "203.0.113.1").await?, 401);
    }
    assert_eq!(guess_from(url, 11, "203.0.113.1").await?, 429);
    assert_eq!(guess_from(url, 12, "198.51.100.9, 203.0.113.1").await?, 429, "what it adds");
    assert_eq!(guess_from(url, 13, "203.0.113.2").await?, 401, "others may still sign in");
    Ok(())
}

#[tokio::test]
async fn a_peer_that_is_not_trusted_cannot_choose_the_address_its_guesses_count_for() -> Result<()>
{
    let system = System::start().await?;
    let trusted = ("INNERWALL_TRUSTED_PROXIES".to_owned(), "198.51.100.0/24".to_owned());
    let mut query = Service::start(&system.site, "query", &[trusted]).await?;
    query.wait_ready().await?;
    for guess in 0..ATTEMPTS {
        assert_eq!(guess_from(&query.url, guess, &format!("203.0.113.{guess}")).await?, 401);
    }
    assert_eq!(guess_from(&query.url, 11, "203.0.113.99").await?, 429);
    Ok(())
}

/// Each guess is at another account.
async fn guess_from(query_url: &str, guess: usize, forwarded_for: &str) -> Result<u16> {
    let url = format!("{query_url}/api/v1/login");
    let email = format!("guess{guess}@acme.example");
    let body = json!({"email": email, "password": "a guess"}).to_string();
    let headers = [("Content-Type", "application/json"), ("X-Forwarded-For", forwarded_for)];
    Ok(http::request("POST", &url, &headers, body).await?.status)
}

async fn sign_in(system: &System, email: &str, password: &str) -> Result<Response> {
    let url = format!("{}/api/v1/login", system.query.url);
    let body = json!({"email": email, "password": password}).to_string();
    http::request("POST", &url, &[("Content-Type", "application/json")], body).await
}
