//! Compressed bodies: inflated at most one block beyond the limit, so that a bomb costs no memory.

use std::io::Read;

use actix_web::web::Bytes;
use flate2::read::MultiGzDecoder;
use innerwall_event::limits::BODY_BYTES_MAX;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::body::BodyError;

/// Most that a zstd frame may ask a reader to keep. Half of what RFC 9659 allows for HTTP: the
/// decoder takes twice the window at once, and bodies are at most a quarter of it.
pub(crate) const ZSTD_WINDOW_MAX: u64 = 4 * 1024 * 1024;

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Plain,
    Gzip,
    Zstd,
}

impl Coding {
    /// The coding of a `Content-Encoding`.
    pub(crate) fn named(name: &[u8]) -> Result<Self, BodyError> {
        match name.to_ascii_lowercase().as_slice() {
            b"" | b"identity" => Ok(Self::Plain),
            b"gzip" => Ok(Self::Gzip),
            b"zstd" => Ok(Self::Zstd),
            _ => Err(BodyError::Encoding(String::from_utf8_lossy(name).into_owned())),
        }
    }

    pub(crate) fn inflate(self, body: Bytes) -> Result<Bytes, BodyError> {
        match self {
            Self::Plain => Ok(body),
            Self::Gzip => gunzip(&body),
            Self::Zstd => unzstd(&body),
        }
    }
}

fn gunzip(body: &[u8]) -> Result<Bytes, BodyError> {
    let mut inflated = Vec::new();
    let limit = u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    MultiGzDecoder::new(body)
        .take(limit)
        .read_to_end(&mut inflated)
        .map_err(|_| BodyError::NotGzip)?;
    if inflated.len() > BODY_BYTES_MAX { Err(BodyError::TooLarge) } else { Ok(inflated.into()) }
}

/// One frame, with its checksum where it has one.
fn unzstd(mut body: &[u8]) -> Result<Bytes, BodyError> {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(ZSTD_WINDOW_MAX);
    decoder.init(&mut body).map_err(|_| BodyError::NotZstd)?;
    let strategy = BlockDecodingStrategy::UptoBytes(BODY_BYTES_MAX + 1);
    let is_whole = decoder.decode_blocks(&mut body, strategy).map_err(|_| BodyError::NotZstd)?;
    if !is_whole || decoder.can_collect() > BODY_BYTES_MAX {
        return Err(BodyError::TooLarge);
    }
    let inflated = decoder.collect().ok_or(BodyError::NotZstd)?;
    let stated = decoder.get_checksum_from_data();
    let is_intact = stated.is_none() || stated == decoder.get_calculated_checksum();
    if !is_intact || !body.is_empty() {
        return Err(BodyError::NotZstd);
    }
    Ok(inflated.into())
}

#[cfg(test)]
#[path = "inflate_tests.rs"]
mod tests;
