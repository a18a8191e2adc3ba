//! One event with everything that is stored of it.

use innerwall_event::Timestamp;
use innerwall_features::AddressFlag;
use innerwall_rules::RuleSet;
use innerwall_storage::read::event::{AddressNetwork, EventDetail};
use serde::Serialize;
use utoipa::ToSchema;

use super::event::{EventView, HitName, json};
use crate::mask::{self, Masked};

const MICROS: u64 = 1_000_000;

/// A scored event with what lists leave out.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EventDetail)]
pub(crate) struct EventDetailView {
    #[serde(flatten)]
    pub(crate) listed: EventView,
    /// Where the event changed it; so too phone and names.
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) full_name: Option<String>,
    /// When the account was made, RFC 3339.
    pub(crate) user_created: Option<String>,
    /// The producer's own id of the session.
    pub(crate) client_session_id: Option<String>,
    /// `X-Request-Id` of the producer's request.
    pub(crate) trace_id: Option<String>,
    /// A decimal in the main unit of `currency`.
    pub(crate) amount: Option<String>,
    /// ISO 4217, three letters.
    pub(crate) currency: Option<String>,
    /// The producer's own fields, as sent.
    #[schema(value_type = Option<Object>)]
    pub(crate) custom: Option<serde_json::Value>,
    /// Version of the rules that judged the event.
    pub(crate) rule_set_version: i32,
    /// Rules that no longer fired with this event.
    pub(crate) hits_ended: Vec<HitName>,
    /// The network of the address, as it was known last.
    pub(crate) network: Option<NetworkView>,
    /// What the address was known as: hosting, vpn, tor, relay, satellite, private, `spam_listed`.
    #[schema(value_type = Vec<String>)]
    pub(crate) address_kinds: Vec<&'static str>,
}

/// A network (autonomous system).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Network)]
pub(crate) struct NetworkView {
    /// Number of the network.
    pub(crate) asn: i64,
    /// Name of its operator.
    pub(crate) name: Option<String>,
    /// Range in which it announces the address.
    pub(crate) announced: Option<String>,
}

impl Masked for EventDetailView {
    fn mask(&mut self) {
        self.listed.mask();
        mask::each(&mut self.email, mask::email);
        mask::each(&mut self.phone, mask::phone);
        for text in [
            &mut self.first_name,
            &mut self.last_name,
            &mut self.full_name,
            &mut self.client_session_id,
            &mut self.trace_id,
        ] {
            mask::each(text, mask::text);
        }
        self.custom = None;
        if let Some(network) = &mut self.network {
            mask::each(&mut network.announced, mask::text);
        }
    }
}

const ADDRESS_KINDS: [(AddressFlag, &str); 7] = [
    (AddressFlag::Hosting, "hosting"),
    (AddressFlag::Vpn, "vpn"),
    (AddressFlag::Tor, "tor"),
    (AddressFlag::Relay, "relay"),
    (AddressFlag::Satellite, "satellite"),
    (AddressFlag::Private, "private"),
    (AddressFlag::SpamListed, "spam_listed"),
];

impl EventDetailView {
    pub(crate) fn new(
        detail: EventDetail,
        network: Option<AddressNetwork>,
        rules: &RuleSet,
    ) -> Self {
        let flags = detail.around.address.flags;
        let is_known = |kind: &&(AddressFlag, &str)| flags.get(kind.0 as u8) == Some(true);
        Self {
            network: network.map(|AddressNetwork { asn, name, announced }| NetworkView {
                asn,
                name,
                announced,
            }),
            address_kinds: ADDRESS_KINDS.iter().filter(is_known).map(|kind| kind.1).collect(),
            listed: EventView::new(detail.listed, rules),
            email: detail.email,
            phone: detail.phone,
            first_name: detail.first_name,
            last_name: detail.last_name,
            full_name: detail.full_name,
            user_created: detail.user_created.map(Timestamp::to_rfc3339),
            client_session_id: detail.session_id,
            trace_id: detail.trace_id,
            amount: detail.amount_micros.map(decimal),
            currency: detail.currency,
            custom: json(detail.custom.as_deref()),
            rule_set_version: detail.rule_set,
            hits_ended: detail.hits_ended.iter().map(|id| HitName::of(rules, id)).collect(),
        }
    }
}

/// Millionths as a decimal without needless zeros.
fn decimal(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let (whole, rest) = (micros.unsigned_abs() / MICROS, micros.unsigned_abs() % MICROS);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_they_were_sent() {
        let cases = [(0, "0"), (19_990_000, "19.99"), (-500_000, "-0.5"), (100_000_000, "100")];
        for (micros, text) in cases {
            assert_eq!(decimal(micros), text);
        }
        assert_eq!(decimal(i64::MIN), "-9223372036854.775808");
    }
}
