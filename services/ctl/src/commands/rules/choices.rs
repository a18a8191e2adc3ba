//! What `rules set` may change, as arguments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, bail};
use innerwall_rules::{Mode, RuleSetPatch, ThresholdsPatch};

/// Takes a choice back.
const DEFAULT: &str = "default";

#[derive(clap::Args)]
pub(crate) struct Choices {
    /// Built-in preset that gives the weights, or none.
    #[arg(long)]
    preset: Option<String>,
    /// Points of a rule, such as A01=20, or A01=default for those of the preset.
    #[arg(long = "weight", value_name = "RULE=POINTS")]
    weights: Vec<String>,
    /// Mode of a rule: off, shadow or live, such as A01=shadow.
    #[arg(long = "mode", value_name = "RULE=MODE")]
    modes: Vec<String>,
    /// Trust of this much or less puts a user up for review.
    #[arg(long)]
    review: Option<u8>,
    /// Trust of this much or less blocks a user, or off.
    #[arg(long)]
    block: Option<String>,
    /// A pack in YAML; its file name is its name.
    #[arg(long = "pack", value_name = "FILE")]
    packs: Vec<PathBuf>,
    /// Name of a pack to remove.
    #[arg(long = "remove-pack", value_name = "NAME")]
    removed_packs: Vec<String>,
}

impl Choices {
    pub(super) fn patch(&self) -> anyhow::Result<RuleSetPatch> {
        let preset =
            self.preset.as_ref().map(|name| Some(name.clone()).filter(|name| name != "none"));
        let mut packs: BTreeMap<String, Option<String>> =
            self.removed_packs.iter().map(|name| (name.clone(), None)).collect();
        for file in &self.packs {
            packs.insert(pack_name(file)?, Some(read(file)?));
        }
        Ok(RuleSetPatch {
            preset,
            weights: pairs(&self.weights)?,
            modes: pairs::<ModeArgument>(&self.modes)?
                .into_iter()
                .map(|(rule, mode)| (rule, mode.map(|mode| mode.0)))
                .collect(),
            thresholds: ThresholdsPatch {
                review: self.review,
                block: self.block.as_deref().map(block).transpose()?,
            },
            lists: BTreeMap::new(),
            packs,
        })
    }
}

struct ModeArgument(Mode);

impl FromStr for ModeArgument {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "off" => Ok(Self(Mode::Off)),
            "shadow" => Ok(Self(Mode::Shadow)),
            "live" => Ok(Self(Mode::Live)),
            _ => Err(()),
        }
    }
}

fn pairs<V: FromStr>(texts: &[String]) -> anyhow::Result<BTreeMap<String, Option<V>>> {
    let pair = |text: &String| {
        let (rule, value) = text.split_once('=')?;
        let value = if value == DEFAULT { None } else { Some(value.parse().ok()?) };
        Some((rule.to_owned(), value))
    };
    texts.iter().map(|text| pair(text).with_context(|| format!("cannot read {text}"))).collect()
}

fn block(text: &str) -> anyhow::Result<Option<u8>> {
    if text == "off" {
        return Ok(None);
    }
    text.parse().map(Some).with_context(|| format!("{text} is neither a score nor off"))
}

fn pack_name(file: &Path) -> anyhow::Result<String> {
    match file.file_stem().and_then(|stem| stem.to_str()) {
        Some(name) => Ok(name.to_owned()),
        None => bail!("{} has no name", file.display()),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_and_taken_back() {
        let texts = ["A01=20".to_owned(), "A02=default".to_owned()];
        let expected = BTreeMap::from([("A01".into(), Some(20)), ("A02".into(), None)]);
        assert_eq!(pairs::<i64>(&texts).unwrap(), expected);
        for wrong in ["A01", "A01=many", "=,"] {
            assert!(pairs::<i64>(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
        assert_eq!(block("off").unwrap(), None);
        assert_eq!(block("5").unwrap(), Some(5));
        assert!(block("never").is_err());
    }
}
