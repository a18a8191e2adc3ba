//! Settings from the environment: `INNERWALL_<NAME>`, or `INNERWALL_<NAME>_FILE` for a secret that
//! a file holds. Read once, at start; a fault is reported and ends the program.

use std::collections::HashMap;
use std::fmt;

use config::{Config, Environment};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("settings: {0} (set INNERWALL_<NAME> in the environment)")]
    Invalid(#[from] config::ConfigError),
    #[error("settings: INNERWALL_{name}_FILE: {path}: {source}")]
    File { name: String, path: String, source: std::io::Error },
}

/// Exit code of a program whose settings are wrong.
pub const EXIT_BAD_SETTINGS: u8 = 64;

/// A setting that must not appear in logs.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Hidden(String);

impl Hidden {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

/// Reads the settings of a service.
pub fn load<T: DeserializeOwned>() -> Result<T, SettingsError> {
    read(std::env::vars().collect())
}

fn read<T: DeserializeOwned>(variables: HashMap<String, String>) -> Result<T, SettingsError> {
    let mut source = variables.clone();
    for (key, path) in variables {
        let name = key.strip_prefix("INNERWALL_").and_then(|key| key.strip_suffix("_FILE"));
        let Some(name) = name else { continue };
        let text = std::fs::read_to_string(&path).map_err(|source| SettingsError::File {
            name: name.to_owned(),
            path: path.clone(),
            source,
        })?;
        source.insert(format!("INNERWALL_{name}"), text.trim_end().to_owned());
    }
    let environment = Environment::with_prefix("INNERWALL").source(Some(source));
    Ok(Config::builder().add_source(environment).build()?.try_deserialize()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Sample {
        listen: String,
        secret: Hidden,
        #[serde(default)]
        limit: u32,
    }

    fn sample(variables: &[(&str, &str)]) -> Result<Sample, SettingsError> {
        read(
            variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        )
    }

    #[test]
    fn settings_come_from_the_environment_and_secrets_stay_hidden() {
        let settings = sample(&[
            ("INNERWALL_LISTEN", "127.0.0.1:1"),
            ("INNERWALL_SECRET", "s3cret"),
            ("INNERWALL_LIMIT", "7"),
        ])
        .unwrap();
        assert_eq!((settings.listen.as_str(), settings.limit), ("127.0.0.1:1", 7));
        assert_eq!(settings.secret.reveal(), "s3cret");
        assert!(!format!("{settings:?}").contains("s3cret"));
    }

    #[test]
    fn what_is_missing_or_unreadable_is_named() {
        let missing = sample(&[("INNERWALL_LISTEN", "x")]).unwrap_err().to_string();
        assert!(missing.contains("secret"), "{missing}");
        let file = sample(&[("INNERWALL_SECRET_FILE", "/does/not/exist")]).unwrap_err().to_string();
        assert!(file.contains("INNERWALL_SECRET_FILE: /does/not/exist"), "{file}");
    }
}
