//! Many entries for lists at once, from CSV or JSON.

use std::collections::HashSet;

use innerwall_auth::Permission;
use innerwall_scoring::{List, ListKind, canonical};
use innerwall_storage::lists::NewEntry;
use innerwall_storage::{deciding, judgements};
use uuid::Uuid;

use super::decide::note;
use super::lists::{JUDGED_BECAUSE, kind_named, list_named};
use super::wish::{REASON_BYTES_MAX, Wish, expiry};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{ImportAnswer, JudgedAgain, LineError};

/// Lines of one import: bounds how long its transaction takes.
pub(crate) const LINES_MAX: usize = 10_000;
/// Refused lines that are described; the others are counted.
const ERRORS_MAX: usize = 100;
/// Columns of a CSV file, in any order; only `kind` and `value` must be there.
const COLUMNS: [&str; 5] = ["list", "kind", "value", "reason", "expires_at"];

/// A line as it is sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) number: usize,
    /// `block` if absent.
    pub(crate) list: Option<String>,
    pub(crate) kind: String,
    pub(crate) value: String,
    /// The reason of the import if absent.
    pub(crate) reason: Option<String>,
    pub(crate) expires_at: Option<String>,
}

/// An import as it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct ImportAsked {
    pub(crate) lines: Vec<Line>,
    pub(crate) reason: String,
    /// Say what would happen, and leave everything as it is.
    pub(crate) is_trial: bool,
}

/// Puts the values of all good lines on lists, and names the others.
pub(crate) async fn import(
    app: &App,
    caller: &Caller,
    asked: ImportAsked,
) -> Result<ImportAnswer, Problem> {
    caller.may(Permission::Lists)?;
    if !(1..=LINES_MAX).contains(&asked.lines.len()) {
        let reason = format!("{} lines; an import holds 1 to {LINES_MAX}", asked.lines.len());
        return Err(Problem::parameter("body", &reason));
    }
    let wish = Wish::new(caller, &asked.reason, None)?;
    let Read { entries, repeated, refused, errors } = read(&asked.lines, &wish);
    let batch = Uuid::new_v4();
    let mut answer = ImportAnswer {
        imported: entries.len(),
        repeated,
        refused,
        errors,
        batch: None,
        judged_again: JudgedAgain::default(),
    };
    if asked.is_trial || entries.is_empty() {
        return Ok(answer);
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let users = entries.iter().filter(|entry| entry.kind == ListKind::User);
    let mut users: Vec<&str> = users.map(|entry| entry.value.as_str()).collect();
    users.sort_unstable();
    users.dedup();
    deciding::lock(&tx, &users).await?;
    deciding::import(&tx, &entries, batch).await?;
    note(&tx, "list.import", &format!("{} entries", entries.len()), &wish).await?;
    let values: Vec<(ListKind, String)> =
        entries.iter().map(|entry| (entry.kind, entry.value.clone())).collect();
    answer.judged_again = judgements::request(&tx, &values, JUDGED_BECAUSE).await?.into();
    tx.commit().await?;
    answer.batch = Some(batch.to_string());
    Ok(answer)
}

#[derive(Default)]
struct Read {
    entries: Vec<NewEntry>,
    repeated: usize,
    refused: usize,
    errors: Vec<LineError>,
}

fn read(lines: &[Line], wish: &Wish) -> Read {
    let mut read = Read::default();
    let mut seen: HashSet<(List, ListKind, String)> = HashSet::new();
    for line in lines {
        match entry(line, wish) {
            Ok(entry) if seen.insert((entry.list, entry.kind, entry.value.clone())) => {
                read.entries.push(entry);
            }
            Ok(_) => read.repeated += 1,
            Err(problem) => {
                read.refused += 1;
                if read.errors.len() < ERRORS_MAX {
                    let (line, message) = (line.number, problem.to_string());
                    read.errors.push(LineError { line, message });
                }
            }
        }
    }
    read
}

fn entry(line: &Line, wish: &Wish) -> Result<NewEntry, Problem> {
    let order = wish.order();
    let list = line.list.as_deref().map_or(Ok(List::Block), list_named)?;
    let kind = kind_named(&line.kind)?;
    let value =
        canonical(kind, &line.value).map_err(|error| Problem::parameter("value", &error))?;
    let reason = line.reason.as_deref().unwrap_or(order.reason);
    if reason.len() > REASON_BYTES_MAX || reason.contains('\0') {
        let wrong = format!("longer than {REASON_BYTES_MAX} bytes or with a NUL character");
        return Err(Problem::parameter("reason", &wrong));
    }
    Ok(NewEntry {
        list,
        kind,
        value,
        source: order.source,
        cause_user: None,
        reason: reason.to_owned(),
        author: order.actor.to_owned(),
        expires_at: line.expires_at.as_deref().map(expiry).transpose()?,
        cause_event: None,
        cause_rule: None,
    })
}

/// Reads a CSV file with a header.
pub(crate) fn csv_lines(text: &str) -> Result<Vec<Line>, Problem> {
    let wrong = |reason: String| Problem::parameter("body", &reason);
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = text.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
    let (_, header) = rows.next().ok_or_else(|| wrong("the file is empty".to_owned()))?;
    let header: Vec<String> = cells(header).iter().map(|cell| cell.trim().to_lowercase()).collect();
    let unknown = header.iter().find(|name| !COLUMNS.contains(&name.as_str()));
    if let Some(name) = unknown {
        return Err(wrong(format!("column {name} is not one of {}", COLUMNS.join(", "))));
    }
    let place = |name: &str| header.iter().position(|known| known == name);
    let (Some(kind), Some(value)) = (place("kind"), place("value")) else {
        return Err(wrong("the columns kind and value must be there".to_owned()));
    };
    let mut lines = Vec::new();
    for (number, row) in rows {
        if lines.len() == LINES_MAX {
            return Err(wrong(format!("more than {LINES_MAX} lines")));
        }
        let mut cells = cells(row);
        let mut take = |at: usize| cells.get_mut(at).map(std::mem::take).unwrap_or_default();
        let mut said = |name| place(name).map(&mut take).filter(|text| !text.is_empty());
        let (list, reason, expires_at) = (said("list"), said("reason"), said("expires_at"));
        let (kind, value) = (take(kind).trim().to_owned(), take(value));
        lines.push(Line { number: number + 1, list, kind, value, reason, expires_at });
    }
    Ok(lines)
}

/// The cells of one row; a cell in quotes may hold commas, and quotes that are doubled.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = row.chars().peekable();
    while let Some(character) = characters.next() {
        let cell = cells.last_mut().expect("there is always a cell");
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            ',' if !is_quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_line_by_line_whatever_the_order_of_its_columns() {
        let text =
            "\u{feff}Value,KIND,reason\r\n\"a \"\"b\"\", c\",user,\n\n203.0.113.7,address,seen\n";
        let lines = csv_lines(text).expect("it has a header");
        let read: Vec<_> = lines
            .iter()
            .map(|line| {
                (line.number, line.kind.as_str(), line.value.as_str(), line.reason.as_deref())
            })
            .collect();
        let expected =
            [(2, "user", "a \"b\", c", None), (4, "address", "203.0.113.7", Some("seen"))];
        assert_eq!(read, expected);
    }

    #[test]
    fn a_file_without_the_columns_that_matter_is_refused() {
        for text in ["", "\n", "kind\nuser", "kind,value,colour\n"] {
            assert!(csv_lines(text).is_err(), "{text:?}");
        }
        let row = "user,x\n";
        let full = format!("kind,value\n{}", row.repeat(LINES_MAX));
        assert_eq!(csv_lines(&full).map(|lines| lines.len()), Ok(LINES_MAX));
        assert!(csv_lines(&format!("{full}{row}")).is_err());
    }
}
