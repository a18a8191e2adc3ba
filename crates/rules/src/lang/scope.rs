//! Which names an expression may use.

use std::sync::Arc;

use innerwall_features::{Fact, POLICY_FAMILIES, SCHEMA};

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
    /// In a policy: what rules read, and what scoring found.
    Policy(&'w [Arc<str>]),
    /// In a window: what belongs to the event itself.
    Window,
}

impl<'w> Scope<'w> {
    /// The windows that may be read.
    pub(crate) fn windows(self) -> &'w [Arc<str>] {
        match self {
            Self::Rule(windows) | Self::Policy(windows) => windows,
            Self::Window => &[],
        }
    }

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
        let Source::Fact(fact) = &found else { return Ok(found) };
        let (name, family) = (fact.def().name, fact.family());
        let message = match self {
            Self::Window if !EVENT_FAMILIES.contains(&family) => {
                let families = EVENT_FAMILIES.map(|family| format!("{family}.*")).join(", ");
                format!(
                    "a window counts before the user is looked at and cannot read `{name}`, \
                     it may read {families} and custom.*"
                )
            }
            Self::Rule(_) if POLICY_FAMILIES.contains(&family) => {
                format!("a rule is judged before the scores are known, only policies read `{name}`")
            }
            Self::Window | Self::Rule(_) | Self::Policy(_) => return Ok(found),
        };
        Err(Fault::new(at, message))
    }

    fn window(self, at: usize, name: &str) -> Result<Source, Fault> {
        let (Self::Rule(windows) | Self::Policy(windows)) = self else {
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
