//! When versions of browsers came out, from anchors and the rhythm of each browser.

use innerwall_event::Timestamp;

/// Days since 1970 of the first version of every tenth (for Safari: of every yearly) release.
struct Line {
    browsers: &'static [&'static str],
    anchors: &'static [(u32, u32)],
    /// Days from one version to the next after the last anchor.
    rhythm_days: u32,
    /// The shortest rhythm the browser may ever change to: what is newer cannot exist.
    shortest_days: u32,
}

/// The days of a release are exact at the anchors and estimated between and after them.
const LINES: [Line; 5] = [
    Line {
        browsers: &[
            "Chrome",
            "Chrome Mobile",
            "Chrome Mobile iOS",
            "Chrome Mobile WebView",
            "Chromium",
            "HeadlessChrome",
            "Edge",
            "Edge Mobile",
            "Edge WebView2",
        ],
        // 2016-04-13, 2017-07-25, 2018-10-16, 2020-02-04, 2021-04-14, 2022-03-29, 2023-02-07,
        // 2023-12-05, 2024-10-15, 2025-09-02.
        anchors: &[
            (50, 16_904),
            (60, 17_372),
            (70, 17_820),
            (80, 18_296),
            (90, 18_731),
            (100, 19_080),
            (110, 19_395),
            (120, 19_696),
            (130, 20_011),
            (140, 20_333),
        ],
        rhythm_days: 28,
        shortest_days: 14,
    },
    Line {
        browsers: &["Firefox", "Firefox Mobile", "Firefox iOS"],
        // 2016-11-15, 2018-05-09, 2019-10-22, 2020-08-25, 2021-07-13, 2022-05-03, 2023-02-14,
        // 2023-11-21, 2024-09-03, 2025-06-24.
        anchors: &[
            (50, 17_120),
            (60, 17_660),
            (70, 18_191),
            (80, 18_499),
            (90, 18_821),
            (100, 19_115),
            (110, 19_402),
            (120, 19_682),
            (130, 19_969),
            (140, 20_263),
        ],
        rhythm_days: 28,
        shortest_days: 14,
    },
    Line {
        browsers: &["Opera"],
        // 2020-07-27, 2021-10-05, 2022-08-18, 2023-06-29, 2024-05-14, 2025-07-02.
        anchors: &[
            (70, 18_470),
            (80, 18_905),
            (90, 19_222),
            (100, 19_537),
            (110, 19_857),
            (120, 20_271),
        ],
        rhythm_days: 28,
        shortest_days: 14,
    },
    Line {
        browsers: &["Samsung Internet"],
        // 2020-06-19, 2023-02-06, 2024-04-25, 2025-04-02.
        anchors: &[(12, 18_432), (20, 19_394), (25, 19_838), (28, 20_180)],
        rhythm_days: 110,
        shortest_days: 40,
    },
    Line {
        browsers: &["Safari", "Mobile Safari", "Mobile Safari UI/WKWebView"],
        // 2019-09-19, 2020-09-16, 2021-09-20, 2022-09-12, 2023-09-18, 2024-09-16, then the year's
        // number: 26 on 2025-09-15.
        anchors: &[
            (13, 18_158),
            (14, 18_521),
            (15, 18_890),
            (16, 19_247),
            (17, 19_618),
            (18, 19_982),
            (26, 20_346),
        ],
        rhythm_days: 365,
        shortest_days: 330,
    },
];

/// Versions beyond the newest that can exist: early builds, and releases ahead of their rhythm.
const BEYOND_VERSIONS: u32 = 10;
/// Safari's minor versions come about this far apart within the year of their major one.
const SAFARI_MINOR_DAYS: u32 = 50;
const SAFARI_MINORS_MAX: u32 = 6;

/// A version of a browser whose releases are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    line: usize,
    pub(crate) major: u32,
    released_day: u32,
}

impl Release {
    pub(crate) fn new(browser: &str, major: u32, minor: u32) -> Option<Self> {
        let line = LINES.iter().position(|line| line.browsers.contains(&browser))?;
        let minors = if is_yearly(&LINES[line]) { minor.min(SAFARI_MINORS_MAX) } else { 0 };
        let released_day = day_of(&LINES[line], major)? + minors * SAFARI_MINOR_DAYS;
        Some(Self { line, major, released_day })
    }

    /// The release of the Chrome inside another browser.
    pub(crate) fn of_engine(text: &str) -> Option<Self> {
        let (_, rest) = text.split_once("Chrome/")?;
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Self::new("Chrome", rest[..digits].parse().ok()?, 0)
    }

    /// Days from the release to a time; 0 for a version newer than it.
    pub(crate) fn age_days(self, at: Timestamp) -> u32 {
        day(at).saturating_sub(self.released_day)
    }

    /// Whether no such version can have existed at a time.
    pub(crate) fn is_beyond(self, at: Timestamp) -> bool {
        let line = &LINES[self.line];
        let Some((newest, released)) = line.anchors.last() else { return false };
        let spare = if is_yearly(line) { 1 } else { BEYOND_VERSIONS };
        let since = day(at).saturating_sub(*released);
        self.major > newest + since / line.shortest_days + spare
    }
}

const fn is_yearly(line: &Line) -> bool {
    line.rhythm_days == 365
}

fn day(at: Timestamp) -> u32 {
    u32::try_from(at.days_since(Timestamp::default())).unwrap_or(0)
}

/// The day of a version: on the line between its anchors, or after the last by the rhythm. Before
/// the first anchor it is that anchor's day, so that an age is never too large.
fn day_of(line: &Line, major: u32) -> Option<u32> {
    let (first, last) = (line.anchors.first()?, line.anchors.last()?);
    if major >= last.0 {
        return last.1.checked_add((major - last.0).checked_mul(line.rhythm_days)?);
    }
    let pair = line.anchors.windows(2).find(|pair| (pair[0].0..pair[1].0).contains(&major));
    let Some([from, to]) = pair else { return Some(first.1) };
    Some(from.1 + (major - from.0) * (to.1 - from.1) / (to.0 - from.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn anchors_are_the_days_their_comment_names() {
        let release = |browser, major| Release::new(browser, major, 0).unwrap().released_day;
        let cases = [
            ("Chrome", 50, "2016-04-13"),
            ("Chrome", 100, "2022-03-29"),
            ("Edge", 140, "2025-09-02"),
            ("Firefox", 60, "2018-05-09"),
            ("Firefox", 140, "2025-06-24"),
            ("Opera", 70, "2020-07-27"),
            ("Opera", 120, "2025-07-02"),
            ("Samsung Internet", 28, "2025-04-02"),
            ("Safari", 13, "2019-09-19"),
            ("Mobile Safari", 26, "2025-09-15"),
        ];
        for (browser, major, date) in cases {
            assert_eq!(
                release(browser, major),
                day(at(&format!("{date}T12:00:00Z"))),
                "{browser} {major}"
            );
        }
        assert!(LINES.iter().all(|line| line.anchors.windows(2).all(|pair| pair[0] < pair[1])));
    }

    #[test]
    fn ages_are_counted_between_and_beyond_anchors() {
        let age = |browser, major, minor| {
            Release::new(browser, major, minor).unwrap().age_days(at("2026-01-01T00:00:00Z"))
        };
        assert_eq!(age("Chrome", 140, 0), 121);
        assert_eq!(age("Chrome", 141, 0), 93);
        assert_eq!(age("Chrome", 135, 0), 282);
        assert_eq!(age("Chrome", 200, 0), 0);
        assert_eq!(age("Chrome", 4, 0), age("Chrome", 50, 0));
        assert_eq!(age("Safari", 18, 4), 272);
        assert_eq!(Release::of_engine("Chrome/140.0 Other/3"), Release::new("Chrome", 140, 0));
        assert_eq!(Release::of_engine("Chrome/x"), None);
        assert_eq!(Release::new("Unheard-of", 1, 0), None);
        assert_eq!(Release::new("Chrome", u32::MAX, 0), None);
    }

    #[test]
    fn only_versions_that_no_rhythm_could_reach_are_beyond() {
        let is_beyond =
            |major| Release::new("Chrome", major, 0).unwrap().is_beyond(at("2026-01-01T00:00:00Z"));
        assert!(!is_beyond(140 + 121 / 14 + 10));
        assert!(is_beyond(140 + 121 / 14 + 11));
        assert!(!Release::new("Safari", 27, 0).unwrap().is_beyond(at("2026-01-01T00:00:00Z")));
        assert!(Release::new("Safari", 28, 0).unwrap().is_beyond(at("2026-01-01T00:00:00Z")));
    }
}
