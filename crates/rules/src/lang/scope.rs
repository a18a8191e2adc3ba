//! Which names an expression may use.

use std::sync::Arc;

use innerwall_features::{Fact, SCHEMA};

use super::Fault;
use super::suggest::with_suggestion;
use super::typed::{Source, WindowRef};

/// Families of facts that are known of an event before its user is looked at.
pub(crate) const EVENT_FAMILIES: [&str; 6] =
    ["event", "address", "network", "device", "email", "phone"];
/// Longest name of a custom field.
pub(crate) const CUSTOM_NAME_BYTES_MAX: usize = 64;
const CUSTOM: &str = "custom";

/// Where an expression stands, which decides what it may read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scope<'w> {
    /// In a rule: every fact, custom fields and the windows of the pack.
    Rule(&'w [Arc<str>]),
    /// In a window: what belongs to the event itself.
    Window,
}

impl Scope<'_> {
    /// Finds what a name stands for.
    pub(crate) fn find(self, at: usize, name: &str) -> Result<Source, Fault> {
        let found = match name.split_once('.') {
            Some((CUSTOM, field)) => custom(at, field)?,
            Some(_) => Source::Fact(fact(at, name)?),
            None => self.window(at, name)?,
        };
        self.allow(at, found)
    }

    fn allow(self, at: usize, found: Source) -> Result<Source, Fault> {
        if let (Self::Window, Source::Fact(fact)) = (self, &found) {
            let name = fact.def().name;
            let family = name.split('.').next().unwrap_or_default();
            if !EVENT_FAMILIES.contains(&family) {
                let families = EVENT_FAMILIES.map(|family| format!("{family}.*")).join(", ");
                let message = format!(
                    "a window counts before the user is looked at and cannot read `{name}`, \
                     it may read {families} and custom.*"
                );
                return Err(Fault::new(at, message));
            }
        }
        Ok(found)
    }

    fn window(self, at: usize, name: &str) -> Result<Source, Fault> {
        let Self::Rule(windows) = self else {
            let facts = SCHEMA.iter().map(|def| def.name);
            let message = format!("unknown fact `{name}`; a window cannot read a window");
            return Err(Fault::new(at, with_suggestion(message, name, facts)));
        };
        let number = windows.iter().position(|known| **known == *name);
        let known = number.and_then(|number| {
            let window =
                WindowRef { number: u16::try_from(number).ok()?, name: windows[number].clone() };
            Some(Source::Window(window))
        });
        known.ok_or_else(|| {
            let names = windows.iter().map(AsRef::as_ref);
            let all = names.chain(SCHEMA.iter().map(|def| def.name));
            Fault::new(at, with_suggestion(format!("unknown window `{name}`"), name, all))
        })
    }
}

fn fact(at: usize, name: &str) -> Result<Fact, Fault> {
    Fact::named(name).ok_or_else(|| {
        let names = SCHEMA.iter().map(|def| def.name);
        Fault::new(at, with_suggestion(format!("unknown fact `{name}`"), name, names))
    })
}

fn custom(at: usize, field: &str) -> Result<Source, Fault> {
    if !is_custom_name(field) {
        let message = format!(
            "`custom.{field}` names no custom field, expected 1 to {CUSTOM_NAME_BYTES_MAX} of \
             A-Z a-z 0-9 _"
        );
        return Err(Fault::new(at, message));
    }
    Ok(Source::Custom(field.into()))
}

/// Whether a text can name a custom field of an event.
pub(crate) fn is_custom_name(field: &str) -> bool {
    (1..=CUSTOM_NAME_BYTES_MAX).contains(&field.len())
        && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
