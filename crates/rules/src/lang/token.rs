//! Text into tokens.

use super::Fault;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name with dots, such as `user.event_count`.
    Name(String),
    Int(i64),
    Text(String),
    /// An operator or bracket.
    Sign(&'static str),
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const SIGNS: [&str; 22] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]",
    ",", ".", "?", ":",
];

/// Splits an expression; each token comes with the byte it starts at.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = next(&text[at..]).map_err(|message| Fault::new(at, message))?;
        found.push((at, token));
        at += length;
    }
    found.push((text.len(), Token::End));
    Ok(found)
}

fn next(rest: &str) -> Result<(Token, usize), String> {
    let first = rest.chars().next().unwrap_or_default();
    if first.is_ascii_alphabetic() || first == '_' {
        let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        return Ok((Token::Name(rest[..length].to_owned()), length));
    }
    if first.is_ascii_digit() {
        let length = run(rest, |c| c.is_ascii_digit());
        let number = rest[..length].parse();
        return number.map(|number| (Token::Int(number), length)).map_err(|_| {
            format!("number {} is too large, the limit is {}", &rest[..length], i64::MAX)
        });
    }
    if first == '"' || first == '\'' {
        return quoted(rest, first);
    }
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
        None if first == '=' => Err("unexpected `=`, did you mean `==`?".to_owned()),
        None if first == '&' => Err("unexpected `&`, did you mean `&&`?".to_owned()),
        None if first == '|' => Err("unexpected `|`, did you mean `||`?".to_owned()),
        None => Err(format!("unexpected character `{first}`")),
    }
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

fn quoted(rest: &str, quote: char) -> Result<(Token, usize), String> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Ok((Token::Text(text), at + 1)),
            '\\' => match chars.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, escaped @ ('\\' | '"' | '\''))) => text.push(escaped),
                _ => return Err("unknown escape, known are \\n \\t \\\\ \\\" \\'".to_owned()),
            },
            c => text.push(c),
        }
    }
    Err(format!("text is not closed, {quote} is missing"))
}
