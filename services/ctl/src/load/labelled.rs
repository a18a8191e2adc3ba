//! Sends labelled traffic once, in order, and writes the truth about it to a file.

use std::future::{Future, pending};
use std::path::Path;
use std::sync::Arc;

use innerwall_runtime::clock;
use tokio::time::Instant;

use super::corpus::{Corpus, CorpusSize};
use super::report::{LoadReport, Tally};
use super::source::{Part, Source};
use super::{LoadOptions, check, send};

/// The past is sent in larger requests: nobody waits for its answers.
const PAST_BATCH: usize = 200;

/// The size of corpus that options ask for.
fn size(options: &LoadOptions) -> CorpusSize {
    CorpusSize {
        seed: options.seed,
        plain: options.users,
        each: options.scenes,
        history_days: options.history_days,
        only: None,
    }
}

/// Sends the past as fast as possible, then the present at the rate of the options.
pub(super) async fn run(
    options: LoadOptions,
    path: &Path,
    interrupted: impl Future<Output = ()>,
) -> anyhow::Result<LoadReport> {
    check(&options)?;
    let started = Instant::now();
    let corpus = Arc::new(Corpus::new(size(&options), clock::now_micros()));
    tokio::pin!(interrupted);
    let past_us = clock::now_micros();
    let past = Part::new(Arc::clone(&corpus), true, past_us);
    let mut tally = send_part(&options, past, &mut interrupted).await?;
    let present_us = clock::now_micros();
    let present = Part::new(Arc::clone(&corpus), false, present_us);
    tally.merge(&send_part(&options, present, &mut interrupted).await?);
    corpus.labels(past_us, present_us).write(path)?;
    Ok(tally.report(started.elapsed()))
}

/// Sends one part of a corpus to its end.
pub(crate) async fn send_all(options: &LoadOptions, part: Part) -> anyhow::Result<LoadReport> {
    let started = Instant::now();
    let tally = send_part(options, part, pending()).await?;
    Ok(tally.report(started.elapsed()))
}

/// Sends one part of a corpus.
///
/// Over one connection: the order of an attack's events is that in which they are accepted.
async fn send_part(
    options: &LoadOptions,
    part: Part,
    interrupted: impl Future<Output = ()>,
) -> anyhow::Result<Tally> {
    let (rate, batch) =
        if part.is_past() { (0.0, PAST_BATCH) } else { (options.rate, options.batch) };
    let options = LoadOptions { rate, batch, seconds: 0, ..options.clone() };
    Ok(send(&options, vec![Source::Finite(part)], interrupted).await?.0)
}
