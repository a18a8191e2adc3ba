//! What is held about a person is known, and goes when the person does.

use std::collections::BTreeSet;

use anyhow::Result;
use innerwall_storage::erasure::{PERSONAL, Treatment};
use innerwall_tests::{Servers, Site};

const TABLES: &str = "
    SELECT relname::text FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace";
const BY_NUMBER: &str = "SELECT tables_of_users()";

#[tokio::test]
async fn every_table_says_what_becomes_of_a_person_who_is_erased() -> Result<()> {
    let site = Site::prepare(&Servers::default()).await?;
    let owner = site.sql().await?;
    let mut names = BTreeSet::new();
    for row in owner.query(TABLES, &[]).await? {
        names.insert(row.try_get::<_, String>(0)?);
    }
    let listed: BTreeSet<&str> = PERSONAL.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed.len(), PERSONAL.len(), "a table is listed twice");
    let forgotten: Vec<&String> =
        names.iter().filter(|name| !listed.contains(name.as_str())).collect();
    assert!(
        forgotten.is_empty(),
        "say in crates/storage/src/erasure/inventory.rs how {forgotten:?} are erased"
    );
    let mut by_number = BTreeSet::new();
    for row in owner.query(BY_NUMBER, &[]).await? {
        by_number.insert(row.try_get::<_, String>(0)?);
    }
    for (name, treatment) in PERSONAL.iter().filter(|(name, _)| names.contains(*name)) {
        let is_by_number = *treatment == Treatment::ByNumber;
        assert_eq!(by_number.contains(*name), is_by_number, "{name}: {treatment:?}");
    }
    Ok(())
}
