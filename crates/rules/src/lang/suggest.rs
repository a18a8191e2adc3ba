//! "Did you mean": the nearest known fact.

use innerwall_features::SCHEMA;

pub(super) fn unknown_fact(name: &str) -> String {
    let (leaf, limit) = (name.rsplit('.').next().unwrap_or(name), name.len().div_ceil(2));
    let nearest = SCHEMA
        .iter()
        .map(|def| {
            let own_leaf = def.name.rsplit('.').next().unwrap_or(def.name);
            (distance(name, def.name).min(distance(leaf, own_leaf) + 1), def.name)
        })
        .min()
        .filter(|(distance, _)| *distance <= limit);
    match nearest {
        Some((_, near)) => format!("unknown fact `{name}`, did you mean `{near}`?"),
        None => format!("unknown fact `{name}`"),
    }
}

/// Edits (insert, delete, replace) between two names.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().enumerate() {
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
