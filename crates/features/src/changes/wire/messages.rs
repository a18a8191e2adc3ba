//! Changes as they are stored while they wait. Tags are stored: never reuse one.

use prost::Message;

#[derive(Clone, PartialEq, Message)]
pub(super) struct ChangesMessage {
    /// What times are told from.
    #[prost(int64, tag = "1")]
    pub(super) base_us: i64,
    #[prost(message, repeated, tag = "2")]
    pub(super) entities: Vec<EntityMessage>,
    #[prost(message, repeated, tag = "3")]
    pub(super) users: Vec<UsersMessage>,
    #[prost(message, repeated, tag = "4")]
    pub(super) sessions: Vec<SessionMessage>,
    #[prost(message, repeated, tag = "5")]
    pub(super) fields: Vec<FieldMessage>,
    #[prost(message, repeated, tag = "6")]
    pub(super) minutes: Vec<MinuteMessage>,
}

#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct SpanMessage {
    /// From the base.
    #[prost(sint64, tag = "1")]
    pub(super) first_us: i64,
    /// From the first to the last event.
    #[prost(uint64, tag = "2")]
    pub(super) length_us: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct EntityMessage {
    #[prost(uint32, tag = "1")]
    pub(super) kind: u32,
    #[prost(sfixed64, tag = "2")]
    pub(super) id: i64,
    #[prost(string, tag = "3")]
    pub(super) key: String,
    #[prost(string, optional, tag = "4")]
    pub(super) label: Option<String>,
    #[prost(sfixed64, optional, tag = "5")]
    pub(super) parent: Option<i64>,
    #[prost(uint32, tag = "6")]
    pub(super) country: u32,
    #[prost(uint32, tag = "7")]
    pub(super) tags: u32,
    #[prost(message, required, tag = "8")]
    pub(super) span: SpanMessage,
    #[prost(message, repeated, tag = "9")]
    pub(super) hours: Vec<HourMessage>,
    #[prost(message, repeated, tag = "10")]
    pub(super) links: Vec<LinkMessage>,
}

#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct HourMessage {
    #[prost(uint32, tag = "1")]
    pub(super) hour: u32,
    #[prost(bool, tag = "2")]
    pub(super) is_remarkable: bool,
    #[prost(uint32, tag = "3")]
    pub(super) normal: u32,
    #[prost(uint32, tag = "4")]
    pub(super) editing: u32,
    #[prost(uint32, tag = "5")]
    pub(super) alert: u32,
}

#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct LinkMessage {
    #[prost(int64, tag = "1")]
    pub(super) user_no: i64,
    #[prost(uint32, tag = "2")]
    pub(super) events: u32,
    #[prost(message, required, tag = "3")]
    pub(super) span: SpanMessage,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct UsersMessage {
    #[prost(uint32, tag = "1")]
    pub(super) hour: u32,
    #[prost(uint32, tag = "2")]
    pub(super) fresh: u32,
    #[prost(int64, repeated, tag = "3")]
    pub(super) active: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct SessionMessage {
    #[prost(int64, tag = "1")]
    pub(super) user_no: i64,
    #[prost(uint32, tag = "2")]
    pub(super) number: u32,
    #[prost(message, required, tag = "3")]
    pub(super) span: SpanMessage,
    #[prost(uint32, tag = "4")]
    pub(super) events: u32,
    #[prost(uint32, tag = "5")]
    pub(super) alerts: u32,
    #[prost(uint32, tag = "6")]
    pub(super) login_failures: u32,
    #[prost(fixed32, repeated, tag = "7")]
    pub(super) addresses: Vec<u32>,
    #[prost(fixed32, repeated, tag = "8")]
    pub(super) devices: Vec<u32>,
    #[prost(bytes = "vec", tag = "9")]
    pub(super) ip: Vec<u8>,
    #[prost(uint32, tag = "10")]
    pub(super) country: u32,
    #[prost(fixed64, tag = "11")]
    pub(super) device: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct FieldMessage {
    #[prost(sint64, tag = "1")]
    pub(super) time_us: i64,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) event_id: Vec<u8>,
    #[prost(int32, tag = "3")]
    pub(super) place: i32,
    #[prost(sfixed64, tag = "4")]
    pub(super) field: i64,
    #[prost(int64, tag = "5")]
    pub(super) user_no: i64,
    #[prost(string, optional, tag = "6")]
    pub(super) old_value: Option<String>,
    #[prost(string, tag = "7")]
    pub(super) new_value: String,
    #[prost(string, optional, tag = "8")]
    pub(super) parent_id: Option<String>,
    #[prost(string, optional, tag = "9")]
    pub(super) parent_name: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Message)]
pub(super) struct MinuteMessage {
    #[prost(uint32, tag = "1")]
    pub(super) minute: u32,
    #[prost(int32, tag = "2")]
    pub(super) kind: i32,
    #[prost(uint32, tag = "3")]
    pub(super) events: u32,
}
