//! Base32 of RFC 4648 without padding: what authenticator apps and people read.

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Five bits per character; what is left over is filled with zeros.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let starts = (0..bytes.len() * 8).step_by(5);
    let character = |start: usize| (start..start + 5).fold(0, |value, at| value << 1 | bit(at));
    starts.map(|start| char::from(ALPHABET[character(start)])).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_vectors_of_rfc_4648_are_met() {
        let table = [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ];
        for (text, expected) in table {
            assert_eq!(super::encode(text.as_bytes()), expected, "{text}");
        }
    }
}
