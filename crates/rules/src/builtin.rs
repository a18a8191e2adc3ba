//! The packs and presets that come with the program, in the language of everyone's rules.

use std::sync::LazyLock;

use crate::id::RuleId;
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

const PRESETS: [&str; 19] = [
    include_str!("../presets/recommended.yaml"),
    include_str!("../presets/account_registration.yaml"),
    include_str!("../presets/account_takeover.yaml"),
    include_str!("../presets/api_protection.yaml"),
    include_str!("../presets/bot_detection.yaml"),
    include_str!("../presets/bot_detection_plus.yaml"),
    include_str!("../presets/content_spam.yaml"),
    include_str!("../presets/credential_stuffing.yaml"),
    include_str!("../presets/default.yaml"),
    include_str!("../presets/dormant_account.yaml"),
    include_str!("../presets/dormant_account_plus.yaml"),
    include_str!("../presets/fraud_prevention.yaml"),
    include_str!("../presets/high_risk_regions.yaml"),
    include_str!("../presets/high_risk_regions_plus.yaml"),
    include_str!("../presets/insider_threat.yaml"),
    include_str!("../presets/insider_threat_plus.yaml"),
    include_str!("../presets/multi_accounting.yaml"),
    include_str!("../presets/none.yaml"),
    include_str!("../presets/promo_abuse.yaml"),
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

/// The text of the built-in pack that holds a rule.
pub fn builtin_text(id: RuleId) -> Option<&'static str> {
    let holds = |pack: &Pack| pack.rules.iter().any(|rule| rule.id == id);
    PACKS.iter().zip(builtin_packs()).find(|(_, pack)| holds(pack)).map(|(text, _)| *text)
}

/// The built-in presets.
pub fn builtin_presets() -> &'static [Preset] {
    &READ_PRESETS
}

#[cfg(test)]
mod reference_presets;
#[cfg(test)]
mod tests;
