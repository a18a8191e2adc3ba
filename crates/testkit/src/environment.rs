//! Variables by which the test runner configures this crate.

use anyhow::{Context, Result};

/// Directory of the built service binaries.
pub(crate) const BIN_DIR: &str = "INNERWALL_BIN_DIR";

/// Server on which each test creates a database of its own.
pub(crate) const TEST_DATABASE_URL: &str = "INNERWALL_TEST_DATABASE_URL";

/// The value of a variable; an empty one counts as unset.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner configures tests; runtime::config is for services"
)]
pub(crate) fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The value, or an error that says how tests are meant to be started.
pub(crate) fn required(name: &str, value: Option<String>) -> Result<String> {
    value.with_context(|| {
        format!("{name} is not set; `make test` starts the servers that tests need and sets it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_variable_is_named_together_with_the_cure() {
        let message = required("INNERWALL_X", None).unwrap_err().to_string();
        assert!(message.contains("INNERWALL_X") && message.contains("make test"), "{message}");
        assert_eq!(required("INNERWALL_X", Some("here".into())).unwrap(), "here");
    }

    #[test]
    fn an_unknown_variable_is_absent() {
        assert_eq!(optional("INNERWALL_NOBODY_SETS_THIS"), None);
    }
}
