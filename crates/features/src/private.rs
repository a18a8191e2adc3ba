//! Cells of windows that are kept in the state of their user: by user or by session.

use prost::Message;

use crate::state::State;
use crate::window::Cell;

/// Windows kept per user.
pub const PRIVATE_WINDOWS_MAX: usize = 32;
/// Keys kept per window: the newest sessions of the user.
pub const PRIVATE_KEYS_MAX: usize = 4;

/// The cell of one window for one key.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct PrivateCell {
    /// Identity of the window: the hash of its definition.
    #[prost(fixed64, tag = "1")]
    pub window: u64,
    /// Hash of the session; 0 for the user.
    #[prost(fixed64, tag = "2")]
    pub key: u64,
    #[prost(message, required, tag = "3")]
    pub cell: Cell,
}

impl State {
    /// The cell of a window for a key, when anything was counted.
    pub fn window(&self, window: u64, key: u64) -> Option<&Cell> {
        let is_sought = |known: &&PrivateCell| known.window == window && known.key == key;
        self.windows.iter().find(is_sought).map(|known| &known.cell)
    }

    /// The cell of a window for a key, to be counted in. Beyond the limits the keys and windows
    /// counted in longest ago are forgotten.
    pub fn window_mut(&mut self, window: u64, key: u64) -> &mut Cell {
        let is_sought = |known: &PrivateCell| known.window == window && known.key == key;
        let known = self.windows.iter().position(is_sought);
        let entry = match known {
            Some(at) => self.windows.remove(at),
            None => PrivateCell { window, key, cell: Cell::default() },
        };
        if known.is_none() {
            self.make_room(window);
        }
        self.windows.push(entry);
        let last = self.windows.len() - 1;
        &mut self.windows[last].cell
    }

    fn make_room(&mut self, window: u64) {
        let of_window = |known: &PrivateCell| known.window == window;
        if self.windows.iter().filter(|known| of_window(known)).count() >= PRIVATE_KEYS_MAX {
            if let Some(oldest) = self.windows.iter().position(of_window) {
                self.windows.remove(oldest);
            }
            return;
        }
        let mut newest: Vec<u64> = vec![window];
        for known in self.windows.iter().rev() {
            if !newest.contains(&known.window) {
                newest.push(known.window);
            }
        }
        newest.truncate(PRIVATE_WINDOWS_MAX);
        self.windows.retain(|known| newest.contains(&known.window));
    }
}

#[cfg(test)]
mod tests {
    use innerwall_event::Timestamp;

    use super::*;
    use crate::window::Span;

    #[test]
    fn only_the_newest_keys_and_windows_are_kept() {
        let (mut state, span, now) =
            (State::fresh(), Span::of_seconds(60), Timestamp::from_micros(5));
        for window in 0..40 {
            for key in 0..6 {
                state.window_mut(window, key).add(span, now, 0);
            }
        }
        assert_eq!(state.windows.len(), PRIVATE_WINDOWS_MAX * PRIVATE_KEYS_MAX);
        assert_eq!(state.window(7, 5), None);
        assert_eq!(state.window(8, 1), None);
        assert_eq!(state.window(8, 2).map(|cell| cell.count(span, now)), Some(1));
        state.window_mut(8, 2).add(span, now, 0);
        assert_eq!(state.window(8, 2).map(|cell| cell.count(span, now)), Some(2));
        assert_eq!(State::from_bytes(&state.to_bytes()).unwrap(), state);
    }
}
