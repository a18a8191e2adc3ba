//! What a load client did, written down before and after each call.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail, ensure};

const SENT: &str = "sent";
const ACCEPTED: &str = "accepted";

/// Event ids that were sent and that were accepted, in memory and in a file.
///
/// The file is written before the call returns, so it also tells the story of a client process
/// that was killed. One journal may be shared by any number of clients.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    entries: Mutex<Entries>,
}

#[derive(Debug)]
struct Entries {
    file: File,
    sent: BTreeSet<String>,
    accepted: BTreeSet<String>,
}

impl Journal {
    /// Opens a journal; what an earlier process wrote is taken in.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let earlier = if path.exists() { fs::read_to_string(&path)? } else { String::new() };
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let mut entries = Entries { file, sent: BTreeSet::new(), accepted: BTreeSet::new() };
        entries.take_in(&earlier).with_context(|| format!("in journal {}", path.display()))?;
        Ok(Self { path, entries: Mutex::new(entries) })
    }

    /// Notes that this event is about to be sent. Sending again is no error.
    pub fn sent(&self, event_id: &str) -> Result<()> {
        ensure!(!event_id.contains('\n'), "{event_id:?} spans lines");
        let mut entries = self.lock();
        entries.append(SENT, event_id)?;
        entries.sent.insert(event_id.to_owned());
        Ok(())
    }

    /// Notes that the server took responsibility for this event.
    pub fn accepted(&self, event_id: &str) -> Result<()> {
        let mut entries = self.lock();
        ensure!(entries.sent.contains(event_id), "{event_id} was accepted but never sent");
        entries.append(ACCEPTED, event_id)?;
        entries.accepted.insert(event_id.to_owned());
        Ok(())
    }

    /// All ids that were sent.
    pub fn all_sent(&self) -> BTreeSet<String> {
        self.lock().sent.clone()
    }

    /// All ids that were accepted.
    pub fn all_accepted(&self) -> BTreeSet<String> {
        self.lock().accepted.clone()
    }

    /// The file behind this journal.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A client that panicked leaves whole entries behind, and they must still be checked.
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn append(&mut self, word: &str, event_id: &str) -> Result<()> {
        self.file.write_all(format!("{word} {event_id}\n").as_bytes()).context("journal")
    }

    fn take_in(&mut self, earlier: &str) -> Result<()> {
        // A killed writer leaves at most one line without its end: a call that never began.
        let whole = earlier.rfind('\n').map_or("", |end| &earlier[..=end]);
        self.file.set_len(whole.len() as u64)?;
        for line in whole.lines() {
            match line.split_once(' ') {
                Some((SENT, event_id)) => self.sent.insert(event_id.to_owned()),
                Some((ACCEPTED, event_id)) => self.accepted.insert(event_id.to_owned()),
                _ => bail!("{line:?} is no entry"),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(set: &BTreeSet<String>) -> Vec<&str> {
        set.iter().map(String::as_str).collect()
    }

    #[test]
    fn what_was_written_is_read_again_after_the_writer_is_gone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::open(&path).unwrap();
        for event_id in ["a", "b b", "a"] {
            journal.sent(event_id).unwrap();
        }
        journal.accepted("b b").unwrap();
        drop(journal);

        let again = Journal::open(&path).unwrap();
        assert_eq!(ids(&again.all_sent()), ["a", "b b"]);
        assert_eq!(ids(&again.all_accepted()), ["b b"]);
        again.accepted("a").unwrap();
        assert_eq!(fs::read_to_string(again.path()).unwrap().lines().count(), 5);
    }

    #[test]
    fn a_torn_last_line_is_cut_and_does_not_join_the_next() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        fs::write(&path, "sent a\nacce").unwrap();
        Journal::open(&path).unwrap().sent("b").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "sent a\nsent b\n");
    }

    #[test]
    fn impossible_entries_are_refused() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("journal");
        let journal = Journal::open(&path).unwrap();
        assert!(journal.accepted("never sent").is_err());
        assert!(journal.sent("two\nlines").is_err());
        fs::write(&path, "guessed a\n").unwrap();
        assert!(Journal::open(&path).is_err());
    }
}
