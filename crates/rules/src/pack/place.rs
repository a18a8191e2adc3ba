//! Places of faults in the file.

use serde_saphyr::Spanned;

use super::PackError;
use crate::lang::{ExpressionError, nearest};

/// The text of a pack, to find places inside values.
#[derive(Clone, Copy)]
pub(crate) struct File<'t>(pub(crate) &'t str);

impl File<'_> {
    /// Places a fault of an expression.
    ///
    /// The parser of YAML gives the start of a value, not of its lines. The faulty line of the
    /// expression is looked for in the lines of the file from there on; where blanks were folded
    /// or escapes replaced it is not found, and the place inside the value is told in words.
    pub(crate) fn within(self, value: &Spanned<String>, error: ExpressionError) -> PackError {
        let start = value.referenced.line();
        let whole = value.value.lines().nth(error.line - 1).unwrap_or_default();
        let lines =
            self.0.lines().zip(1_u64..).skip(usize::try_from(start.saturating_sub(1)).unwrap_or(0));
        // The indicator of a block scalar stands on a line of its own.
        for (text, line) in lines.skip(error.line - 1).take(2) {
            let is_first = line == start;
            let from = if is_first {
                usize::try_from(value.referenced.column().saturating_sub(1)).unwrap_or(0)
            } else {
                0
            };
            let Some(at) = find_from(text, whole, from) else { continue };
            let column = (at + error.column) as u64;
            return PackError { line, column, message: error.message };
        }
        let ExpressionError { line, column, message } = error;
        fault(value, format!("{message} (line {line}, column {column} of the expression)"))
    }
}

/// Characters before the first occurrence of a text at or after a character.
fn find_from(line: &str, wanted: &str, from: usize) -> Option<usize> {
    let (skipped, _) = line.char_indices().nth(from)?;
    let at = line[skipped..].find(wanted).filter(|_| !wanted.is_empty())?;
    Some(from + line[skipped..skipped + at].chars().count())
}

/// The column after the word at a place of a text, for editors that mark it. `None` when there is no
/// such place.
pub fn word_end(text: &str, line: u64, column: u64) -> Option<u64> {
    let line = text.lines().nth(usize::try_from(line.checked_sub(1)?).ok()?)?;
    let before = usize::try_from(column.checked_sub(1)?).ok()?;
    let mut rest = line.chars().skip(before);
    let first = rest.next()?;
    let belongs = |c: &char| c.is_alphanumeric() || "._-".contains(*c);
    let more = match first {
        '"' | '\'' => rest.take_while(|c| *c != first).count() + 1,
        c if c.is_alphanumeric() || c == '_' => rest.take_while(belongs).count(),
        _ => 0,
    };
    // A quote that is not closed ends with its line.
    let end = (before + 1 + more).min(line.chars().count());
    u64::try_from(end + 1).ok()
}

/// A fault at the start of a value.
pub(crate) fn fault<T>(place: &Spanned<T>, message: impl Into<String>) -> PackError {
    PackError {
        line: place.referenced.line(),
        column: place.referenced.column(),
        message: message.into(),
    }
}

/// A fault the parser of YAML found.
pub(super) fn yaml_error(error: &serde_saphyr::Error) -> PackError {
    let place = error.location();
    PackError {
        line: place.map_or(1, |place| place.line()),
        column: place.map_or(1, |place| place.column()),
        message: suggested(&error.without_snippet().to_string()),
    }
}

/// Adds a suggestion to "unknown field `x`, expected one of a, b at line 1, column 2", whose place
/// is told anyway.
fn suggested(report: &str) -> String {
    let message = report.rsplit_once(" at line ").map_or(report, |(message, _)| message);
    let wrong = message.split('`').nth(1).filter(|_| message.starts_with("unknown "));
    let known = message.split_once("expected ").map_or("", |(_, known)| known);
    let known = known.split([',', ' ', '`']).filter(|word| !word.is_empty());
    match wrong.and_then(|wrong| nearest(wrong, known)) {
        Some(near) => format!("{message}, did you mean `{near}`?"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::word_end;

    #[test]
    fn a_word_ends_where_another_begins() {
        let text = "when: usr.age > 1\nname: \"two words\"\nname: \"open";
        let table = [
            ((1, 7), Some(14)),
            ((1, 15), Some(16)),
            ((2, 7), Some(18)),
            ((3, 7), Some(12)),
            ((4, 1), None),
            ((1, 99), None),
            ((0, 0), None),
        ];
        for ((line, column), end) in table {
            assert_eq!(word_end(text, line, column), end, "{line}:{column}");
        }
    }
}
