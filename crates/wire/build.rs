//! Generates the protobuf and gRPC code; no protoc is needed.

use std::error::Error;
use std::path::{Path, PathBuf};

use prost::Message;

const ROOT: &str = "../../proto";
const EVENT: &str = "innerwall/event/v1/event.proto";
const QUERY: [&str; 5] = [
    "innerwall/query/v1/decisions.proto",
    "innerwall/query/v1/entities.proto",
    "innerwall/query/v1/logbook.proto",
    "innerwall/query/v1/query.proto",
    "innerwall/query/v1/rules.proto",
];
const INGEST: [&str; 1] = ["innerwall/ingest/v1/ingest.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={ROOT}");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    // Reflection tells what a service serves, and nothing else.
    describe(&QUERY, &out.join("query.bin"))?;
    describe(&INGEST, &out.join("ingest.bin"))?;
    let all = QUERY.iter().chain(&INGEST).chain([&EVENT]);
    let all = protox::compile(all, [ROOT])?;
    std::fs::write(out.join("all.bin"), all.encode_to_vec())?;
    tonic_prost_build::configure().compile_fds(all)?;
    Ok(())
}

fn describe(files: &[&str], to: &Path) -> Result<(), Box<dyn Error>> {
    Ok(std::fs::write(to, protox::compile(files, [ROOT])?.encode_to_vec())?)
}
