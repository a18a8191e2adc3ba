//! Addresses of pages that an honest user has no reason to ask for.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use percent_encoding::percent_decode_str;

/// Fragments of probing requests, lower-case, matched anywhere in the decoded path and query.
/// Each is long or odd enough not to occur in ordinary paths such as `/news/today`.
const FRAGMENTS: [&str; 64] = [
    "../",
    "..\\",
    "/.env",
    "/.git/",
    "/.svn/",
    "/.hg/",
    "/.aws/",
    "/.ssh/",
    "/.htaccess",
    "/.htpasswd",
    "/.ds_store",
    "/etc/passwd",
    "/etc/shadow",
    "/proc/self",
    "c:\\windows",
    "boot.ini",
    "win.ini",
    "/wp-admin",
    "/wp-login.php",
    "/wp-config",
    "/xmlrpc.php",
    "/phpmyadmin",
    "/pma/",
    "/adminer",
    "/phpinfo",
    "/cgi-bin/",
    "/server-status",
    "/actuator/",
    "/jmx-console",
    "/manager/html",
    "/solr/admin",
    "/_profiler",
    "/vendor/phpunit",
    "/telescope/requests",
    "/id_rsa",
    "/web.config",
    "/composer.json",
    "/.npmrc",
    "/dump.sql",
    "/backup.sql",
    "/shell.php",
    "/c99.php",
    "/r57.php",
    "/wso.php",
    "eval-stdin.php",
    "<script",
    "javascript:",
    "onerror=",
    "document.cookie",
    "union select",
    "union all select",
    "' or '1'='1",
    "\" or \"1\"=\"1",
    "' or 1=1",
    "sleep(",
    "benchmark(",
    "waitfor delay",
    "information_schema",
    "load_file(",
    "into outfile",
    "${jndi:",
    "cmd.exe",
    "/bin/sh",
    "base64_decode(",
];

static MATCHER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(FRAGMENTS).expect("a fixed list of short texts always compiles")
});

/// Whether the path or query, as sent or after decoding twice, holds a probing fragment.
pub(crate) fn is_suspicious(url: &str) -> bool {
    let once = decode(url);
    let twice = decode(&once);
    MATCHER.is_match(&twice.to_lowercase())
}

fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::is_suspicious;

    #[test]
    fn ordinary_addresses_are_left_alone() {
        let ordinary = [
            "/news/today",
            "/",
            "/search?q=select+a+union+near+me",
            "/wp",
            "/old/plugins;v=1",
            "/blog/how-to-use-curl",
            "https://example.org/a?b=c&d=%20x",
            "/localhost-guide",
        ];
        for url in ordinary {
            assert!(!is_suspicious(url), "{url}");
        }
    }

    #[test]
    fn probes_are_found_in_path_and_query_encoded_or_not() {
        let probes = [
            "/.env",
            "/index?page=1&x=../../etc/passwd",
            "/a?x=%2e%2e%2fetc",
            "/a?x=%252e%252e%252f",
            "/WP-Admin/",
            "/s?q=1%27+OR+%271%27%3D%271",
            "/s?q=1+UNION+SELECT+2",
            "/?x=<ScRiPt>",
        ];
        for url in probes {
            assert!(is_suspicious(url), "{url}");
        }
    }
}
