//! Reasons: plain sentences with the values a rule saw.

use innerwall_features::{Fact, Facts, Value};

/// A sentence with `{fact}` holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Hole(Fact),
}

impl Template {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((words, tail)) = rest.split_once('{') {
            let Some((name, after)) = tail.split_once('}') else {
                return Err("`{` without `}`".to_owned());
            };
            let Some(fact) = Fact::named(name) else {
                return Err(format!("unknown fact `{name}` in the reason"));
            };
            parts.push(Part::Words(words.to_owned()));
            parts.push(Part::Hole(fact));
            rest = after;
        }
        parts.push(Part::Words(rest.to_owned()));
        Ok(Self(parts))
    }

    /// Fills the holes; a fact that is not known reads "unknown".
    pub fn fill(&self, facts: &Facts) -> String {
        let mut sentence = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => sentence.push_str(words),
                Part::Hole(fact) => sentence.push_str(&word_of(facts.get(*fact))),
            }
        }
        sentence
    }
}

fn word_of(value: &Value) -> String {
    match value {
        Value::Unknown => "unknown".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Texts(texts) => texts.join(", "),
    }
}
