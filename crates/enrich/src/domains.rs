//! Tables from domains to numbers: one text, in order, searched by halving.

use std::collections::BTreeMap;

/// Longest domain there is.
const DOMAIN_BYTES_MAX: usize = 253;

#[derive(Debug, Default)]
pub(crate) struct DomainTable {
    text: String,
    ends: Vec<u32>,
    values: Vec<u32>,
}

/// Collects domains; a domain in several lists has the bits of all.
#[derive(Debug, Default)]
pub(crate) struct DomainBuilder(BTreeMap<Box<str>, u32>);

impl DomainBuilder {
    pub(crate) fn add(&mut self, domain: &str, bits: u32) {
        *self.0.entry(domain.to_ascii_lowercase().into()).or_default() |= bits;
    }

    /// Adds every domain of a list and counts them.
    ///
    /// Takes plain text, and source text that holds one quoted domain per line: what stands on a
    /// line besides is no domain and left out.
    pub(crate) fn add_list(&mut self, text: &str, bits: u32) -> usize {
        let mut count = 0;
        for domain in text.lines().filter_map(domain_in) {
            self.add(domain, bits);
            count += 1;
        }
        count
    }

    pub(crate) fn build(self) -> DomainTable {
        let mut table = DomainTable::default();
        for (domain, bits) in self.0 {
            table.text.push_str(&domain);
            // More text than 4 GiB does not fit the limits on files.
            table.ends.push(u32::try_from(table.text.len()).unwrap_or(u32::MAX));
            table.values.push(bits);
        }
        table.text.shrink_to_fit();
        table
    }
}

impl DomainTable {
    pub(crate) fn get(&self, domain: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.domain(middle).cmp(domain) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return self.values.get(middle).copied(),
            }
        }
        None
    }

    /// The value of the nearest domain above, down to two labels.
    pub(crate) fn of_parent(&self, domain: &str) -> Option<u32> {
        let mut rest = domain;
        while let Some((_, parent)) = rest.split_once('.') {
            if !parent.contains('.') {
                return None;
            }
            if let Some(value) = self.get(parent) {
                return Some(value);
            }
            rest = parent;
        }
        None
    }

    pub(crate) fn rows(&self) -> usize {
        self.ends.len()
    }

    fn domain(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..self.ends[place] as usize).unwrap_or_default()
    }
}

/// Whether a text has the form of a domain.
pub(crate) fn is_domain(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.len() <= DOMAIN_BYTES_MAX
        && text.contains('.')
        && !text.starts_with('.')
        && !text.ends_with('.')
        && text.chars().all(is_part)
}

fn domain_in(line: &str) -> Option<&str> {
    let bare = line.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    is_domain(bare).then_some(bare)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_read_whatever_language_they_are_quoted_in() {
        let text = "# a comment\nblocklist = {\n    'One.example',\n  \"two.example\",\n]\nthree.example\n";
        let mut builder = DomainBuilder::default();
        assert_eq!(builder.add_list(text, 1), 3);
        builder.add("two.example", 2);
        let table = builder.build();
        let values =
            ["one.example", "two.example", "three.example", "blocklist"].map(|d| table.get(d));
        assert_eq!(values, [Some(1), Some(3), Some(1), None]);
    }

    #[test]
    fn a_parent_is_found_and_a_top_level_domain_is_no_parent() {
        let mut builder = DomainBuilder::default();
        builder.add("mail.example", 1);
        builder.add("example", 2);
        let table = builder.build();
        assert_eq!(table.of_parent("a.b.mail.example"), Some(1));
        assert_eq!(table.of_parent("mail.example"), None);
        assert_eq!(table.of_parent("other.example"), None);
    }

    proptest! {
        #[test]
        fn a_table_answers_like_a_map(
            known in proptest::collection::hash_map("[a-c]{1,3}\\.[a-c]{1,2}", 1..99_u32, 0..40),
            asked in "[a-c]{1,3}\\.[a-c]{1,2}",
        ) {
            let known: HashMap<String, u32> = known;
            let mut builder = DomainBuilder::default();
            for (domain, value) in &known {
                builder.add(domain, *value);
            }
            let table = builder.build();
            prop_assert_eq!(table.get(&asked), known.get(&asked).copied());
            for (domain, value) in &known {
                prop_assert_eq!(table.get(domain), Some(*value));
            }
        }
    }
}
