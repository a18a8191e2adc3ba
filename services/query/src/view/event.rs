//! Events.

use innerwall_event::HttpMethod;
use innerwall_rules::RuleSet;
use innerwall_scoring::EventHit;
use innerwall_storage::read::events::EventRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::rule_name;
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// A scored event.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventView {
    pub(crate) event_id: String,
    /// The producer's own id, where it is not a UUID.
    pub(crate) client_event_id: Option<String>,
    /// When it happened, RFC 3339.
    pub(crate) event_time: String,
    /// When the gateway received it, RFC 3339.
    pub(crate) received_at: String,
    pub(crate) user_id: String,
    /// The newest e-mail address of the user.
    pub(crate) user_email: Option<String>,
    pub(crate) event_type: String,
    /// `normal`, `editing` or `alert`.
    pub(crate) severity: &'static str,
    pub(crate) url: Option<String>,
    pub(crate) page_title: Option<String>,
    pub(crate) ip: String,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    pub(crate) device: Option<DeviceView>,
    pub(crate) http_method: Option<&'static str>,
    pub(crate) http_code: Option<i32>,
    pub(crate) referer: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// Sessions of a user are numbered from 1.
    pub(crate) session_id: String,
    /// Trust score of the user after the event, 0 worst to 99 best.
    pub(crate) trust_score: i32,
    /// Risk score of the event, 0 best to 99 worst; null while no rule judges single events.
    pub(crate) risk_score: Option<i32>,
    /// Rules about the user that began to fire with this event.
    pub(crate) hits: Vec<HitName>,
    /// Rules about single events that fired on this one.
    pub(crate) event_hits: Vec<EventHitView>,
    /// What was repaired when the event was taken.
    pub(crate) corrections: Vec<String>,
    /// JSON as sent.
    #[schema(value_type = Option<Object>)]
    pub(crate) payload: Option<serde_json::Value>,
    /// Changes of the product's own data, as sent.
    #[schema(value_type = Option<Vec<Object>>)]
    pub(crate) field_history: Option<serde_json::Value>,
}

/// The class of a device.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Device)]
pub(crate) struct DeviceView {
    pub(crate) device_id: String,
    /// In words: `Chrome on Windows`.
    pub(crate) label: String,
    /// `desktop`, `phone`, `tablet`, `bot`, `other` or `unknown`.
    pub(crate) kind: String,
}

/// A rule by id and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct HitName {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    /// Points the rule has now: -20, 0, 10, 20 or 70; more is worse.
    pub(crate) weight: i32,
}

/// A rule about single events that fired.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = EventHit)]
pub(crate) struct EventHitView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    /// Points: -20, 0, 10, 20 or 70; more is worse.
    pub(crate) weight: i32,
    /// The reason with the values the rule saw.
    pub(crate) reason: String,
    /// On trial: recorded without any effect.
    pub(crate) is_shadow: bool,
}

impl Masked for EventHitView {
    fn mask(&mut self) {
        mask::text(&mut self.reason);
    }
}

impl Masked for EventView {
    fn mask(&mut self) {
        mask::each(&mut self.user_email, mask::email);
        mask::address(&mut self.ip);
        for text in [&mut self.client_event_id, &mut self.page_title, &mut self.user_agent] {
            mask::each(text, mask::text);
        }
        mask::each(&mut self.url, mask::url);
        mask::each(&mut self.referer, mask::url);
        self.event_hits.mask();
        self.corrections.iter_mut().for_each(mask::text);
        // Nobody knows what a product keeps there.
        self.payload = None;
        if let Some(changes) = &mut self.field_history {
            mask_changes(changes);
        }
    }
}

/// Names of fields stay, what they held is hidden.
fn mask_changes(changes: &mut serde_json::Value) {
    const NAMES: [&str; 3] = ["field_id", "field_name", "parent_name"];
    for change in changes.as_array_mut().into_iter().flatten() {
        for (name, value) in change.as_object_mut().into_iter().flatten() {
            if !NAMES.contains(&name.as_str()) {
                mask::values(value);
            }
        }
    }
}

impl CsvRow for EventView {
    const COLUMNS: &'static [&'static str] = &[
        "event_id",
        "client_event_id",
        "event_time",
        "received_at",
        "user_id",
        "user_email",
        "event_type",
        "severity",
        "url",
        "page_title",
        "ip",
        "country",
        "device_id",
        "device",
        "http_method",
        "http_code",
        "referer",
        "language",
        "user_agent",
        "session_id",
        "trust_score",
        "risk_score",
        "hits",
        "event_hits",
        "corrections",
        "payload",
        "field_history",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.text(&self.event_id);
        line.maybe(self.client_event_id.as_deref());
        line.text(&self.event_time);
        line.text(&self.received_at);
        line.text(&self.user_id);
        line.maybe(self.user_email.as_deref());
        line.text(&self.event_type);
        line.text(self.severity);
        line.maybe(self.url.as_deref());
        line.maybe(self.page_title.as_deref());
        line.text(&self.ip);
        line.maybe(self.country.as_deref());
        line.maybe(self.device.as_ref().map(|device| device.device_id.as_str()));
        line.maybe(self.device.as_ref().map(|device| device.label.as_str()));
        line.maybe(self.http_method);
        line.maybe_number(self.http_code);
        line.maybe(self.referer.as_deref());
        line.maybe(self.language.as_deref());
        line.maybe(self.user_agent.as_deref());
        line.text(&self.session_id);
        line.number(self.trust_score);
        line.maybe_number(self.risk_score);
        line.list(self.hits.iter().map(|hit| hit.rule_id.as_str()));
        line.list(self.event_hits.iter().map(|hit| hit.rule_id.as_str()));
        line.list(self.corrections.iter().map(String::as_str));
        line.json(self.payload.as_ref());
        line.json(self.field_history.as_ref());
    }
}

/// A device id as text: JSON numbers cannot hold 64 bits everywhere.
pub(super) fn device_text(id: i64) -> String {
    format!("{:016x}", id.cast_unsigned())
}

/// Stored JSON text.
pub(super) fn json(text: Option<&str>) -> Option<serde_json::Value> {
    serde_json::from_str(text?).ok()
}

impl HitName {
    pub(crate) fn of(rules: &RuleSet, rule_id: &str) -> Self {
        let weight = rules.rule(rule_id).map_or(0, |weighted| weighted.points.into());
        Self { rule_id: rule_id.to_owned(), name: rule_name(rules, rule_id), weight }
    }
}

impl EventHitView {
    fn new(hit: &EventHit, rules: &RuleSet) -> Self {
        Self {
            rule_id: hit.rule.to_string(),
            name: rule_name(rules, hit.rule.as_str()),
            weight: hit.points.into(),
            reason: hit.reason.clone(),
            is_shadow: hit.is_shadow,
        }
    }
}

impl EventView {
    pub(crate) fn new(row: EventRow, rules: &RuleSet) -> Self {
        let device_id = device_text(row.device_id);
        Self {
            event_id: row.event_id.to_string(),
            client_event_id: row.client_id,
            event_time: row.event_time.to_rfc3339(),
            received_at: row.received_at.to_rfc3339(),
            user_id: row.user_id,
            user_email: row.user_email,
            severity: row.kind.severity().name(),
            event_type: row.kind.name().to_owned(),
            url: row.url,
            page_title: row.page_title,
            ip: row.ip.to_string(),
            country: row.country,
            device: row.device.map(|(kind, label)| DeviceView { device_id, label, kind }),
            http_method: row.http_method.map(HttpMethod::name),
            http_code: row.http_code.map(i32::from),
            referer: row.referer,
            language: row.language,
            user_agent: row.user_agent,
            session_id: row.session_no.to_string(),
            trust_score: row.trust.into(),
            risk_score: row.risk.map(i32::from),
            hits: row.hits.iter().map(|id| HitName::of(rules, id)).collect(),
            event_hits: row.event_hits.iter().map(|hit| EventHitView::new(hit, rules)).collect(),
            corrections: row.corrections,
            payload: json(row.payload.as_deref()),
            field_history: json(row.field_history.as_deref()),
        }
    }
}
