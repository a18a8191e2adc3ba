//! A mergeable counter of distinct things: exact while they are few, about 2 % off when many.
//!
//! The form follows from the set alone, never from the order in which it was put together: up to
//! [`EXACT_MAX`] hashes are kept as they are, beyond that only registers (`HyperLogLog`).

mod registers;

use std::collections::BTreeSet;

use registers::Registers;

/// Distinct members told apart exactly: then registers take no more room.
pub const EXACT_MAX: usize = 180;
const EXACT: u8 = 1;
const APPROXIMATE: u8 = 2;
const HASH_BYTES: usize = 8;

/// How many distinct things there were, by their hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Exact(BTreeSet<u64>),
    Approximate(Registers),
}

/// Why stored bytes are not a sketch.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SketchError {
    #[error("a sketch of {found} bytes is of no known form")]
    Form { found: usize },
}

impl Default for Sketch {
    fn default() -> Self {
        Self(Form::Exact(BTreeSet::new()))
    }
}

impl Sketch {
    /// Reads stored bytes; no bytes mean an empty set.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SketchError> {
        let unknown = SketchError::Form { found: bytes.len() };
        match bytes.split_first() {
            None => Ok(Self::default()),
            Some((&EXACT, rest)) => {
                let (hashes, odd) = rest.as_chunks::<HASH_BYTES>();
                if !odd.is_empty() || hashes.len() > EXACT_MAX {
                    return Err(unknown);
                }
                Ok(Self(Form::Exact(hashes.iter().map(|hash| u64::from_be_bytes(*hash)).collect())))
            }
            Some((&APPROXIMATE, rest)) => Registers::from_bytes(rest)
                .map(|found| Self(Form::Approximate(found)))
                .ok_or(unknown),
            Some(_) => Err(unknown),
        }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Form::Exact(hashes) => std::iter::once(EXACT)
                .chain(hashes.iter().flat_map(|hash| hash.to_be_bytes()))
                .collect(),
            Form::Approximate(registers) => {
                std::iter::once(APPROXIMATE).chain(registers.to_bytes()).collect()
            }
        }
    }

    /// Adds a member by a well-mixed hash of it.
    pub fn add(&mut self, hash: u64) {
        match &mut self.0 {
            Form::Exact(hashes) => {
                hashes.insert(hash);
                self.approximate_when_many();
            }
            Form::Approximate(registers) => registers.add(hash),
        }
    }

    /// Adds all that another has seen.
    pub fn merge(&mut self, other: &Self) {
        match (&mut self.0, &other.0) {
            (Form::Exact(ours), Form::Exact(theirs)) => {
                ours.extend(theirs);
                self.approximate_when_many();
            }
            (Form::Approximate(ours), Form::Exact(theirs)) => {
                for hash in theirs {
                    ours.add(*hash);
                }
            }
            (Form::Approximate(ours), Form::Approximate(theirs)) => ours.merge(theirs),
            (Form::Exact(ours), Form::Approximate(theirs)) => {
                let mut merged = theirs.clone();
                for hash in &*ours {
                    merged.add(*hash);
                }
                self.0 = Form::Approximate(merged);
            }
        }
    }

    /// How many distinct members there were.
    pub fn count(&self) -> u64 {
        match &self.0 {
            Form::Exact(hashes) => hashes.len() as u64,
            Form::Approximate(registers) => registers.count(),
        }
    }

    /// Whether the count is exact.
    pub fn is_exact(&self) -> bool {
        matches!(self.0, Form::Exact(_))
    }

    fn approximate_when_many(&mut self) {
        let Form::Exact(hashes) = &self.0 else { return };
        if hashes.len() > EXACT_MAX {
            let mut registers = Registers::default();
            for hash in hashes {
                registers.add(*hash);
            }
            self.0 = Form::Approximate(registers);
        }
    }
}

#[cfg(test)]
mod tests;
