//! Checking a window of a pack.

use serde_saphyr::Spanned;

use super::{KEYS_MAX, WindowDef, WindowKey, WindowKind, duration, identity};
use crate::lang::{Condition, Expression, Scope};
use crate::pack::{File, Keys, PackError, WireWindow, fault};

/// Longest name of a window.
const NAME_BYTES_MAX: usize = 64;
/// Names that mean something else in expressions.
const RESERVED: [&str; 5] = ["true", "false", "in", "sets", "custom"];

/// Checks one window; gives `None` when there are faults.
pub(crate) fn check_window(
    file: File<'_>,
    name: &Spanned<String>,
    wire: WireWindow,
    faults: &mut Vec<PackError>,
) -> Option<WindowDef> {
    let before = faults.len();
    let mut check = Check { file, name, faults };
    if !is_window_name(&name.value) {
        let form = format!("expected a-z 0-9 _, a letter first, at most {NAME_BYTES_MAX} bytes");
        check.refuse(name, format!("`{}` is no name of a window, {form}", name.value));
    }
    let by = check.by(wire.by.as_ref());
    let over_s = check.over(wire.over.as_ref());
    let (kind, filter) = check.measure(wire)?;
    let (by, over_s) = (by?, over_s?);
    if let WindowKind::Distinct(key) = &kind
        && by.contains(key)
    {
        check.refuse(name, format!("distinct {key} by {key} is always 1"));
    }
    let spelled = identity::spelled(&kind, &filter, &by, over_s);
    let is_private = by.iter().any(WindowKey::is_private);
    let (name, identity) = (name.value.as_str().into(), identity::hash(&spelled));
    let window = WindowDef { name, kind, filter, by, over_s, identity, is_private };
    (faults.len() == before).then_some(window)
}

/// Whether a text can name a window.
pub(crate) fn is_window_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.len() <= NAME_BYTES_MAX
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(is_allowed)
        && !RESERVED.contains(&name)
}

struct Check<'c> {
    file: File<'c>,
    name: &'c Spanned<String>,
    faults: &'c mut Vec<PackError>,
}

impl Check<'_> {
    fn refuse<T>(&mut self, place: &Spanned<T>, message: impl Into<String>) {
        self.faults.push(fault(place, message));
    }

    fn measure(&mut self, wire: WireWindow) -> Option<(WindowKind, Condition)> {
        let kinds = [
            ("count", wire.count),
            ("distinct", wire.distinct),
            ("sum", wire.sum),
            ("ratio", wire.ratio),
            ("first_seen", wire.first_seen),
            ("last_seen", wire.last_seen),
        ];
        let mut given = kinds.into_iter().filter_map(|(word, value)| Some((word, value?)));
        let Some((word, value)) = given.next() else {
            let words = WindowKind::WORDS.map(|kind| kind.0).join(", ");
            self.refuse(self.name, format!("the window lacks what it gives, one of {words}"));
            return None;
        };
        if let Some((other, place)) = given.next() {
            self.refuse(&place, format!("a window gives one thing, this one {word} and {other}"));
            return None;
        }
        match word {
            "distinct" => {
                let key = self.key(&value, &value.value)?;
                Some((WindowKind::Distinct(key), self.filter(wire.filter.as_ref())?))
            }
            "sum" => {
                let amount = self.amount(&value)?;
                Some((WindowKind::Sum(amount), self.filter(wire.filter.as_ref())?))
            }
            "ratio" => {
                let condition = self.condition(&value)?;
                Some((WindowKind::Ratio(condition), self.filter(wire.filter.as_ref())?))
            }
            "count" => self.only_condition(WindowKind::Count, &value, wire.filter.as_ref()),
            "first_seen" => {
                self.only_condition(WindowKind::FirstSeen, &value, wire.filter.as_ref())
            }
            _ => self.only_condition(WindowKind::LastSeen, &value, wire.filter.as_ref()),
        }
    }

    /// A kind whose value is the condition, so that `where` would be a second one.
    fn only_condition(
        &mut self,
        kind: WindowKind,
        value: &Spanned<String>,
        filter: Option<&Spanned<String>>,
    ) -> Option<(WindowKind, Condition)> {
        if let Some(filter) = filter {
            let word = kind.word();
            self.refuse(filter, format!("`{word}` takes the condition itself, join both by &&"));
            return None;
        }
        Some((kind, self.condition(value)?))
    }

    fn filter(&mut self, filter: Option<&Spanned<String>>) -> Option<Condition> {
        filter.map_or_else(|| Some(Condition::always()), |filter| self.condition(filter))
    }

    fn condition(&mut self, text: &Spanned<String>) -> Option<Condition> {
        let checked = Condition::compile_in(&text.value, Scope::Window);
        checked.map_err(|error| self.faults.push(self.file.within(text, error))).ok()
    }

    fn amount(&mut self, text: &Spanned<String>) -> Option<Expression> {
        let checked = Expression::compile(&text.value, Scope::Window);
        checked.map_err(|error| self.faults.push(self.file.within(text, error))).ok()
    }

    fn key<T>(&mut self, place: &Spanned<T>, text: &str) -> Option<WindowKey> {
        WindowKey::parse(text).map_err(|error| self.refuse(place, error.to_string())).ok()
    }

    /// The keys in the order of the normalised definition.
    fn by(&mut self, found: Option<&Spanned<Keys>>) -> Option<Vec<WindowKey>> {
        let Some(found) = found else {
            self.refuse(self.name, "the window lacks `by`, such as `by: address`");
            return None;
        };
        let texts = &found.value.0;
        if !(1..=KEYS_MAX).contains(&texts.len()) {
            let message = format!("a window counts by 1 to {KEYS_MAX} keys, found {}", texts.len());
            self.refuse(found, message);
            return None;
        }
        let mut keys = Vec::with_capacity(texts.len());
        for text in texts {
            keys.push(self.key(found, text)?);
        }
        keys.sort();
        if keys.windows(2).any(|pair| pair[0] == pair[1]) {
            self.refuse(found, "a key is named twice");
        }
        Some(keys)
    }

    fn over(&mut self, found: Option<&Spanned<String>>) -> Option<u32> {
        let Some(found) = found else {
            self.refuse(self.name, "the window lacks `over`, such as `over: 10m`");
            return None;
        };
        duration::parse(&found.value).map_err(|error| self.refuse(found, error.to_string())).ok()
    }
}
