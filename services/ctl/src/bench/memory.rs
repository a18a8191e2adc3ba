//! Memory of the services.

use anyhow::Context;
use serde::Serialize;

/// The most memory a service was seen to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Peak {
    pub(super) service: &'static str,
    /// Resident set, as `VmHWM` says.
    pub(super) peak_kib: u64,
}

/// The highest peak of each service over all scenarios.
#[derive(Default)]
pub(super) struct Peaks(Vec<Peak>);

impl Peaks {
    pub(super) fn note(&mut self, seen: &[Peak]) {
        for peak in seen {
            match self.0.iter_mut().find(|known| known.service == peak.service) {
                Some(known) => known.peak_kib = known.peak_kib.max(peak.peak_kib),
                None => self.0.push(peak.clone()),
            }
        }
    }

    pub(super) fn report(self) -> Vec<Peak> {
        self.0
    }
}

/// Reads the peak of a process.
pub(super) fn peak(service: &'static str, id: u32) -> anyhow::Result<Peak> {
    Ok(Peak { service, peak_kib: status_kib(id, "VmHWM:")? })
}

/// What a process holds now.
pub(super) fn resident_kib(id: u32) -> anyhow::Result<u64> {
    status_kib(id, "VmRSS:")
}

fn status_kib(id: u32, name: &str) -> anyhow::Result<u64> {
    let path = format!("/proc/{id}/status");
    let status = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    kib_of(&status, name).with_context(|| format!("{path}: no {name}"))
}

/// The value of a line such as `VmHWM:     1234 kB`.
pub(super) fn kib_of(text: &str, name: &str) -> Option<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    value.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_peak_of_each_service_counts() {
        let peak = |service, peak_kib| Peak { service, peak_kib };
        let mut peaks = Peaks::default();
        peaks.note(&[peak("scorer", 10), peak("scorer", 30), peak("query", 5)]);
        peaks.note(&[peak("scorer", 20)]);
        assert_eq!(peaks.report(), [peak("scorer", 30), peak("query", 5)]);
    }

    #[test]
    fn this_process_has_a_peak() {
        assert!(super::peak("bench", std::process::id()).unwrap().peak_kib > 100);
    }
}
