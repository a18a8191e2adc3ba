//! A private database server is really started, killed, stopped, restarted and paused.

use std::time::Duration;

use anyhow::Result;
use innerwall_testkit::{PrivatePostgres, TestDatabase, sql};

#[tokio::test]
async fn a_committed_row_survives_every_way_to_stop_the_server() -> Result<()> {
    let mut postgres = PrivatePostgres::start().await?;
    let url = postgres.url();
    let session = sql::connect(&url).await?;
    session.execute("CREATE TABLE kept (id bigint)", &[]).await?;
    session.execute("INSERT INTO kept VALUES (1)", &[]).await?;

    postgres.kill9()?;
    assert!(session.execute("INSERT INTO kept VALUES (2)", &[]).await.is_err());
    assert!(sql::connect(&url).await.is_err());
    postgres.restart().await?;
    assert_eq!(count(&url).await?, 1);

    postgres.stop_immediate().await?;
    assert!(sql::connect(&url).await.is_err());
    postgres.restart().await?;
    assert_eq!(count(&url).await?, 1);
    check_pause(&mut postgres).await?;

    let port = postgres.port();
    drop(postgres);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    Ok(())
}

async fn count(url: &str) -> Result<i64> {
    let session = sql::connect(url).await?;
    Ok(session.query_one("SELECT count(*) FROM kept", &[]).await?.try_get(0)?)
}

async fn check_pause(postgres: &mut PrivatePostgres) -> Result<()> {
    let session = sql::connect(&postgres.url()).await?;
    postgres.pause()?;
    let answer = session.query_one("SELECT 1", &[]);
    let answer = tokio::time::timeout(Duration::from_millis(300), answer).await;
    assert!(answer.is_err(), "a paused server answered");
    postgres.resume()?;
    session.query_one("SELECT 1", &[]).await?;
    Ok(())
}

#[tokio::test]
async fn terminated_sessions_end_and_the_server_stays() -> Result<()> {
    let postgres = PrivatePostgres::start().await?;
    let victims = [sql::connect(&postgres.url()).await?, sql::connect(&postgres.url()).await?];
    assert_eq!(postgres.terminate_backends().await?, 2);
    for victim in &victims {
        assert!(victim.query_one("SELECT 1", &[]).await.is_err());
    }
    let settings = sql::connect(&postgres.url()).await?;
    let row = settings.query_one("SELECT current_setting('fsync')", &[]).await?;
    assert_eq!(row.get::<_, String>(0), "on", "services refuse a server that may lose commits");
    Ok(())
}

#[tokio::test]
async fn test_databases_are_apart_and_go_away_even_while_in_use() -> Result<()> {
    let postgres = PrivatePostgres::start().await?;
    let url = postgres.url();
    let first = TestDatabase::create_on(&url).await?;
    let second = TestDatabase::create_on(&url).await?;
    let session = first.connect().await?;
    session.execute("CREATE TABLE here (id bigint)", &[]).await?;
    let other = second.connect().await?;
    assert!(other.query("SELECT id FROM here", &[]).await.is_err());

    let name = second.name().to_owned();
    drop(first);
    assert_eq!(databases(&url).await?, [name.as_str(), "postgres"]);
    drop(second);
    assert_eq!(databases(&url).await?, ["postgres"]);
    Ok(())
}

#[tokio::test]
async fn only_old_leftovers_are_swept() -> Result<()> {
    let postgres = PrivatePostgres::start().await?;
    let url = postgres.url();
    let session = sql::connect(&url).await?;
    let now = "SELECT floor(extract(epoch FROM now()))::bigint";
    let now_s: i64 = session.query_one(now, &[]).await?.try_get(0)?;
    let random = "0123456789abcdef0123456789abcdef";
    let old = format!("innerwall_test_{}_{random}", now_s - 7260);
    let young = format!("innerwall_test_{}_{random}", now_s - 7000);
    for name in [&old, &young, &"innerwall_test_notes".to_owned()] {
        session.execute(&format!("CREATE DATABASE {name}"), &[]).await?;
    }

    drop(TestDatabase::create_on(&url).await?);
    assert_eq!(databases(&url).await?, [young.as_str(), "innerwall_test_notes", "postgres"]);
    Ok(())
}

async fn databases(url: &str) -> Result<Vec<String>> {
    let session = sql::connect(url).await?;
    let names = "SELECT datname::text FROM pg_database WHERE NOT datistemplate";
    let rows = session.query(names, &[]).await?;
    let mut names = Vec::new();
    for row in rows {
        names.push(row.try_get(0)?);
    }
    names.sort();
    Ok(names)
}
