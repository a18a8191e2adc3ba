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

/// Of lists that can be taken away whole.
#[derive(IntoResponses)]
#[response(
    status = 429,
    description = "As many exports are under way as may be at once",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Exporting(ProblemBody);

/// Of every route with a body.
#[derive(IntoResponses)]
#[response(
    status = 400,
    description = "The body is not what is expected",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct WrongBody(ProblemBody);

/// Of routes that change the rule set.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) enum Publishing {
    /// The caller's role may not change rules
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(ProblemBody),
    /// The base version is not in use any more
    #[response(status = 409, content_type = "application/problem+json")]
    BaseNotCurrent(ProblemBody),
    /// The rule set does not build, with every fault, or would stay as it is
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(ProblemBody),
}

/// Of routes that change what others may change at the same time.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) enum Deciding {
    /// The caller's role or token may not do this
    #[response(status = 403, content_type = "application/problem+json")]
    NotAllowed(ProblemBody),
    /// Somebody else was faster
    #[response(status = 409, content_type = "application/problem+json")]
    Changed(ProblemBody),
}

/// Of routes that undo.
#[derive(IntoResponses)]
#[response(
    status = 422,
    description = "Nothing was kept to go back to",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct NotUndoable(ProblemBody);

/// Of routes that score a history again.
#[derive(IntoResponses)]
#[response(
    status = 422,
    description = "The user has too many events before this one",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct TooLong(ProblemBody);

/// Of routes that look things up by what some roles see only masked.
#[derive(IntoResponses)]
#[response(
    status = 403,
    description = "The role may not look up contact details",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Masking(ProblemBody);

/// Of routes that take more than reading.
#[derive(IntoResponses)]
#[response(
    status = 403,
    description = "The role or token lacks the permission, or the write shows no CSRF token",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct NotAllowed(ProblemBody);

/// Of routes for people who sign in or have signed in.
#[derive(IntoResponses)]
#[response(
    status = 403,
    description = "Another origin, no CSRF token, or not at this step of signing in",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Refused(ProblemBody);

/// Of routes that check a password or a code.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) enum Limited {
    /// Too many attempts
    #[response(status = 429, content_type = "application/problem+json")]
    Attempts(ProblemBody),
}

/// Of routes without a caller.
#[derive(IntoResponses)]
#[response(
    status = 503,
    description = "The database is away",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Away(ProblemBody);

/// Of routes that check the password or a code of someone who has signed in.
#[derive(IntoResponses)]
#[response(
    status = 422,
    description = "The password or the code is wrong",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct WrongSecret(ProblemBody);

/// Of routes whose change may not fit what is there.
#[derive(IntoResponses)]
#[response(
    status = 409,
    description = "It does not fit what is there: taken, the last, or a limit",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only describes answers, `Problem` makes them")]
pub(crate) struct Conflicting(ProblemBody);
