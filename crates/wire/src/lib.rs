//! The protobuf messages that travel between services, and how they become domain types.

mod batch;
mod convert;

pub use batch::{Batch, BatchDecodeError};
pub use convert::EventDecodeError;

/// Generated code of the query interface.
#[expect(
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::large_enum_variant,
    reason = "generated code"
)]
pub mod query {
    tonic::include_proto!("innerwall.query.v1");

    /// Descriptors of every service, for reflection.
    pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
}

#[expect(unreachable_pub, reason = "generated code")]
mod event {
    tonic::include_proto!("innerwall.event.v1");
}
