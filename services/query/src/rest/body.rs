//! Bodies of requests: JSON within a limit.

use std::str::FromStr;

use actix_web::web::Payload;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// All packs and lists that a tenant will ever write.
pub(super) const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What people send about themselves is small.
const SMALL_BYTES_MAX: usize = 16 * 1024;

/// Reads a JSON body.
pub(super) async fn json<T: DeserializeOwned>(payload: Payload) -> Result<T, Problem> {
    within(payload, BODY_BYTES_MAX).await
}

/// Reads a JSON body that cannot be large.
pub(super) async fn small<T: DeserializeOwned>(payload: Payload) -> Result<T, Problem> {
    within(payload, SMALL_BYTES_MAX).await
}

/// The number of a thing in a path; what is none names nothing.
pub(super) fn number<T: FromStr>(part: &str, what: &str) -> Result<T, Problem> {
    part.parse().map_err(|_| Problem::NotFound { what: format!("{what} {part}") })
}

async fn within<T: DeserializeOwned>(payload: Payload, bytes_max: usize) -> Result<T, Problem> {
    let wrong = |reason: String| Problem::parameter("body", &reason);
    let read = payload.to_bytes_limited(bytes_max).await;
    let read = read.map_err(|_| wrong(format!("larger than {bytes_max} bytes")))?;
    let bytes = read.map_err(|error| wrong(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))
}

/// Reads a body of plain text.
pub(super) async fn text(payload: Payload) -> Result<String, Problem> {
    let wrong = |reason: String| Problem::parameter("body", &reason);
    let read = payload.to_bytes_limited(BODY_BYTES_MAX).await;
    let read = read.map_err(|_| wrong(format!("larger than {BODY_BYTES_MAX} bytes")))?;
    let bytes = read.map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes.to_vec()).map_err(|error| wrong(error.to_string()))
}
