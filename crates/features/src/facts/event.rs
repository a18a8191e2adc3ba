//! Facts of the event itself and of where it came from.

use super::{Facts, Sources, filled, known};
use crate::schema::Fact;
use crate::session::local_seconds;
use crate::{AddressFlag, DeviceFlag, DeviceKind, SharedFlag, search, url};

impl Facts {
    pub(super) fn set_event(&mut self, sources: &Sources<'_>) {
        let event = sources.event;
        let address = event.url.as_deref();
        self.put(Fact::EventType, event.kind.name());
        self.put(Fact::EventHttpCode, event.http_code.map(i64::from));
        self.put(Fact::EventHttpMethod, event.http_method.map(innerwall_event::HttpMethod::name));
        self.put(Fact::EventUrl, address);
        self.put(Fact::EventHasFailed, event.http_code.map(|code| code >= 400));
        self.put(Fact::EventSearchText, search::text(event).as_deref());
        self.put(Fact::EventPath, address.map(url::path));
        self.put(Fact::EventIsSuspiciousUrl, sources.suspicion.url);
        self.put(Fact::EventFieldChangeCount, event.field_history.len());
        self.put(Fact::EventAmountMicros, event.amount_micros);
        self.put(Fact::EventCurrency, event.currency.as_deref());
        self.set_local_time(sources);
    }

    fn set_local_time(&mut self, sources: &Sources<'_>) {
        let local_s = local_seconds(sources.event.time, sources.around.utc_offset_s);
        // 1970-01-01 was a Thursday, the fourth day after Sunday.
        let weekday = (local_s.div_euclid(86_400) + 4).rem_euclid(7);
        self.put(Fact::EventLocalHour, local_s.rem_euclid(86_400) / 3600);
        self.put(Fact::EventIsWeekend, weekday == 0 || weekday == 6);
    }

    pub(super) fn set_novelty(&mut self, sources: &Sources<'_>) {
        let novelty = sources.novelty;
        self.put(Fact::EventIsNewAddress, novelty.is_new_address);
        self.put(Fact::EventIsNewDevice, novelty.is_new_device);
        self.put(Fact::EventIsNewNetwork, novelty.is_new_network);
        self.put(Fact::EventIsNewCountry, novelty.is_new_country);
    }

    pub(super) fn set_address(&mut self, sources: &Sources<'_>) {
        let around = sources.around;
        self.put(
            Fact::AddressCountry,
            around.country().map(|country| country.to_string()).as_deref(),
        );
        for (fact, flag) in [
            (Fact::AddressIsHosting, AddressFlag::Hosting),
            (Fact::AddressIsVpn, AddressFlag::Vpn),
            (Fact::AddressIsTor, AddressFlag::Tor),
            (Fact::AddressIsRelay, AddressFlag::Relay),
            (Fact::AddressIsSatellite, AddressFlag::Satellite),
            (Fact::AddressIsPrivate, AddressFlag::Private),
            (Fact::AddressIsSpamListed, AddressFlag::SpamListed),
            (Fact::AddressHostsDomains, AddressFlag::HostsDomains),
        ] {
            self.put(fact, around.address.flags.get(flag as u8));
        }
        let shared = &around.shared;
        self.put(Fact::AddressIsBlocked, shared.flags.get(SharedFlag::AddressBlocked as u8));
        self.put(Fact::AddressIsAllowed, shared.flags.get(SharedFlag::AddressAllowed as u8));
        self.put(Fact::AddressUserCount, known(shared.address_users));
        self.put(Fact::NetworkAsn, known(around.address.asn));
        self.put(Fact::NetworkIsSuspicious, sources.suspicion.network);
    }

    pub(super) fn set_device(&mut self, sources: &Sources<'_>) {
        let lists = sources.around.shared.flags;
        self.put(Fact::DeviceIsBlocked, lists.get(SharedFlag::DeviceBlocked as u8));
        let facts = &sources.around.device;
        let kind = facts.kind();
        self.put(Fact::DeviceKind, (kind != DeviceKind::Unknown).then(|| kind.name()));
        self.put(Fact::DeviceBrowser, filled(&facts.browser));
        self.put(Fact::DeviceSystem, filled(&facts.system));
        for (fact, flag) in [
            (Fact::DeviceIsBot, DeviceFlag::Bot),
            (Fact::DeviceIsAiBot, DeviceFlag::AiBot),
            (Fact::DeviceIsLibrary, DeviceFlag::Library),
            (Fact::DeviceIsOutdated, DeviceFlag::Outdated),
        ] {
            self.put(fact, facts.flags.get(flag as u8));
        }
        self.put(Fact::DeviceIsEmpty, sources.event.user_agent.is_none());
        self.put(Fact::DeviceIsSuspicious, sources.suspicion.user_agent);
        self.put(Fact::DeviceBrowserAgeDays, facts.browser_age_days);
    }
}
