//! What a system holds at the end, compared with what its producers know.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use innerwall_testkit::{Journal, Oracle, Tally, eventually};
use serde::Deserialize;

use crate::system::System;

/// A backlog of some thousand events is gone within this, on a busy machine.
const DRAINS_WITHIN: Duration = Duration::from_secs(30);

/// Changes wait for a second and as long as folding them takes.
const FOLDS_WITHIN: Duration = Duration::from_secs(20);

const CLIENT_IDS: &str = "SELECT coalesce(client_id, event_id::text) FROM events";
const WAITING: &str = "SELECT count(*) FROM pending_folds";
const PARKED: &str = "SELECT count(*) FROM parked WHERE state <> 'scored'";

/// Each counts what does not agree with the stored events.
const DISAGREEMENTS: [(&str, &str); 9] = [
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
        "addresses whose users are not those of the events",
        "SELECT count(*) FROM addresses FULL JOIN (
            SELECT ip, count(DISTINCT user_no) AS users FROM events GROUP BY ip) AS stored
            USING (ip)
        WHERE coalesce(addresses.users, 0) <> coalesce(stored.users, 0)",
    ),
    ("changes set aside that could not be folded", "SELECT count(*) FROM failed_folds"),
    (
        "addresses as things whose events, users or times are not those of the events",
        "SELECT count(*) FROM (SELECT * FROM entities WHERE kind = 1) AS counted FULL JOIN (
            SELECT host(ip) AS key, count(*) AS events, count(DISTINCT user_no) AS users,
                min(event_time) AS first_seen, max(event_time) AS last_seen
            FROM events GROUP BY 1) AS stored USING (key)
        WHERE (counted.events, counted.users, counted.first_seen, counted.last_seen)
            IS DISTINCT FROM (stored.events, stored.users, stored.first_seen, stored.last_seen)",
    ),
    (
        "links of addresses whose events are not those of the events",
        "SELECT count(*) FROM (
            SELECT key, user_no, links.events FROM links
            JOIN entities USING (tenant_id, kind, entity_id) WHERE kind = 1) AS counted
        FULL JOIN (
            SELECT host(ip) AS key, user_no, count(*) AS events FROM events GROUP BY 1, 2) AS stored
            USING (key, user_no)
        WHERE coalesce(counted.events, 0) <> coalesce(stored.events, 0)",
    ),
    (
        "days of addresses whose events are not those of the events",
        "SELECT count(*) FROM (
            SELECT key, day, normal + editing + alert AS events FROM entity_days
            JOIN entities USING (tenant_id, kind, entity_id) WHERE kind = 1) AS counted
        FULL JOIN (
            SELECT host(ip) AS key, (event_time AT TIME ZONE 'UTC')::date AS day, count(*) AS events
            FROM events GROUP BY 1, 2) AS stored USING (key, day)
        WHERE coalesce(counted.events, 0) <> coalesce(stored.events, 0)",
    ),
    (
        "sessions whose events or times are not those of the events",
        "SELECT count(*) FROM sessions FULL JOIN (
            SELECT user_no, session_no, count(*) AS events, min(event_time) AS started_at,
                max(event_time) AS ended_at
            FROM events GROUP BY 1, 2) AS stored USING (user_no, session_no)
        WHERE (sessions.events, sessions.started_at, sessions.ended_at)
            IS DISTINCT FROM (stored.events, stored.started_at, stored.ended_at)",
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

    /// Waits until nothing waits to be folded.
    pub async fn folded(&self) -> Result<()> {
        let session = self.site.sql().await?;
        eventually(FOLDS_WITHIN, "nothing waits to be folded", async || {
            let waiting: i64 = session.query_one(WAITING, &[]).await?.try_get(0)?;
            Ok((waiting == 0).then_some(()))
        })
        .await
        .with_context(|| self.complaints())
    }

    /// Checks that every count agrees with the stored events.
    pub async fn check_counters(&self) -> Result<()> {
        self.folded().await?;
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
