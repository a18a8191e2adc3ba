//! Request bodies: bounded in size, time and inflated size.

use std::io::Read;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, HeaderValue};
use actix_web::web::{Bytes, Payload};
use flate2::read::MultiGzDecoder;
use innerwall_event::limits::BODY_BYTES_MAX;

/// How long a body may take to arrive.
const ARRIVAL_MAX: Duration = Duration::from_secs(10);

/// Why a body cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is larger than {BODY_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the body did not arrive within {} s", ARRIVAL_MAX.as_secs())]
    TooSlow,
    #[error("content encoding {0} is not supported, send gzip or nothing")]
    Encoding(String),
    #[error("the body is not valid gzip")]
    NotGzip,
    #[error("the connection broke while the body was read")]
    Broken,
}

/// Reads a whole body and inflates it where needed.
pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Bytes, BodyError> {
    let encoding = request.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    let is_gzip = match encoding {
        None | Some(b"" | b"identity") => false,
        Some(name) if name.eq_ignore_ascii_case(b"gzip") => true,
        Some(name) => {
            return Err(BodyError::Encoding(String::from_utf8_lossy(name).into_owned()));
        }
    };
    let arrived = tokio::time::timeout(ARRIVAL_MAX, payload.to_bytes_limited(BODY_BYTES_MAX));
    let body = match arrived.await {
        Err(_) => return Err(BodyError::TooSlow),
        Ok(Err(_)) => return Err(BodyError::TooLarge),
        Ok(Ok(Err(_))) => return Err(BodyError::Broken),
        Ok(Ok(Ok(body))) => body,
    };
    if is_gzip { inflate(&body) } else { Ok(body) }
}

/// Inflates at most one byte more than allowed: a bomb costs no memory.
fn inflate(body: &[u8]) -> Result<Bytes, BodyError> {
    let mut inflated = Vec::new();
    let limit = u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX) + 1;
    MultiGzDecoder::new(body)
        .take(limit)
        .read_to_end(&mut inflated)
        .map_err(|_| BodyError::NotGzip)?;
    if inflated.len() > BODY_BYTES_MAX { Err(BodyError::TooLarge) } else { Ok(inflated.into()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn inflated_size_is_limited_on_both_sides() {
        assert_eq!(inflate(&gzip(&vec![b'x'; BODY_BYTES_MAX])).unwrap().len(), BODY_BYTES_MAX);
        let bomb = gzip(&vec![0; 50 * BODY_BYTES_MAX]);
        assert!(bomb.len() < BODY_BYTES_MAX);
        assert!(matches!(inflate(&bomb), Err(BodyError::TooLarge)));
        assert!(matches!(inflate(b"not gzip"), Err(BodyError::NotGzip)));
    }
}
