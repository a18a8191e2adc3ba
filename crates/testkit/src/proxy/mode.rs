//! What a proxy can do to its connections.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A slowed link sends this many pieces a second, so that it trickles rather than bursts.
const SLOW_PIECES_PER_S: u32 = 20;

/// Behaviour of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything passes.
    #[default]
    Pass,
    /// The server is gone: nobody listens, open connections are reset.
    Refuse,
    /// A box in between resets: connections are accepted and reset, open ones too.
    Reset,
    /// Silence without any reset. Bytes are held back and flow on after a return to `Pass`, as
    /// after a partition that heals. New connections open, but never reach the server.
    Blackhole(Direction),
    /// Each direction of each connection gets this much.
    Slow { bytes_per_s: u32 },
    /// Each connection is closed after this many further bytes, both directions together.
    CutAfter { bytes: u64 },
}

/// Which way bytes flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    ToServer,
    ToClient,
    Both,
}

impl Mode {
    pub(super) fn resets(self) -> bool {
        matches!(self, Self::Refuse | Self::Reset)
    }

    pub(super) fn is_blackhole(self) -> bool {
        matches!(self, Self::Blackhole(_))
    }

    pub(super) fn swallows(self, flow: Direction) -> bool {
        match self {
            Self::Blackhole(direction) => direction == Direction::Both || direction == flow,
            Self::Pass | Self::Refuse | Self::Reset | Self::Slow { .. } | Self::CutAfter { .. } => {
                false
            }
        }
    }

    /// Most bytes to read at once.
    pub(super) fn piece_bytes_max(self) -> usize {
        match self {
            Self::Slow { bytes_per_s } => (bytes_per_s / SLOW_PIECES_PER_S).max(1) as usize,
            Self::Pass
            | Self::Refuse
            | Self::Reset
            | Self::Blackhole(_)
            | Self::CutAfter { .. } => usize::MAX,
        }
    }

    /// How long the link is busy with so many bytes.
    pub(super) fn delay(self, bytes: usize) -> Duration {
        match self {
            Self::Slow { bytes_per_s } => {
                let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
                Duration::from_secs(1) * bytes / bytes_per_s.max(1)
            }
            Self::Pass
            | Self::Refuse
            | Self::Reset
            | Self::Blackhole(_)
            | Self::CutAfter { .. } => Duration::ZERO,
        }
    }
}

/// A mode and the number of the switch that brought it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    pub(super) generation: u64,
    pub(super) mode: Mode,
}

/// Bytes that one connection may still carry before it is cut.
#[derive(Debug, Default)]
pub(super) struct Budget {
    state: Mutex<BudgetState>,
}

#[derive(Debug, Default)]
struct BudgetState {
    generation: u64,
    used_bytes: u64,
}

impl Budget {
    /// How many of these bytes may pass, and whether the connection is to be cut after them.
    pub(super) fn take(&self, setting: Setting, bytes: usize) -> (usize, bool) {
        let Mode::CutAfter { bytes: limit_bytes } = setting.mode else {
            return (bytes, false);
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.generation != setting.generation {
            *state = BudgetState { generation: setting.generation, used_bytes: 0 };
        }
        let left = usize::try_from(limit_bytes - state.used_bytes).unwrap_or(usize::MAX);
        let passed = bytes.min(left);
        state.used_bytes += passed as u64;
        (passed, passed == left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_ends_exactly_at_its_limit_and_begins_anew_with_each_switch() {
        let budget = Budget::default();
        let cut = |generation| Setting { generation, mode: Mode::CutAfter { bytes: 10 } };
        assert_eq!(budget.take(cut(1), 6), (6, false));
        assert_eq!(budget.take(cut(1), 6), (4, true));
        assert_eq!(budget.take(cut(1), 6), (0, true));
        assert_eq!(budget.take(cut(2), 10), (10, true));
        assert_eq!(budget.take(Setting { generation: 3, mode: Mode::Pass }, 99), (99, false));
    }

    #[test]
    fn one_way_silence_leaves_the_other_way_open() {
        let mode = Mode::Blackhole(Direction::ToClient);
        assert!(mode.swallows(Direction::ToClient) && !mode.swallows(Direction::ToServer));
        let both = Mode::Blackhole(Direction::Both);
        assert!(both.swallows(Direction::ToClient) && both.swallows(Direction::ToServer));
        assert!(!Mode::Pass.swallows(Direction::ToClient));
    }

    #[test]
    fn a_slow_link_is_as_slow_as_it_says() {
        let slow = Mode::Slow { bytes_per_s: 1000 };
        assert_eq!(slow.piece_bytes_max(), 50);
        assert_eq!(slow.delay(50), Duration::from_millis(50));
        assert_eq!(Mode::Slow { bytes_per_s: 2 }.delay(1), Duration::from_millis(500));
        assert_eq!(Mode::Pass.delay(1_000_000), Duration::ZERO);
    }
}
