//! Of every problem, why it happens and what to do: the source of docs/errors.md.

use super::Code;

/// One code.
struct Entry {
    code: Code,
    cause: &'static str,
    cure: &'static str,
}

const fn entry(code: Code, cause: &'static str, cure: &'static str) -> Entry {
    Entry { code, cause, cure }
}

/// One entry for each code.
const CATALOGUE: &[Entry] = &[
    entry(
        Code::KeyMissing,
        "The request carries no key.",
        "Send the key in the header `Api-Key`; `innerwall-ctl key create` makes one.",
    ),
    entry(
        Code::KeyUnknown,
        "The key is unknown or revoked.",
        "Use a key of this system that is not revoked.",
    ),
    entry(
        Code::KeyUnchecked,
        "The key was not used lately and the database does not answer.",
        "Send the same again after `Retry-After`.",
    ),
    entry(
        Code::RateLimited,
        "More events per second than the key allows.",
        "Send the same again after `Retry-After`; have the limit of the key raised if this is your usual load.",
    ),
    entry(
        Code::NotFound,
        "There is nothing at this path.",
        "Check the path: `POST /v1/events` or `POST /sensor/`.",
    ),
    entry(
        Code::MethodNotAllowed,
        "The path exists, but not with this method.",
        "Use one of the methods in the header `Allow`.",
    ),
    entry(
        Code::MediaTypeUnknown,
        "The route does not read this `Content-Type`.",
        "Send one that `detail` names.",
    ),
    entry(
        Code::EncodingUnknown,
        "The route does not read this `Content-Encoding`.",
        "Send gzip, zstd or nothing.",
    ),
    entry(
        Code::BodyTooLarge,
        "The body, inflated, is larger than 1 MiB.",
        "Send fewer events per request.",
    ),
    entry(
        Code::TooManyEvents,
        "More than 500 events in one request.",
        "Send fewer events per request.",
    ),
    entry(
        Code::BodyTooSlow,
        "The body did not arrive within 10 seconds.",
        "Send the same again; look at the network between.",
    ),
    entry(
        Code::BodyBroken,
        "The connection broke while the body was read.",
        "Send the same again.",
    ),
    entry(
        Code::GzipInvalid,
        "`Content-Encoding` says gzip and the body is something else.",
        "Correct the header or the body.",
    ),
    entry(
        Code::ZstdInvalid,
        "The body is not one zstd frame with a window of at most 4 MiB.",
        "Compress with a usual level, in one frame.",
    ),
    entry(
        Code::MultipartInvalid,
        "The parts of the form cannot be told apart.",
        "Let a library write the body and its boundary.",
    ),
    entry(Code::NoEvents, "The body holds no event.", "Send at least one."),
    entry(Code::NotUtf8, "The body is not UTF-8.", "Encode texts as UTF-8."),
    entry(
        Code::NotJson,
        "The body is neither a JSON object nor an array, or is cut off.",
        "Correct it where `detail` says.",
    ),
    entry(
        Code::EventInvalid,
        "The event of a tracker lacks what every event must have.",
        "Send the field that the text names.",
    ),
    entry(
        Code::EventsInvalid,
        "Every event of the request is at fault; sending them again cannot help.",
        "Correct the `field` that each entry of `events` names; `POST /v1/events:validate` tries without sending.",
    ),
    entry(
        Code::Overloaded,
        "More events wait for the broker than memory is set aside for.",
        "Send the same again after `Retry-After`, with the same `event_id`.",
    ),
    entry(
        Code::Unconfirmed,
        "The broker did not confirm in time: the events may or may not be stored.",
        "Send the same again with the same `event_id`: it counts once.",
    ),
    entry(
        Code::BrokerUnavailable,
        "The broker does not answer.",
        "Send the same again after `Retry-After`; if it lasts, see `/readyz`.",
    ),
    entry(
        Code::ListUnavailable,
        "The event is accepted, but the blocklist cannot be read.",
        "Do not send the event again; ask `POST /api/v1/blacklist/search` later.",
    ),
    entry(
        Code::OneEventExpected,
        "A verdict is about one event, and the body holds none or several.",
        "Send one JSON object to `POST /v1/decide`; many events go to `POST /v1/events`.",
    ),
    entry(
        Code::DeadlineInvalid,
        "The header `Innerwall-Deadline-Ms` is no number from 20 to 2000.",
        "Send such a number, or leave the header away for 300.",
    ),
    entry(
        Code::EventConflict,
        "The `event_id` was used for an event with other content; that one stands.",
        "Give the event an id of its own.",
    ),
    entry(
        Code::DecisionUnknown,
        "No verdict about an event of this id was asked for, or more than eight days ago.",
        "Check the id; ask with `POST /v1/decide`.",
    ),
    entry(
        Code::VerdictsUnavailable,
        "The database does not answer; the verdict is kept.",
        "Ask again after `Retry-After`.",
    ),
];

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::path::Path;

    use innerwall_testkit::is_up_to_date;
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn the_page_of_errors_is_the_one_of_the_code() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
        let is_up_to_date = is_up_to_date(&path, "ingest", &table()).unwrap();
        assert!(is_up_to_date, "docs/errors.md was out of date and has been written anew");
    }

    fn table() -> String {
        let mut text = String::from("| code | status | cause | cure |\n|---|---|---|---|\n");
        for code in Code::iter() {
            let (name, status) = (code.name(), code.status().as_u16());
            let mut entries = CATALOGUE.iter().filter(|entry| entry.code == code);
            let (Some(entry), None) = (entries.next(), entries.next()) else {
                panic!("{name}: say its cause and cure once in problem/catalogue.rs");
            };
            writeln!(text, "| `{name}` | {status} | {} | {} |", entry.cause, entry.cure).unwrap();
        }
        text
    }
}
