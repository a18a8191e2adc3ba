//! Directory, ports and start of a private broker.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use uuid::Uuid;

use crate::child::ChildProcess;
use crate::free_port;
use crate::scratch::ScratchDir;

/// The script itself, not the wrapper in `/usr/sbin`, which changes user and configuration.
const SERVER: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";

/// Keeps the Erlang distribution off other interfaces; nodes of one machine need no more.
const LOOPBACK_ONLY: &str = "-kernel inet_dist_use_interface {127,0,0,1}";

/// All that stays the same over restarts.
#[derive(Debug)]
pub(super) struct Site {
    node_name: String,
    pub(super) amqp_port: u16,
    distribution_port: u16,
    names_port: u16,
    scratch: ScratchDir,
}

impl Site {
    pub(super) fn prepare() -> Result<Self> {
        ensure!(Path::new(SERVER).exists(), "{SERVER} is missing: install rabbitmq-server");
        let scratch = ScratchDir::create("broker")?;
        for directory in ["home", "data", "log", "conf.d"] {
            scratch.subdirectory(directory)?;
        }
        scratch.write("enabled_plugins", "[].\n")?;
        scratch.write("rabbitmq.conf", "log.console.level = info\n")?;
        scratch.write("rabbitmq-env.conf", "")?;
        Ok(Self {
            node_name: format!("innerwall-{}@localhost", Uuid::new_v4().simple()),
            amqp_port: free_port()?,
            distribution_port: free_port()?,
            names_port: free_port()?,
            scratch,
        })
    }

    /// The broker would start a shared one as a daemon, and that would outlive the test.
    pub(super) fn start_name_server(&self) -> Result<ChildProcess> {
        let mut command = Command::new("epmd");
        command.args(["-address", "127.0.0.1", "-port", &self.names_port.to_string()]);
        ChildProcess::start("epmd", &mut command)
    }

    pub(super) fn start_server(&self) -> Result<ChildProcess> {
        let mut command = Command::new(SERVER);
        command
            .current_dir(self.scratch.path())
            .env_remove("NOTIFY_SOCKET")
            .env("LANG", "C.UTF-8")
            .env("ERL_EPMD_ADDRESS", "127.0.0.1")
            .env("ERL_EPMD_PORT", self.names_port.to_string())
            .env("RABBITMQ_NODENAME", &self.node_name)
            .env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
            .env("RABBITMQ_NODE_PORT", self.amqp_port.to_string())
            .env("RABBITMQ_DIST_PORT", self.distribution_port.to_string())
            .env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK_ONLY)
            .env("RABBITMQ_LOGS", "-")
            .envs(self.paths());
        ChildProcess::start("rabbitmq-server", &mut command)
    }

    /// Every place where a broker reads or writes; the defaults belong to the machine's own one.
    fn paths(&self) -> impl Iterator<Item = (&'static str, PathBuf)> {
        [
            ("HOME", "home"),
            ("RABBITMQ_MNESIA_BASE", "data"),
            ("RABBITMQ_LOG_BASE", "log"),
            ("RABBITMQ_PID_FILE", "pid"),
            ("RABBITMQ_CONFIG_FILE", "rabbitmq.conf"),
            ("RABBITMQ_CONFIG_FILES", "conf.d"),
            ("RABBITMQ_ADVANCED_CONFIG_FILE", "advanced.config"),
            ("RABBITMQ_CONF_ENV_FILE", "rabbitmq-env.conf"),
            ("RABBITMQ_GENERATED_CONFIG_DIR", "generated"),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", "enabled_plugins"),
        ]
        .into_iter()
        .map(|(variable, name)| (variable, self.scratch.path().join(name)))
    }
}
