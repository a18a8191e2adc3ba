//! The packs and presets that come with the program, in the language of everyone's rules.

use std::sync::LazyLock;

use crate::pack::{Pack, read_pack};
use crate::preset::Preset;

const PACKS: [&str; 10] = [
    include_str!("../packs/account_takeover.yaml"),
    include_str!("../packs/behaviour.yaml"),
    include_str!("../packs/country.yaml"),
    include_str!("../packs/device.yaml"),
    include_str!("../packs/email.yaml"),
    include_str!("../packs/address.yaml"),
    include_str!("../packs/phone.yaml"),
    include_str!("../packs/reuse.yaml"),
    include_str!("../packs/velocity.yaml"),
    include_str!("../packs/takeover.yaml"),
];

const PRESETS: [&str; 3] = [
    include_str!("../presets/recommended.yaml"),
    include_str!("../presets/account_takeover.yaml"),
    include_str!("../presets/none.yaml"),
];

/// Lists that come with the program and can be named without being defined.
pub const BUILTIN_LISTS: [&str; 4] = ["asn", "email", "url", "user_agent"];

static CHECKED_PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| {
    PACKS.iter().map(|text| read_pack(text).expect("a test checks every built-in pack")).collect()
});

static READ_PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let read = |text: &&str| serde_saphyr::from_str(text).expect("a test reads every preset");
    PRESETS.iter().map(read).collect()
});

/// The built-in packs, checked.
pub fn builtin_packs() -> &'static [Pack] {
    &CHECKED_PACKS
}

/// The built-in presets.
pub fn builtin_presets() -> &'static [Preset] {
    &READ_PRESETS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RuleSet, RuleSetContent, run_trials};

    #[test]
    fn every_rule_passes_its_own_tests() {
        for pack in builtin_packs() {
            assert_eq!(run_trials(pack), [], "pack {}", pack.family);
            assert!(!pack.rules.is_empty());
        }
    }

    #[test]
    fn every_preset_names_rules_that_exist() {
        for preset in builtin_presets() {
            let set = RuleSet::new(1, builtin_packs(), &preset.weights);
            assert!(set.is_ok(), "{}: {:?}", preset.name, set.err());
            let content =
                RuleSetContent { preset: Some(preset.name.clone()), ..RuleSetContent::default() };
            assert_eq!(RuleSet::build(1, &content).err(), None, "{}", preset.name);
        }
    }
}
