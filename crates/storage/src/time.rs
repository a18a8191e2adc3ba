//! Timestamps on the wire of PostgreSQL: microseconds since the year 2000.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use innerwall_event::Timestamp;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

/// Microseconds between 1970 and 2000.
const EPOCH_OFFSET_US: i64 = 946_684_800_000_000;

/// A `timestamptz`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PgTime(pub(crate) Timestamp);

impl ToSql for PgTime {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_i64(self.0.as_micros() - EPOCH_OFFSET_US);
        Ok(IsNull::No)
    }

    accepts!(TIMESTAMPTZ);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for PgTime {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let micros = i64::from_be_bytes(raw.try_into()?);
        Ok(Self(Timestamp::from_micros(micros + EPOCH_OFFSET_US)))
    }

    accepts!(TIMESTAMPTZ);
}

/// The end of a range of which only what comes before a place is still to be read, the newest first.
/// Comparing with the place alone leaves no partition out.
pub(crate) fn end_before(to: Timestamp, place: Option<Timestamp>) -> PgTime {
    let just_after = |time: Timestamp| Timestamp::from_micros(time.as_micros() + 1);
    PgTime(place.map_or(to, |time| to.min(just_after(time))))
}
