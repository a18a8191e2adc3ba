//! The values of all facts for one event.

use innerwall_event::{Event, EventKind, UserId};

use crate::recent::{Mark, Recent};
use crate::schema::Fact;
use crate::session::still_counts;
use crate::state::State;
use crate::{Surroundings, account};

/// The value of a fact. Unknown is a value of its own: it never fires a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Unknown,
    Bool(bool),
    Int(i64),
    Text(Box<str>),
    Texts(Box<[Box<str>]>),
}

/// One value per fact, in slot order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts([Value; Fact::COUNT]);

impl Default for Facts {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Value::Unknown))
    }
}

impl Facts {
    pub fn get(&self, fact: Fact) -> &Value {
        &self.0[fact.slot()]
    }

    /// Sets a fact; rule tests build their cases with it.
    pub fn set(&mut self, fact: Fact, value: Value) {
        self.0[fact.slot()] = value;
    }

    /// Computes every fact of the user as of this event.
    pub(crate) fn of(state: &State, event: &Event, around: &Surroundings) -> Self {
        let mut facts = Self::default();
        facts.set_event(event, around);
        facts.set_user(state, event);
        facts.set_sessions(state, event);
        facts.set_recent(state);
        facts
    }

    fn set_event(&mut self, event: &Event, around: &Surroundings) {
        self.set(Fact::EventType, text(event.kind.name()));
        self.set(
            Fact::EventHttpCode,
            event.http_code.map_or(Value::Unknown, |code| Value::Int(code.into())),
        );
        self.set(
            Fact::EventHttpMethod,
            event.http_method.map_or(Value::Unknown, |method| text(method.name())),
        );
        self.set(Fact::EventUrl, event.url.as_deref().map_or(Value::Unknown, text));
        self.set(
            Fact::EventHasFailed,
            event.http_code.map_or(Value::Unknown, |code| Value::Bool(code >= 400)),
        );
        self.set(
            Fact::AddressCountry,
            around.country().map_or(Value::Unknown, |country| text(&country.to_string())),
        );
    }

    fn set_user(&mut self, state: &State, event: &Event) {
        self.set(Fact::UserId, text(&event.user_id.0));
        self.set(Fact::UserIsAnonymous, Value::Bool(event.user_id.0 == UserId::ANONYMOUS));
        self.set(Fact::UserEventCount, Value::Int(state.events.into()));
        self.set(Fact::UserSessionCount, Value::Int(state.sessions.into()));
        self.set(Fact::UserDeviceCount, Value::Int(state.devices_total.into()));
        self.set(Fact::UserAddressCount, Value::Int(state.addresses_total.into()));
        let countries = (!state.countries.is_empty()).then_some(state.countries.len());
        self.set(Fact::UserCountryCount, countries.map_or(Value::Unknown, count));
        self.set(Fact::UserAccountAgeDays, Value::Int(account::age_days(state, event.time)));
        self.set(Fact::UserDormantDays, state.dormant_days.map_or(Value::Unknown, Value::Int));
        self.set(
            Fact::UserNameHasDigit,
            account::name_has_digit(state).map_or(Value::Unknown, Value::Bool),
        );
        self.set(
            Fact::UserNameHasSeparator,
            account::name_has_separator(state).map_or(Value::Unknown, Value::Bool),
        );
    }

    fn set_sessions(&mut self, state: &State, event: &Event) {
        let counts = |noted_us| Value::Bool(still_counts(noted_us, event.time));
        self.set(Fact::UserOnlySingleEventSessions, Value::Bool(!state.has_multi_event_session));
        self.set(Fact::UserNightSession, counts(state.night_session_us));
        self.set(Fact::UserMultiDeviceSession, counts(state.multi_device_session_us));
        self.set(Fact::UserMultiAddressSession, counts(state.multi_address_session_us));
        let has_country = !state.countries.is_empty();
        let country_session =
            if has_country { counts(state.multi_country_session_us) } else { Value::Unknown };
        self.set(Fact::UserMultiCountrySession, country_session);
    }

    fn set_recent(&mut self, state: &State) {
        let recent = Recent(&state.recent);
        let has_devices = state.devices_total > 1;
        self.set(Fact::RecentEventCount, count(recent.len()));
        self.set(Fact::RecentFailedLoginBurst, count(recent.failed_login_burst()));
        self.set(
            Fact::RecentFailedLoginOnNewDevice,
            Value::Bool(recent.any_failed_login_on_new_device()),
        );
        self.set(Fact::RecentClientErrors, count(recent.count_codes(400..500)));
        self.set(Fact::RecentServerErrors, count(recent.count_codes(500..600)));
        self.set(Fact::RecentSuccess, Value::Bool(recent.count_codes(200..300) > 0));
        self.set(Fact::RecentHeadMethod, Value::Bool(recent.any_marked(Mark::HeadMethod)));
        self.set(Fact::RecentNoReferer, Value::Bool(recent.any_marked(Mark::NoReferer)));
        self.set(Fact::RecentSuspiciousUrl, Value::Bool(recent.any_marked(Mark::SuspiciousUrl)));
        self.set(
            Fact::RecentNewDeviceLanguage,
            Value::Bool(has_devices && recent.any_marked(Mark::NewLanguage)),
        );
        self.set_changes(state, &recent, has_devices);
    }

    fn set_changes(&mut self, state: &State, recent: &Recent<'_>, has_devices: bool) {
        let password = EventKind::AccountPasswordChange;
        let by_country = |holds| {
            if state.countries.is_empty() { Value::Unknown } else { Value::Bool(holds) }
        };
        let on_new_device = has_devices && recent.has_done_marked(&password, Mark::NewDevice);
        self.set(Fact::RecentPasswordChanged, Value::Bool(recent.has_done(&password)));
        self.set(Fact::RecentPasswordChangedOnNewDevice, Value::Bool(on_new_device));
        let in_new_country = recent.has_done_marked(&password, Mark::NewCountry);
        self.set(Fact::RecentPasswordChangedInNewCountry, by_country(in_new_country));
        self.set(
            Fact::RecentEmailChanged,
            Value::Bool(recent.has_done(&EventKind::AccountEmailChange)),
        );
        let both_new = has_devices && recent.any_new_device_in_new_country();
        self.set(Fact::RecentNewDeviceInNewCountry, by_country(both_new));
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn count(number: usize) -> Value {
    Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}
