//! One export, read to its end as fast as it comes.

use std::cell::Cell;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde::Serialize;
use tokio::time::sleep;

use super::super::memory;
use super::super::report::rate;
use super::super::service::Service;
use super::routes::Export;
use super::values::Values;
use crate::load::connection::stream;

const LOOK_EVERY: Duration = Duration::from_millis(50);

/// How fast rows came, and how much memory the service held meanwhile.
#[derive(Debug, Serialize)]
pub(super) struct Exported {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    /// Lines, which is what rows are in CSV and NDJSON.
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) seconds: f64,
    pub(super) rows_per_s: f64,
    /// Resident set of query before the first row, and the most while rows came.
    pub(super) before_kib: u64,
    pub(super) peak_kib: u64,
}

/// Takes a whole list away.
pub(super) async fn measure(
    export: &Export,
    values: &Values,
    (token, query): (&str, &Service),
) -> anyhow::Result<Exported> {
    let path = values.path(export.path, 0)?;
    let request = query
        .address
        .request("GET", &path)
        .header("Authorization", format!("Bearer {token}"))
        .header("Accept", export.accept);
    let process = query.id()?;
    let before_kib = memory::resident_kib(process)?;
    let began = Instant::now();
    let (rows, bytes) = (Cell::new(0_u64), Cell::new(0_u64));
    let reading = stream(&query.address, request, |piece| {
        bytes.set(bytes.get() + piece.len() as u64);
        let ends: u64 = piece.iter().map(|byte| u64::from(*byte == b'\n')).sum();
        rows.set(rows.get() + ends);
    });
    let mut peak_kib = before_kib;
    tokio::pin!(reading);
    loop {
        tokio::select! {
            ended = &mut reading => break ended.context(path)?,
            () = sleep(LOOK_EVERY) => peak_kib = peak_kib.max(memory::resident_kib(process)?),
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let (rows, bytes) = (rows.get(), bytes.get());
    ensure!(bytes > 0, "nothing came");
    Ok(Exported {
        name: export.name,
        path: export.path,
        rows,
        bytes,
        seconds,
        rows_per_s: rate(rows, seconds),
        before_kib,
        peak_kib,
    })
}

impl Exported {
    pub(super) fn line(&self) -> String {
        let Self { name, rows, rows_per_s, before_kib, peak_kib, .. } = self;
        let (before, peak) = (before_kib / 1024, peak_kib / 1024);
        format!("{name:<56} {rows:>9} rows {rows_per_s:>9.0} rows/s {before:>5} to {peak:>4} MiB")
    }
}
