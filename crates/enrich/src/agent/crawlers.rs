//! Bots, AI bots and HTTP libraries, from the patterns of the crawler-user-agents project.

use regex::{Regex, RegexSet};
use serde::Deserialize;

use super::Parsed;

/// Longest name taken from a user agent.
const NAME_CHARS_MAX: usize = 40;
/// Patterns of the list that match ordinary devices: here the build of a phone's system.
const SKIPPED: [&str; 1] = ["AP3A\\.240617\\.008"];
/// Bots of AI services that the list files under other tags; in lower case.
const AI_BOTS: [&str; 16] = [
    "amazonbot",
    "applebot-extended",
    "bedrockbot",
    "diffbot",
    "google-agent",
    "googleagent",
    "googleother",
    "imagesiftbot",
    "manus-user",
    "meta-externalagent",
    "meta-externalfetcher",
    "omgili",
    "pangubot",
    "petalbot",
    "timpibot",
    "youbot",
];
/// Beginnings of what HTTP libraries and tools call themselves; in lower case.
const LIBRARIES: [&str; 24] = [
    "apache-httpclient",
    "axios/",
    "curl/",
    "dart/",
    "fasthttp",
    "faraday",
    "go-http-client",
    "guzzlehttp",
    "httpie",
    "insomnia/",
    "java/",
    "libwww",
    "node-fetch",
    "node.js",
    "okhttp",
    "php/",
    "postmanruntime",
    "python",
    "reqwest",
    "restsharp",
    "ruby",
    "undici",
    "wget",
    "winhttp",
];

/// The patterns, compiled.
pub(crate) struct Crawlers {
    set: RegexSet,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    pattern: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// What kind of program a user agent names.
#[derive(Debug, Default)]
pub(super) struct Nature {
    pub(super) is_bot: bool,
    pub(super) is_ai: bool,
    pub(super) is_library: bool,
    pub(super) name: Option<String>,
}

impl Crawlers {
    /// Reads the list. A pattern this engine cannot do is left out.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        let mut entries: Vec<Entry> =
            serde_json::from_str(json).map_err(|error| error.to_string())?;
        entries.retain(|entry| !SKIPPED.contains(&entry.pattern.as_str()));
        let compile = |entries: &[Entry]| RegexSet::new(entries.iter().map(|e| &e.pattern));
        if compile(&entries).is_err() {
            entries.retain(|entry| Regex::new(&entry.pattern).is_ok());
        }
        let set = compile(&entries).map_err(|error| error.to_string())?;
        Ok(Self { set, entries })
    }

    pub(crate) fn rows(&self) -> usize {
        self.entries.len()
    }

    fn nature(&self, text: &str) -> Nature {
        let mut nature = Nature::default();
        for entry in self.set.matches(text).into_iter().map(|place| &self.entries[place]) {
            let has = |tag: &str| entry.tags.iter().any(|known| known == tag);
            let is_library = has("http-library");
            nature.is_library |= is_library;
            nature.is_bot |= !is_library;
            nature.is_ai |= has("ai-crawler");
            if nature.name.is_none() || has("ai-crawler") {
                nature.name = name_in(&entry.pattern, text).or(nature.name);
            }
        }
        nature
    }
}

/// What a user agent names, by the list where there is one and by plain words.
pub(super) fn nature(crawlers: Option<&Crawlers>, text: &str, parsed: &Parsed) -> Nature {
    let mut nature = crawlers.map(|crawlers| crawlers.nature(text)).unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    nature.is_ai |= AI_BOTS.iter().any(|name| lower.contains(name));
    // Cubot makes phones.
    let is_called_bot = lower.contains("bot") && !lower.contains("cubot");
    let is_spider = parsed.device.as_deref() == Some("Spider");
    nature.is_bot |= nature.is_ai || is_spider || is_called_bot || lower.contains("headless");
    nature.is_library |= LIBRARIES.iter().any(|name| lower.starts_with(name));
    nature.is_library &= !nature.is_bot;
    nature
}

/// What a pattern finds, when it can be a name.
fn name_in(pattern: &str, text: &str) -> Option<String> {
    let found = Regex::new(pattern).ok()?.find(text)?.as_str();
    let name = found.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name =
        !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.contains("//");
    is_name.then(|| name.to_owned())
}
