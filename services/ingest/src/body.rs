//! Request bodies: bounded in size, time and inflated size.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, HeaderValue};
use actix_web::web::{Bytes, Payload};
use innerwall_event::limits::BODY_BYTES_MAX;

use crate::inflate::{Coding, ZSTD_WINDOW_MAX};

/// How long a body may take to arrive.
const ARRIVAL_MAX: Duration = Duration::from_secs(10);

/// Why a body cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the body is larger than {BODY_BYTES_MAX} bytes")]
    TooLarge,
    #[error("the body did not arrive within {} s", ARRIVAL_MAX.as_secs())]
    TooSlow,
    #[error("content encoding {0} is not supported, send gzip, zstd or nothing")]
    Encoding(String),
    #[error("the body is not valid gzip")]
    NotGzip,
    #[error("the body is not one zstd frame with a window of at most {ZSTD_WINDOW_MAX} bytes")]
    NotZstd,
    #[error("the connection broke while the body was read")]
    Broken,
}

/// Reads a whole body and inflates it where needed.
pub(crate) async fn read(request: &HttpRequest, payload: Payload) -> Result<Bytes, BodyError> {
    let encoding = request.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    let coding = Coding::named(encoding.unwrap_or_default())?;
    let arrived = tokio::time::timeout(ARRIVAL_MAX, payload.to_bytes_limited(BODY_BYTES_MAX));
    match arrived.await {
        Err(_) => Err(BodyError::TooSlow),
        Ok(Err(_)) => Err(BodyError::TooLarge),
        Ok(Ok(Err(_))) => Err(BodyError::Broken),
        Ok(Ok(Ok(body))) => coding.inflate(body),
    }
}
