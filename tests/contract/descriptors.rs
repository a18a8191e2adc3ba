//! The interface that gRPC reflection tells of is the one that was checked for compatibility.

use std::collections::BTreeMap;

use anyhow::Result;
use innerwall_wire::DESCRIPTORS;
use prost::Message;
use prost_types::{FileDescriptorProto, FileDescriptorSet};

/// Written by `deploy/dev/proto.sh accept`, which refuses what would break a client.
const ACCEPTED: &[u8] = include_bytes!("golden/proto.binpb");

#[test]
fn the_served_descriptors_are_the_accepted_ones() -> Result<()> {
    let (accepted, served) = (ours(ACCEPTED)?, ours(DESCRIPTORS)?);
    assert!(accepted.keys().eq(served.keys()), "files: {:?}", served.keys());
    for (name, accepted) in &accepted {
        assert_eq!(served.get(name), Some(accepted), "{name}: run deploy/dev/proto.sh accept");
    }
    Ok(())
}

/// Our own files by name, without comments.
fn ours(set: &[u8]) -> Result<BTreeMap<String, FileDescriptorProto>> {
    let files = FileDescriptorSet::decode(set)?.file.into_iter();
    let ours = files.filter(|file| file.package().starts_with("innerwall."));
    Ok(ours
        .map(|file| {
            let file = FileDescriptorProto { source_code_info: None, ..file };
            (file.name().to_owned(), file)
        })
        .collect())
}
