//! Cleaning up after a test process that was killed and could not run its destructors.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

/// Waits for the end of its standard input, which comes when the test process ends, then acts.
const KILL_GROUP: &str = r#"read -r _; kill -s KILL -- "-$1""#;

/// As above; the second lets dying servers finish their last write.
const REMOVE_DIRECTORY: &str = r#"read -r _; sleep 1; rm -rf -- "$1""#;

/// A shell that outlives the test process by one action. Dropping it calls the action off.
#[derive(Debug)]
pub(crate) struct Guard {
    shell: Child,
}

impl Guard {
    /// Kills a process group if the test process dies first.
    pub(crate) fn for_group(group: u32) -> Result<Self> {
        Self::start(KILL_GROUP, OsStr::new(&group.to_string()))
    }

    /// Removes a directory if the test process dies first.
    pub(crate) fn for_directory(path: &Path) -> Result<Self> {
        Self::start(REMOVE_DIRECTORY, path.as_os_str())
    }

    fn start(script: &str, argument: &OsStr) -> Result<Self> {
        let shell = Command::new("/bin/sh")
            .args(["-c", script, "innerwall-test-guard"])
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Its own group: what kills the test's group must not kill the guard with it.
            .process_group(0)
            .spawn()
            .context("cannot start a guard shell")?;
        Ok(Self { shell })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Killed before its input closes, hence before it could act. Both calls fail only when
        // the shell is gone already.
        self.shell.kill().ok();
        self.shell.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper() -> Child {
        Command::new("sleep").arg("100").process_group(0).spawn().unwrap()
    }

    #[test]
    fn the_end_of_the_test_process_kills_the_group() {
        let mut victim = sleeper();
        let mut guard = Guard::for_group(victim.id()).unwrap();
        drop(guard.shell.stdin.take());
        assert!(guard.shell.wait().unwrap().success());
        assert!(!victim.wait().unwrap().success(), "killed, not ended");
    }

    #[test]
    fn a_dropped_guard_spares_the_group() {
        let mut victim = sleeper();
        drop(Guard::for_group(victim.id()).unwrap());
        assert!(victim.try_wait().unwrap().is_none(), "still asleep");
        victim.kill().unwrap();
        victim.wait().unwrap();
    }

    #[test]
    fn the_end_of_the_test_process_removes_the_directory() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("file"), "content").unwrap();
        let mut guard = Guard::for_directory(directory.path()).unwrap();
        drop(guard.shell.stdin.take());
        assert!(guard.shell.wait().unwrap().success());
        assert!(!directory.path().exists());
    }
}
