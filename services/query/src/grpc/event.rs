//! One event as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{DeviceView, EventDetailView, NetworkView};

impl From<EventDetailView> for proto::GetEventResponse {
    fn from(event: EventDetailView) -> Self {
        Self { event: Some((&event.listed).into()), detail: Some(event.into()) }
    }
}

impl From<EventDetailView> for proto::EventDetail {
    fn from(event: EventDetailView) -> Self {
        let json = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
        let listed = event.listed;
        Self {
            client_event_id: listed.client_event_id,
            user_email: listed.user_email,
            page_title: listed.page_title,
            http_method: listed.http_method.map(str::to_owned),
            referer: listed.referer,
            language: listed.language,
            user_agent: listed.user_agent,
            device: listed.device.map(proto::Device::from),
            session_id: listed.session_id,
            corrections: listed.corrections,
            payload_json: json(listed.payload),
            field_history_json: json(listed.field_history),
            custom_json: json(event.custom),
            email: event.email,
            phone: event.phone,
            first_name: event.first_name,
            last_name: event.last_name,
            full_name: event.full_name,
            user_created: event.user_created.as_deref().and_then(time),
            client_session_id: event.client_session_id,
            trace_id: event.trace_id,
            amount: event.amount,
            currency: event.currency,
            rule_set_version: event.rule_set_version,
            network: event.network.map(proto::Network::from),
            address_kinds: event.address_kinds.into_iter().map(str::to_owned).collect(),
            hits_ended: event.hits_ended.into_iter().map(|rule| rule.rule_id).collect(),
        }
    }
}

impl From<NetworkView> for proto::Network {
    fn from(network: NetworkView) -> Self {
        Self { asn: network.asn, name: network.name, announced: network.announced }
    }
}

impl From<DeviceView> for proto::Device {
    fn from(device: DeviceView) -> Self {
        Self { device_id: device.device_id, label: device.label, kind: device.kind }
    }
}
