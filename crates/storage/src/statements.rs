//! Every statement in one list, so that a test can prepare them all against the schema.

use crate::error::StorageError;
use crate::pool::Connection;
use crate::{
    accounts, admin, claims, events, feed, keys, ledger, lists, operators, parked, partitions,
    read, replay, tallies, tenants,
};

/// Every statement of this crate that runs against tables.
pub const ALL_STATEMENTS: &[&str] = &[
    accounts::EXISTING,
    accounts::ADD,
    accounts::LOCK,
    accounts::LOAD,
    accounts::STORE_USERS,
    accounts::STORE_STATES,
    admin::FIND_TENANT,
    admin::ADD_TENANT,
    admin::ADD_RULE_SET,
    admin::ADD_OPERATOR,
    admin::ADD_KEY,
    admin::REVOKE_KEY,
    admin::LIST_KEYS,
    admin::ADD_TOKEN,
    admin::AUDIT,
    admin::COUNT_EVENTS,
    admin::SIZES,
    claims::CLAIM_BATCHES,
    claims::KNOWN_BATCHES,
    claims::CLAIM_EVENTS,
    claims::CLAIMED_CONTENTS,
    claims::FORGET_OLD,
    events::INSERT,
    feed::ADD,
    feed::HORIZON,
    feed::READ,
    keys::FIND,
    ledger::ADD_OUTCOMES,
    ledger::REPORT_GATEWAY,
    ledger::READ,
    lists::IS_BLOCKED,
    lists::PUT,
    lists::REMOVE,
    operators::FIND,
    operators::ADD_SESSION,
    operators::REVOKE,
    operators::FIND_TOKEN,
    parked::PARK,
    parked::CLAIM_REDRIVE,
    parked::FINISH,
    parked::LIST,
    parked::START_REDRIVE,
    partitions::ENSURE,
    tallies::ADD_LINKS,
    tallies::ADD_ADDRESSES,
    tallies::ADD_USER_AGENTS,
    tallies::ADD_DEVICES,
    tallies::ADD_COUNTS,
    tenants::VERSION,
    tenants::WEIGHTS,
    read::users::PAGE_BY_LAST_SEEN,
    read::users::PAGE_BY_LAST_SEEN_UP,
    read::users::PAGE_BY_TRUST,
    read::users::PAGE_BY_TRUST_DOWN,
    read::users::ONE,
    read::users::DEVICES,
    read::events::PAGE,
    read::events::OF_USER,
    read::events::BY_IDS,
    read::event::ONE,
    read::overview::TOTALS,
    read::overview::BANDS,
    read::overview::SERIES,
    read::overview::RULES,
    replay::EVENTS,
    replay::USERS,
];

/// Prepares every statement: a check that schema and program fit.
pub async fn prepare_all(connection: &Connection) -> Result<(), StorageError> {
    for statement in ALL_STATEMENTS {
        connection.0.prepare(statement).await?;
    }
    Ok(())
}
