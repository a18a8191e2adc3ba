//! Whatever is wrong, `/sensor/` answers with an empty body: one tracker prints bodies into the
//! pages of its host.

use anyhow::{Result, ensure};
use innerwall_testkit::http;
use innerwall_tests::System;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const PARTS: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=Aa0");
const GOOD: &str =
    "userName=quinn&ipAddress=203.0.113.8&url=%2F&eventTime=2026-11-01+10%3A00%3A00.000";

/// Method, headers, body, and the status it is answered with.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str, u16);

#[tokio::test]
async fn every_error_of_the_tracker_route_has_an_empty_body() -> Result<()> {
    let system = System::start().await?;
    let key = ("Api-Key", system.site.tenant.api_key.as_str());
    let large = "a".repeat(2 * 1024 * 1024);
    let gzip = ("Content-Encoding", "gzip");
    let cases: [Case; 14] = [
        ("POST", &[FORM], GOOD, 401),
        ("POST", &[FORM, ("Api-Key", "guessed")], GOOD, 401),
        ("POST", &[FORM, key], "userName=quinn&url=%2F", 400),
        ("POST", &[FORM, key], "userName=quinn&ipAddress=203.0.113.8", 400),
        ("POST", &[FORM, key], "", 400),
        ("POST", &[FORM, key], &large, 413),
        ("POST", &[FORM, key, gzip], GOOD, 400),
        ("POST", &[FORM, key, ("Content-Encoding", "br")], GOOD, 415),
        ("POST", &[("Content-Type", "application/json"), key], "{}", 415),
        ("POST", &[PARTS, key], GOOD, 400),
        ("POST", &[PARTS, key], "--Aa0\r\n\r\nnothing ends", 400),
        ("POST", &[("Content-Type", "multipart/form-data"), key], "--Aa0--", 400),
        ("GET", &[key], "", 405),
        ("PUT", &[FORM, key], GOOD, 405),
    ];
    for (method, headers, body, status) in cases {
        let url = format!("{}/sensor/", system.ingest.url);
        let answer = http::request(method, &url, headers, body.to_owned()).await?;
        let sent: String = body.chars().take(40).collect();
        let what = format!("{method} {sent:?}: {} {:?}", answer.status, answer.text());
        ensure!(answer.status == status && answer.body.is_empty(), "{what}, expected {status}");
        ensure!(answer.header("x-error").is_some(), "{what} without X-Error");
    }
    let url = format!("{}/sensor/", system.ingest.url);
    let good = http::request("POST", &url, &[FORM, key], GOOD).await?;
    assert_eq!((good.status, good.body.len()), (204, 0));

    let part = |name, value: &str| {
        format!("--Aa0\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let parts = [("userName", "rosa"), ("ipAddress", "203.0.113.9"), ("url", "/a?b=c")];
    let parts = parts.map(|(name, value)| part(name, value)).concat() + "--Aa0--\r\n";
    let good = http::request("POST", &url, &[PARTS, key], parts).await?;
    assert_eq!((good.status, good.body.len()), (204, 0));
    system.visible("rosa", 1).await?;
    assert_eq!(system.reader.events_of("rosa").await?[0]["url"], "/a?b=c");

    let hostile = format!("{GOOD}&userAgent=%00%ff%fe&pageTitle={}", "%F0%9F%98%80".repeat(200));
    let repaired = http::request("POST", &url, &[FORM, key], hostile).await?;
    assert_eq!(repaired.status, 204, "a faulty field is repaired, the event is kept");
    system.visible("quinn", 2).await?;
    let corrections = &system.reader.events_of("quinn").await?[0]["corrections"];
    assert_ne!(corrections, &serde_json::json!([]));
    Ok(())
}
