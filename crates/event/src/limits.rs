//! The limits of one event. Lengths are bytes of UTF-8.

/// A text field and the most bytes it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLimit {
    pub field: &'static str,
    pub bytes_max: usize,
}

const fn text(field: &'static str, bytes_max: usize) -> TextLimit {
    TextLimit { field, bytes_max }
}

pub const USER_ID: TextLimit = text("user_id", 100);
pub const EVENT_ID: TextLimit = text("event_id", 64);
pub const EMAIL: TextLimit = text("email", 255);
pub const PHONE: TextLimit = text("phone", 19);
pub const USER_AGENT: TextLimit = text("user_agent", 511);
pub const LANGUAGE: TextLimit = text("language", 255);
pub const REFERER: TextLimit = text("referer", 2047);
pub const URL: TextLimit = text("url", 2047);
pub const PAGE_TITLE: TextLimit = text("page_title", 255);
pub const FIRST_NAME: TextLimit = text("first_name", 100);
pub const LAST_NAME: TextLimit = text("last_name", 100);
pub const FULL_NAME: TextLimit = text("full_name", 100);
pub const SESSION_ID: TextLimit = text("session_id", 128);
pub const CURRENCY: TextLimit = text("currency", 3);
pub const EVENT_TYPE: TextLimit = text("event_type", 64);
pub const TRACE_ID: TextLimit = text("trace_id", 36);
/// JSON text of the payload.
pub const PAYLOAD: TextLimit = text("payload", 8 * 1024);
/// JSON text of the producer's own fields.
pub const CUSTOM: TextLimit = text("custom", 4 * 1024);
/// Each id, name and value of a field change.
pub const FIELD_HISTORY_TEXT: TextLimit = text("field_history", 2 * 1024);

/// Largest accepted batch. Bounds the memory one request can pin together with the body limit.
pub const BATCH_EVENTS_MAX: usize = 500;
/// Largest request body, after inflating.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Largest single event on the wire.
pub const EVENT_BYTES_MAX: usize = 32 * 1024;
/// Most field changes one event may carry.
pub const FIELD_HISTORY_MAX: usize = 100;
/// Deepest nesting of JSON values and of bracketed form keys.
pub const DEPTH_MAX: usize = 16;
/// Most fields of a form; the reference drops the rest as well.
pub const FORM_FIELDS_MAX: usize = 1000;
/// Oldest event time: imports may reach three years back.
pub const AGE_US_MAX: i64 = 3 * 366 * crate::time::DAY_US;
/// Furthest event time ahead of receipt: one day covers a producer that sends local time.
pub const AHEAD_US_MAX: i64 = crate::time::DAY_US;
