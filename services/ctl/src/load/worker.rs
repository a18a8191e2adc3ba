//! One connection's work: generate, send, and send again what was not accepted.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::Request;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use innerwall_runtime::clock;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use super::answer::{Verdict, WAIT, judge};
use super::connection::{Address, Connection};
use super::label::Labels;
use super::pace::Pace;
use super::report::Tally;
use super::source::Source;

/// How often events are sent before they are given up.
const TRIES_MAX: u32 = 30;
/// Room for an event of the generator.
const EVENT_BYTES: usize = 1_000;

/// What all workers share.
pub(super) struct Job {
    pub(super) address: Address,
    pub(super) api_key: HeaderValue,
    pub(super) batch: usize,
    pub(super) pace: Pace,
}

pub(super) struct Worker {
    pub(super) job: Arc<Job>,
    pub(super) source: Source,
    /// Becomes true when it is time to stop.
    pub(super) stop: watch::Receiver<bool>,
    tally: Tally,
    connection: Option<Connection>,
}

impl Worker {
    pub(super) fn new(job: Arc<Job>, source: Source, stop: watch::Receiver<bool>) -> Self {
        Self { job, source, stop, tally: Tally::new(), connection: None }
    }

    /// Works until it is told to stop or has nothing left. An error means that no further request
    /// can succeed.
    pub(super) async fn run(mut self) -> anyhow::Result<(Tally, Labels)> {
        loop {
            if let Some(due) = self.job.pace.due(Instant::now()) {
                tokio::select! {
                    () = sleep_until(due) => {}
                    _ = self.stop.wait_for(|stop| *stop) => {}
                }
            }
            if *self.stop.borrow() {
                return Ok((self.tally, self.source.into_labels()));
            }
            let (events, count) = self.generate();
            if count == 0 {
                return Ok((self.tally, self.source.into_labels()));
            }
            self.deliver(events, count).await?;
        }
    }

    /// The next events and how many they are.
    fn generate(&mut self) -> (Bytes, usize) {
        let mut lines = String::with_capacity(self.job.batch * EVENT_BYTES);
        let mut count = 0;
        while count < self.job.batch && self.source.next(clock::now_micros(), &mut lines) {
            lines.push('\n');
            count += 1;
        }
        self.tally.events += count as u64;
        (Bytes::from(lines), count)
    }

    /// Sends events until each is accepted or refused. They keep their ids, so that one which was
    /// stored without an answer has one effect.
    async fn deliver(&mut self, mut events: Bytes, mut count: usize) -> anyhow::Result<()> {
        for attempt in 0..TRIES_MAX {
            if attempt > 0 {
                self.tally.retried += count as u64;
            }
            let verdict = self.send(&events, count).await?;
            self.tally.accepted += verdict.accepted as u64;
            self.tally.refused += verdict.refused as u64;
            count = verdict.again.len();
            if count == 0 {
                return Ok(());
            }
            events = lines_at(&events, &verdict.again);
            if self.must_stop_within(verdict.wait).await {
                break;
            }
        }
        tracing::warn!(events = count, "events given up");
        self.tally.given_up += count as u64;
        Ok(())
    }

    async fn must_stop_within(&mut self, wait: Duration) -> bool {
        tokio::select! {
            () = sleep(wait) => false,
            _ = self.stop.wait_for(|stop| *stop) => true,
        }
    }

    /// One try. A broken connection is as good as an answer to try again.
    async fn send(&mut self, events: &Bytes, count: usize) -> anyhow::Result<Verdict> {
        let reused = self.connection.take().filter(Connection::is_open);
        let is_reused = reused.is_some();
        match self.try_send(reused, events).await {
            Ok(answer) => {
                let (status, retry_after) = (answer.status, answer.retry_after.as_deref());
                judge(status, retry_after, &answer.body, count)
            }
            Err(error) => {
                tracing::debug!(%error, "request failed");
                // The gateway may have closed an idle connection: no reason to wait.
                let wait = if is_reused { Duration::ZERO } else { WAIT };
                Ok(Verdict { again: (0..count).collect(), wait, ..Verdict::default() })
            }
        }
    }

    async fn try_send(
        &mut self,
        reused: Option<Connection>,
        events: &Bytes,
    ) -> anyhow::Result<super::connection::Answer> {
        let mut connection = match reused {
            Some(connection) => connection,
            None => Connection::open(&self.job.address).await?,
        };
        let request = self.job.request(events.clone())?;
        let sent_at = Instant::now();
        let answer = connection.send(request).await?;
        self.tally.requests.add(sent_at.elapsed());
        self.connection = Some(connection);
        Ok(answer)
    }
}

impl Job {
    fn request(&self, events: Bytes) -> anyhow::Result<Request<Full<Bytes>>> {
        let media_type = if self.batch == 1 { "application/json" } else { "application/x-ndjson" };
        let request = self
            .address
            .request("POST", "/v1/events")
            .header("Api-Key", &self.api_key)
            .header(CONTENT_TYPE, media_type)
            .body(Full::new(events))?;
        Ok(request)
    }
}

fn lines_at(lines: &Bytes, positions: &[usize]) -> Bytes {
    let all: Vec<&[u8]> = lines.split_inclusive(|byte| *byte == b'\n').collect();
    if all.len() == positions.len() {
        return lines.clone();
    }
    let picked = positions.iter().filter_map(|position| all.get(*position).copied());
    Bytes::from(picked.collect::<Vec<_>>().concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_are_sent_again_are_the_same_lines() {
        let lines = Bytes::from_static(b"a\nb\nc\n");
        assert_eq!(lines_at(&lines, &[0, 2]), &b"a\nc\n"[..]);
        assert_eq!(lines_at(&lines, &[0, 1, 2]), lines);
    }
}
