//! How lists of things are ordered, and where their pages end.

use innerwall_event::Timestamp;
use innerwall_storage::read::entities::{EntityOrder, EntityPosition, EntitySort};

use crate::cursor;
use crate::problem::Problem;

pub(super) fn order(sort: Option<&str>) -> Result<EntityOrder, Problem> {
    let sort = sort.unwrap_or("-last_seen");
    let (name, is_down) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
    let by = match name {
        "last_seen" => EntitySort::LastSeen,
        "events" => EntitySort::Events,
        "users" => EntitySort::Users,
        "key" => EntitySort::Key,
        _ => {
            let known = "last_seen, events, users or key, with or without - before it";
            return Err(Problem::parameter("sort", &format!("{sort} is not {known}")));
        }
    };
    Ok(EntityOrder { by, is_down })
}

pub(super) fn entity_cursor(position: &EntityPosition, order: EntityOrder) -> String {
    if order.by == EntitySort::Key {
        return cursor::of_text(&[position.id], &position.key);
    }
    cursor::of(&[position.number, position.id])
}

pub(super) fn entity_position(text: &str, order: EntityOrder) -> Result<EntityPosition, Problem> {
    if order.by == EntitySort::Key {
        let ([id], key) = cursor::with_text(text)?;
        return Ok(EntityPosition { number: 0, key, id });
    }
    let [number, id] = cursor::numbers(text)?;
    match order.by {
        EntitySort::LastSeen => drop(cursor::moment(number)?),
        EntitySort::Users => drop(cursor::narrow::<i32>(number)?),
        EntitySort::Events | EntitySort::Key => {}
    }
    Ok(EntityPosition { number, key: String::new(), id })
}

/// Where a page of links ended: a time and an id.
pub(in crate::usecase) fn link_position(text: &str) -> Result<(Timestamp, i64), Problem> {
    let [micros, id] = cursor::numbers(text)?;
    Ok((cursor::moment(micros)?, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_two_directions_and_cursors_of_its_own() {
        for name in ["last_seen", "events", "users", "key"] {
            let up = order(Some(name)).unwrap();
            let down = order(Some(&format!("-{name}"))).unwrap();
            assert_eq!((up.by, up.is_down, down.is_down), (down.by, false, true));
            let key = if name == "key" { "k" } else { "" };
            let number = if name == "key" { 0 } else { 7 };
            let position = EntityPosition { number, key: key.to_owned(), id: -3 };
            assert_eq!(entity_position(&entity_cursor(&position, up), up), Ok(position));
        }
        assert!(order(Some("first_seen")).is_err());
    }
}
