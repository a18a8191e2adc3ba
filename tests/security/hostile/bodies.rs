//! Bodies that break a limit or a rule, each answered with the status that says which.

use anyhow::{Result, ensure};
use innerwall_testkit::http::{self, Response};
use innerwall_tests::{System, event};

use super::{JSON, LINES, MIB};

/// What it is, its media type, the body, and the statuses that say what is wrong with it.
type Case = (&'static str, (&'static str, &'static str), Vec<u8>, &'static [u16]);

/// Sends them all.
pub(super) async fn check(system: &System) -> Result<()> {
    for (what, media, body, expected) in sizes().into_iter().chain(texts()) {
        let answer = system.send(&[media], body).await?;
        check_problem(what, &answer, expected)?;
    }
    check_encodings(system).await?;
    let media = [("Content-Type", "text/xml")];
    check_problem("XML", &system.send(&media, b"<a/>".to_vec()).await?, &[415])?;
    let url = format!("{}/v1/events", system.ingest.url);
    for method in ["GET", "PUT", "DELETE", "PATCH"] {
        check_problem(method, &http::request(method, &url, &[], "").await?, &[405])?;
    }
    Ok(())
}

fn sizes() -> Vec<Case> {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_event = format!(r#"{{"user_id":"p","ip":"203.0.113.1","custom":{deep}}}"#);
    let keys = |count: u32| {
        let keys: Vec<String> = (0..count).map(|number| format!("\"k{number}\":0")).collect();
        format!("{{{}}}", keys.join(",")).into_bytes()
    };
    let zeros = "0".repeat(9_000);
    let number = format!(r#"{{"user_id":"p","ip":"203.0.113.1","amount":1{zeros}}}"#);
    let many = vec![event("p", "page_view").to_string(); 501].join("\n");
    vec![
        ("two mebibytes", JSON, vec![b'x'; 2 * MIB], &[413]),
        ("depth 10,000", JSON, deep.into_bytes(), &[400, 422]),
        ("a field of depth 10,000", JSON, deep_event.into_bytes(), &[422]),
        ("a million keys", JSON, keys(1_000_000), &[413]),
        ("3,000 keys", JSON, keys(3_000), &[422]),
        ("a huge number", JSON, number.into_bytes(), &[422]),
        ("501 events", LINES, many.into_bytes(), &[413]),
    ]
}

fn texts() -> Vec<Case> {
    let nul = br#"{"user_id":"a\u0000b","ip":"203.0.113.1"}"#;
    let surrogate = br#"{"user_id":"\ud800","ip":"203.0.113.1"}"#;
    vec![
        ("nothing", JSON, Vec::new(), &[400]),
        ("invalid UTF-8", JSON, b"{\"user_id\":\"\xff\xfe\"}".to_vec(), &[400]),
        ("invalid UTF-8 in lines", LINES, b"{}\n\xc3\x28\n".to_vec(), &[400]),
        ("NUL", JSON, nul.to_vec(), &[422]),
        ("raw NUL", JSON, b"\0\0\0\0".to_vec(), &[400, 422]),
        ("a lone surrogate", JSON, surrogate.to_vec(), &[422]),
    ]
}

async fn check_encodings(system: &System) -> Result<()> {
    for encoding in ["gzip", "zstd"] {
        let headers = [JSON, ("Content-Encoding", encoding)];
        let answer = system.send(&headers, b"neither of them".to_vec()).await?;
        check_problem(encoding, &answer, &[400])?;
    }
    for encoding in ["br", "deflate", "gzip, gzip", "x-unknown"] {
        let headers = [JSON, ("Content-Encoding", encoding)];
        let answer = system.send(&headers, event("p", "page_view").to_string()).await?;
        check_problem(encoding, &answer, &[415])?;
    }
    Ok(())
}

fn check_problem(what: &str, answer: &Response, expected: &[u16]) -> Result<()> {
    ensure!(expected.contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
    let media = answer.header("content-type");
    ensure!(media == Some("application/problem+json"), "{what}: {media:?}");
    ensure!(answer.json()?["code"].is_string(), "{what}: {}", answer.text());
    Ok(())
}
