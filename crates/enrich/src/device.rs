//! Identity of a device.

use std::sync::Arc;

use innerwall_event::fnv1a;
use innerwall_features::DeviceId;

use crate::agent::Agent;

/// A device by its class and main language.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: DeviceId,
    pub agent: Arc<Agent>,
}

impl Device {
    pub(crate) fn new(agent: Arc<Agent>, language: &str) -> Self {
        let parts = [
            agent.kind.name(),
            agent.browser.as_deref().unwrap_or_default(),
            agent.system.as_deref().unwrap_or_default(),
            language,
        ];
        Self { id: DeviceId(stable_hash(&parts)), agent }
    }
}

/// FNV-1a over the parts. Values are stored, so the function may never change.
pub(crate) fn stable_hash(parts: &[&str]) -> u64 {
    fnv1a(parts.iter().flat_map(|part| part.bytes().chain([0xff])))
}
