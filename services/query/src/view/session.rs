//! Sessions of users.

use innerwall_storage::read::sessions::SessionRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::event::device_text;
use super::{DeviceView, UserName};
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// A run of a user's events without a gap of over 30 minutes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionView {
    pub(crate) user: UserName,
    /// Sessions of a user are numbered from 1.
    pub(crate) number: i32,
    pub(crate) started_at: String,
    pub(crate) ended_at: String,
    pub(crate) seconds: i64,
    pub(crate) events: i32,
    /// Events that call for attention.
    pub(crate) alerts: i32,
    pub(crate) login_failures: i32,
    /// Distinct addresses; more than one is a change in the middle.
    pub(crate) addresses: i16,
    /// Distinct devices.
    pub(crate) devices: i16,
    /// The first address.
    pub(crate) ip: String,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// The first device.
    pub(crate) device: Option<DeviceView>,
}

impl CsvRow for SessionView {
    const COLUMNS: &'static [&'static str] = &[
        "user_id",
        "number",
        "started_at",
        "ended_at",
        "seconds",
        "events",
        "alerts",
        "login_failures",
        "addresses",
        "devices",
        "ip",
        "country",
        "device_id",
        "device",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.text(&self.user.user_id);
        line.number(self.number);
        line.text(&self.started_at);
        line.text(&self.ended_at);
        line.number(self.seconds);
        line.number(self.events);
        line.number(self.alerts);
        line.number(self.login_failures);
        line.number(self.addresses);
        line.number(self.devices);
        line.text(&self.ip);
        line.maybe(self.country.as_deref());
        line.maybe(self.device.as_ref().map(|device| device.device_id.as_str()));
        line.maybe(self.device.as_ref().map(|device| device.label.as_str()));
    }
}

impl SessionView {
    pub(crate) fn new(row: SessionRow) -> Self {
        let device_id = device_text(row.device_id);
        Self {
            user: UserName::new(row.user_id, row.user_email, row.trust),
            number: row.session_no,
            started_at: row.started_at.to_rfc3339(),
            ended_at: row.ended_at.to_rfc3339(),
            seconds: row.ended_at.seconds_since(row.started_at),
            events: row.events,
            alerts: row.alerts,
            login_failures: row.login_failures,
            addresses: row.addresses,
            devices: row.devices,
            ip: row.ip,
            country: row.country,
            device: row.device.map(|(kind, label)| DeviceView { device_id, label, kind }),
        }
    }
}

impl Masked for SessionView {
    fn mask(&mut self) {
        self.user.mask();
        mask::address(&mut self.ip);
    }
}
