//! Bodies of requests: JSON within a limit.

use actix_web::web::Payload;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// All packs and lists that a tenant will ever write.
pub(super) const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Reads a JSON body.
pub(super) async fn json<T: DeserializeOwned>(payload: Payload) -> Result<T, Problem> {
    let wrong = |reason: String| Problem::parameter("body", &reason);
    let read = payload.to_bytes_limited(BODY_BYTES_MAX).await;
    let read = read.map_err(|_| wrong(format!("larger than {BODY_BYTES_MAX} bytes")))?;
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
