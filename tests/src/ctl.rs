//! The operator's command line, run as an operator would.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::process::Command;
use tokio::time::timeout;

use crate::environment;

/// No command of a test has so much to do, also on a busy machine.
const DONE_WITHIN: Duration = Duration::from_secs(40);

/// What a command said and how it ended.
#[derive(Clone, Debug)]
pub struct Answer {
    pub code: i32,
    pub output: String,
    pub complaint: String,
}

impl Answer {
    /// The output of a command that succeeded.
    pub fn success(self) -> Result<String> {
        ensure!(self.code == 0, "exit code {}: {}", self.code, self.complaint);
        Ok(self.output)
    }

    /// The output as one JSON value per line.
    pub fn json_lines(&self) -> Result<Vec<Value>> {
        let parse = |line| serde_json::from_str(line).with_context(|| format!("{line} is no JSON"));
        self.output.lines().map(parse).collect()
    }
}

pub(crate) async fn run(arguments: &[&str], variables: &[(String, String)]) -> Result<Answer> {
    let mut command = Command::new(environment::binary("innerwall-ctl")?);
    command
        .args(arguments)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let what = format!("innerwall-ctl {}", arguments.join(" "));
    let output = timeout(DONE_WITHIN, command.output()).await;
    let output = output.with_context(|| format!("{what}: not done within {DONE_WITHIN:?}"))?;
    let output = output.with_context(|| what.clone())?;
    Ok(Answer {
        code: output.status.code().with_context(|| format!("{what} was killed"))?,
        output: String::from_utf8(output.stdout)?.trim_end().to_owned(),
        complaint: String::from_utf8_lossy(&output.stderr).trim_end().to_owned(),
    })
}
