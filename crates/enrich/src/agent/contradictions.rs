//! User agents that contradict themselves: nobody's browser sends them.

/// Systems that name themselves in the first brackets; a browser runs on one of them.
const SYSTEMS: [&str; 6] = ["Windows NT", "Macintosh", "iPhone;", "iPad;", "Android", "CrOS"];
/// The highest number Windows ever gave itself there.
const WINDOWS_NT_MAX: u32 = 10;
/// Firefox kept this revision from version 110 to 119.
const FROZEN_REVISION: u32 = 109;
/// Before this version Firefox had other revisions than versions.
const FIREFOX_REVISION_MIN: u32 = 5;

pub(super) fn has_any(text: &str) -> bool {
    has_two_systems(text)
        || has_two_engines(text)
        || is_impossible_windows(text)
        || has_wrong_revision(text)
}

fn has_two_systems(text: &str) -> bool {
    let platform = platform(text);
    // Windows phones named every rival to get their pages.
    if text.contains("Windows Phone") {
        return false;
    }
    SYSTEMS.iter().filter(|system| platform.contains(**system)).count() > 1
}

fn has_two_engines(text: &str) -> bool {
    let has = |token: &str| text.contains(token);
    let engines = [has("MSIE ") || has("Trident/"), has("Chrome/"), has(" Firefox/")];
    engines.into_iter().filter(|is_named| *is_named).count() > 1
}

fn is_impossible_windows(text: &str) -> bool {
    number_after(platform(text), "Windows NT ").is_some_and(|version| version > WINDOWS_NT_MAX)
}

fn has_wrong_revision(text: &str) -> bool {
    let revision = number_after(platform(text), "rv:");
    let version = number_after(text, " Firefox/");
    let Some((revision, version)) = revision.zip(version) else { return false };
    let is_frozen = revision == FROZEN_REVISION && version >= FROZEN_REVISION;
    revision >= FIREFOX_REVISION_MIN
        && version >= FIREFOX_REVISION_MIN
        && revision != version
        && !is_frozen
}

/// The first brackets.
fn platform(text: &str) -> &str {
    let inner = text.split_once('(').map_or("", |(_, rest)| rest);
    inner.split_once(')').map_or(inner, |(platform, _)| platform)
}

fn number_after(text: &str, token: &str) -> Option<u32> {
    let (_, rest) = text.split_once(token)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::has_any;

    #[test]
    fn real_browsers_do_not_contradict_themselves() {
        let real = [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/115.0",
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows; U; Windows NT 6.1; en-US; rv:1.9.2.3) Gecko/20100401 Firefox/3.6.3",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0 Mobile Safari/537.36 Edge/15.1",
            "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
            "curl/8.4.0",
            "",
        ];
        for text in real {
            assert!(!has_any(text), "{text}");
        }
    }

    #[test]
    fn what_no_browser_sends_is_a_contradiction() {
        let made_up = [
            "Mozilla/5.0 (Windows NT 10.0; iPhone; CPU iPhone OS 18_6) AppleWebKit/605.1.15 Safari/604.1",
            "Mozilla/5.0 (Macintosh; Android 14) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
            "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1) Chrome/140.0.0.0",
            "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36 Firefox/121.0",
            "Mozilla/5.0 (Windows NT 11.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; rv:90.0) Gecko/20100101 Firefox/140.0",
        ];
        for text in made_up {
            assert!(has_any(text), "{text}");
        }
    }
}
