//! What a route may answer instead of what was asked for, for the API document.

use utoipa::IntoResponses;

use crate::problem::ProblemBody;

/// Of every route that reads for the holder of a token.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) enum Guarded {
    /// No valid token
    #[response(status = 401, content_type = "application/problem+json")]
    NoToken(ProblemBody),
    /// The database is away
    #[response(status = 503, content_type = "application/problem+json")]
    Away(ProblemBody),
}

/// Of every route with parameters.
#[derive(IntoResponses)]
#[response(
    status = 400,
    description = "A parameter is wrong",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct WrongParameter(ProblemBody);

/// Of routes that name one thing.
#[derive(IntoResponses)]
#[response(
    status = 404,
    description = "There is no such thing",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Unknown(ProblemBody);
