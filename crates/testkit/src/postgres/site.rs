//! Directory, port and start of a private database server.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::child::ChildProcess;
use crate::free_port;
use crate::scratch::ScratchDir;

/// Each release has a directory of its own below this one, named by its number.
const RELEASES: &str = "/usr/lib/postgresql";

/// The server refuses to run as root; its packages bring this user.
const SERVER_USER: &str = "postgres";

/// A second or two on an idle machine.
const CREATED_WITHIN: Duration = Duration::from_mins(1);

/// All that stays the same over restarts.
#[derive(Debug)]
pub(super) struct Site {
    programs: PathBuf,
    data: PathBuf,
    pub(super) port: u16,
    scratch: ScratchDir,
}

impl Site {
    pub(super) async fn prepare() -> Result<Self> {
        let programs = newest_release(Path::new(RELEASES))?;
        let scratch = ScratchDir::create("postgres")?;
        if is_root()? {
            run(Command::new("chown").arg(SERVER_USER).arg(scratch.path()))?;
        }
        let site =
            Self { programs, data: scratch.path().join("data"), port: free_port()?, scratch };
        site.create_cluster().await?;
        Ok(site)
    }

    /// Not synced to the disk: only what the server itself writes later has to last.
    async fn create_cluster(&self) -> Result<()> {
        let mut command = self.command("initdb")?;
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
        command.args(["--locale=C.UTF-8", "-D"]).arg(&self.data);
        let mut initdb = ChildProcess::start("initdb", &mut command)?;
        let status = initdb.exit_within(CREATED_WITHIN).await?;
        ensure!(status.success(), initdb.explain("failed"));
        Ok(())
    }

    pub(super) fn start_server(&self) -> Result<ChildProcess> {
        let mut command = self.command("postgres")?;
        command.arg("-D").arg(&self.data).args(["-p", &self.port.to_string()]);
        command.args(["-c", "listen_addresses=127.0.0.1"]);
        command.arg("-c").arg(format!("unix_socket_directories={}", self.scratch.path().display()));
        ChildProcess::start("postgres", &mut command)
    }

    /// One of the server's programs, run by a user it accepts.
    fn command(&self, program: &str) -> Result<Command> {
        let program = self.programs.join(program);
        let mut command = if is_root()? {
            // Replaces itself by the program, so that signals reach the server.
            let mut command = Command::new("setpriv");
            command.args(["--reuid", SERVER_USER, "--regid", SERVER_USER, "--init-groups", "--"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.scratch.path());
        Ok(command)
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {}", complaint.trim());
    Ok(())
}

fn is_root() -> Result<bool> {
    Ok(fs::metadata("/proc/self").context("cannot read /proc/self")?.uid() == 0)
}

/// Program directory of the release with the highest number.
fn newest_release(releases: &Path) -> Result<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for entry in fs::read_dir(releases).into_iter().flatten() {
        let entry = entry?;
        let programs = entry.path().join("bin");
        let number = entry.file_name().to_string_lossy().parse();
        if let (Ok(number), true) = (number, programs.join("postgres").is_file()) {
            found.push((number, programs));
        }
    }
    let newest = found.into_iter().max().context("no PostgreSQL server: install postgresql")?;
    Ok(newest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_release_is_the_highest_number_that_has_a_server() {
        let releases = tempfile::tempdir().unwrap();
        assert!(newest_release(releases.path()).is_err());
        for release in ["9", "15", "notes"] {
            let programs = releases.path().join(release).join("bin");
            fs::create_dir_all(&programs).unwrap();
            fs::write(programs.join("postgres"), "").unwrap();
        }
        fs::create_dir_all(releases.path().join("16/bin")).unwrap();
        let newest = newest_release(releases.path()).unwrap();
        assert_eq!(newest, releases.path().join("15/bin"), "16 holds client programs only");
    }
}
