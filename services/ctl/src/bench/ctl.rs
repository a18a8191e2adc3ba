//! The command line as a child process, and where everything is.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, ensure};
use innerwall_auth::Permission;
use innerwall_runtime::clock;
use innerwall_runtime::settings::{self, Hidden};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::process::Command;

use super::report::Storage;

#[derive(Deserialize)]
struct Settings {
    database_url: Hidden,
    amqp_url: Hidden,
}

/// A tenant of a scenario.
#[derive(Deserialize)]
pub(super) struct Tenant {
    #[serde(skip)]
    pub(super) name: String,
    pub(super) api_key: String,
    pub(super) api_token: String,
}

pub(super) struct Ctl {
    settings: Settings,
    bin_dir: PathBuf,
    pub(super) data_dir: Option<PathBuf>,
    /// Tells this run of the benchmark from earlier ones on the same servers.
    pub(super) run_id: String,
}

impl Ctl {
    pub(super) fn new(bin_dir: &Path, data_dir: Option<&Path>) -> anyhow::Result<Self> {
        Ok(Self {
            settings: settings::load()?,
            bin_dir: bin_dir.to_owned(),
            data_dir: data_dir.map(Path::to_owned),
            run_id: format!("{:x}", clock::now_micros() / 1_000),
        })
    }

    pub(super) fn database_url(&self) -> &str {
        self.settings.database_url.reveal()
    }

    pub(super) fn amqp_url(&self) -> &str {
        self.settings.amqp_url.reveal()
    }

    /// One of our programs, to be given arguments.
    pub(super) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin_dir.join(name));
        command.kill_on_drop(true).stdin(Stdio::null()).env("INNERWALL_LOG", "warn");
        command
    }

    pub(super) fn has_program(&self, name: &str) -> bool {
        self.bin_dir.join(name).exists()
    }

    /// Runs a command to its end; gives what it prints.
    pub(super) async fn run(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = self.program("innerwall-ctl");
        command.args(arguments).stderr(Stdio::inherit());
        let what = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let output = command.output().await.with_context(|| format!("cannot run ctl {what}"))?;
        ensure!(output.status.success(), "ctl {what} failed: {}", output.status);
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Runs a command that prints JSON.
    pub(super) async fn json<T: DeserializeOwned>(&self, arguments: &[&str]) -> anyhow::Result<T> {
        let printed = self.run(arguments).await?;
        serde_json::from_str(&printed).with_context(|| format!("ctl {}", arguments.join(" ")))
    }

    /// Makes a tenant of its own for a scenario, with the weights of a preset and its rules in a
    /// mode.
    pub(super) async fn tenant(
        &self,
        scenario: &str,
        (preset, rules): (&str, &str),
    ) -> anyhow::Result<Tenant> {
        let number = clock::fresh_id().simple();
        let (name, email) =
            (format!("bench-{scenario}-{number}"), format!("{number}@bench.example"));
        let password = format!("bench-{}", clock::fresh_id());
        let arguments =
            ["tenant", "create", "--json", "--preset", preset, "--rules", rules, "--name", &name];
        let owner = ["--operator-email", &email, "--operator-password", &password];
        let tenant: Tenant = self.json(&[&arguments[..], &owner[..]].concat()).await?;
        Ok(Tenant { name, ..tenant })
    }

    /// A token of a tenant that may do everything.
    pub(super) async fn token(&self, tenant: &str) -> anyhow::Result<String> {
        let mut arguments = vec!["token", "create", "--tenant", tenant, "--label", &self.run_id];
        arguments.extend(Permission::ALL.iter().flat_map(|scope| ["--scope", scope.name()]));
        self.run(&arguments).await
    }

    pub(super) async fn sizes(&self) -> anyhow::Result<Storage> {
        let sizes: Storage = self.json(&["sizes", "--json"]).await?;
        Ok(sizes.per_event())
    }
}
