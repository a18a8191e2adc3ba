//! The shapes of answers.

mod event;
mod event_detail;
mod overview;
mod user;

pub(crate) use event::{DeviceView, EventPage, EventView, HitName};
pub(crate) use event_detail::EventDetailView;
pub(crate) use overview::{
    Bands, LedgerView, Overview, RuleUsers, RulesAnswer, SeriesBucket, TypeEvents,
};
pub(crate) use user::{HitView, NotEvaluatedView, UserPage, UserSummary, UserView};

use innerwall_rules::{Rule, builtin_packs};

/// The rule of an id, for its name and explanation.
pub(crate) fn rule_named(id: &str) -> Option<&'static Rule> {
    builtin_packs().iter().flat_map(|pack| &pack.rules).find(|rule| rule.id.as_str() == id)
}

/// Name of a rule; its id when the rule is not known any more.
pub(crate) fn rule_name(id: &str) -> String {
    rule_named(id).map_or_else(|| id.to_owned(), |rule| rule.name.clone())
}
