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
        "The request carries neither a session nor a token.",
        "Sign in, or send `Authorization: Bearer <token>`.",
    ),
    entry(
        "token_invalid",
        "The session or token is unknown, revoked or expired.",
        "Sign in again, or make a new token; tokens of machines come from `innerwall-ctl token create`.",
    ),
    entry(
        "login_failed",
        "There is no such account, or its password is another.",
        "Check both; `innerwall-ctl operator reset-password` sets a new one.",
    ),
    entry(
        "rate_limited",
        "More attempts to sign in than the address or the account has left.",
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
        "too_many_exports",
        "Two exports of your tenant are under way, or six of all tenants.",
        "Wait for one to end, or as long as `Retry-After` says.",
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
        "csrf_missing",
        "A write with a session cookie shows no CSRF token, a wrong one, or no origin.",
        "Send `X-Innerwall-CSRF` with the `csrf_token` of `/api/v1/me`; programs use a token.",
    ),
    entry(
        "origin_unknown",
        "A page of another address than those of `INNERWALL_PUBLIC_ORIGINS` sent this.",
        "Open the dashboard under one of them, or add the address to the setting of query.",
    ),
    entry(
        "second_factor_missing",
        "The password was right; a code, or setting up a second factor, is missing.",
        "Send a code to `/api/v1/login/code`, or set one up at `/api/v1/me/totp`.",
    ),
    entry(
        "people_only",
        "A token asked for what concerns a person's own account.",
        "Sign in as that person.",
    ),
    entry(
        "code_wrong",
        "The code is wrong, too old, or has been used.",
        "Wait for the next code; check the clock of the phone; or use a recovery code.",
    ),
    entry("password_wrong", "The own password, asked for once more, is another.", "Check it."),
    entry(
        "ticket_invalid",
        "The ticket of the link is unknown, used, taken back or expired.",
        "Ask for a new one: an invitation from an owner, or `innerwall-ctl`.",
    ),
    entry(
        "owner_exists",
        "A set-up token signs up the first owner only, and the tenant has one.",
        "Ask the owner for an invitation.",
    ),
    entry(
        "last_owner",
        "The tenant would be left without an owner who may sign in.",
        "Make somebody else an owner first.",
    ),
    entry(
        "taken",
        "The e-mail address or the label is in use; addresses are unique in the installation.",
        "Use another.",
    ),
    entry(
        "limit_reached",
        "The tenant has as many of these as it may have.",
        "Revoke or take back what is not used.",
    ),
    entry(
        "second_factor_required",
        "The tenant requires a second factor of everybody, so it cannot be turned off.",
        "Set a new one up after an owner has changed the sign-in policy.",
    ),
    entry(
        "second_factor_state",
        "No secret has been chosen, or the second factor is on, or it is off.",
        "Begin with `/api/v1/me/totp`; remove a second factor before choosing another.",
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

    use super::super::{PeopleProblem, Problem};
    use super::*;

    #[test]
    fn the_page_of_errors_is_the_one_of_the_code() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
        let is_up_to_date = is_up_to_date(&path, "query", &table()).unwrap();
        assert!(is_up_to_date, "docs/errors.md was out of date and has been written anew");
    }

    #[test]
    fn the_catalogue_holds_no_code_that_is_not_answered() {
        let answered: BTreeSet<&str> = all().map(|problem| problem.code()).collect();
        let explained: Vec<&str> = CATALOGUE.iter().map(|entry| entry.code).collect();
        assert_eq!(explained.iter().copied().collect::<BTreeSet<_>>(), answered);
        assert_eq!(explained.len(), answered.len(), "a code is explained twice");
    }

    /// Each problem once.
    fn all() -> impl Iterator<Item = Problem> {
        let of_people = PeopleProblem::iter().map(Problem::People);
        let others = Problem::iter().filter(|problem| !matches!(problem, Problem::People(_)));
        others.chain(of_people)
    }

    fn table() -> String {
        let mut text =
            String::from("| code | status | gRPC | cause | cure |\n|---|---|---|---|---|\n");
        let mut written = BTreeSet::new();
        for problem in all() {
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
