//! A tenant's lists of texts, compiled once and shared: what counts as suspicious is data.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use aho_corasick::AhoCorasick;
use innerwall_event::Timestamp;

/// Most lists a tenant may have.
pub const LISTS_MAX: usize = 64;
/// Most entries of one list: bounds the memory of its automaton to a few megabytes.
pub const ENTRIES_MAX: usize = 10_000;
/// Longest entry in bytes.
pub const ENTRY_BYTES_MAX: usize = 256;

const DEFAULTS: [(&str, &str); 4] = [
    (Lists::URL, include_str!("../lists/url.txt")),
    (Lists::USER_AGENT, include_str!("../lists/user_agent.txt")),
    (Lists::EMAIL, include_str!("../lists/email.txt")),
    (Lists::ASN, include_str!("../lists/asn.txt")),
];

static BUILTIN: LazyLock<Lists> = LazyLock::new(|| {
    let defaults = Lists::defaults().map(|(name, entries)| (name.to_owned(), entries));
    Lists::new(defaults).expect("the built-in lists are within the limits")
});

/// One text of a list, and until when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    pub value: String,
    pub expires_at: Option<Timestamp>,
}

/// Why entries do not make lists.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ListsError {
    #[error("{found} lists, the limit is {LISTS_MAX}")]
    TooMany { found: usize },
    #[error("list `{list}` has {found} entries, the limit is {ENTRIES_MAX}")]
    TooManyEntries { list: String, found: usize },
    #[error("list `{list}`, entry `{value}`: an entry is 1 to {ENTRY_BYTES_MAX} bytes")]
    Length { list: String, value: String },
    #[error("list `{list}` is too large to search")]
    TooLarge { list: String },
}

/// Named lists; cloning shares them.
#[derive(Clone, Debug)]
pub struct Lists(Arc<BTreeMap<String, List>>);

impl Lists {
    /// Fragments looked for in page addresses.
    pub const URL: &'static str = "url";
    /// Fragments looked for in user agents.
    pub const USER_AGENT: &'static str = "user_agent";
    /// Fragments looked for before the @ of e-mail addresses.
    pub const EMAIL: &'static str = "email";
    /// Numbers of networks.
    pub const ASN: &'static str = "asn";

    /// Compiles lists; the same name twice keeps the later one.
    pub fn new(
        lists: impl IntoIterator<Item = (String, Vec<ListEntry>)>,
    ) -> Result<Self, ListsError> {
        let mut compiled = BTreeMap::new();
        for (name, entries) in lists {
            let list = List::new(&name, &entries)?;
            compiled.insert(name, list);
            if compiled.len() > LISTS_MAX {
                return Err(ListsError::TooMany { found: compiled.len() });
            }
        }
        Ok(Self(Arc::new(compiled)))
    }

    /// The lists of a tenant that changed none.
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// Names and entries of the built-in lists.
    pub fn defaults() -> impl Iterator<Item = (&'static str, Vec<ListEntry>)> {
        DEFAULTS.into_iter().map(|(name, text)| (name, entries_of(text)))
    }

    pub fn has_list(&self, list: &str) -> bool {
        self.0.contains_key(list)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether the text holds an entry that counts at `now`, whatever the case. An unknown list
    /// holds nothing.
    pub fn contains_any(&self, list: &str, text: &str, now: Timestamp) -> bool {
        self.0.get(list).is_some_and(|list| list.is_in(&text.to_lowercase(), now))
    }

    /// Whether the text is an entry that counts at `now`, whatever the case.
    pub fn has(&self, list: &str, text: &str, now: Timestamp) -> bool {
        self.0.get(list).is_some_and(|list| list.has(&text.to_lowercase(), now))
    }
}

#[derive(Debug)]
struct List {
    matcher: AhoCorasick,
    /// When each pattern of `matcher` stops counting.
    expiry: Vec<Option<Timestamp>>,
    places: HashMap<Box<str>, usize>,
}

impl List {
    fn new(name: &str, entries: &[ListEntry]) -> Result<Self, ListsError> {
        if entries.len() > ENTRIES_MAX {
            let found = entries.len();
            return Err(ListsError::TooManyEntries { list: name.to_owned(), found });
        }
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        let (mut patterns, mut expiry) = (Vec::new(), Vec::new());
        for ListEntry { value, expires_at } in entries {
            if value.is_empty() || value.len() > ENTRY_BYTES_MAX {
                return Err(ListsError::Length { list: name.to_owned(), value: value.clone() });
            }
            let lower = value.to_lowercase();
            places.insert(lower.as_str().into(), patterns.len());
            patterns.push(lower);
            expiry.push(*expires_at);
        }
        let matcher = AhoCorasick::new(&patterns)
            .map_err(|_| ListsError::TooLarge { list: name.to_owned() })?;
        Ok(Self { matcher, expiry, places })
    }

    fn is_in(&self, text: &str, now: Timestamp) -> bool {
        self.matcher
            .find_overlapping_iter(text)
            .any(|found| self.counts(found.pattern().as_usize(), now))
    }

    fn has(&self, text: &str, now: Timestamp) -> bool {
        self.places.get(text).is_some_and(|place| self.counts(*place, now))
    }

    fn counts(&self, place: usize, now: Timestamp) -> bool {
        self.expiry[place].is_none_or(|expires_at| now < expires_at)
    }
}

/// One entry a line; lines that begin with `# ` are comments.
fn entries_of(text: &str) -> Vec<ListEntry> {
    let is_entry = |line: &&str| !line.is_empty() && !line.starts_with("# ");
    let entry = |line: &str| ListEntry { value: line.to_owned(), expires_at: None };
    text.lines().filter(is_entry).map(entry).collect()
}

#[cfg(test)]
#[path = "lists_tests.rs"]
mod tests;
