//! What a child process wrote, kept in memory.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Oldest lines are dropped beyond this: a service that logs in a loop must not fill the memory.
const LINES_MAX: usize = 20_000;

/// Longer lines are split: the same service might never end its line.
const LINE_BYTES_MAX: u64 = 16 * 1024;

/// Enough of the end to see why a process failed.
const TAIL_LINES: usize = 60;

/// The last lines of standard output and standard error, in order of arrival.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogBuffer {
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl LogBuffer {
    /// Collects in a thread of its own, so that a busy test never blocks the process it watches.
    pub(crate) fn collect(&self, source: impl Read + Send + 'static) {
        let buffer = self.clone();
        std::thread::spawn(move || buffer.read_to_end(source));
    }

    /// Lines that hold the text.
    pub(crate) fn lines_with(&self, text: &str) -> Vec<String> {
        self.lock().iter().filter(|line| line.contains(text)).cloned().collect()
    }

    /// The end of the log as one text.
    pub(crate) fn tail(&self) -> String {
        let lines = self.lock();
        let skipped = lines.len().saturating_sub(TAIL_LINES);
        let tail: Vec<&str> = lines.iter().skip(skipped).map(String::as_str).collect();
        tail.join("\n")
    }

    fn read_to_end(&self, source: impl Read) {
        let mut reader = BufReader::new(source);
        let mut line = Vec::new();
        // A read error means the process is gone, exactly as the end of the stream does.
        while let Ok(1..) = reader.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line) {
            self.push(String::from_utf8_lossy(&line).trim_end().to_owned());
            line.clear();
        }
    }

    fn push(&self, line: String) {
        let mut lines = self.lock();
        if lines.len() == LINES_MAX {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    /// A reader that panicked leaves whole lines behind: they are still worth showing.
    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &[u8]) -> LogBuffer {
        let buffer = LogBuffer::default();
        buffer.read_to_end(text);
        buffer
    }

    #[test]
    fn lines_are_found_by_part_and_bad_utf8_is_kept() {
        let buffer = filled(b"listening on 1\nrefused \xff\nlistening on 2");
        assert_eq!(buffer.lines_with("listening"), ["listening on 1", "listening on 2"]);
        assert_eq!(buffer.lines_with("refused").len(), 1);
        assert!(buffer.lines_with("absent").is_empty());
    }

    #[test]
    fn only_the_newest_lines_are_kept() {
        let lines: Vec<String> =
            (0..LINES_MAX + 5).map(|number| format!("line {number}.")).collect();
        let buffer = filled(lines.join("\n").as_bytes());
        assert_eq!(buffer.lines_with("line").len(), LINES_MAX);
        assert!(buffer.lines_with("line 4.").is_empty());
        assert_eq!(buffer.lines_with("line 5.").len(), 1);
        assert_eq!(buffer.tail().lines().count(), TAIL_LINES);
    }

    #[test]
    fn an_endless_line_is_split() {
        let buffer = filled(&vec![b'x'; 40 * 1024]);
        let lengths: Vec<usize> = buffer.lines_with("x").iter().map(String::len).collect();
        assert_eq!(lengths, [16 * 1024, 16 * 1024, 8 * 1024]);
    }
}
