//! The protobuf messages that travel between services, and how they become domain types.

mod batch;
mod convert;
mod reply;

pub use batch::{Batch, BatchDecodeError};
pub use convert::EventDecodeError;
pub use reply::{Reply, ReplyDecodeError, Verdict, VerdictHit};

/// Descriptors of everything, to be held to what was accepted.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/all.bin"));

/// Generated code of the query interface.
#[expect(
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::large_enum_variant,
    reason = "generated code"
)]
pub mod query {
    tonic::include_proto!("innerwall.query.v1");

    /// Descriptors of its services, for reflection.
    pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/query.bin"));
}

/// Generated code of the interface of the gateway.
#[expect(clippy::pedantic, clippy::allow_attributes, reason = "generated code")]
pub mod ingest {
    tonic::include_proto!("innerwall.ingest.v1");

    /// Descriptors of its services, for reflection.
    pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ingest.bin"));
}

#[expect(unreachable_pub, clippy::pedantic, reason = "generated code")]
mod event {
    tonic::include_proto!("innerwall.event.v1");
}
