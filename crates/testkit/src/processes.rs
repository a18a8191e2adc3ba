//! The process table, read from `/proc`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};

struct Entry {
    pid: u32,
    parent: u32,
    group: u32,
}

/// Processes that `leader` started, directly or not, the members of its group and itself.
///
/// Zombies are left out: they hold no port, file or lock, and who reaps them is not ours to say.
pub(crate) fn family(leader: u32) -> Result<Vec<u32>> {
    Ok(family_among(&living()?, leader))
}

/// What is left of a family whose leader has ended and was waited for.
///
/// The kernel keeps the number of a group that has members. So a living process with the number
/// of the leader is a stranger, and tells that the group is empty.
pub(crate) fn orphans(leader: u32) -> Result<Vec<u32>> {
    let living = living()?;
    if living.iter().any(|entry| entry.pid == leader) {
        return Ok(Vec::new());
    }
    Ok(family_among(&living, leader))
}

/// Whether any of these processes still runs.
pub(crate) fn any_alive(pids: &[u32]) -> Result<bool> {
    Ok(living()?.iter().any(|entry| pids.contains(&entry.pid)))
}

/// Largest resident memory the process ever had.
pub(crate) fn peak_memory_kib(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))
        .with_context(|| format!("process {pid} is gone"))?;
    peak_from_status(&status).with_context(|| format!("process {pid} has no memory any more"))
}

fn family_among(living: &[Entry], leader: u32) -> Vec<u32> {
    let belongs = |entry: &&Entry| entry.pid == leader || entry.group == leader;
    let mut family: BTreeSet<u32> = living.iter().filter(belongs).map(|entry| entry.pid).collect();
    loop {
        let known = family.len();
        for entry in living {
            if family.contains(&entry.parent) {
                family.insert(entry.pid);
            }
        }
        if family.len() == known {
            return family.into_iter().collect();
        }
    }
}

fn peak_from_status(status: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    value.trim().strip_suffix(" kB")?.trim().parse().ok()
}

fn living() -> Result<Vec<Entry>> {
    let mut living = Vec::new();
    for directory in fs::read_dir("/proc").context("cannot list processes")? {
        // A process may end between the listing and the reading: then there is nothing to add.
        let Ok(stat) = fs::read_to_string(directory?.path().join("stat")) else {
            continue;
        };
        living.extend(living_entry(&stat));
    }
    Ok(living)
}

/// Position of the number of threads among the fields that follow the name.
const THREADS_AT: usize = 17;

/// `pid (name) state parent group ..`; the name may itself hold spaces and parentheses.
fn living_entry(stat: &str) -> Option<Entry> {
    let (pid, rest) = stat.split_once(" (")?;
    let (_, fields) = rest.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let [state, parent, group, ..] = fields[..] else {
        return None;
    };
    // The first thread is a zombie while others still run and hold the ports of the process.
    let is_last_thread = matches!(fields.get(THREADS_AT), None | Some(&("0" | "1")));
    if matches!(state, "Z" | "X") && is_last_thread {
        return None;
    }
    Some(Entry { pid: pid.parse().ok()?, parent: parent.parse().ok()?, group: group.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let entry = living_entry("17 (a) b (c)) S 3 17 17 0 -1").unwrap();
        assert_eq!((entry.pid, entry.parent, entry.group), (17, 3, 17));
        assert!(living_entry("17 (gone) Z 3 17 17 0 -1").is_none(), "zombies do not live");
        assert!(living_entry("nonsense").is_none());
    }

    #[test]
    fn a_family_is_the_group_and_all_descendants() {
        let entry = |pid, parent, group| Entry { pid, parent, group };
        let living =
            [entry(10, 1, 10), entry(11, 1, 10), entry(9, 11, 9), entry(8, 9, 8), entry(7, 1, 7)];
        assert_eq!(family_among(&living, 10), [8, 9, 10, 11]);
        assert!(family_among(&living, 99).is_empty());
    }

    #[test]
    fn the_test_itself_has_memory_and_lives() {
        let own_pid = std::process::id();
        assert!(peak_memory_kib(own_pid).unwrap() > 100);
        assert!(any_alive(&[own_pid]).unwrap());
        assert!(family(own_pid).unwrap().contains(&own_pid));
    }

    #[test]
    fn the_peak_is_read_from_its_own_line() {
        assert_eq!(peak_from_status("VmPeak:\t 9 kB\nVmHWM:\t    5120 kB\n"), Some(5120));
        assert_eq!(peak_from_status("Name:\tgone\n"), None);
    }
}
