//! Program and schema fit, and migrating is safe to repeat.

use anyhow::{Context, Result};
use innerwall_storage::ALL_STATEMENTS;
use innerwall_storage::migrate::migrate;
use innerwall_testkit::TestDatabase;
use tokio::task::JoinSet;

const SCORERS: usize = 4;
const WEEKS: i32 = 30;
const ENSURE_PARTITION: &str =
    "SELECT ensure_event_partition(now() - $1::int * interval '7 days')::text";
const PARTITIONS: &str = "
    SELECT count(*) FROM pg_inherits WHERE inhparent = 'events'::regclass AND inhrelid IN (
        SELECT oid FROM pg_class WHERE relkind = 'r')";
const HISTORY: &str = "SELECT count(*) FROM refinery_schema_history";

#[tokio::test]
async fn every_statement_fits_the_migrated_schema() -> Result<()> {
    let database = TestDatabase::create().await?;
    migrate(&database.url(), None).await?;
    assert!(ALL_STATEMENTS.len() > 40, "only {} statements are known", ALL_STATEMENTS.len());
    let session = database.connect().await?;
    let mut misfits = Vec::new();
    for statement in ALL_STATEMENTS {
        if let Err(error) = session.prepare(statement).await {
            let reason = error.as_db_error().map(|refusal| refusal.message().to_owned());
            misfits.push(format!("{}: {statement}", reason.unwrap_or_default()));
        }
    }
    assert!(misfits.is_empty(), "{}", misfits.join("\n"));
    Ok(())
}

#[tokio::test]
async fn migrations_apply_once_however_often_they_are_run() -> Result<()> {
    let database = TestDatabase::create().await?;
    let first = migrate(&database.url(), None).await?;
    assert!(first.len() >= 4, "{first:?}");
    let second = migrate(&database.url(), None).await?;
    assert_eq!(second, Vec::<String>::new());
    assert_eq!(applied(&database).await?, i64::try_from(first.len())?);
    Ok(())
}

#[tokio::test]
async fn two_migrators_at_once_take_turns() -> Result<()> {
    let database = TestDatabase::create().await?;
    let url = database.url();
    let (one, other) = tokio::join!(migrate(&url, None), migrate(&url, None));
    let (one, other) = (one.context("one")?, other.context("the other")?);
    assert!(one.is_empty() != other.is_empty(), "{one:?} and {other:?}");
    assert_eq!(applied(&database).await?, i64::try_from(one.len() + other.len())?);
    Ok(())
}

#[tokio::test]
async fn scorers_that_make_the_same_partitions_at_once_do_not_get_in_each_others_way() -> Result<()>
{
    let database = TestDatabase::create().await?;
    migrate(&database.url(), None).await?;
    let mut scorers = JoinSet::new();
    for _ in 0..SCORERS {
        let session = database.connect().await?;
        scorers.spawn(async move {
            for week in 0..WEEKS {
                session.query_one(ENSURE_PARTITION, &[&week]).await?;
            }
            Ok::<(), anyhow::Error>(())
        });
    }
    while let Some(scorer) = scorers.join_next().await {
        scorer??;
    }
    let partitions = database.connect().await?.query_one(PARTITIONS, &[]).await?;
    assert_eq!(partitions.try_get::<_, i64>(0)?, i64::from(WEEKS));
    Ok(())
}

async fn applied(database: &TestDatabase) -> Result<i64> {
    Ok(database.connect().await?.query_one(HISTORY, &[]).await?.try_get(0)?)
}
