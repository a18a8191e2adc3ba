//! Facts of the user and of the sessions.

use innerwall_event::Timestamp;

use super::{Facts, Sources, Value};
use crate::address::{PlaceUse, is_residential_only};
use crate::device::{Device, SUSPICIOUS};
use crate::memory::Noted;
use crate::schema::Fact;
use crate::state::State;
use crate::{Country, DeviceFlag, DeviceKind, SharedFlag, account};

impl Facts {
    /// What even a shared account has.
    pub(super) fn set_account(&mut self, sources: &Sources<'_>) {
        let user_id = &sources.event.user_id;
        self.put(Fact::UserId, user_id.0.as_str());
        self.put(Fact::UserIsAnonymous, user_id.is_anonymous());
        let lists = sources.around.shared.flags;
        self.put(Fact::UserIsBlocked, lists.get(SharedFlag::UserBlocked as u8));
        self.put(Fact::UserIsAllowed, lists.get(SharedFlag::UserAllowed as u8));
        self.put(Fact::UserIsWatched, lists.get(SharedFlag::UserWatched as u8));
        self.put(Fact::UserEventCount, sources.state.events);
    }

    pub(super) fn set_person(&mut self, sources: &Sources<'_>) {
        let (state, now) = (sources.state, sources.event.time);
        self.put(Fact::UserAccountAgeDays, account::age_days(state, now));
        self.put(Fact::UserDormantDays, state.dormant_days);
        self.put(Fact::UserNameHasDigit, account::name_has_digit(state));
        self.put(Fact::UserNameHasSeparator, account::name_has_separator(state));
        self.put(Fact::UserTravelKm, sources.travel.map(|travel| travel.km));
        self.put(Fact::UserTravelKmh, sources.travel.and_then(|travel| travel.kmh));
        self.put(Fact::UserIsResidentialOnly, is_residential_only(&state.memory, now));
        self.set_counts(state);
        self.set_memory(state, now);
        self.set_devices(&state.devices);
        self.set_session(sources);
    }

    fn set_counts(&mut self, state: &State) {
        self.put(Fact::UserSessionCount, state.sessions);
        self.put(Fact::UserDeviceCount, state.devices_total);
        self.put(Fact::UserAddressCount, state.addresses_total);
        self.put(Fact::UserCountryCount, some(state.countries.len()));
        self.put(Fact::UserNetworkCount, some(state.networks.len()));
        self.put(Fact::UserEmailCount, some(state.emails.len()));
        self.put(Fact::UserPhoneNumberCount, some(state.phones.len()));
        self.set(Fact::UserCountries, countries(&state.countries));
    }

    fn set_memory(&mut self, state: &State, now: Timestamp) {
        let memory = &state.memory;
        for (fact, what) in [
            (Fact::UserHasEmptyUserAgent, Noted::NoUserAgent),
            (Fact::UserHasEmptyLanguage, Noted::NoLanguage),
            (Fact::UserHasUsedTor, Noted::Tor),
            (Fact::UserHasUsedVpn, Noted::Vpn),
            (Fact::UserHasUsedHosting, Noted::Hosting),
            (Fact::UserHasUsedRelay, Noted::Relay),
            (Fact::UserHasUsedSatellite, Noted::Satellite),
            (Fact::UserHasUsedPrivateAddress, Noted::Private),
            (Fact::UserHasUsedSpamListed, Noted::SpamListed),
            (Fact::UserHasUsedSuspiciousNetwork, Noted::SuspiciousNetwork),
            (Fact::UserHasUsedBlockedAddress, Noted::BlockedAddress),
        ] {
            self.put(fact, memory.known(what, now));
        }
        for (fact, what) in [
            (Fact::UserNightSession, Noted::NightSession),
            (Fact::UserMultiDeviceSession, Noted::MultiDeviceSession),
            (Fact::UserMultiAddressSession, Noted::MultiAddressSession),
        ] {
            self.put(fact, memory.holds(what, now));
        }
        let in_countries = memory.holds(Noted::MultiCountrySession, now);
        let has_country = !state.countries.is_empty();
        self.put(Fact::UserMultiCountrySession, has_country.then_some(in_countries));
        self.put(Fact::UserOnlySingleEventSessions, !state.has_multi_event_session);
    }

    fn set_devices(&mut self, devices: &[Device]) {
        for (fact, bit) in [
            (Fact::UserHasLinux, DeviceFlag::Linux as u8),
            (Fact::UserHasBot, DeviceFlag::Bot as u8),
            (Fact::UserHasAiBot, DeviceFlag::AiBot as u8),
            (Fact::UserHasRareBrowser, DeviceFlag::RareBrowser as u8),
            (Fact::UserHasRareSystem, DeviceFlag::RareSystem as u8),
            (Fact::UserHasOutdatedBrowser, DeviceFlag::Outdated as u8),
            (Fact::UserHasSuspiciousUserAgent, SUSPICIOUS),
        ] {
            self.put(fact, any(devices.iter().map(|device| device.flag(bit))));
        }
        let kinds: Vec<DeviceKind> = devices.iter().filter_map(Device::judged_kind).collect();
        let is_judged = !kinds.is_empty();
        let has_unknown = kinds.contains(&DeviceKind::Unknown);
        let phones = kinds.iter().filter(|kind| **kind == DeviceKind::Phone).count();
        self.put(Fact::UserHasUnrecognisedDevice, is_judged.then_some(has_unknown));
        self.put(Fact::UserPhoneDeviceCount, is_judged.then_some(phones));
        self.put(Fact::UserDesktopSystemCount, is_judged.then(|| desktop_systems(devices)));
    }

    fn set_session(&mut self, sources: &Sources<'_>) {
        let (session, moved) = (sources.state.session.as_ref(), sources.moved);
        self.put(Fact::SessionEventCount, session.map(|session| session.events));
        let now = sources.event.time;
        let age_s = session
            .map(|session| now.seconds_since(Timestamp::from_micros(session.started_us)).max(0));
        self.put(Fact::SessionAgeS, age_s);
        self.put(Fact::SessionHasNewDevice, moved.device);
        self.put(Fact::SessionHasNewNetwork, moved.network);
        self.put(Fact::SessionHasNewCountry, moved.country);
    }
}

/// Unknown is not a value: a user without a known country has no number of countries.
fn some(count: usize) -> Option<usize> {
    (count > 0).then_some(count)
}

/// Whether any answer is yes; unknown when none is known.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    answers.flatten().reduce(|one, other| one || other)
}

fn desktop_systems(devices: &[Device]) -> usize {
    let is_desktop = |device: &&Device| device.judged_kind() == Some(DeviceKind::Desktop);
    let mut systems: Vec<u32> = devices.iter().filter(is_desktop).map(|d| d.system).collect();
    systems.sort_unstable();
    systems.dedup();
    systems.iter().filter(|system| **system != 0).count()
}

fn countries(used: &[PlaceUse]) -> Value {
    let mut codes: Vec<Box<str>> = used
        .iter()
        .filter_map(|used| Country::from_number(used.number))
        .map(|country| country.to_string().into())
        .collect();
    codes.sort_unstable();
    if codes.is_empty() { Value::Unknown } else { Value::Texts(codes.into()) }
}
