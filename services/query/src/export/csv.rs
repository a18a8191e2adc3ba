//! CSV by RFC 4180, safe to open in a spreadsheet.

use std::fmt::Display;
use std::io::Write;

/// A row of a list as cells.
pub(crate) trait CsvRow {
    const COLUMNS: &'static [&'static str];

    /// Adds one cell per column, in their order.
    fn cells(&self, line: &mut CsvLine<'_>);
}

/// A spreadsheet takes a text that begins so for a formula; an apostrophe in front stops that.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
const QUOTED: [char; 4] = [',', '"', '\r', '\n'];

/// One line that is being written.
pub(crate) struct CsvLine<'o> {
    out: &'o mut Vec<u8>,
    cells: usize,
}

impl<'o> CsvLine<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, cells: 0 }
    }

    /// A text, made harmless and quoted where needed.
    pub(crate) fn text(&mut self, text: &str) {
        self.separate();
        let guard = if text.starts_with(FORMULA) { "'" } else { "" };
        if text.contains(QUOTED) {
            self.out.push(b'"');
            self.out.extend_from_slice(guard.as_bytes());
            self.out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.out.push(b'"');
        } else {
            self.out.extend_from_slice(guard.as_bytes());
            self.out.extend_from_slice(text.as_bytes());
        }
    }

    /// A text, or an empty cell.
    pub(crate) fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    /// A number, which is no formula even when it is negative.
    pub(crate) fn number(&mut self, number: impl Display) {
        self.separate();
        // Writing to memory cannot fail.
        write!(self.out, "{number}").ok();
    }

    /// A number, or an empty cell.
    pub(crate) fn maybe_number(&mut self, number: Option<impl Display>) {
        match number {
            Some(number) => self.number(number),
            None => self.separate(),
        }
    }

    /// Several texts in one cell.
    pub(crate) fn list<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        let texts: Vec<&str> = texts.collect();
        self.text(&texts.join("; "));
    }

    /// JSON in one cell.
    pub(crate) fn json(&mut self, value: Option<&serde_json::Value>) {
        self.text(&value.map(ToString::to_string).unwrap_or_default());
    }

    pub(super) fn end(self) -> usize {
        self.out.extend_from_slice(b"\r\n");
        self.cells
    }

    fn separate(&mut self) {
        if self.cells > 0 {
            self.out.push(b',');
        }
        self.cells += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_text_is_a_formula() {
        let table = [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+4915", "'+4915"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\r=x", "\"'\r=x\""),
            ("=\"a\",b", "\"'=\"\"a\"\",b\""),
            ("", ""),
        ];
        for (given, expected) in table {
            let mut out = Vec::new();
            CsvLine::new(&mut out).text(given);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{given:?}");
        }
    }

    #[test]
    fn numbers_and_gaps_keep_their_columns() {
        let mut out = Vec::new();
        let mut line = CsvLine::new(&mut out);
        line.number(-5);
        line.maybe(None);
        line.maybe_number(None::<i32>);
        line.list(["a", "b"].into_iter());
        assert_eq!(line.end(), 4);
        assert_eq!(out, b"-5,,,a; b\r\n");
    }
}
