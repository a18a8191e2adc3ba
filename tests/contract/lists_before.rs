//! Programs of the release before work with the lists of this one.

use anyhow::Result;
use innerwall_storage::migrate::migrate;
use innerwall_testkit::TestDatabase;

const ADD_TENANT: &str = "INSERT INTO tenants (name) VALUES ('acme') RETURNING id";
const SET_TENANT: &str = "SELECT set_config('innerwall.tenant_id', $1::int::text, false)";
/// Statements of the release before, word for word.
const PUT: &str = "
    INSERT INTO list_entries (tenant_id, list, kind, value, reason, author)
    VALUES ($1, 'block', $2, $3, $4, $5)
    ON CONFLICT (tenant_id, value, list, kind) DO UPDATE SET
        reason = EXCLUDED.reason, author = EXCLUDED.author";
const IS_BLOCKED: &str = "
    SELECT EXISTS (SELECT 1 FROM list_entries WHERE tenant_id = $1 AND value = $2 AND list = 'block'
        AND (expires_at IS NULL OR expires_at > now()))";
const REMOVE: &str = "
    DELETE FROM list_entries WHERE tenant_id = $1 AND value = $2 AND list = 'block'";
/// As this release puts an entry.
const PUT_NOW: &str = "
    INSERT INTO list_causes (tenant_id, list, kind, value, source, reason, author)
    VALUES ($1, 'block', 'user', 'mallory', 'person', 'fraud', 'ann')";

#[tokio::test]
async fn the_release_before_puts_finds_and_removes_entries_of_both() -> Result<()> {
    let database = TestDatabase::create().await?;
    migrate(&database.url(), None).await?;
    let session = database.connect().await?;
    let tenant: i32 = session.query_one(ADD_TENANT, &[]).await?.try_get(0)?;
    session.query_one(SET_TENANT, &[&tenant]).await?;
    for reason in ["fraud", "fraud, seen again"] {
        session.execute(PUT, &[&tenant, &"user", &"mallory", &reason, &"ctl"]).await?;
    }
    session.execute(PUT_NOW, &[&tenant]).await?;
    let blocked = session.query_one(IS_BLOCKED, &[&tenant, &"mallory"]).await?;
    assert!(blocked.try_get::<_, bool>(0)?);
    assert_eq!(session.execute(REMOVE, &[&tenant, &"mallory"]).await?, 2);
    let blocked = session.query_one(IS_BLOCKED, &[&tenant, &"mallory"]).await?;
    assert!(!blocked.try_get::<_, bool>(0)?);
    Ok(())
}
