//! The check at the end of every test that breaks something: nothing lost, invented or doubled.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use crate::Journal;

/// A readable error shows this many ids of each kind; the journal file has the rest.
const OFFENDERS_SHOWN: usize = 10;

/// What the clients know, to be compared with what the database holds.
#[derive(Clone, Debug)]
pub struct Oracle {
    sent: BTreeSet<String>,
    accepted: BTreeSet<String>,
}

/// How much was compared. A test asserts on it, so that it does not pass with nothing to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub sent: usize,
    pub accepted: usize,
    pub stored: usize,
}

impl Oracle {
    /// Takes over what the journal holds now.
    pub fn new(journal: &Journal) -> Self {
        Self { sent: journal.all_sent(), accepted: journal.all_accepted() }
    }

    /// Checks `accepted ⊆ stored ⊆ sent` and that each id is stored once.
    ///
    /// Pass one item for each stored row, not distinct ids: a doubled row shows as a doubled id.
    pub fn check(&self, stored: impl IntoIterator<Item = impl Into<String>>) -> Result<Tally> {
        let mut rows_by_id: BTreeMap<String, usize> = BTreeMap::new();
        for event_id in stored {
            *rows_by_id.entry(event_id.into()).or_default() += 1;
        }
        let is_lost = |id: &&String| !rows_by_id.contains_key(*id);
        let is_invented = |id: &&String| !self.sent.contains(*id);
        let lost: Vec<String> = self.accepted.iter().filter(is_lost).cloned().collect();
        let invented: Vec<String> = rows_by_id.keys().filter(is_invented).cloned().collect();
        let complaints: Vec<String> = [
            complaint("accepted but not stored", &lost),
            complaint("stored but never sent", &invented),
            complaint("stored more than once", &repeated(&rows_by_id)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let tally = Tally {
            sent: self.sent.len(),
            accepted: self.accepted.len(),
            stored: rows_by_id.values().sum(),
        };
        if !complaints.is_empty() {
            bail!("the stored events are wrong ({tally:?})\n{}", complaints.join("\n"));
        }
        Ok(tally)
    }
}

fn repeated(rows_by_id: &BTreeMap<String, usize>) -> Vec<String> {
    let repeated = rows_by_id.iter().filter(|(_, rows)| **rows > 1);
    repeated.map(|(id, rows)| format!("{id} ({rows} times)")).collect()
}

fn complaint(what: &str, offenders: &[String]) -> Option<String> {
    if offenders.is_empty() {
        return None;
    }
    let more = match offenders.len().saturating_sub(OFFENDERS_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown = &offenders[..offenders.len().min(OFFENDERS_SHOWN)];
    Some(format!("{} {what}: {}{more}", offenders.len(), shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn oracle(sent: &[&str], accepted: &[&str]) -> Oracle {
        let owned = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        Oracle { sent: owned(sent), accepted: owned(accepted) }
    }

    #[test]
    fn an_unconfirmed_event_may_be_stored_or_not() {
        let oracle = oracle(&["a", "b", "c"], &["a"]);
        let tally = |stored| Tally { sent: 3, accepted: 1, stored };
        assert_eq!(oracle.check(["a"]).unwrap(), tally(1));
        assert_eq!(oracle.check(["c", "a", "b"]).unwrap(), tally(3));
    }

    #[test]
    fn each_kind_of_offence_is_named() {
        let oracle = oracle(&["a", "b"], &["a", "b"]);
        let error = oracle.check(["b", "b", "x"]).unwrap_err().to_string();
        assert!(error.contains("1 accepted but not stored: a\n"), "{error}");
        assert!(error.contains("1 stored but never sent: x\n"), "{error}");
        assert!(error.ends_with("1 stored more than once: b (2 times)"), "{error}");
    }

    #[test]
    fn ten_offenders_are_shown_and_the_rest_is_counted() {
        let ids: Vec<String> = (10..21).map(|number| format!("event-{number}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let error = |lost: usize| {
            let oracle = oracle(&ids[..lost], &ids[..lost]);
            oracle.check(Vec::<String>::new()).unwrap_err().to_string()
        };
        assert!(error(10).ends_with("event-19"), "{}", error(10));
        assert!(error(11).ends_with("event-19 and 1 more"), "{}", error(11));
        assert!(error(11).contains("11 accepted but not stored"), "{}", error(11));
    }

    #[test]
    fn a_journal_is_what_the_oracle_knows() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path().join("journal")).unwrap();
        journal.sent("a").unwrap();
        assert!(Oracle::new(&journal).check(Vec::<String>::new()).is_ok());
        journal.accepted("a").unwrap();
        assert!(Oracle::new(&journal).check(Vec::<String>::new()).is_err());
    }
}
