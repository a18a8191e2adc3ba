//! Hostile bodies are refused within limits, and honest clients notice nothing.

mod bodies;

use std::io::Write;
use std::time::Duration;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use innerwall_testkit::http;
use innerwall_tests::{System, event};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

const MIB: usize = 1024 * 1024;
/// What hostile bodies may cost beyond an honest one.
const GROWTH_KIB_MAX: u64 = 32 * 1024;
const BOMBS_AT_ONCE: usize = 40;
const SLOW_SENDERS: usize = 50;
const HONEST_WITHIN: Duration = Duration::from_secs(2);
const JSON: (&str, &str) = ("Content-Type", "application/json");
const LINES: (&str, &str) = ("Content-Type", "application/x-ndjson");

#[tokio::test]
async fn hostile_bodies_are_refused_and_cost_no_memory() -> Result<()> {
    let system = System::start().await?;
    let honest = vec![event("peggy", "page_view").to_string(); 500].join("\n");
    for _ in 0..4 {
        assert_eq!(system.send(&[LINES], honest.clone()).await?.status, 202);
    }
    let before_kib = system.ingest.process.peak_memory_kib()?;

    check_bombs(&system).await?;
    bodies::check(&system).await?;
    check_declared_length(&system).await?;
    check_slow_senders(&system).await?;

    let growth_kib = system.ingest.process.peak_memory_kib()? - before_kib;
    assert!(growth_kib < GROWTH_KIB_MAX, "memory grew by {growth_kib} KiB from {before_kib} KiB");
    assert_eq!(system.send_json(&event("peggy", "page_view")).await?.status, 202);
    assert_eq!(system.ledger_balanced(2002).await?.accepted, 2002, "nothing hostile got in");
    Ok(())
}

async fn check_bombs(system: &System) -> Result<()> {
    check_bomb(system, "gzip", gzip(&vec![b' '; 50 * MIB])?).await?;
    check_bomb(system, "zstd", zstd_bomb()).await
}

async fn check_bomb(system: &System, encoding: &'static str, bomb: Vec<u8>) -> Result<()> {
    ensure!(bomb.len() <= MIB, "the bomb itself is {} bytes", bomb.len());
    let mut bombs = JoinSet::new();
    for _ in 0..BOMBS_AT_ONCE {
        let url = format!("{}/v1/events", system.ingest.url);
        let (key, bomb) = (system.site.tenant.api_key.clone(), bomb.clone());
        bombs.spawn(async move {
            let headers = [("Api-Key", key.as_str()), JSON, ("Content-Encoding", encoding)];
            http::request("POST", &url, &headers, bomb).await
        });
    }
    while let Some(answer) = bombs.join_next().await {
        let answer = answer??;
        ensure!(answer.status == 413, "{encoding} bomb: {} {}", answer.status, answer.text());
    }
    Ok(())
}

/// Ten gigabytes are promised and a little is sent.
async fn check_declared_length(system: &System) -> Result<()> {
    let mut stream = connect(system, 10_000_000_000).await?;
    stream.write_all(&vec![b' '; 2 * MIB]).await.ok();
    let mut answer = [0; 64];
    let read = timeout(http::REQUEST_TIMEOUT, stream.read(&mut answer)).await??;
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    ensure!(answer.starts_with("HTTP/1.1 413"), "{answer:?}");
    Ok(())
}

/// Many senders that never end their body do not keep an honest one waiting.
async fn check_slow_senders(system: &System) -> Result<()> {
    let mut slow = Vec::new();
    for _ in 0..SLOW_SENDERS {
        let mut stream = connect(system, 1000).await?;
        stream.write_all(b"{").await?;
        slow.push(stream);
    }
    let started = Instant::now();
    let answer = system.send_json(&event("peggy-not-slow", "page_view")).await;
    let took = started.elapsed();
    drop(slow);
    let answer = answer?;
    ensure!(answer.status == 202, "{} {}", answer.status, answer.text());
    ensure!(took < HONEST_WITHIN, "an honest client waited {took:?}");
    Ok(())
}

/// A connection that has sent the head of a request.
async fn connect(system: &System, content_length: u64) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(system.ingest.url.trim_start_matches("http://")).await?;
    let head = format!(
        "POST /v1/events HTTP/1.1\r\nHost: test\r\nApi-Key: {}\r\n\
         Content-Type: application/json\r\nContent-Length: {content_length}\r\n\r\n",
        system.site.tenant.api_key
    );
    stream.write_all(head.as_bytes()).await?;
    Ok(stream)
}

fn gzip(body: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    Ok(encoder.finish()?)
}

/// One frame with a window of 4 MiB that inflates to 2 GiB: runs of 128 KiB out of four bytes. As
/// small as the other bomb, so that what is measured is the inflating and not the bodies as sent.
fn zstd_bomb() -> Vec<u8> {
    const BOMB_BYTES: usize = 64 * 1024;
    const RUN: u32 = (128 * 1024) << 3 | 1 << 1;
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, (22 - 10) << 3];
    while frame.len() + 4 <= BOMB_BYTES {
        frame.extend_from_slice(&RUN.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}
