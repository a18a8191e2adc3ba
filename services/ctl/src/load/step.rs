//! One request of a user, and how it becomes the JSON of an event.

use std::fmt::Write;

use innerwall_event::Timestamp;
use uuid::Uuid;

use super::person::{Person, Seat};

const SITE: &str = "https://shop.example";

/// Where the browser says it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Referer {
    /// The page before this one.
    Previous,
    Elsewhere(&'static str),
    Absent,
}

/// What a user does next.
#[derive(Debug)]
pub(super) struct Step {
    kind: &'static str,
    method: &'static str,
    code: u16,
    url: String,
    title: String,
    referer: Referer,
    /// Further members of the JSON object, each after a comma.
    details: String,
    /// Members of the object `custom`, with commas between them.
    custom: String,
    /// How long until the step after this one.
    pub(super) pause_ms: i64,
}

impl Step {
    /// A page that is looked at.
    pub(super) fn view(url: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            kind: "page_view",
            method: "GET",
            code: 200,
            url: url.into(),
            title: title.into(),
            referer: Referer::Previous,
            details: String::new(),
            custom: String::new(),
            pause_ms: 8_000,
        }
    }

    /// A form that is sent.
    pub(super) fn post(kind: &'static str, url: impl Into<String>, title: &str) -> Self {
        Self { kind, method: "POST", code: 302, ..Self::view(url, title) }
    }

    pub(super) fn kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn method(self, method: &'static str) -> Self {
        Self { method, ..self }
    }

    pub(super) fn answered(self, code: u16) -> Self {
        Self { code, ..self }
    }

    pub(super) fn from(self, referer: Referer) -> Self {
        Self { referer, ..self }
    }

    pub(super) fn with(self, details: String) -> Self {
        Self { details, ..self }
    }

    pub(super) fn pause(self, pause_ms: i64) -> Self {
        Self { pause_ms, ..self }
    }

    pub(super) fn custom(self, custom: String) -> Self {
        Self { custom, ..self }
    }
}

/// What tells an event from all others: its id and its time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) id: Uuid,
    pub(super) time_us: i64,
}

impl Stamp {
    /// Writes the beginning of the JSON object.
    pub(super) fn write(self, out: &mut String) {
        let time = Timestamp::from_micros(self.time_us).to_rfc3339();
        let written = write!(out, r#"{{"event_id":"{}","event_time":"{time}""#, self.id);
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
    }
}

/// A signed-in user at work.
pub(super) struct Actor {
    pub(super) person: Person,
    seat: Seat,
    person_json: String,
    seat_json: String,
    session: u64,
    last_url: String,
}

impl Actor {
    pub(super) fn new(person: Person, seat: Seat, session: u64) -> Self {
        let (person_json, seat_json) = (person.json(), seat.json());
        Self { person, seat, person_json, seat_json, session, last_url: "/".to_owned() }
    }

    pub(super) fn seat(&self) -> &Seat {
        &self.seat
    }

    /// Moves to another device or place.
    pub(super) fn sit(&mut self, seat: Seat) {
        self.seat_json = seat.json();
        self.seat = seat;
    }

    pub(super) fn set_email(&mut self, email: String) {
        self.person.set_email(email);
        self.person_json = self.person.json();
    }

    pub(super) fn sign_in_anew(&mut self, session: u64) {
        self.session = session;
    }

    /// Writes the event of a step at the end of `out`.
    pub(super) fn write(&mut self, step: Step, stamp: Stamp, out: &mut String) {
        stamp.write(out);
        self.write_body(step, out);
    }

    /// Writes what an event holds beside its stamp, up to the end of the JSON object.
    pub(super) fn write_body(&mut self, step: Step, out: &mut String) {
        let Step { kind, method, code, url, title, details, .. } = step;
        let (person, seat, session) = (&self.person_json, &self.seat_json, self.session);
        let written = write!(
            out,
            r#","event_type":"{kind}"{person}{seat},"session_id":"{session:016x}","http_method":"{method}","http_code":{code},"url":"{url}","page_title":"{title}"{details}"#
        );
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        self.write_custom(&step.custom, out);
        self.write_referer(step.referer, out);
        out.push('}');
        if method == "GET" && code == 200 {
            self.last_url = url;
        }
    }

    fn write_custom(&self, custom: &str, out: &mut String) {
        let device = self.seat.device.map(|device| format!(r#""device_id":"{device:016x}""#));
        let members = [device.as_deref().unwrap_or_default(), custom];
        let members: Vec<&str> = members.into_iter().filter(|text| !text.is_empty()).collect();
        if !members.is_empty() {
            for part in [r#","custom":{"#, &members.join(","), "}"] {
                out.push_str(part);
            }
        }
    }

    fn write_referer(&self, referer: Referer, out: &mut String) {
        let parts = match referer {
            Referer::Absent => return,
            Referer::Previous => [r#","referer":""#, SITE, &self.last_url, "\""],
            Referer::Elsewhere(url) => [r#","referer":""#, url, "", "\""],
        };
        for part in parts {
            out.push_str(part);
        }
    }
}
