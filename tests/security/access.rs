//! Who may do what, over every route and every gRPC method, and what comes with every answer.

use anyhow::{Context, Result};
use innerwall_testkit::http::Response;
use innerwall_tests::{Browser, System};
use serde_json::json;

use crate::isolation::grpc;
use crate::routes::{self, Ids, Route};

const HEADERS: [(&str, &str); 9] = [
    (
        "content-security-policy",
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         object-src 'none'",
    ),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];
/// Permissions that each role lacks, from crates/auth.
const LACKING: [(&str, &[&str]); 3] = [
    (
        "viewer",
        &[
            "personal", "export", "review", "lists", "rules", "settings", "keys", "people",
            "audit", "erase",
        ],
    ),
    ("analyst", &["rules", "settings", "keys", "people", "audit", "erase"]),
    ("admin", &["people"]),
];
const SET_ROLE: &str = "UPDATE operators SET role = $1";
const NO_SCOPES: &str = "UPDATE tokens SET scopes = '{}' WHERE label = 'none'";

#[tokio::test]
async fn each_route_refuses_each_role_that_lacks_its_permission() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let routes = routes::all(&system).await?;
    let mut refused = 0;
    for (role, lacking) in LACKING {
        system.site.sql().await?.execute(SET_ROLE, &[&role]).await?;
        let person = Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
        for route in routes.iter().filter(|route| lacking.contains(&&*route.permission)) {
            let answer = ask(&system, route, &person).await?;
            assert_eq!(answer.status, 403, "{role} at {route}: {}", answer.text());
            assert_eq!(answer.json()?["code"], "not_allowed", "{role} at {route}");
            refused += 1;
        }
    }
    assert!(refused > 20, "only {refused} refusals: is the check blind?");
    Ok(())
}

#[tokio::test]
async fn every_write_with_a_cookie_shows_that_one_of_our_pages_sent_it() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let person = Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    let without_token = Browser { csrf: String::new(), ..person.clone() };
    let wrong_token = Browser { csrf: "0".repeat(32), ..person.clone() };
    let without_origin = Browser { origin: String::new(), ..person.clone() };
    let elsewhere = Browser { origin: "https://evil.example".to_owned(), ..person.clone() };
    for route in routes::all(&system).await? {
        if route.method == "GET" || route.permission == "none" {
            continue;
        }
        for forged in [&without_token, &wrong_token, &without_origin, &elsewhere] {
            let answer = ask(&system, &route, forged).await?;
            assert_eq!(answer.status, 403, "{route}: {}", answer.text());
            let code = answer.json()?["code"].clone();
            assert!(code == "csrf_missing" || code == "origin_unknown", "{route}: {code}");
        }
    }
    let mut still = person;
    assert_eq!(still.get("/me").await?.status, 200, "nothing has ended the session");
    Ok(())
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_none_without_a_session_says_more() -> Result<()> {
    let system = System::start().await?;
    let stranger = Browser::new(&system.query.url);
    for route in routes::all(&system).await? {
        let answer = ask(&system, &route, &stranger).await?;
        check_headers(&route.to_string(), &answer);
        if route.permission != "none" {
            assert_eq!(answer.status, 401, "{route}: {}", answer.text());
        }
    }
    for path in ["/healthz", "/readyz", "/metrics", "/nowhere", "/api/v1/nowhere"] {
        let url = format!("{}{path}", system.query.url);
        check_headers(path, &innerwall_testkit::http::request("GET", &url, &[], "").await?);
    }
    Ok(())
}

#[tokio::test]
async fn a_token_without_a_scope_reaches_no_grpc_method() -> Result<()> {
    let system = System::start().await?;
    let create = ["token", "create", "--tenant", "acme", "--label", "none", "--scope", "read"];
    let token = system.site.ctl(&create).await?.success()?;
    system.site.sql().await?.execute(NO_SCOPES, &[]).await?;
    let channel = grpc::channel(&system).await?;
    for call in grpc::calls()? {
        let refusal = grpc::ask(&channel, &call, &Ids::new(), &token).await.err();
        let code = refusal.context("answered")?.code();
        assert_eq!(code, tonic::Code::PermissionDenied, "{}", call.path);
        let refusal = grpc::ask(&channel, &call, &Ids::new(), "iwt_guessed").await.err();
        let code = refusal.context("answered")?.code();
        assert_eq!(code, tonic::Code::Unauthenticated, "{}", call.path);
    }
    Ok(())
}

fn check_headers(what: &str, answer: &Response) {
    for (name, value) in HEADERS {
        assert_eq!(answer.header(name), Some(value), "{what}: {name}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), None, "{what}");
}

/// Asks as a browser, for things that need not be there.
async fn ask(system: &System, route: &Route, person: &Browser) -> Result<Response> {
    let ids = anything(route);
    let given = [
        ("Cookie", person.cookie.as_str()),
        ("X-Innerwall-CSRF", person.csrf.as_str()),
        ("Origin", person.origin.as_str()),
    ];
    let headers: Vec<_> = given.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    route.ask(&system.query.url, &ids, &headers).await
}

/// A number for every parameter.
fn anything(route: &Route) -> Ids {
    let names =
        route.pattern.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| (name.to_owned(), json!(1))).collect()
}
