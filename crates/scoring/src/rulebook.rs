//! A tenant's rule set with everything it needs to run.

use std::collections::HashMap;

use innerwall_event::stable_hash64;
use innerwall_features::{ListEntry, Lists, ListsError};
use innerwall_rules::{RuleSet, WindowDef};

/// Rules, lists, and the numbers under which the tenant's shared windows are counted.
#[derive(Clone, Debug)]
pub struct Rulebook {
    pub rules: RuleSet,
    pub lists: Lists,
    /// By slot of the rule set; `None` for windows that are kept in the state of a user, and for
    /// shared ones that are not counted yet.
    numbers: Vec<Option<u32>>,
    private_windows: u64,
}

impl Rulebook {
    /// Puts a rule set to work. A tenant's list takes the place of the built-in one of its name.
    pub fn new(rules: RuleSet) -> Result<Self, ListsError> {
        let own = |name: &str| rules.lists().contains_key(name);
        let defaults = Lists::defaults()
            .filter(|(name, _)| !own(name))
            .map(|(name, entries)| (name.to_owned(), entries));
        let tenants = rules.lists().iter().map(|(name, listed)| {
            let entry = |listed: &innerwall_rules::Listed| ListEntry {
                value: listed.value.clone(),
                expires_at: listed.expires_at,
            };
            (name.clone(), listed.iter().map(entry).collect())
        });
        let lists = Lists::new(defaults.chain(tenants))?;
        let (numbers, private_windows) = (vec![None; rules.windows().len()], private_hash(&rules));
        Ok(Self { rules, lists, numbers, private_windows })
    }

    /// Identities of the windows that users share.
    pub fn shared_windows(&self) -> Vec<u64> {
        let shared = self.rules.windows().iter().filter(|window| !window.is_private);
        shared.map(|window| window.identity).collect()
    }

    /// Says under which numbers the shared windows are counted, by identity.
    #[must_use]
    pub fn counted_as(mut self, numbers: &HashMap<u64, u32>) -> Self {
        let number = |window: &WindowDef| numbers.get(&window.identity).copied();
        let shared = |window: &WindowDef| (!window.is_private).then(|| number(window)).flatten();
        self.numbers = self.rules.windows().iter().map(shared).collect();
        self
    }

    /// Whether a shared window has no number yet.
    pub fn has_uncounted(&self) -> bool {
        self.uncounted().next().is_some()
    }

    /// Names of the shared windows that have no number yet: nothing is counted in them.
    pub fn uncounted(&self) -> impl Iterator<Item = &str> {
        let windows = self.rules.windows().iter().zip(&self.numbers);
        let fresh = windows.filter(|(window, number)| !window.is_private && number.is_none());
        fresh.map(|(window, _)| window.name.as_ref())
    }

    /// How far back a window reaches, by its identity.
    pub fn over_s(&self, identity: u64) -> Option<u32> {
        let window = self.rules.windows().iter().find(|window| window.identity == identity);
        window.map(|window| window.over_s)
    }

    pub(crate) fn number(&self, slot: usize) -> Option<u32> {
        self.numbers.get(slot).copied().flatten()
    }

    /// One number for the set of private windows: when it changes, what users have counted is
    /// rebuilt from their stored events.
    pub(crate) fn private_windows(&self) -> u64 {
        self.private_windows
    }
}

/// 0 stands for no private window at all.
fn private_hash(rules: &RuleSet) -> u64 {
    let mut identities: Vec<[u8; 8]> = rules
        .windows()
        .iter()
        .filter(|window| window.is_private)
        .map(|window| window.identity.to_le_bytes())
        .collect();
    if identities.is_empty() {
        return 0;
    }
    identities.sort_unstable();
    let parts: Vec<&[u8]> = identities.iter().map(<[u8; 8]>::as_slice).collect();
    stable_hash64(&parts)
}
