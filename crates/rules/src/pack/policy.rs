//! Reading the policies of a pack.

use innerwall_event::EventKind;
use serde_saphyr::Spanned;

use super::read::Reader;
use super::wire::WirePolicy;
use super::{NAME_BYTES_MAX, SENTENCE_BYTES_MAX, fault};
use crate::lang::{Condition, Scope, with_suggestion};
use crate::policy::{DEFAULT_POLICY, Policy};
use crate::reason::Template;
use crate::trial::Trial;
use crate::window::is_window_name;

/// Most types of events that one policy names.
pub(crate) const POLICY_EVENT_TYPES_MAX: usize = 32;

impl Reader<'_> {
    pub(super) fn policies(&mut self, wire: Vec<WirePolicy>) -> Vec<Policy> {
        let mut policies: Vec<Policy> = Vec::with_capacity(wire.len());
        for wire_policy in wire {
            let place = wire_policy.id.clone();
            let Some(policy) = self.policy(wire_policy) else { continue };
            if policies.iter().any(|known| known.id == policy.id) {
                self.refuse(&place, format!("policy `{}` is defined twice", policy.id));
            }
            policies.push(policy);
        }
        policies
    }

    fn policy(&mut self, wire: WirePolicy) -> Option<Policy> {
        self.limit(&wire.name, NAME_BYTES_MAX);
        self.limit(&wire.reason, SENTENCE_BYTES_MAX);
        self.policy_id(&wire.id);
        self.event_types(&wire.event_types);
        let windows = self.window_names.clone();
        let scope = Scope::Policy(&windows);
        let condition = Condition::compile_in(&wire.when.value, scope);
        let reason = Template::parse(&wire.reason.value, scope);
        let condition = condition.map_err(|error| self.file.within(&wire.when, error));
        let reason = reason.map_err(|error| self.file.within(&wire.reason, error));
        let trials = Trial::check_all(&wire.tests, &windows, &mut self.faults);
        let (condition, reason) = (self.kept(condition), self.kept(reason));
        Some(Policy {
            id: wire.id.value,
            name: wire.name.value,
            event_types: wire.event_types.into_iter().map(|kind| kind.value).collect(),
            condition: condition?,
            verdict: wire.verdict,
            reason: reason?,
            trials,
            place: (wire.when.referenced.line(), wire.when.referenced.column()),
        })
    }

    fn policy_id(&mut self, id: &Spanned<String>) {
        if !is_window_name(&id.value) {
            let message =
                format!("`{}` is no policy id, expected a-z 0-9 _, a letter first", id.value);
            self.refuse(id, message);
        } else if id.value == DEFAULT_POLICY {
            let message = format!("`{DEFAULT_POLICY}` is what no policy decided, take another id");
            self.refuse(id, message);
        }
    }

    fn event_types(&mut self, kinds: &[Spanned<String>]) {
        if let Some(beyond) = kinds.get(POLICY_EVENT_TYPES_MAX) {
            let found = kinds.len();
            let message = format!("{found} event types, the limit is {POLICY_EVENT_TYPES_MAX}");
            self.refuse(beyond, message);
        }
        for kind in kinds {
            let name = kind.value.as_str();
            if EventKind::parse(name).is_ok_and(|known| known.name() == name) {
                continue;
            }
            let named: Vec<EventKind> = EventKind::named().collect();
            let known = named.iter().map(EventKind::name);
            let message = with_suggestion(format!("no event is of type `{name}`"), name, known);
            self.refuse(kind, message);
        }
    }

    fn refuse<T>(&mut self, place: &Spanned<T>, message: String) {
        self.faults.push(fault(place, message));
    }
}
