//! Facts of the newest 25 events.

use innerwall_event::EventKind;

use super::{Facts, Sources};
use crate::recent::{Mark, Recent};
use crate::schema::Fact;

impl Facts {
    pub(super) fn set_recent(&mut self, sources: &Sources<'_>) {
        let recent = Recent::of(&sources.state.recent);
        self.put(Fact::RecentEventCount, recent.len());
        self.put(Fact::RecentFailedLogins, recent.failed_logins());
        self.put(Fact::RecentFailedLoginBurst, recent.failed_login_burst());
        self.put(Fact::RecentClientErrors, recent.count_codes(400..500));
        self.put(Fact::RecentServerErrors, recent.count_codes(500..600));
        self.put(Fact::RecentSuccess, recent.count_codes(200..300) > 0);
        self.put(Fact::RecentHeadMethod, recent.any_marked(Mark::HeadMethod));
        self.put(Fact::RecentNoReferer, recent.any_marked(Mark::NoReferer));
        self.put(Fact::RecentSuspiciousUrl, recent.any_marked(Mark::SuspiciousUrl));
        let password_changed = recent.has_done(&EventKind::AccountPasswordChange);
        self.put(Fact::RecentPasswordChanged, password_changed);
        let email_changed = recent.has_done(&EventKind::AccountEmailChange);
        self.put(Fact::RecentEmailChanged, email_changed);
    }

    /// What is new to a person: a device, language, country or network.
    pub(super) fn set_recent_newness(&mut self, sources: &Sources<'_>) {
        let (state, recent) = (sources.state, Recent::of(&sources.state.recent));
        let has_others = state.devices_total > 1;
        let password = |mark| recent.has_done_marked(&EventKind::AccountPasswordChange, mark);
        let device_and = |mark| has_others && recent.any_marked_both(Mark::NewDevice, mark);
        let failed = recent.any_failed_login_on_new_device();
        self.put(Fact::RecentFailedLoginOnNewDevice, failed);
        let language = has_others && recent.any_marked(Mark::NewLanguage);
        self.put(Fact::RecentNewDeviceLanguage, language);
        let on_new_device = has_others && password(Mark::NewDevice);
        self.put(Fact::RecentPasswordChangedOnNewDevice, on_new_device);
        let by_country = |holds| (!state.countries.is_empty()).then_some(holds);
        let by_network = |holds| (!state.networks.is_empty()).then_some(holds);
        for (fact, answer) in [
            (Fact::RecentPasswordChangedInNewCountry, by_country(password(Mark::NewCountry))),
            (Fact::RecentPasswordChangedInNewNetwork, by_network(password(Mark::NewNetwork))),
            (Fact::RecentNewDeviceInNewCountry, by_country(device_and(Mark::NewCountry))),
            (Fact::RecentNewDeviceInNewNetwork, by_network(device_and(Mark::NewNetwork))),
        ] {
            self.put(fact, answer);
        }
    }
}
