//! The user's devices.

use innerwall_event::{Event, stable_hash64};
use prost::Message;

use crate::flags::Flags;
use crate::memory::Noted;
use crate::state::State;
use crate::{DeviceFlag, DeviceKind, Surroundings};

/// Devices remembered per user; the one seen longest ago is forgotten first.
pub(crate) const DEVICES_MAX: usize = 20;
/// A device counts as new for this long after it was first seen with the user.
const NEW_US: i64 = 10_800 * 1_000_000;
/// Bit beside those of [`DeviceFlag`]: the user agent is suspicious.
pub(crate) const SUSPICIOUS: u8 = 31;

/// A device of the user.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Device {
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(int64, tag = "2")]
    pub first_us: i64,
    #[prost(int64, tag = "3")]
    pub last_us: i64,
    /// Main language, lower-case, such as `en`; empty when none was sent.
    #[prost(string, tag = "4")]
    pub language: String,
    /// Absent while no user agent was judged.
    #[prost(enumeration = "DeviceKind", optional, tag = "5")]
    pub kind: Option<i32>,
    /// Hash of the operating system, enough to count them; 0 when unknown.
    #[prost(fixed32, tag = "6")]
    pub system: u32,
    /// Bits of [`DeviceFlag`] as of the newest event, and [`SUSPICIOUS`].
    #[prost(message, optional, tag = "7")]
    pub flags: Option<Flags>,
}

/// How new the device of an event is to the user.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DeviceNovelty {
    pub(crate) is_first_seen: bool,
    /// First seen less than three hours before the event.
    pub(crate) is_new: bool,
    /// The device is new and no other device of the user has its language.
    pub(crate) is_language_new: bool,
}

/// Main language of an `Accept-Language` value: `de-CH,de;q=0.9` gives `de`.
pub fn main_language(accept_language: Option<&str>) -> String {
    let first = accept_language.unwrap_or_default().split(',').next().unwrap_or_default();
    let tag = first.split(';').next().unwrap_or_default();
    let primary = tag.split('-').next().unwrap_or_default().trim();
    primary.chars().take(8).collect::<String>().to_lowercase()
}

/// Notes the device and what its user agent says.
pub(crate) fn see(
    state: &mut State,
    event: &Event,
    around: &Surroundings,
    is_suspicious: bool,
) -> DeviceNovelty {
    let language = main_language(event.language.as_deref());
    state.memory.answer(Noted::NoUserAgent, Some(event.user_agent.is_none()), event.time);
    state.memory.answer(Noted::NoLanguage, Some(language.is_empty()), event.time);
    let time_us = event.time.as_micros();
    let known = state.devices.iter().position(|device| device.id == around.device.id);
    let at = known.unwrap_or_else(|| add(state, around.device.id, &language, time_us));
    let device = &mut state.devices[at];
    device.first_us = device.first_us.min(time_us);
    if time_us >= device.last_us {
        device.last_us = time_us;
        device.learn(around, is_suspicious);
    }
    let is_new = time_us - device.first_us < NEW_US;
    let others = || state.devices.iter().enumerate().filter(|(other, _)| *other != at);
    let is_lone =
        others().next().is_some() && others().all(|(_, other)| other.language != language);
    DeviceNovelty { is_first_seen: known.is_none(), is_new, is_language_new: is_new && is_lone }
}

fn add(state: &mut State, id: u64, language: &str, time_us: i64) -> usize {
    if state.devices.len() >= DEVICES_MAX {
        let oldest = state.devices.iter().enumerate().min_by_key(|(_, device)| device.last_us);
        if let Some((oldest, _)) = oldest {
            state.devices.remove(oldest);
        }
    }
    state.devices_total += 1;
    let language = language.to_owned();
    let device = Device { id, first_us: time_us, last_us: time_us, language, ..Device::default() };
    state.devices.push(device);
    state.devices.len() - 1
}

impl Device {
    fn learn(&mut self, around: &Surroundings, is_suspicious: bool) {
        let facts = &around.device;
        self.flags = Some(facts.flags.with(SUSPICIOUS, is_suspicious));
        // Without a parser the kind is not judged, which is not the same as not recognised.
        let is_judged = facts.flags.get(DeviceFlag::Bot as u8).is_some()
            || facts.flags.get(DeviceFlag::Empty as u8) == Some(true);
        let is_known = facts.kind != i32::from(DeviceKind::Unknown);
        self.kind = (is_known || is_judged).then_some(facts.kind);
        if !facts.system.is_empty() {
            self.system = short_hash(&facts.system);
        }
    }

    pub(crate) fn flag(&self, bit: u8) -> Option<bool> {
        self.flags.unwrap_or_default().get(bit)
    }

    /// The kind, when a user agent was judged.
    pub(crate) fn judged_kind(&self) -> Option<DeviceKind> {
        DeviceKind::try_from(self.kind?).ok()
    }
}

/// 32 bits are enough where a user has a handful of texts to tell apart.
pub(crate) fn short_hash(text: &str) -> u32 {
    u32::try_from(stable_hash64(&[text.as_bytes()]) >> 32).unwrap_or_default()
}
