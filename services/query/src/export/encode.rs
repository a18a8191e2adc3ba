//! Rows as bytes.

use actix_web::web::Bytes;
use serde::Serialize;

use super::csv::{CsvLine, CsvRow};

/// Size of the pieces in which an answer leaves.
const PIECE_BYTES: usize = 256 * 1024;
/// The last column of every row: where to go on after it.
const CURSOR: &str = "cursor";

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Ndjson,
}

impl Format {
    pub(super) fn of_media_type(name: &str) -> Option<Self> {
        match name {
            "text/csv" => Some(Self::Csv),
            "application/x-ndjson" | "application/ndjson" => Some(Self::Ndjson),
            _ => None,
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }
}

/// What stands before the first row.
pub(super) fn head<R: CsvRow>(format: Format) -> Bytes {
    match format {
        Format::Csv => format!("{},{CURSOR}\r\n", R::COLUMNS.join(",")).into(),
        Format::Ndjson => Bytes::new(),
    }
}

/// What says that nothing is missing; CSV has no place for it.
pub(super) fn tail(format: Format, rows: u64) -> Bytes {
    match format {
        Format::Csv => Bytes::new(),
        Format::Ndjson => format!("{{\"complete\":true,\"rows\":{rows}}}\n").into(),
    }
}

/// What says that something is missing, and why.
pub(super) fn broken_tail(rows: u64, code: &str) -> Bytes {
    format!("{{\"complete\":false,\"rows\":{rows},\"code\":\"{code}\"}}\n").into()
}

/// Rows in pieces.
pub(super) fn rows<R: Serialize + CsvRow>(format: Format, rows: &[(String, R)]) -> Vec<Bytes> {
    let mut out = Vec::with_capacity(PIECE_BYTES);
    for (position, row) in rows {
        match format {
            Format::Csv => csv(&mut out, position, row),
            Format::Ndjson => ndjson(&mut out, position, row),
        }
    }
    let mut rest = Bytes::from(out);
    let mut pieces = Vec::new();
    while rest.len() > PIECE_BYTES {
        pieces.push(rest.split_to(PIECE_BYTES));
    }
    pieces.push(rest);
    pieces
}

fn csv<R: CsvRow>(out: &mut Vec<u8>, position: &str, row: &R) {
    let mut line = CsvLine::new(out);
    row.cells(&mut line);
    line.text(position);
    let cells = line.end();
    debug_assert_eq!(cells, R::COLUMNS.len() + 1, "one cell per column");
}

/// The cursor goes into the object of the row, before its end.
fn ndjson<R: Serialize>(out: &mut Vec<u8>, position: &str, row: &R) {
    let start = out.len();
    if let Err(error) = serde_json::to_writer(&mut *out, row) {
        tracing::error!(%error, "a row cannot be written as JSON");
        out.truncate(start);
        return;
    }
    if out.last() == Some(&b'}') {
        out.pop();
    }
    let comma = if out.len() > start + 1 { "," } else { "" };
    out.extend_from_slice(format!("{comma}\"{CURSOR}\":\"{position}\"}}\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Row {
        a: i32,
        b: &'static str,
    }

    impl CsvRow for Row {
        const COLUMNS: &'static [&'static str] = &["a", "b"];

        fn cells(&self, line: &mut CsvLine<'_>) {
            line.number(self.a);
            line.text(self.b);
        }
    }

    fn text(format: Format, all: &[(String, Row)]) -> String {
        let pieces = [vec![head::<Row>(format)], rows(format, all), vec![tail(format, 2)]].concat();
        String::from_utf8(pieces.concat()).unwrap()
    }

    #[test]
    fn every_row_says_where_to_go_on() {
        let all = [("1".to_owned(), Row { a: 1, b: "x" }), ("2".to_owned(), Row { a: 2, b: "=y" })];
        assert_eq!(text(Format::Csv, &all), "a,b,cursor\r\n1,x,1\r\n2,'=y,2\r\n");
        assert_eq!(
            text(Format::Ndjson, &all),
            "{\"a\":1,\"b\":\"x\",\"cursor\":\"1\"}\n{\"a\":2,\"b\":\"=y\",\"cursor\":\"2\"}\n\
             {\"complete\":true,\"rows\":2}\n"
        );
    }
}
