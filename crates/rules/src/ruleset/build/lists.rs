//! The lists of a tenant.

use std::collections::BTreeMap;

use innerwall_event::Timestamp;

use super::super::{ENTRY_BYTES_MAX, LIST_ENTRIES_MAX, LISTS_MAX, ListEntry, Listed, RuleSetFault};
use crate::window::is_window_name;

/// Reads the lists; faults name the entry.
pub(super) fn read(
    lists: &BTreeMap<String, Vec<ListEntry>>,
    faults: &mut Vec<RuleSetFault>,
) -> BTreeMap<String, Vec<Listed>> {
    let mut refuse = |path, message| faults.push(RuleSetFault { path, place: None, message });
    if lists.len() > LISTS_MAX {
        refuse("lists".to_owned(), format!("{} lists, the limit is {LISTS_MAX}", lists.len()));
        return BTreeMap::new();
    }
    let mut read = BTreeMap::new();
    for (name, entries) in lists {
        let path = format!("lists.{name}");
        if !is_window_name(name) {
            let message = format!("`{name}` is no name, expected a-z 0-9 _, a letter first");
            refuse(path.clone(), message);
        }
        if entries.len() > LIST_ENTRIES_MAX {
            let found = entries.len();
            refuse(path, format!("{found} entries, the limit is {LIST_ENTRIES_MAX}"));
            continue;
        }
        let listed = entries.iter().enumerate().filter_map(|(number, entry)| {
            let checked = check(entry);
            checked
                .map_err(|(field, message)| refuse(format!("{path}[{number}].{field}"), message))
                .ok()
        });
        read.insert(name.clone(), listed.collect());
    }
    read
}

fn check(entry: &ListEntry) -> Result<Listed, (&'static str, String)> {
    let texts = [("value", &entry.value), ("comment", &entry.comment), ("author", &entry.author)];
    for (field, text) in texts {
        if text.len() > ENTRY_BYTES_MAX {
            let found = text.len();
            return Err((field, format!("holds {found} bytes, the limit is {ENTRY_BYTES_MAX}")));
        }
    }
    if entry.value.trim().is_empty() {
        return Err(("value", "is empty".to_owned()));
    }
    let expires_at = entry.expires_at.as_deref().map(Timestamp::parse_rfc3339).transpose();
    let expires_at = expires_at.map_err(|error| ("expires_at", error.to_string()))?;
    Ok(Listed { value: entry.value.clone(), expires_at })
}
