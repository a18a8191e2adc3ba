//! What other versions of the same software rely on: the wire, the schema, the migrations.

mod api;
mod descriptors;
mod envelope;
mod lists_before;
mod schema;
