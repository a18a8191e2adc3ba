//! What a user agent says about the device.

use innerwall_features::DeviceKind;
use ua_parser::{Extractor, Regexes};

/// A user agent reduced to its class: no versions, so that updates change nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    pub kind: DeviceKind,
    pub browser: Option<String>,
    pub system: Option<String>,
}

impl Agent {
    /// In words: `Chrome on Windows`.
    pub fn label(&self) -> String {
        match (&self.browser, &self.system) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => "Unknown device".to_owned(),
        }
    }

    /// The class when no data file is loaded: the text without its digits.
    pub(crate) fn unparsed(user_agent: Option<&str>) -> Self {
        let Some(text) = user_agent.filter(|text| !text.is_empty()) else {
            return Self::unknown();
        };
        let class: String = text.chars().filter(|c| !c.is_ascii_digit()).take(80).collect();
        Self { kind: DeviceKind::Unknown, browser: Some(class), system: None }
    }

    pub(crate) const fn unknown() -> Self {
        Self { kind: DeviceKind::Unknown, browser: None, system: None }
    }

    pub(crate) fn parsed(extractor: &Extractor<'_>, user_agent: &str) -> Self {
        let (browser, system, device) = extractor.extract(user_agent);
        let browser = browser.map(|browser| browser.into_owned().family);
        let system = system.map(|system| system.into_owned().os);
        let device = device.map(|device| device.into_owned().device);
        let kind = kind_of(user_agent, device.as_deref(), system.as_deref());
        Self { kind, browser, system }
    }
}

pub(crate) fn extractor(yaml: &str) -> Result<Extractor<'static>, String> {
    let regexes: Regexes<'static> =
        serde_saphyr::from_str(yaml).map_err(|error| error.to_string())?;
    Extractor::try_from(regexes).map_err(|error| error.to_string())
}

fn kind_of(user_agent: &str, device: Option<&str>, system: Option<&str>) -> DeviceKind {
    let has = |word: &str| user_agent.contains(word);
    if device == Some("Spider") || has("bot") || has("Bot") || has("Headless") {
        return DeviceKind::Bot;
    }
    match system {
        Some("iOS") if has("iPad") => DeviceKind::Tablet,
        Some("iOS") => DeviceKind::Phone,
        Some("Android") if has("Mobile") => DeviceKind::Phone,
        Some("Android") => DeviceKind::Tablet,
        Some("Windows" | "Mac OS X" | "Linux" | "Ubuntu" | "Chrome OS" | "Debian" | "Fedora") => {
            DeviceKind::Desktop
        }
        Some(_) => DeviceKind::Other,
        None => DeviceKind::Unknown,
    }
}
