//! The database keeps tenants apart even when a statement forgets to.

use anyhow::Result;
use innerwall_testkit::sql::{self, SqlSession};
use innerwall_tests::{Servers, Site};

const TABLES: &str = "
    SELECT relname::text FROM pg_class
    WHERE relkind IN ('r', 'p') AND relrowsecurity AND relnamespace = 'public'::regnamespace
    ORDER BY relname";
/// Tables without a tenant, or with its number alone.
const OPEN: [&str; 3] = ["batch_claims", "login_limits", "refinery_schema_history"];
const UNPROTECTED: &str = "
    SELECT relname::text FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relrowsecurity AND NOT relispartition
        AND relnamespace = 'public'::regnamespace
    ORDER BY relname";
const SET_TENANT: &str = "SELECT set_config('innerwall.tenant_id', $1::int::text, false)";
const ADD_USER: &str = "INSERT INTO users (tenant_id, user_no, user_id) VALUES ($1, 1, 'rita')";
const DENIED: &str = "42501";

#[tokio::test]
async fn a_role_sees_and_writes_only_the_rows_of_the_tenant_it_has_set() -> Result<()> {
    let site = Site::prepare(&Servers::default()).await?;
    let ours = site.tenant.id;
    let theirs = site.create_tenant("other").await?.id;
    site.sql().await?.execute(ADD_USER, &[&ours]).await?;
    let query = sql::connect(&site.role_url("query").await?).await?;
    let scorer = sql::connect(&site.role_url("scorer").await?).await?;

    for session in [&query, &scorer] {
        assert_eq!(count(session, "users").await?, 0, "no tenant is set");
    }
    assert_eq!(refusal(&scorer, ADD_USER, ours).await, DENIED, "no tenant is set");
    for session in [&query, &scorer] {
        session.query_one(SET_TENANT, &[&theirs]).await?;
        assert_eq!(count(session, "users").await?, 0, "another tenant is set");
    }
    assert_eq!(refusal(&scorer, ADD_USER, ours).await, DENIED, "another tenant is set");
    let rename = "UPDATE users SET full_name = 'x' WHERE tenant_id = $1";
    assert_eq!(scorer.execute(rename, &[&ours]).await?, 0, "another tenant is set");
    let steal = "UPDATE users SET tenant_id = $1";
    scorer.query_one(SET_TENANT, &[&ours]).await?;
    assert_eq!(refusal(&scorer, steal, theirs).await, DENIED, "rows cannot change their tenant");
    assert_eq!(count(&scorer, "users").await?, 1);
    assert_eq!(refusal(&query, ADD_USER, theirs).await, DENIED, "query writes no users");
    Ok(())
}

#[tokio::test]
async fn every_table_with_data_of_tenants_is_protected() -> Result<()> {
    let site = Site::prepare(&Servers::default()).await?;
    let owner = site.sql().await?;
    assert_eq!(names(&owner, UNPROTECTED).await?, OPEN);

    let query = sql::connect(&site.role_url("query").await?).await?;
    let scorer = sql::connect(&site.role_url("scorer").await?).await?;
    let protected = names(&owner, TABLES).await?;
    assert!(protected.len() >= 13, "{protected:?}");
    for table in &protected {
        for (role, session) in [("query", &query), ("scorer", &scorer)] {
            // A table that the role may not read at all is as good.
            if let Ok(rows) = count(session, table).await {
                // Scorers know the settings of all tenants, and nothing of their people.
                let is_known = table == "tenants" && role == "scorer";
                assert!(rows == 0 || is_known, "{table} without a tenant");
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn service_roles_cannot_change_the_schema_or_each_others_tables() -> Result<()> {
    let site = Site::prepare(&Servers::default()).await?;
    let everywhere = [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
        "DROP TABLE users",
        "TRUNCATE events",
        "DROP POLICY tenant ON users",
        "CREATE ROLE mine",
        "DELETE FROM events",
        "DELETE FROM audit_log",
        "UPDATE audit_log SET detail = ''",
        "INSERT INTO audit_log (tenant_id, actor, action, detail, seq) VALUES (1, '', '', '', 1)",
        "UPDATE audit_heads SET seq = 0",
        "SELECT chain_audit_row(1)",
        "UPDATE tenants SET name = 'mine'",
        "INSERT INTO api_keys (digest, tenant_id, label, events_per_second) VALUES ('', 1, '', 1)",
        "SET ROLE innerwall",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ];
    for role in ["ingest", "scorer", "query"] {
        let session = sql::connect(&site.role_url(role).await?).await?;
        for statement in everywhere {
            let outcome = session.execute(statement, &[]).await;
            assert!(outcome.is_err(), "{role} may {statement}");
        }
        let identity: bool = session
            .query_one(
                "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole
                 FROM pg_roles WHERE rolname = current_user",
                &[],
            )
            .await?
            .try_get(0)?;
        assert!(!identity, "{role} has powers of its own");
    }
    Ok(())
}

async fn names(session: &SqlSession, statement: &str) -> Result<Vec<String>> {
    let rows = session.query(statement, &[]).await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

async fn count(session: &SqlSession, table: &str) -> Result<i64> {
    let statement = format!("SELECT count(*) FROM {table}");
    Ok(session.query_one(&statement, &[]).await?.try_get(0)?)
}

/// The code with which a statement about a tenant is refused.
async fn refusal(session: &SqlSession, statement: &str, tenant: i32) -> String {
    let outcome = session.execute(statement, &[&tenant]).await;
    let error = outcome.err();
    let code = error.as_ref().and_then(|error| error.code());
    code.map_or_else(|| format!("{error:?}"), |code| code.code().to_owned())
}
