//! What can go wrong with the database, by what the caller should do about it.

use tokio_postgres::error::SqlState;

/// A failed storage operation.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    #[error("no database connection: {0}")]
    Pool(#[from] deadpool_postgres::PoolError),
    #[error("database: {}", description(.0))]
    Postgres(#[from] tokio_postgres::Error),
    #[error("database settings: {0}")]
    Settings(String),
    #[error("migration: {0}")]
    Migration(#[from] refinery::Error),
    /// A newer rule set is in use: read it and try again.
    #[error("a newer rule set is in use")]
    Outdated,
    /// A user was removed while it was being locked: try again.
    #[error("a user was removed meanwhile")]
    Vanished,
    #[error("stored {what} cannot be read: {reason}")]
    Corrupt { what: &'static str, reason: String },
}

/// What to do about a failed operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// The database is away, busy or in conflict: wait and try the same again.
    Transient,
    /// The database refuses this very data: trying again cannot help.
    Data,
    /// The event exists already.
    Duplicate,
    /// Settings, schema or program are wrong: someone must look.
    Fault,
}

impl StorageError {
    /// Whether something of that name is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Postgres(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION))
    }

    /// Sorts the error. Only what the database says about the data itself counts as data: all
    /// that is not known for sure is transient or a fault, so that no event is parked because
    /// the database has a bad day.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Pool(_) | Self::Outdated | Self::Vanished => ErrorClass::Transient,
            Self::Settings(_) | Self::Migration(_) => ErrorClass::Fault,
            Self::Corrupt { .. } => ErrorClass::Data,
            Self::Postgres(error) => error.as_db_error().map_or(ErrorClass::Transient, |said| {
                class_of(said.code(), said.table(), said.constraint())
            }),
        }
    }
}

/// The table of events; its partitions begin with its name.
const EVENTS: &str = "events";
/// Ends the name of a primary key.
const KEY: &str = "_pkey";

/// Code and message of the database; never the details, which may hold the data itself.
fn description(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || error.to_string(),
        |db_error| format!("{} {}", db_error.code().code(), db_error.message()),
    )
}

/// Only an event that is there under its time and id is a repeated one. Any other row that is
/// there already, and a partition that is not, come of what others did meanwhile.
fn class_of(code: &SqlState, table: Option<&str>, constraint: Option<&str>) -> ErrorClass {
    if *code == SqlState::UNIQUE_VIOLATION {
        let is_event = table.is_some_and(|table| table.starts_with(EVENTS));
        let is_key = constraint.is_some_and(|constraint| constraint.ends_with(KEY));
        return if is_event && is_key { ErrorClass::Duplicate } else { ErrorClass::Transient };
    }
    if *code == SqlState::CHECK_VIOLATION && table == Some(EVENTS) && constraint.is_none() {
        return ErrorClass::Transient;
    }
    match code.code().get(..2) {
        // data exception, integrity constraint violation
        Some("22" | "23") => ErrorClass::Data,
        // syntax error or access rule violation, feature not supported
        Some("42" | "0A") => ErrorClass::Fault,
        // connection, transaction rollback, resources, operator intervention, lock, internal
        _ => ErrorClass::Transient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complaints_about_the_data_count_as_data() {
        let table = [
            (SqlState::CHARACTER_NOT_IN_REPERTOIRE, ErrorClass::Data),
            (SqlState::NOT_NULL_VIOLATION, ErrorClass::Data),
            (SqlState::UNIQUE_VIOLATION, ErrorClass::Transient),
            (SqlState::CHECK_VIOLATION, ErrorClass::Data),
            (SqlState::T_R_DEADLOCK_DETECTED, ErrorClass::Transient),
            (SqlState::ADMIN_SHUTDOWN, ErrorClass::Transient),
            (SqlState::LOCK_NOT_AVAILABLE, ErrorClass::Transient),
            (SqlState::DISK_FULL, ErrorClass::Transient),
            (SqlState::FEATURE_NOT_SUPPORTED, ErrorClass::Fault),
            (SqlState::UNDEFINED_COLUMN, ErrorClass::Fault),
        ];
        for (code, expected) in table {
            assert_eq!(class_of(&code, None, None), expected, "{}", code.code());
        }
    }

    #[test]
    fn only_the_key_of_events_tells_a_repeated_event() {
        let unique = |table, constraint| {
            class_of(&SqlState::UNIQUE_VIOLATION, Some(table), Some(constraint))
        };
        assert_eq!(unique("events_20261123", "events_20261123_pkey"), ErrorClass::Duplicate);
        assert_eq!(unique("user_state", "user_state_pkey"), ErrorClass::Transient);
        assert_eq!(unique("users", "users_by_id"), ErrorClass::Transient);
    }

    #[test]
    fn a_partition_that_was_dropped_is_no_fault_of_the_event() {
        let check = |table, constraint| class_of(&SqlState::CHECK_VIOLATION, table, constraint);
        assert_eq!(check(Some("events"), None), ErrorClass::Transient);
        assert_eq!(check(Some("events"), Some("events_kind_check")), ErrorClass::Data);
    }
}
