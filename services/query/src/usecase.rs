//! What can be asked. Both interfaces call these and nothing else.

pub(crate) mod events;
pub(crate) mod overview;
pub(crate) mod users;

use crate::problem::Problem;

const LIMIT_DEFAULT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// Rows of a page.
pub(crate) fn page_limit(limit: Option<i64>) -> Result<i64, Problem> {
    match limit {
        None => Ok(LIMIT_DEFAULT),
        Some(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
        Some(limit) => {
            Err(Problem::parameter("limit", &format!("{limit} is not between 1 and {LIMIT_MAX}")))
        }
    }
}

/// Splits what was read (one row more than the page holds) into the page and whether it goes on.
pub(crate) fn cut_page<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let goes_on = rows.len() > limit;
    rows.truncate(limit);
    (rows, goes_on)
}
