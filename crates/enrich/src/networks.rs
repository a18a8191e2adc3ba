//! Networks (autonomous systems): which announces an address, and who runs it.

use std::collections::HashMap;
use std::net::IpAddr;

use maxminddb::{MaxMindDbError, Reader, WithinOptions};
use serde::Deserialize;

use crate::csv;
use crate::range_text;
use crate::ranges::{Overlap, Range, RangeBuilder, RangeTable};

#[derive(Debug, Default)]
pub(crate) struct Networks {
    ranges: RangeTable,
    names: Names,
}

/// Collects ranges and names from one or more sources.
#[derive(Debug, Default)]
pub(crate) struct NetworksBuilder {
    ranges: RangeBuilder,
    names: HashMap<u32, Box<str>>,
}

/// Names in one text, in the order of their numbers.
#[derive(Debug, Default)]
struct Names {
    numbers: Vec<u32>,
    ends: Vec<u32>,
    text: String,
}

#[derive(Deserialize)]
struct Entry<'a> {
    autonomous_system_number: u32,
    #[serde(borrow, default)]
    autonomous_system_organization: Option<&'a str>,
}

impl NetworksBuilder {
    /// Adds rows of `first,last,number,name`; an error is the line that is none.
    pub(crate) fn add_rows(&mut self, text: &str) -> Result<(), usize> {
        for (place, line) in text.lines().enumerate() {
            let [first, last, number, name] = csv::fields(line);
            let ends = range_text::parse_end(first).zip(range_text::parse_end(last));
            let range = ends.and_then(|(first, last)| Range::between(first, last));
            let (range, number) = range.zip(number.parse().ok()).ok_or(place + 1)?;
            self.add(range, number, &csv::unescaped(name));
        }
        Ok(())
    }

    /// Adds all that a database says.
    pub(crate) fn add_database(&mut self, reader: &Reader<Vec<u8>>) -> Result<(), MaxMindDbError> {
        for found in reader.networks(WithinOptions::default())? {
            let found = found?;
            let Some(entry) = found.decode::<Entry<'_>>()? else { continue };
            let network = found.network()?;
            if let Some(range) = Range::between(network.network(), network.broadcast()) {
                let name = entry.autonomous_system_organization.unwrap_or_default();
                self.add(range, entry.autonomous_system_number, name);
            }
        }
        Ok(())
    }

    pub(crate) fn add(&mut self, range: Range, number: u32, name: &str) {
        self.ranges.push(range, number);
        if !name.is_empty() && !self.names.contains_key(&number) {
            self.names.insert(number, name.into());
        }
    }

    pub(crate) fn build(self) -> Networks {
        let mut sorted: Vec<_> = self.names.into_iter().collect();
        sorted.sort_unstable();
        let mut names = Names::default();
        for (number, name) in sorted {
            names.text.push_str(&name);
            names.numbers.push(number);
            names.ends.push(u32::try_from(names.text.len()).unwrap_or(u32::MAX));
        }
        names.text.shrink_to_fit();
        Networks { ranges: self.ranges.build(Overlap::Narrower), names }
    }
}

impl Networks {
    /// The announced range around an address, and the number of its network.
    pub(crate) fn find(&self, ip: IpAddr) -> Option<(Range, u32)> {
        self.ranges.find(ip).filter(|(_, number)| *number != 0)
    }

    pub(crate) fn name(&self, number: u32) -> Option<&str> {
        let place = self.names.numbers.binary_search(&number).ok()?;
        let start = place.checked_sub(1).map_or(0, |before| self.names.ends[before]);
        self.names.text.get(start as usize..self.names.ends[place] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::NetworksBuilder;

    #[test]
    fn both_ways_to_write_addresses_give_number_and_name() {
        let mut builder = NetworksBuilder::default();
        builder
            .add_rows("16777216,16777471,64500,\"One, Inc.\"\n1.0.1.0,1.0.1.9,64501,Two\n")
            .unwrap();
        builder.add_rows("2a00::,2a00::ff,64500,Other name\n").unwrap();
        let networks = builder.build();
        let number = |ip: &str| networks.find(ip.parse().unwrap()).map(|(_, number)| number);
        assert_eq!(
            [number("1.0.0.7"), number("1.0.1.9"), number("1.0.1.10")],
            [Some(64_500), Some(64_501), None]
        );
        assert_eq!(number("2a00::1"), Some(64_500));
        assert_eq!(
            [networks.name(64_500), networks.name(64_501), networks.name(1)],
            [Some("One, Inc."), Some("Two"), None]
        );
        assert_eq!(networks.ranges.rows(), 3);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let mut builder = NetworksBuilder::default();
        assert_eq!(builder.add_rows("1.0.0.0,1.0.0.9,1,A\n1.0.0.9,1.0.0.0,1,A\n"), Err(2));
    }
}
