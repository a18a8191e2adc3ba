//! Sets of answers that may be yes, no or unknown.

use prost::Message;

/// Up to 32 answers; the caller's enum gives each its bit.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct Flags {
    /// Bits whose answer is known.
    #[prost(uint32, tag = "1")]
    known: u32,
    /// Bits whose answer is yes; a part of `known`.
    #[prost(uint32, tag = "2")]
    set: u32,
}

impl Flags {
    /// The answer, or `None` when it is unknown.
    pub fn get(&self, bit: u8) -> Option<bool> {
        let mask = 1 << bit;
        (self.known & mask != 0).then_some(self.set & mask != 0)
    }

    /// Makes an answer unknown.
    #[must_use]
    pub fn without(self, bit: u8) -> Self {
        let mask = 1 << bit;
        Self { known: self.known & !mask, set: self.set & !mask }
    }

    #[must_use]
    pub fn with(mut self, bit: u8, answer: bool) -> Self {
        let mask = 1 << bit;
        self.known |= mask;
        self.set = if answer { self.set | mask } else { self.set & !mask };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Flags;

    #[test]
    fn an_answer_is_yes_no_or_unknown() {
        let flags = Flags::default().with(0, true).with(31, false);
        assert_eq!([0, 1, 31].map(|bit| flags.get(bit)), [Some(true), None, Some(false)]);
        assert_eq!(flags.with(0, false).get(0), Some(false));
        assert_eq!(flags.without(0).get(0), None);
    }
}
