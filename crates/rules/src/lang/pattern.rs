//! Regular expressions of rules: matched in time linear in the text, and bounded in size.

use regex::{Regex, RegexBuilder};

/// Longest pattern in bytes.
pub const PATTERN_BYTES_MAX: usize = 256;
/// Largest compiled pattern: what one pattern may pin in memory.
const COMPILED_BYTES_MAX: usize = 256 * 1024;
/// Largest cache of a pattern while it runs.
const CACHE_BYTES_MAX: usize = 256 * 1024;
/// Deepest nesting of a pattern.
const NESTING_MAX: u32 = 16;

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Regex);

/// Two patterns are the same when they are written the same.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Pattern {
    pub(super) fn compile(text: &str) -> Result<Self, String> {
        if text.len() > PATTERN_BYTES_MAX {
            let found = text.len();
            return Err(format!("pattern holds {found} bytes, the limit is {PATTERN_BYTES_MAX}"));
        }
        let compiled = RegexBuilder::new(text)
            .size_limit(COMPILED_BYTES_MAX)
            .dfa_size_limit(CACHE_BYTES_MAX)
            .nest_limit(NESTING_MAX)
            .build();
        compiled.map(Self).map_err(|error| refusal(&error))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

fn refusal(error: &regex::Error) -> String {
    if let regex::Error::CompiledTooBig(limit) = error {
        return format!("pattern needs more than {limit} bytes when compiled, make it smaller");
    }
    // The last line of the report names the fault, those before draw it.
    let report = error.to_string();
    let last = report.lines().last().unwrap_or_default();
    format!("not a pattern: {}", last.trim_start_matches("error: "))
}
