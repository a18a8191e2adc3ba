//! Parts of documents that are generated from code.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Whether the part of a file between `<!-- name: begin -->` and `<!-- name: end -->` is this
/// text; writes it there if not.
pub fn is_up_to_date(path: &Path, name: &str, text: &str) -> Result<bool> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let file = path.display();
    let whole = fs::read_to_string(path).with_context(|| file.to_string())?;
    let (before, rest) =
        whole.split_once(&begin).with_context(|| format!("{file}: no line {begin}"))?;
    let (held, after) = rest.split_once(&end).with_context(|| format!("{file}: no line {end}"))?;
    if held == text {
        return Ok(true);
    }
    fs::write(path, [before, &begin, text, &end, after].concat())
        .with_context(|| file.to_string())?;
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_once_and_the_rest_stays() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let path = directory.path().join("page.md");
        fs::write(&path, "# Page\n<!-- table: begin -->\nold\n<!-- table: end -->\nafter\n")?;
        assert!(!is_up_to_date(&path, "table", "new\n")?);
        assert!(is_up_to_date(&path, "table", "new\n")?);
        assert!(is_up_to_date(&path, "other", "").is_err());
        let whole = fs::read_to_string(&path)?;
        assert_eq!(whole, "# Page\n<!-- table: begin -->\nnew\n<!-- table: end -->\nafter\n");
        Ok(())
    }
}
