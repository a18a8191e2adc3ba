//! A database for one test, on the server that all tests share.

use std::future::Future;

use anyhow::{Context, Result, anyhow};
use uuid::Uuid;

use crate::environment::{self, TEST_DATABASE_URL};
use crate::sql::{self, SqlSession};

/// `innerwall_test_<seconds since 1970>_<random>`: the name tells which leftovers are old.
const PREFIX: &str = "innerwall_test_";

/// No test run takes so long: what is older belongs to a run that was killed.
const LEFTOVER_AGE_S: i64 = 2 * 60 * 60;

/// The server's clock, so that tests on several machines agree on ages.
const SERVER_TIME: &str = "SELECT floor(extract(epoch FROM now()))::bigint";

const DATABASE_NAMES: &str = "SELECT datname::text FROM pg_database WHERE NOT datistemplate";

/// An empty database of one test. Dropping it drops the database, whoever is still connected.
#[derive(Debug)]
pub struct TestDatabase {
    server_url: String,
    name: String,
}

impl TestDatabase {
    /// Creates a database on the server named by `INNERWALL_TEST_DATABASE_URL`.
    pub async fn create() -> Result<Self> {
        let url = environment::optional(TEST_DATABASE_URL);
        Self::create_on(&environment::required(TEST_DATABASE_URL, url)?).await
    }

    /// Creates a database on this server; its user must be allowed to do so.
    pub async fn create_on(server_url: &str) -> Result<Self> {
        let session = sql::connect(server_url).await?;
        let now_s: i64 = session.query_one(SERVER_TIME, &[]).await?.try_get(0)?;
        sweep(&session, now_s).await?;
        let name = format!("{PREFIX}{now_s}_{}", Uuid::new_v4().simple());
        let create = format!("CREATE DATABASE {name}");
        session.execute(&create, &[]).await.with_context(|| format!("cannot create {name}"))?;
        Ok(Self { server_url: server_url.to_owned(), name })
    }

    /// Address of this database, with the user and options of the server's address.
    pub fn url(&self) -> String {
        with_database(&self.server_url, &self.name)
    }

    /// Name of this database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens a connection to this database.
    pub async fn connect(&self) -> Result<SqlSession> {
        sql::connect(&self.url()).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let removal = async {
            let session = sql::connect(&self.server_url).await?;
            remove(&session, &self.name).await
        };
        if let Err(error) = block_on_own_thread(removal) {
            // The sweep of a later test gets it.
            eprintln!("test database {} stays behind: {error:#}", self.name);
        }
    }
}

/// A destructor cannot wait inside the runtime that runs the test.
fn block_on_own_thread(work: impl Future<Output = Result<()>> + Send) -> Result<()> {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(work)
    };
    std::thread::scope(|scope| scope.spawn(run).join())
        .unwrap_or_else(|_| Err(anyhow!("the thread panicked")))
}

async fn sweep(session: &SqlSession, now_s: i64) -> Result<()> {
    for row in session.query(DATABASE_NAMES, &[]).await? {
        let name: String = row.try_get(0)?;
        if created_at_s(&name).is_some_and(|created_s| now_s - created_s > LEFTOVER_AGE_S)
            && let Err(error) = remove(session, &name).await
        {
            // Another test may sweep the same one at this moment.
            eprintln!("leftover database {name}: {error:#}");
        }
    }
    Ok(())
}

async fn remove(session: &SqlSession, name: &str) -> Result<()> {
    session.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), &[]).await?;
    Ok(())
}

/// When a test database was created; nothing for any other name, so that only names made here,
/// which need no quoting, are ever dropped.
fn created_at_s(name: &str) -> Option<i64> {
    let (seconds, random) = name.strip_prefix(PREFIX)?.split_once('_')?;
    Uuid::try_parse(random).ok()?;
    seconds.parse().ok()
}

/// Replaces the path of a connection URL.
fn with_database(server_url: &str, name: &str) -> String {
    let (address, options) = match server_url.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server_url, String::new()),
    };
    let authority_at = address.find("://").map_or(0, |at| at + "://".len());
    let path_at = address[authority_at..].find('/').map_or(address.len(), |at| authority_at + at);
    format!("{}/{name}{options}", &address[..path_at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_database_of_the_url_changes() {
        let cases = [
            ("postgres://u:p@h:1/db", "postgres://u:p@h:1/t"),
            ("postgres://u:p@h:1", "postgres://u:p@h:1/t"),
            ("postgresql://h/db?sslmode=disable", "postgresql://h/t?sslmode=disable"),
            ("postgres:///db?host=/run/postgresql", "postgres:///t?host=/run/postgresql"),
            ("postgres://h?host=/run/postgresql", "postgres://h/t?host=/run/postgresql"),
        ];
        for (server_url, expected) in cases {
            assert_eq!(with_database(server_url, "t"), expected);
        }
    }

    #[test]
    fn only_names_made_here_have_an_age() {
        let random = Uuid::new_v4().simple();
        assert_eq!(created_at_s(&format!("innerwall_test_17_{random}")), Some(17));
        let others =
            ["postgres", "innerwall", "innerwall_test_17_x; DROP TABLE y", "innerwall_test_17"];
        for other in others {
            assert_eq!(created_at_s(other), None, "{other}");
        }
    }
}
