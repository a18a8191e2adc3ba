//! What a system holds at the end, compared with what its producers know.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use innerwall_testkit::{Journal, Oracle, Tally, eventually};
use serde::Deserialize;

use crate::system::System;

/// A backlog of some thousand events is gone within this, on a busy machine.
const DRAINS_WITHIN: Duration = Duration::from_secs(30);

const CLIENT_IDS: &str = "SELECT coalesce(client_id, event_id::text) FROM events";
const PARKED: &str = "SELECT count(*) FROM parked WHERE state <> 'scored'";

/// Each counts what does not agree with the stored events.
const DISAGREEMENTS: [(&str, &str); 4] = [
    (
        "users whose count or sequence is not that of their events",
        "SELECT count(*) FROM users FULL JOIN (
            SELECT user_no, count(*) AS events, count(DISTINCT user_seq) AS numbers,
                max(user_seq) AS last
            FROM events GROUP BY user_no) AS stored USING (user_no)
        WHERE coalesce(users.event_count, 0) <> coalesce(stored.events, 0)
            OR stored.numbers <> stored.events OR stored.last <> stored.events",
    ),
    (
        "addresses whose events or users are not those of the events",
        "SELECT count(*) FROM addresses FULL JOIN (
            SELECT ip, count(*) AS events, count(DISTINCT user_no) AS users
            FROM events GROUP BY ip) AS stored USING (ip)
        WHERE coalesce(addresses.events, 0) <> coalesce(stored.events, 0)
            OR coalesce(addresses.users, 0) <> coalesce(stored.users, 0)",
    ),
    (
        "minutes whose count is not that of the events",
        "SELECT count(*) FROM (
            SELECT minute, kind, sum(events) AS events FROM event_counts
            GROUP BY minute, kind) AS counted
        FULL JOIN (
            SELECT date_trunc('minute', event_time) AS minute, kind, count(*) AS events
            FROM events GROUP BY 1, 2) AS stored USING (minute, kind)
        WHERE coalesce(counted.events, 0) <> coalesce(stored.events, 0)",
    ),
    (
        "event ids stored more than once",
        "SELECT count(*) FROM (
            SELECT event_id FROM events GROUP BY event_id HAVING count(*) > 1) AS repeated",
    ),
];

/// The account of every event, as the query service gives it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub struct Ledger {
    pub accepted: i64,
    pub unconfirmed: i64,
    pub scored: i64,
    pub duplicate: i64,
    pub conflict: i64,
    pub parked: i64,
    pub in_flight: i64,
    pub balanced: bool,
}

impl System {
    /// The account of every event so far.
    pub async fn ledger(&self) -> Result<Ledger> {
        Ok(serde_json::from_value(self.reader.read("/ledger").await?)?)
    }

    /// Waits until so many events have ended in an outcome and none is in flight.
    pub async fn ledger_balanced(&self, ended: i64) -> Result<Ledger> {
        let what = format!("{ended} events have ended and the ledger balances");
        eventually(DRAINS_WITHIN, &what, async || {
            let ledger = self.ledger().await?;
            let outcomes = ledger.scored + ledger.duplicate + ledger.conflict + ledger.parked;
            ensure!(
                ledger.balanced
                    && ledger.in_flight == 0
                    && ledger.accepted == outcomes
                    && outcomes >= ended,
                "{ledger:?}"
            );
            Ok(Some(ledger))
        })
        .await
        .with_context(|| self.complaints())
    }

    /// The producer's id of each stored event, or ours where it gave none.
    pub async fn stored_event_ids(&self) -> Result<Vec<String>> {
        let rows = self.site.sql().await?.query(CLIENT_IDS, &[]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// Parked events that still wait for an operator.
    pub async fn parked(&self) -> Result<i64> {
        Ok(self.site.sql().await?.query_one(PARKED, &[]).await?.try_get(0)?)
    }

    /// Checks that every count agrees with the stored events.
    pub async fn check_counters(&self) -> Result<()> {
        let session = self.site.sql().await?;
        for (what, statement) in DISAGREEMENTS {
            let found: i64 = session.query_one(statement, &[]).await?.try_get(0)?;
            ensure!(found == 0, "{found} {what}");
        }
        Ok(())
    }

    /// Waits until everything accepted is stored, then checks that nothing was lost, invented,
    /// doubled, parked or miscounted.
    pub async fn check_all(&self, journal: &Journal) -> Result<Tally> {
        self.compare(journal).await.with_context(|| self.complaints())
    }

    async fn compare(&self, journal: &Journal) -> Result<Tally> {
        let oracle = Oracle::new(journal);
        let drained = eventually(DRAINS_WITHIN, "all that was accepted is stored", async || {
            oracle.check(self.stored_event_ids().await?).map(Some)
        });
        let accepted = i64::try_from(drained.await?.accepted)?;
        let ledger = self.ledger_balanced(accepted).await?;
        let tally = oracle.check(self.stored_event_ids().await?)?;
        self.check_counters().await?;
        let parked = self.parked().await?;
        if i64::try_from(tally.stored)? != ledger.scored || ledger.conflict != 0 || parked != 0 {
            bail!("{tally:?} but {ledger:?}, {parked} parked");
        }
        eprintln!("{tally:?} {ledger:?}");
        Ok(tally)
    }
}
