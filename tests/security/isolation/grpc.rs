//! Every gRPC method of the descriptors, called with bytes made from them.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_tests::System;
use innerwall_wire::query::DESCRIPTORS;
use prost::Message;
use prost::bytes::{Buf, BufMut};
use prost_types::field_descriptor_proto::Type;
use prost_types::{DescriptorProto, FileDescriptorSet};
use tokio::time::timeout;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use crate::routes::Ids;

/// A stream has nothing to say about a tenant in which nothing happens.
const SILENT_FOR: Duration = Duration::from_millis(600);
const PACKAGE: &str = "innerwall.query.";
/// A read-only method that always has an answer, to see that calls arrive.
const PLAIN: &str = "GetLedger";

/// One method.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) path: String,
    is_stream: bool,
    input: DescriptorProto,
}

/// Methods that answer with a canary, or break.
pub(super) async fn faults(
    system: &System,
    ids: &Ids,
    token: &str,
    canaries: &[&str],
) -> Result<Vec<String>> {
    let channel = channel(system).await?;
    let mut faults = Vec::new();
    for call in calls()? {
        let answer = ask(&channel, &call, ids, token).await;
        let (code, bytes) = match answer {
            Ok(bytes) => (Code::Ok, bytes),
            Err(status) => (status.code(), status.message().as_bytes().to_vec()),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // That there is no such thing may be said in the words of the question.
        let is_echo = |canary: &str| code == Code::NotFound && ids["key"] == canary;
        let leaks = canaries.iter().any(|canary| text.contains(canary) && !is_echo(canary));
        let is_broken = matches!(code, Code::Internal | Code::Unknown | Code::Unimplemented);
        let is_blind = call.path.ends_with(PLAIN) && code != Code::Ok;
        if leaks || is_broken || is_blind {
            faults.push(format!("{}: {code:?} leaks {leaks} {text}", call.path));
        }
    }
    Ok(faults)
}

/// All methods of our services.
pub(crate) fn calls() -> Result<Vec<Call>> {
    let files = FileDescriptorSet::decode(DESCRIPTORS)?.file;
    let ours: Vec<_> = files.iter().filter(|file| file.package().starts_with(PACKAGE)).collect();
    let messages: Vec<(String, &DescriptorProto)> = ours
        .iter()
        .flat_map(|file| {
            let name =
                |message: &DescriptorProto| format!(".{}.{}", file.package(), message.name());
            file.message_type.iter().map(move |message| (name(message), message))
        })
        .collect();
    let mut calls = Vec::new();
    for file in &ours {
        for service in &file.service {
            for method in &service.method {
                let input = messages.iter().find(|(name, _)| name == method.input_type());
                let (_, input) = input.with_context(|| format!("no {}", method.input_type()))?;
                calls.push(Call {
                    path: format!("/{}.{}/{}", file.package(), service.name(), method.name()),
                    is_stream: method.server_streaming(),
                    input: (*input).clone(),
                });
            }
        }
    }
    ensure!(calls.len() >= 18, "only {} methods: is the check blind?", calls.len());
    Ok(calls)
}

/// A connection to the query service, wherever it listens.
pub(crate) async fn channel(system: &System) -> Result<Channel> {
    let lines = system.query.log_lines("listening for gRPC");
    let line: serde_json::Value = serde_json::from_str(lines.last().context("no gRPC")?)?;
    let address = line["fields"]["address"].as_str().or_else(|| line["address"].as_str());
    let address = address.with_context(|| format!("no address in {line}"))?;
    Ok(Channel::from_shared(format!("http://{address}"))?.connect().await?)
}

/// Calls a method; gives the bytes of its answer, or of the first part of a stream.
pub(crate) async fn ask(
    channel: &Channel,
    call: &Call,
    ids: &Ids,
    token: &str,
) -> Result<Vec<u8>, Status> {
    let mut client = Grpc::new(channel.clone());
    client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
    let mut request = Request::new(encoded(&call.input, ids));
    let value = format!("Bearer {token}").parse();
    request.metadata_mut().insert("authorization", value.map_err(|_| Status::internal("token"))?);
    let path = PathAndQuery::try_from(call.path.as_str());
    let path = path.map_err(|error| Status::internal(error.to_string()))?;
    if !call.is_stream {
        return Ok(client.unary(request, path, Raw).await?.into_inner());
    }
    let mut stream = client.server_streaming(request, path, Raw).await?.into_inner();
    let first = timeout(SILENT_FOR, stream.message()).await;
    Ok(first.unwrap_or(Ok(None))?.unwrap_or_default())
}

/// A message whose fields hold the ids of their names.
fn encoded(message: &DescriptorProto, ids: &Ids) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in &message.field {
        let tag = u32::try_from(field.number()).unwrap_or_default();
        match (field.r#type(), ids.get(field.name())) {
            (Type::String, Some(id)) => {
                let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                prost::encoding::string::encode(tag, &id, &mut bytes);
            }
            (Type::Int32, Some(id)) => {
                let id = i32::try_from(id.as_i64().unwrap_or_default()).unwrap_or_default();
                prost::encoding::int32::encode(tag, &id, &mut bytes);
            }
            _ => {}
        }
    }
    bytes
}

/// Sends and takes bytes as they are.
#[derive(Clone, Copy, Debug, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, out: &mut EncodeBuf<'_>) -> Result<(), Status> {
        out.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, bytes: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        Ok(Some(bytes.copy_to_bytes(bytes.remaining()).to_vec()))
    }
}
