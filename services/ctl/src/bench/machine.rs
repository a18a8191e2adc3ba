//! The machine the numbers are of.

use serde::Serialize;

use super::memory::kib_of;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Machine {
    pub(super) cores: usize,
    pub(super) processor: String,
    pub(super) memory_mib: u64,
}

impl Machine {
    pub(super) fn look() -> anyhow::Result<Self> {
        let memory = std::fs::read_to_string("/proc/meminfo")?;
        let processors = std::fs::read_to_string("/proc/cpuinfo")?;
        let model = processors.lines().find_map(|line| line.strip_prefix("model name"));
        let processor = model.and_then(|line| line.split_once(':'));
        Ok(Self {
            cores: std::thread::available_parallelism()?.get(),
            processor: processor.map_or_else(String::new, |(_, name)| name.trim().to_owned()),
            memory_mib: kib_of(&memory, "MemTotal:").unwrap_or_default() / 1024,
        })
    }
}
