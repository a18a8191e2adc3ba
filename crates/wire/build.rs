//! Generates the protobuf and gRPC code; no protoc is needed.

use std::path::PathBuf;

use prost::Message;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from("../../proto");
    let files = [
        "innerwall/event/v1/event.proto",
        "innerwall/query/v1/decisions.proto",
        "innerwall/query/v1/entities.proto",
        "innerwall/query/v1/query.proto",
        "innerwall/query/v1/rules.proto",
    ];
    println!("cargo:rerun-if-changed={}", root.display());
    let descriptors = protox::compile(files, [&root])?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    std::fs::write(out.join("descriptors.bin"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure().compile_fds(descriptors)?;
    Ok(())
}
