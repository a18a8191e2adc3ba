//! Judges single fields: within the limit, else refused or repaired.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

use super::{kind_with_code, without_spaces};
use crate::limits::{self, TextLimit};
use crate::time::ParseTimestampError;
use crate::{Correction, EventError, EventKind, Strictness, Timestamp};

/// Address stored when a tracker sends none that can be read.
const NO_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

pub(super) struct Fields {
    strictness: Strictness,
    corrections: Vec<Correction>,
}

impl Fields {
    pub(super) fn new(strictness: Strictness, corrections: Vec<Correction>) -> Self {
        Self { strictness, corrections }
    }

    pub(super) fn refuses(&self) -> bool {
        self.strictness == Strictness::Refuse
    }

    pub(super) fn into_corrections(self) -> Vec<String> {
        self.corrections.iter().map(ToString::to_string).collect()
    }

    pub(super) fn correct(&mut self, field: &'static str, action: &'static str) {
        let correction = Correction { field, action };
        if !self.corrections.contains(&correction) {
            self.corrections.push(correction);
        }
    }

    /// Refuses the event because of `field`, or notes the repair the caller is about to make.
    pub(super) fn fault(
        &mut self,
        field: &'static str,
        action: &'static str,
        reason: String,
    ) -> Result<(), EventError> {
        match self.strictness {
            Strictness::Refuse => Err(EventError::Invalid { field, reason }),
            Strictness::Repair => {
                self.correct(field, action);
                Ok(())
            }
        }
    }

    /// Trackers send empty strings for what they do not know: empty is absent.
    #[expect(clippy::unused_self, reason = "reads as one family with the other field methods")]
    pub(super) fn filled<'a>(&self, sent: Option<Cow<'a, str>>) -> Option<Cow<'a, str>> {
        sent.filter(|text| !text.is_empty())
    }

    pub(super) fn text(
        &mut self,
        limit: TextLimit,
        sent: Option<Cow<'_, str>>,
    ) -> Result<Option<String>, EventError> {
        let Some(text) = self.filled(sent) else {
            return Ok(None);
        };
        let text = self.without_nul(limit.field, text)?;
        if text.len() <= limit.bytes_max {
            return Ok(Some(text.into_owned()));
        }
        if self.refuses() {
            let TextLimit { field, bytes_max } = limit;
            return Err(EventError::TooLong { field, found: text.len(), bytes_max });
        }
        self.correct(limit.field, Correction::CUT);
        Ok(Some(cut(&text, limit.bytes_max).to_owned()))
    }

    fn without_nul<'a>(
        &mut self,
        field: &'static str,
        text: Cow<'a, str>,
    ) -> Result<Cow<'a, str>, EventError> {
        if !text.contains('\0') {
            return Ok(text);
        }
        self.fault(field, Correction::NUL, "holds a NUL character".to_owned())?;
        Ok(Cow::Owned(text.replace('\0', "")))
    }

    pub(super) fn ip(&mut self, sent: Option<Cow<'_, str>>) -> Result<IpAddr, EventError> {
        let Some(text) = sent else {
            return Err(EventError::Missing { field: "ip" });
        };
        if let Ok(ip) = without_spaces(text).parse::<IpAddr>() {
            return Ok(ip.to_canonical());
        }
        self.fault("ip", Correction::REPLACED, "not an IPv4 or IPv6 address".to_owned())?;
        Ok(NO_ADDRESS)
    }

    pub(super) fn http_code(
        &mut self,
        sent: Option<Cow<'_, str>>,
    ) -> Result<Option<u16>, EventError> {
        let Some(text) = self.filled(sent) else {
            return Ok(None);
        };
        match text.parse::<u16>() {
            Ok(code) if (100..=999).contains(&code) => Ok(Some(code)),
            _ => {
                self.fault("http_code", Correction::DROPPED, "not a code of 100 to 999".into())?;
                Ok(None)
            }
        }
    }

    pub(super) fn kind(
        &mut self,
        sent: Option<Cow<'_, str>>,
        http_code: Option<u16>,
    ) -> Result<EventKind, EventError> {
        let declared = match self.filled(sent) {
            None => EventKind::PageView,
            Some(name) => match EventKind::parse(&name) {
                Ok(kind) => kind,
                Err(error) => {
                    self.fault("event_type", Correction::REPLACED, error.to_string())?;
                    EventKind::PageView
                }
            },
        };
        Ok(kind_with_code(declared, http_code))
    }

    pub(super) fn parse_time(&self, text: &str) -> Result<Timestamp, ParseTimestampError> {
        match self.strictness {
            Strictness::Refuse => Timestamp::parse_rfc3339(text),
            Strictness::Repair => Timestamp::parse_tracker(text),
        }
    }

    /// Reads a decimal with up to 12 digits before and 6 after the point as millionths.
    pub(super) fn amount(&mut self, sent: Option<Cow<'_, str>>) -> Result<Option<i64>, EventError> {
        let Some(text) = self.filled(sent) else {
            return Ok(None);
        };
        let parsed = parse_micros(&text);
        if parsed.is_none() {
            let reason = "not a decimal of up to 12 digits and 6 decimals".to_owned();
            self.fault("amount", Correction::DROPPED, reason)?;
        }
        Ok(parsed)
    }

    pub(super) fn currency(
        &mut self,
        sent: Option<Cow<'_, str>>,
    ) -> Result<Option<String>, EventError> {
        let Some(text) = self.filled(sent) else {
            return Ok(None);
        };
        let is_code = text.len() == limits::CURRENCY.bytes_max
            && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_code {
            return Ok(Some(text.to_ascii_uppercase()));
        }
        self.fault("currency", Correction::DROPPED, "not a three-letter code".to_owned())?;
        Ok(None)
    }
}

/// Cuts on a character boundary at or below `bytes_max`.
pub(super) fn cut(text: &str, bytes_max: usize) -> &str {
    let mut end = bytes_max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn parse_micros(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=12).contains(&whole.len()) && fraction.len() <= 6;
    if !fits || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let micros: i64 = format!("{whole}{fraction:0<6}").parse().ok()?;
    Some(sign * micros)
}
