//! The fields of a `multipart/form-data` body that is already in memory. Strict: what does not
//! follow RFC 7578 is an error, because a sender of this form can be told.

use super::parameter::parameter;
use crate::limits::FORM_FIELDS_MAX;

/// Longest boundary, as RFC 2046 has it.
const BOUNDARY_BYTES_MAX: usize = 70;
/// Longest head of one part.
const HEAD_BYTES_MAX: usize = 4 * 1024;
const LINE_END: &[u8] = b"\r\n";
const HEAD_END: &[u8] = b"\r\n\r\n";

/// Why a multipart body cannot be read. Parts are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    #[error("content type: a boundary of 1 to {BOUNDARY_BYTES_MAX} bytes is missing")]
    NoBoundary,
    #[error("part {0}: no boundary line before it")]
    NoBoundaryLine(usize),
    #[error("part {0}: its head does not end within {HEAD_BYTES_MAX} bytes")]
    EndlessHead(usize),
    #[error("part {0}: no boundary line after it")]
    NotClosed(usize),
}

/// Names and values in the order sent. Files and parts without a name are left out, as the
/// reference does; more fields than the limit are read as one more than that.
pub(super) fn fields(
    content_type: &str,
    body: &[u8],
) -> Result<Vec<(String, String)>, MultipartError> {
    let boundary = parameter(content_type, "boundary").ok_or(MultipartError::NoBoundary)?;
    if !(1..=BOUNDARY_BYTES_MAX).contains(&boundary.len()) {
        return Err(MultipartError::NoBoundary);
    }
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // The first boundary line has nothing in front of it to end, or a preamble nobody reads.
    let first = body.strip_prefix(&delimiter[LINE_END.len()..]);
    let first = first.or_else(|| Some(split_once(body, &delimiter)?.1));
    let mut rest = first.ok_or(MultipartError::NoBoundaryLine(0))?;
    let mut fields = Vec::new();
    for index in 0.. {
        if rest.starts_with(b"--") || fields.len() > FORM_FIELDS_MAX {
            break;
        }
        let (part, after) = part(rest, &delimiter, index)?;
        fields.extend(part);
        rest = after;
    }
    Ok(fields)
}

type Field = (String, String);

/// One part, and what comes after its boundary.
fn part<'b>(
    text: &'b [u8],
    delimiter: &[u8],
    index: usize,
) -> Result<(Option<Field>, &'b [u8]), MultipartError> {
    let (padding, _) = split_once(text, LINE_END).ok_or(MultipartError::NoBoundaryLine(index))?;
    if !padding.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
        return Err(MultipartError::NoBoundaryLine(index));
    }
    // The line end before a head may be the one that ends an empty head.
    let text = &text[padding.len()..];
    let reach = &text[..text.len().min(HEAD_BYTES_MAX)];
    let (head, _) = split_once(reach, HEAD_END).ok_or(MultipartError::EndlessHead(index))?;
    let text = &text[head.len() + HEAD_END.len()..];
    let (value, after) = split_value(text, delimiter).ok_or(MultipartError::NotClosed(index))?;
    let name = name_in(&String::from_utf8_lossy(head));
    Ok((name.map(|name| (name, String::from_utf8_lossy(value).into_owned())), after))
}

/// An empty value may share its line end with the head.
fn split_value<'b>(text: &'b [u8], delimiter: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    match text.strip_prefix(&delimiter[LINE_END.len()..]) {
        Some(after) => Some((b"", after)),
        None => split_once(text, delimiter),
    }
}

/// The field a head names, unless it announces a file.
fn name_in(head: &str) -> Option<String> {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let (_, value) =
        lines.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))?;
    let is_file = parameter(value, "filename").or_else(|| parameter(value, "filename*")).is_some();
    parameter(value, "name").filter(|_| !is_file)
}

fn split_once<'b>(bytes: &'b [u8], separator: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}

#[cfg(test)]
#[path = "multipart_tests.rs"]
mod tests;
