//! "Did you mean": the nearest known name.

/// Appends the nearest of the known names to a message, if one is near enough.
pub(crate) fn with_suggestion<'k>(
    message: String,
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> String {
    match nearest(name, known) {
        Some(near) => format!("{message}, did you mean `{near}`?"),
        None => message,
    }
}

/// The name that a message suggests; the counterpart of [`with_suggestion`].
pub fn suggestion_of(message: &str) -> Option<&str> {
    let (_, rest) = message.rsplit_once("did you mean `")?;
    rest.strip_suffix("`?")
}

/// The known name nearest to a wrong one: at most half of its letters differ. A leaf in the wrong
/// place counts as near; of two that are, the one whose whole name is nearer is meant.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let (leaf, limit) = (leaf_of(name), name.len().div_ceil(2));
    let distances = known.into_iter().map(|candidate| {
        let whole = distance(name, candidate);
        (whole.min(distance(leaf, leaf_of(candidate)) + 1), whole, candidate)
    });
    distances.min().filter(|(distance, ..)| *distance <= limit).map(|(.., near)| near)
}

fn leaf_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Longest name that is compared, in characters. Bounds the time one comparison takes.
const COMPARED_MAX: usize = 80;

/// Edits (insert, delete, replace) between two names.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(COMPARED_MAX).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().take(COMPARED_MAX).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::{nearest, suggestion_of, with_suggestion};

    #[test]
    fn what_a_message_suggests_is_read_off_it() {
        let message = with_suggestion("unknown key `usr`".to_owned(), "usr", ["user", "session"]);
        assert_eq!(suggestion_of(&message), Some("user"));
        assert_eq!(suggestion_of("unknown key `zzz`"), None);
    }

    #[test]
    fn the_nearest_whole_name_is_meant_where_leaves_are_alike() {
        let known = ["recent.event_count", "user.event_count", "session.event_count"];
        assert_eq!(nearest("usr.event_count", known), Some("user.event_count"));
        assert_eq!(nearest("event_count", known), Some("user.event_count"));
        assert_eq!(nearest("recnt.event_count", known), Some("recent.event_count"));
        assert_eq!(nearest("zzz", known), None);
    }
}
