//! What a scorer answers to a gateway whose producer waits for a verdict.

use prost::Message;

use crate::event as proto;
use proto::verdict_reply::Outcome;

pub use proto::{Verdict, VerdictHit};

/// What became of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Verdict(Verdict),
    /// The id belongs to an event with other content.
    Conflict,
    /// The event could not be scored and waits for an operator.
    Parked,
}

/// Why a message is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ReplyDecodeError {
    #[error("message is no answer: {0}")]
    NotAReply(#[from] prost::DecodeError),
    #[error("answer says nothing this version knows")]
    Unknown,
}

impl Reply {
    pub fn encode(&self) -> Vec<u8> {
        let none = |why: proto::NoVerdict| Outcome::None(why.into());
        let outcome = match self {
            Self::Verdict(verdict) => Outcome::Verdict(verdict.clone()),
            Self::Conflict => none(proto::NoVerdict::Conflict),
            Self::Parked => none(proto::NoVerdict::Parked),
        };
        proto::VerdictReply { outcome: Some(outcome) }.encode_to_vec()
    }

    pub fn decode(message: &[u8]) -> Result<Self, ReplyDecodeError> {
        let reply = proto::VerdictReply::decode(message)?;
        match reply.outcome.ok_or(ReplyDecodeError::Unknown)? {
            Outcome::Verdict(verdict) => Ok(Self::Verdict(verdict)),
            Outcome::None(why) => match proto::NoVerdict::try_from(why) {
                Ok(proto::NoVerdict::Conflict) => Ok(Self::Conflict),
                Ok(proto::NoVerdict::Parked) => Ok(Self::Parked),
                Ok(proto::NoVerdict::Unspecified) | Err(_) => Err(ReplyDecodeError::Unknown),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_arrive_as_they_were_sent() {
        let hits =
            vec![VerdictHit { rule_id: "A01".to_owned(), points: -20, ..VerdictHit::default() }];
        let verdict =
            Verdict { verdict: "deny".to_owned(), risk: Some(0), hits, ..Verdict::default() };
        for reply in [Reply::Verdict(verdict), Reply::Conflict, Reply::Parked] {
            assert_eq!(Reply::decode(&reply.encode()).unwrap(), reply);
        }
        assert!(matches!(Reply::decode(b""), Err(ReplyDecodeError::Unknown)));
        assert!(Reply::decode(b"\xff\xff").is_err());
    }
}
