//! Buckets of time: minutes, hours or days of a zone, without gaps.

use std::time::Duration;

use innerwall_event::Timestamp;
use innerwall_storage::read::series::Starts;
use jiff::tz::TimeZone;
use jiff::{RoundMode, Unit, Zoned, ZonedRound};
use serde::Deserialize;
use utoipa::IntoParams;

use super::asked;
use crate::app::now;
use crate::problem::Problem;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 3_600;
const DAY_S: i64 = 86_400;

/// A range and how finely it is cut, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeriesQuestion {
    /// RFC 3339; without it, a range that suits the bucket.
    pub(crate) from: Option<String>,
    /// RFC 3339, exclusive; without it, now.
    pub(crate) to: Option<String>,
    /// `minute` (at most 6 hours), `hour` (at most 31 days) or `day` (at most 1100 days); without
    /// it, what suits the range.
    pub(crate) bucket: Option<String>,
    /// IANA name such as `Europe/Berlin`; without it, the tenant's.
    pub(crate) zone: Option<String>,
}

/// How wide a bucket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Minute,
    Hour,
    Day,
}

impl Width {
    const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    /// Seconds, but for days on which clocks change.
    const fn seconds(self) -> i64 {
        match self {
            Self::Minute => MINUTE_S,
            Self::Hour => HOUR_S,
            Self::Day => DAY_S,
        }
    }

    /// Longest range, in buckets and in words.
    const fn limit(self) -> (i64, &'static str) {
        match self {
            Self::Minute => (360, "6 hours"),
            Self::Hour => (744, "31 days"),
            Self::Day => (1_100, "1100 days"),
        }
    }

    /// Buckets of a range whose beginning was not said.
    const fn usual(self) -> i64 {
        match self {
            Self::Minute => 180,
            Self::Hour => 24,
            Self::Day => 30,
        }
    }

    /// For how long counts are given again: what is cut finely is looked at live.
    pub(super) const fn kept_for(self) -> Duration {
        match self {
            Self::Minute => Duration::ZERO,
            Self::Hour => Duration::from_secs(2),
            Self::Day => Duration::from_secs(15),
        }
    }

    /// What suits a range.
    fn for_seconds(seconds: i64) -> Self {
        match seconds {
            ..=10_800 => Self::Minute,
            10_801..=345_600 => Self::Hour,
            _ => Self::Day,
        }
    }

    const fn unit(self) -> Unit {
        match self {
            Self::Minute => Unit::Minute,
            Self::Hour => Unit::Hour,
            Self::Day => Unit::Day,
        }
    }
}

/// Buckets that follow each other without a gap. The first begins at or before the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Buckets {
    pub(super) starts: Vec<Timestamp>,
    pub(super) end: Timestamp,
    pub(super) width: Width,
    pub(super) zone: String,
}

impl Buckets {
    /// The buckets of a question.
    pub(super) fn of(question: &SeriesQuestion, tenant_zone: &str) -> Result<Self, Problem> {
        Self::at(question, tenant_zone, now())
    }

    fn at(question: &SeriesQuestion, tenant_zone: &str, now: Timestamp) -> Result<Self, Problem> {
        let name = question.zone.as_deref().unwrap_or(tenant_zone);
        let unknown = |_| Problem::parameter("zone", &format!("{name} is no IANA time zone"));
        let zone = TimeZone::get(name).map_err(unknown)?;
        let to = asked::time("to", question.to.as_deref())?.unwrap_or(now);
        let from = asked::time("from", question.from.as_deref())?;
        let width = width(question.bucket.as_deref(), from.map(|from| to.seconds_since(from)))?;
        let from = from.unwrap_or_else(|| to.plus_seconds(-width.usual() * width.seconds()));
        if from >= to {
            return Err(Problem::parameter("from", "not before to"));
        }
        let (most, in_words) = width.limit();
        if to.seconds_since(from) > most * width.seconds() {
            let reason = format!("buckets of a {} reach over {in_words} at most", width.name());
            return Err(Problem::parameter("from", &reason));
        }
        let (starts, end) = cut(from, to, width, &zone)
            .map_err(|_| Problem::parameter("from", "not a time that calendars have"))?;
        Ok(Self { starts, end, width, zone: name.to_owned() })
    }

    pub(super) fn starts(&self) -> Starts<'_> {
        Starts { starts: &self.starts, end: self.end }
    }

    pub(super) fn begin(&self) -> Timestamp {
        self.starts.first().copied().unwrap_or(self.end)
    }

    /// The place of the bucket that holds a time.
    pub(super) fn place(&self, time: Timestamp) -> Option<usize> {
        if time >= self.end {
            return None;
        }
        self.starts.partition_point(|start| *start <= time).checked_sub(1)
    }
}

fn width(name: Option<&str>, seconds: Option<i64>) -> Result<Width, Problem> {
    match name {
        None => Ok(seconds.map_or(Width::Hour, Width::for_seconds)),
        Some(name) => Width::ALL.into_iter().find(|width| width.name() == name).ok_or_else(|| {
            Problem::parameter("bucket", &format!("{name} is not minute, hour or day"))
        }),
    }
}

fn cut(
    from: Timestamp,
    to: Timestamp,
    width: Width,
    zone: &TimeZone,
) -> Result<(Vec<Timestamp>, Timestamp), jiff::Error> {
    let at = jiff::Timestamp::from_microsecond(from.as_micros())?.to_zoned(zone.clone());
    let down = ZonedRound::new().smallest(width.unit()).mode(RoundMode::Trunc);
    let mut start = if width == Width::Day { at.start_of_day()? } else { at.round(down)? };
    let mut starts = Vec::new();
    while moment(&start) < to {
        starts.push(moment(&start));
        start = next(&start, width)?;
    }
    Ok((starts, moment(&start)))
}

/// Days are as long as the calendar has them; minutes and hours never change.
fn next(start: &Zoned, width: Width) -> Result<Zoned, jiff::Error> {
    match width {
        Width::Day => start.tomorrow()?.start_of_day(),
        Width::Minute | Width::Hour => {
            let later = start.timestamp().as_second() + width.seconds();
            Ok(jiff::Timestamp::from_second(later)?.to_zoned(start.time_zone().clone()))
        }
    }
}

fn moment(time: &Zoned) -> Timestamp {
    Timestamp::from_micros(time.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(from: &str, to: &str, bucket: &str, zone: &str) -> Result<Buckets, Problem> {
        let said = |text: &str| Some(text.to_owned());
        let question = SeriesQuestion {
            from: said(from),
            to: said(to),
            bucket: said(bucket),
            zone: said(zone),
        };
        Buckets::at(&question, "UTC", Timestamp::default())
    }

    fn hours(buckets: &Buckets) -> Vec<i64> {
        let ends = buckets.starts.iter().skip(1).chain([&buckets.end]);
        buckets
            .starts
            .iter()
            .zip(ends)
            .map(|(start, end)| end.seconds_since(*start) / HOUR_S)
            .collect()
    }

    #[test]
    fn days_on_which_clocks_change_have_23_and_25_hours() {
        for (from, to, lengths) in [
            ("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", [24, 23, 24]),
            ("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", [24, 25, 24]),
        ] {
            let found = buckets(from, to, "day", "Europe/Berlin").unwrap();
            assert_eq!(hours(&found), lengths, "{from}");
        }
    }

    #[test]
    fn hours_begin_where_the_zone_has_them_and_never_leave_a_gap() {
        let found = buckets("2026-11-25T00:10:00Z", "2026-11-25T02:10:00Z", "hour", "Asia/Kolkata")
            .unwrap();
        let texts: Vec<String> = found.starts.iter().map(|start| start.to_rfc3339()).collect();
        assert_eq!(texts, ["2026-11-24T23:30:00Z", "2026-11-25T00:30:00Z", "2026-11-25T01:30:00Z"]);
        let autumn =
            buckets("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "hour", "Europe/Berlin")
                .unwrap();
        assert_eq!(hours(&autumn), vec![1; 25]);
    }

    #[test]
    fn a_time_has_the_bucket_that_holds_it() {
        let found =
            buckets("2026-11-25T00:00:00Z", "2026-11-25T00:03:00Z", "minute", "UTC").unwrap();
        let after = |seconds| found.place(found.begin().plus_seconds(seconds));
        assert_eq!([after(-1), after(0), after(59), after(60)], [None, Some(0), Some(0), Some(1)]);
        assert_eq!([after(179), after(180)], [Some(2), None]);
    }

    #[test]
    fn ranges_that_would_be_cut_too_finely_are_refused_with_the_limit() {
        assert!(buckets("2026-11-25T00:00:00Z", "2026-11-25T06:00:00Z", "minute", "UTC").is_ok());
        let refused = buckets("2026-11-25T00:00:00Z", "2026-11-25T06:00:01Z", "minute", "UTC");
        let reason = refused.err().map(|problem| problem.to_string()).unwrap_or_default();
        assert!(reason.contains("6 hours"), "{reason}");
        for (bucket, zone) in [("week", "UTC"), ("day", "Mars/Olympus")] {
            assert!(buckets("2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z", bucket, zone).is_err());
        }
        assert!(buckets("2026-11-25T00:00:00Z", "2026-11-25T00:00:00Z", "day", "UTC").is_err());
    }

    #[test]
    fn without_a_bucket_the_range_decides() {
        for (hours, width) in
            [(3, Width::Minute), (4, Width::Hour), (96, Width::Hour), (97, Width::Day)]
        {
            assert_eq!(Width::for_seconds(hours * HOUR_S), width, "{hours}");
        }
    }
}
