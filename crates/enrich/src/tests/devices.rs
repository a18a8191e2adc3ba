//! Facts of devices from fixtures.

use innerwall_event::Timestamp;
use innerwall_features::{DeviceFacts, DeviceFlag, DeviceKind};
use proptest::prelude::*;

use super::Directory;
use crate::{Enricher, label};

const PATTERNS: &[u8] = br"
user_agent_parsers:
  - regex: '(Firefox|Chrome|Thing)/(\d+)\.(\d+)'
  - regex: '(MSIE) (\d+)'
    family_replacement: 'IE'
os_parsers:
  - regex: '(Windows) NT'
  - regex: '(Android|Ubuntu)'
  - regex: '(Linux)'
device_parsers:
  - regex: '(crawl)'
    device_replacement: 'Spider'
";
const CRAWLERS: &[u8] = br#"[
  {"pattern": "NiceBot\\/", "tags": ["search-engine"]},
  {"pattern": "[tT]hinker\\/", "tags": ["ai-crawler"]},
  {"pattern": "^grab", "tags": ["http-library"]},
  {"pattern": "(?<=no)look-behind", "tags": []}
]"#;

fn enricher() -> Enricher {
    let files: [(&str, &[u8]); 2] =
        [("regexes.yaml", PATTERNS), ("crawler-user-agents.json", CRAWLERS)];
    Directory::with(&files).load().unwrap()
}

fn device(enricher: &Enricher, text: &str) -> DeviceFacts {
    enricher.device(Some(text), "en", Timestamp::parse_rfc3339("2026-06-01T00:00:00Z").unwrap())
}

fn yes(device: &DeviceFacts) -> Vec<u8> {
    (0..9).filter(|bit| device.flags.get(*bit) == Some(true)).collect()
}

#[test]
fn stored_ids_of_devices_stay_what_they_were() {
    let enricher = enricher();
    let chrome = device(&enricher, "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0");
    let bot = device(&enricher, "Mozilla/5.0 (Linux) NiceBot/1.0");
    let empty = enricher.device(None, "", Timestamp::default());
    let bare = Directory::with(&[]).load().unwrap();
    let unparsed = device(&bare, "Thing/1.2");
    let hash = |parts: [&str; 4]| crate::hash::hash_of(&parts);
    assert_eq!(chrome.id, hash(["desktop", "Chrome", "Windows", "en"]));
    assert_eq!(bot.id, hash(["bot", "", "Linux", "en"]));
    assert_eq!(empty.id, hash(["unknown", "", "", ""]));
    assert_eq!(unparsed.id, hash(["unknown", "Thing/.", "", "en"]));
    assert_eq!(hash(["desktop", "Chrome", "Windows", "en"]), 4_136_102_511_998_930_359);
}

#[test]
fn a_browser_update_is_the_same_device_and_another_language_is_not() {
    let enricher = enricher();
    let old = device(&enricher, "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0");
    let new = device(&enricher, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0");
    assert_eq!(old.id, new.id);
    assert_eq!(label(&new), "Firefox on Windows");
    assert!(old.browser_age_days > new.browser_age_days);
    let at = Timestamp::default();
    let german = enricher.device(Some("Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"), "de", at);
    assert_ne!(german.id, new.id);
}

#[test]
fn programs_that_are_no_browsers_are_told_apart_and_named() {
    let enricher = enricher();
    let cases = [
        ("Mozilla/5.0 (compatible; NiceBot/1.0)", DeviceKind::Bot, "NiceBot"),
        ("Thinker/2 (+https://example.com)", DeviceKind::Bot, "Thinker"),
        ("crawl-o-mat", DeviceKind::Bot, ""),
        ("grab 1.0", DeviceKind::Library, "grab"),
        ("python-requests/2.0", DeviceKind::Library, ""),
        (
            "Mozilla/5.0 (Linux; Android 14; CUBOT X) Chrome/140.0 Mobile",
            DeviceKind::Phone,
            "Chrome",
        ),
    ];
    for (text, kind, browser) in cases {
        let found = device(&enricher, text);
        assert_eq!((found.kind(), found.browser.as_str()), (kind, browser), "{text}");
        assert_eq!(found.flags.get(DeviceFlag::RareBrowser as u8), Some(false), "{text}");
    }
    let ai = device(&enricher, "Thinker/2");
    assert_eq!(yes(&ai), [DeviceFlag::Bot as u8, DeviceFlag::AiBot as u8]);
}

#[test]
fn flags_name_what_is_old_rare_made_up_or_missing() {
    let enricher = enricher();
    let cases: [(&str, &[DeviceFlag]); 9] = [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/109.0", &[]),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/108.0", &[DeviceFlag::Outdated]),
        ("Mozilla/4.0 (MSIE 9; Windows NT 6.1)", &[DeviceFlag::Outdated, DeviceFlag::RareBrowser]),
        ("Mozilla/5.0 (Windows NT 10.0) Thing/1.0", &[DeviceFlag::RareBrowser]),
        ("Mozilla/5.0 (X11; Ubuntu) Firefox/140.0", &[DeviceFlag::Linux]),
        ("Mozilla/5.0 (X11; Linux) Firefox/140.0", &[DeviceFlag::RareSystem, DeviceFlag::Linux]),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/299.0", &[DeviceFlag::Manipulated]),
        ("Mozilla/5.0 (Windows NT 12.0) Chrome/140.0", &[DeviceFlag::Manipulated]),
        ("-", &[DeviceFlag::Empty]),
    ];
    for (text, expected) in cases {
        let expected: Vec<u8> = expected.iter().map(|flag| *flag as u8).collect();
        assert_eq!(yes(&device(&enricher, text)), expected, "{text}");
    }
}

#[test]
fn without_patterns_only_what_the_text_itself_tells_is_known() {
    let enricher = Directory::with(&[]).load().unwrap();
    let first = device(&enricher, "Thing/1.2");
    assert_eq!(first.id, device(&enricher, "Thing/3.4").id);
    assert_eq!((first.kind(), label(&first).as_str()), (DeviceKind::Unknown, "Unknown device"));
    assert_eq!(first.flags.get(DeviceFlag::Bot as u8), None);
    assert_eq!(first.flags.get(DeviceFlag::Outdated as u8), None);
    assert_eq!(first.flags.get(DeviceFlag::Empty as u8), Some(false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_user_agent_breaks_it_and_the_remembered_answer_is_the_same(
        text in "(Mozilla/5\\.0 )?\\(?[A-Za-z0-9 ;:.)/]{0,60}|\\PC{0,60}",
        at_s in 0..4_000_000_000_i64,
    ) {
        let enricher = enricher();
        let at = Timestamp::from_micros(at_s * 1_000_000);
        let first = enricher.device(Some(&text), "en", at);
        prop_assert_eq!(enricher.device(Some(&text), "en", at), first);
    }
}
