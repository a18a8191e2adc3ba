//! Kinds of devices, and which browsers and systems are common.

use innerwall_features::DeviceKind;

use super::Parsed;
use super::crawlers::Nature;
use super::releases::Release;

/// Families that many people use, and below which version each (or the Chrome in it) is outdated;
/// 0: never.
const BROWSERS: [(&str, u32); 32] = [
    ("Chrome", 109),
    ("Chrome Mobile", 109),
    ("Chrome Mobile iOS", 109),
    ("Chrome Mobile WebView", 100),
    ("Chromium", 109),
    ("Edge", 109),
    ("Edge Mobile", 109),
    ("Firefox", 115),
    ("Firefox Mobile", 115),
    ("Firefox iOS", 110),
    ("Safari", 15),
    ("Mobile Safari", 15),
    ("Mobile Safari UI/WKWebView", 0),
    ("Opera", 95),
    ("Opera Mobile", 100),
    ("Samsung Internet", 20),
    ("Yandex Browser", 109),
    ("Google", 90),
    ("Brave", 109),
    ("Vivaldi", 109),
    ("DuckDuckGo", 0),
    ("DuckDuckGo Mobile", 90),
    ("Opera GX", 109),
    ("MiuiBrowser", 80),
    ("Huawei Browser", 80),
    ("UC Browser", 70),
    ("Facebook", 90),
    ("Instagram", 90),
    ("Whale", 100),
    ("WeChat", 80),
    ("TikTok", 90),
    ("Snapchat", 90),
];
/// Families that are outdated in every version.
const RETIRED: [&str; 4] = ["IE", "IE Mobile", "Android", "Edge Legacy"];
const LINUX: [&str; 16] = [
    "Linux",
    "Ubuntu",
    "Debian",
    "Fedora",
    "Mint",
    "Linux Mint",
    "Red Hat",
    "CentOS",
    "SUSE",
    "openSUSE",
    "Arch Linux",
    "Gentoo",
    "Kubuntu",
    "Slackware",
    "Mandriva",
    "Mageia",
];
/// Systems many people use; of the Linux distributions the one with the most users.
const SYSTEMS: [&str; 8] =
    ["Windows", "Mac OS X", "iOS", "iPadOS", "Android", "Chrome OS", "Ubuntu", "Windows Phone"];
const TV: [&str; 13] = [
    "SmartTV", "SMART-TV", "Smart TV", "SmartHub", "AppleTV", "Apple TV", "GoogleTV", "HbbTV",
    "BRAVIA", "Web0S", "NetCast", "Roku", "CrKey",
];
const CONSOLES: [&str; 4] = ["PlayStation", "Xbox", "Nintendo", "Steam Deck"];

pub(super) fn is_common_browser(family: &str) -> bool {
    BROWSERS.iter().any(|(known, _)| *known == family)
}

pub(super) fn is_common_system(family: &str) -> bool {
    SYSTEMS.contains(&family)
}

pub(super) fn is_linux(family: &str) -> bool {
    LINUX.contains(&family)
}

/// Whether a browser is older than its oldest version still common. Nobody can update that of a
/// television or a console.
pub(super) fn is_outdated(kind: DeviceKind, family: &str, release: Option<Release>) -> bool {
    if matches!(kind, DeviceKind::Tv | DeviceKind::Console) {
        return false;
    }
    let minimum = BROWSERS.iter().find(|(known, _)| *known == family).map_or(0, |(_, min)| *min);
    RETIRED.contains(&family) || release.is_some_and(|release| release.major < minimum)
}

/// The kind in a device's class. Stored ids are made of it: it may never change.
pub(super) fn class_kind(text: &str, parsed: &Parsed) -> DeviceKind {
    let has = |word: &str| text.contains(word);
    let is_spider = parsed.device.as_deref() == Some("Spider");
    if is_spider || has("bot") || has("Bot") || has("Headless") {
        return DeviceKind::Bot;
    }
    match parsed.system.as_deref() {
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

/// The kind that people and rules see.
pub(super) fn kind(text: &str, parsed: &Parsed, nature: &Nature) -> DeviceKind {
    let has = |word: &str| text.contains(word);
    if nature.is_bot {
        return DeviceKind::Bot;
    }
    if nature.is_library {
        return DeviceKind::Library;
    }
    if TV.iter().any(|word| has(word)) {
        return DeviceKind::Tv;
    }
    if CONSOLES.iter().any(|word| has(word)) {
        return DeviceKind::Console;
    }
    match parsed.system.as_deref() {
        Some("iOS" | "iPadOS") if has("iPad") => DeviceKind::Tablet,
        Some("Android") if !has("Mobile") => DeviceKind::Tablet,
        Some("iOS" | "Android" | "Windows Phone" | "KaiOS" | "BlackBerry OS") => DeviceKind::Phone,
        Some("Tizen") if has("Mobile") => DeviceKind::Phone,
        Some("tvOS" | "ATV OS X" | "webOS") => DeviceKind::Tv,
        Some(
            "Windows" | "Mac OS X" | "Chrome OS" | "FreeBSD" | "OpenBSD" | "NetBSD" | "Solaris",
        ) => DeviceKind::Desktop,
        Some(system) if is_linux(system) => DeviceKind::Desktop,
        Some(_) => DeviceKind::Other,
        None => DeviceKind::Unknown,
    }
}
