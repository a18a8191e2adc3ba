//! What a user agent says about the device.

mod contradictions;
mod crawlers;
mod kinds;
mod releases;

use innerwall_event::Timestamp;
use innerwall_features::{DeviceFacts, DeviceFlag, DeviceKind, Flags};
use ua_parser::{Extractor, Regexes};

pub(crate) use crawlers::Crawlers;
use releases::Release;

/// The parts of a user agent that name the device for good: no versions, so that updates change
/// nothing. Stored ids are made of them, so how they are found may never change.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Class {
    kind: DeviceKind,
    browser: String,
    system: String,
}

/// All that a user agent says, whenever it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    class: Class,
    kind: DeviceKind,
    browser: String,
    system: String,
    flags: Flags,
    release: Option<Release>,
}

/// What user agents are read with.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) extractor: Option<Extractor<'static>>,
    pub(crate) crawlers: Option<Crawlers>,
}

/// What the patterns find in a user agent.
#[derive(Default)]
struct Parsed {
    browser: Option<String>,
    major: Option<u32>,
    minor: u32,
    system: Option<String>,
    device: Option<String>,
}

impl Reading {
    pub(crate) fn read(&self, user_agent: Option<&str>) -> Agent {
        let text = user_agent.unwrap_or_default();
        let is_empty = text.trim().is_empty() || text.trim() == "-";
        let parsed = self.extractor.as_ref().map(|extractor| Parsed::new(extractor, text));
        let class = match &parsed {
            Some(parsed) if user_agent.is_some() => Class::parsed(text, parsed),
            _ => Class::unparsed(text),
        };
        let is_parsed = parsed.is_some();
        let parsed = parsed.unwrap_or_default();
        let nature = crawlers::nature(self.crawlers.as_ref(), text, &parsed);
        let kind = kinds::kind(text, &parsed, &nature);
        let release = parsed.release().or_else(|| Release::of_engine(text));
        let is_client = !nature.is_bot && !nature.is_library && !is_empty;
        let browser = nature.name.or(parsed.browser).unwrap_or_default();
        let system = parsed.system.unwrap_or_default();
        let mut flags = Flags::default()
            .with(DeviceFlag::Empty as u8, is_empty)
            .with(DeviceFlag::Manipulated as u8, contradictions::has_any(text));
        if self.crawlers.is_some() || nature.is_bot || nature.is_library {
            flags = flags
                .with(DeviceFlag::Bot as u8, nature.is_bot)
                .with(DeviceFlag::AiBot as u8, nature.is_ai)
                .with(DeviceFlag::Library as u8, nature.is_library);
        }
        if is_parsed {
            flags = flags
                .with(
                    DeviceFlag::Outdated as u8,
                    is_client && kinds::is_outdated(kind, &browser, release),
                )
                .with(
                    DeviceFlag::RareBrowser as u8,
                    is_client && !kinds::is_common_browser(&browser),
                )
                .with(DeviceFlag::RareSystem as u8, is_client && !kinds::is_common_system(&system))
                .with(DeviceFlag::Linux as u8, kinds::is_linux(&system));
        }
        Agent { class, kind, browser, system, flags, release }
    }
}

impl Agent {
    /// The device behind the agent, as seen at a time with a main language.
    pub(crate) fn device(&self, language: &str, at: Timestamp) -> DeviceFacts {
        let Class { kind, browser, system } = &self.class;
        let is_future = self.release.is_some_and(|release| release.is_beyond(at));
        let flags = if is_future {
            self.flags.with(DeviceFlag::Manipulated as u8, true)
        } else {
            self.flags
        };
        DeviceFacts {
            id: crate::hash::hash_of(&[kind.name(), browser, system, language]),
            kind: self.kind.into(),
            flags,
            browser: self.browser.clone(),
            system: self.system.clone(),
            browser_age_days: self.release.map(|release| release.age_days(at)),
        }
    }
}

impl Class {
    /// The class when no patterns are loaded: the text without its digits.
    fn unparsed(text: &str) -> Self {
        let browser = text.chars().filter(|c| !c.is_ascii_digit()).take(80).collect();
        Self { kind: DeviceKind::Unknown, browser, system: String::new() }
    }

    fn parsed(text: &str, parsed: &Parsed) -> Self {
        Self {
            kind: kinds::class_kind(text, parsed),
            browser: parsed.browser.clone().unwrap_or_default(),
            system: parsed.system.clone().unwrap_or_default(),
        }
    }
}

impl Parsed {
    fn new(extractor: &Extractor<'_>, text: &str) -> Self {
        let (browser, system, device) = extractor.extract(text);
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        Self {
            major: browser.as_ref().and_then(|found| number(found.major)),
            minor: browser.as_ref().and_then(|found| number(found.minor)).unwrap_or(0),
            browser: browser.map(|found| found.into_owned().family),
            system: system.map(|found| found.into_owned().os),
            device: device.map(|found| found.into_owned().device),
        }
    }

    fn release(&self) -> Option<Release> {
        Release::new(self.browser.as_deref()?, self.major?, self.minor)
    }
}

/// Reads the patterns of the ua-parser project.
pub(crate) fn extractor(yaml: &str) -> Result<Extractor<'static>, String> {
    let regexes: Regexes<'static> =
        serde_saphyr::from_str(yaml).map_err(|error| error.to_string())?;
    Extractor::try_from(regexes).map_err(|error| error.to_string())
}

/// A device in words: `Chrome on Windows`.
pub fn label(device: &DeviceFacts) -> String {
    match (device.browser.as_str(), device.system.as_str()) {
        ("", "") => "Unknown device".to_owned(),
        (only, "") | ("", only) => only.to_owned(),
        (browser, system) => format!("{browser} on {system}"),
    }
}
