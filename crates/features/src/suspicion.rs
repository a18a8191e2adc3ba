//! What a tenant's lists say about one event.

use innerwall_event::Event;

use crate::lists::Lists;
use crate::{DeviceFlag, Surroundings, url};

/// The answers of the lists `url`, `user_agent` and `asn`; `None` where there is nothing to judge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Suspicion {
    pub(crate) url: Option<bool>,
    /// The user agent holds an entry of the list or contradicts itself.
    pub(crate) user_agent: bool,
    pub(crate) network: Option<bool>,
}

impl Suspicion {
    pub(crate) fn of(event: &Event, around: &Surroundings, lists: &Lists) -> Self {
        let now = event.time;
        let is_listed = |text: &str| lists.contains_any(Lists::USER_AGENT, text, now);
        let is_manipulated = around.device.flags.get(DeviceFlag::Manipulated as u8) == Some(true);
        let asn = around.address.asn;
        Self {
            url: event.url.as_deref().map(|url| url::is_suspicious(url, lists, now)),
            user_agent: is_manipulated || event.user_agent.as_deref().is_some_and(is_listed),
            network: (asn != 0).then(|| lists.has(Lists::ASN, &asn.to_string(), now)),
        }
    }
}
