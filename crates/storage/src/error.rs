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
    /// The data exists already.
    Duplicate,
    /// Settings, schema or program are wrong: someone must look.
    Fault,
}

impl StorageError {
    /// Sorts the error. Only what the database says about the data itself counts as data: all
    /// that is not known for sure is transient or a fault, so that no event is parked because
    /// the database has a bad day.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Pool(_) | Self::Outdated => ErrorClass::Transient,
            Self::Settings(_) | Self::Migration(_) => ErrorClass::Fault,
            Self::Corrupt { .. } => ErrorClass::Data,
            Self::Postgres(error) => error.code().map_or(ErrorClass::Transient, class_of),
        }
    }
}

/// Code and message of the database; never the details, which may hold the data itself.
fn description(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || error.to_string(),
        |db_error| format!("{} {}", db_error.code().code(), db_error.message()),
    )
}

fn class_of(code: &SqlState) -> ErrorClass {
    if *code == SqlState::UNIQUE_VIOLATION {
        return ErrorClass::Duplicate;
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
            (SqlState::UNIQUE_VIOLATION, ErrorClass::Duplicate),
            (SqlState::T_R_DEADLOCK_DETECTED, ErrorClass::Transient),
            (SqlState::ADMIN_SHUTDOWN, ErrorClass::Transient),
            (SqlState::LOCK_NOT_AVAILABLE, ErrorClass::Transient),
            (SqlState::DISK_FULL, ErrorClass::Transient),
            (SqlState::FEATURE_NOT_SUPPORTED, ErrorClass::Fault),
            (SqlState::UNDEFINED_COLUMN, ErrorClass::Fault),
        ];
        for (code, expected) in table {
            assert_eq!(class_of(&code), expected, "{}", code.code());
        }
    }
}
