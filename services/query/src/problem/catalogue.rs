//! Of every problem, why it happens and what to do: the source of docs/errors.md.

/// One code.
struct Entry {
    code: &'static str,
    cause: &'static str,
    cure: &'static str,
}

const fn entry(code: &'static str, cause: &'static str, cure: &'static str) -> Entry {
    Entry { code, cause, cure }
}

/// One entry for each code of [`super::Problem`], in the order of its variants.
const CATALOGUE: &[Entry] = &[
    entry(
        "token_missing",
        "The request carries no token.",
        "Send `Authorization: Bearer <token>`.",
    ),
    entry(
        "token_invalid",
        "The token is unknown, revoked or expired.",
        "Sign in again, or make a new token; tokens of machines come from `innerwall-ctl token create`.",
    ),
    entry(
        "login_failed",
        "There is no such account, or its password is another.",
        "Check both; `innerwall-ctl operator reset-password` sets a new one.",
    ),
    entry(
        "rate_limited",
        "More attempts to sign in than the address or the account may make in a minute.",
        "Wait as long as `Retry-After` says.",
    ),
    entry(
        "parameter_invalid",
        "A parameter or a field of the body is unknown, missing, malformed or beyond its limit.",
        "Correct what `field` names; `detail` says the limit.",
    ),
    entry(
        "not_found",
        "There is nothing of this name in your tenant.",
        "Check the path and the id; an event is visible within two seconds of being accepted.",
    ),
    entry(
        "method_not_allowed",
        "The path exists, but not with this method.",
        "Use one of the methods in the header `Allow`.",
    ),
    entry(
        "not_allowed",
        "Your role or token does not have the permission that `detail` names.",
        "Ask an owner or admin of the tenant.",
    ),
    entry(
        "base_not_current",
        "Somebody published another version of the rule set since you read it.",
        "Read the rule set again, repeat the change upon it, send its version as the base.",
    ),
    entry(
        "rule_set_invalid",
        "The rule set as it would become does not build.",
        "Correct every entry of `faults`; each names its file, line and column.",
    ),
    entry(
        "nothing_changed",
        "The change would leave the rule set as it is.",
        "Nothing needs to be done.",
    ),
    entry(
        "history_too_long",
        "Explaining this event means scoring more of the user's events again than the limit.",
        "Explain a younger question instead: the user, whose state is kept.",
    ),
    entry(
        "case_changed",
        "Somebody worked on the case since you read it.",
        "Read the case again; `detail` names its version, and who decided if anybody did.",
    ),
    entry(
        "superseded",
        "A later decision about the same user or value stands.",
        "Undo that one first; `detail` names it.",
    ),
    entry(
        "not_undoable",
        "The decision was one of an import or the end of an entry: what there was before was not kept.",
        "Take the entry off its list instead.",
    ),
    entry(
        "already_in_review",
        "The user has an open case.",
        "Work on that case; `detail` names it.",
    ),
    entry(
        "key_reused",
        "The `Idempotency-Key` came with another request before.",
        "Take a new key for every request; repeat a key only with the same body.",
    ),
    entry(
        "database_away",
        "The database does not answer.",
        "Try again after `Retry-After`; if it lasts, see `/readyz` and docs/operations.md.",
    ),
    entry(
        "internal",
        "A fault of this software; it has been logged.",
        "Try once more; if it stays, report it with the time and the path.",
    ),
];

/// Cause and cure of a code.
#[cfg(test)]
fn explained(code: &str) -> Option<(&'static str, &'static str)> {
    let found = CATALOGUE.iter().find(|entry| entry.code == code);
    found.map(|entry| (entry.cause, entry.cure))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;
    use std::path::Path;

    use actix_web::ResponseError;
    use innerwall_testkit::is_up_to_date;
    use strum::IntoEnumIterator;

    use super::super::Problem;
    use super::*;

    #[test]
    fn the_page_of_errors_is_the_one_of_the_code() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
        let is_up_to_date = is_up_to_date(&path, "query", &table()).unwrap();
        assert!(is_up_to_date, "docs/errors.md was out of date and has been written anew");
    }

    #[test]
    fn the_catalogue_holds_no_code_that_is_not_answered() {
        let answered: BTreeSet<&str> = Problem::iter().map(|problem| problem.code()).collect();
        let explained: Vec<&str> = CATALOGUE.iter().map(|entry| entry.code).collect();
        assert_eq!(explained.iter().copied().collect::<BTreeSet<_>>(), answered);
        assert_eq!(explained.len(), answered.len(), "a code is explained twice");
    }

    fn table() -> String {
        let mut text =
            String::from("| code | status | gRPC | cause | cure |\n|---|---|---|---|---|\n");
        let mut written = BTreeSet::new();
        for problem in Problem::iter() {
            let (code, status) = (problem.code(), problem.status_code().as_u16());
            let grpc = tonic::Status::from(problem).code();
            let (cause, cure) = explained(code).unwrap_or_else(|| {
                panic!("{code}: say its cause and cure in problem/catalogue.rs")
            });
            if written.insert(code) {
                writeln!(text, "| `{code}` | {status} | {grpc:?} | {cause} | {cure} |").unwrap();
            }
        }
        text
    }
}
