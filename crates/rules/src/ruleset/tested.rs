//! The tests of a tenant's packs, run before a content is published.

use super::{RuleSet, RuleSetContent, RuleSetFault};
use crate::pack::read_pack;
use crate::trial::run_trials;

impl RuleSet {
    /// Every test of the tenant's own packs that fails. Packs that cannot be read are left to
    /// [`RuleSet::build`].
    pub fn failed_tests(content: &RuleSetContent) -> Vec<RuleSetFault> {
        let mut faults = Vec::new();
        for pack in &content.packs {
            let Ok(read) = read_pack(&pack.text) else { continue };
            let path = format!("packs.{}", pack.name);
            let fault = |message| RuleSetFault { path: path.clone(), place: None, message };
            faults.extend(run_trials(&read).iter().map(|failure| fault(failure.to_string())));
        }
        faults
    }
}
