//! The table of facts in the documents, generated from the schema.

use innerwall_features::SCHEMA;

/// A Markdown table of every fact.
pub fn facts_table() -> String {
    let mut table = "| fact | type | meaning |\n| --- | --- | --- |\n".to_owned();
    for def in SCHEMA {
        let unit = if def.unit.is_empty() { String::new() } else { format!(", {}", def.unit) };
        let kind = format!("{:?}", def.kind).to_lowercase();
        let row = format!("| `{}` | {kind}{unit} | {} |\n", def.name, def.meaning);
        table.push_str(&row);
    }
    table
}

#[cfg(test)]
mod tests {
    const MARK: &str = "<!-- facts: generated, see crates/rules/src/reference.rs -->\n";

    #[test]
    fn the_documents_list_every_fact() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
        let committed = std::fs::read_to_string(path).unwrap();
        let (before, _) = committed.split_once(MARK).unwrap();
        let expected = format!("{before}{MARK}\n{}", super::facts_table());
        if committed != expected {
            std::fs::write(path, expected).unwrap();
            panic!("docs/rules.md was out of date and has been written anew");
        }
    }
}
