//! What the producer says about the account itself.

use innerwall_event::{Event, Timestamp};
use prost::Message;

use crate::device::short_hash;
use crate::flags::Flags;
use crate::memory::Noted;
use crate::state::State;
use crate::{EmailFacts, PhoneFacts, SharedFacts, SharedFlag, Surroundings, email};

/// E-mail addresses and phone numbers told apart per user.
pub(crate) const CONTACTS_MAX: usize = 8;

/// What is known of the newest e-mail address and phone number.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct Contact {
    #[prost(message, optional, tag = "1")]
    pub email: Option<EmailFacts>,
    #[prost(message, optional, tag = "2")]
    pub phone: Option<PhoneFacts>,
    /// Bits of [`SharedFlag`] for both.
    #[prost(message, optional, tag = "3")]
    pub flags: Option<Flags>,
    /// Users ever seen with the phone number; 0 when unknown.
    #[prost(uint32, tag = "4")]
    pub phone_users: u32,
}

/// Takes over the newest contact details. Those an event does not mention stay as they are, and
/// so do all when the product refused the event: an attempt changes nothing. A shared account has
/// none of its own.
pub(crate) fn learn(state: &mut State, event: &Event, around: &Surroundings) {
    if event.has_failed() || event.user_id.is_anonymous() {
        return;
    }
    replace(&mut state.first_name, event.first_name.as_ref());
    replace(&mut state.last_name, event.last_name.as_ref());
    replace(&mut state.full_name, event.full_name.as_ref());
    if replace(&mut state.email, event.email.as_ref()) {
        state.contact.forget_email();
    }
    if replace(&mut state.phone, event.phone.as_ref()) {
        state.contact.forget_phone();
    }
    tell_apart(&mut state.emails, state.email.as_deref().filter(|text| email::is_valid(text)));
    tell_apart(&mut state.phones, state.phone.as_deref());
    state.contact.learn(around);
    if let Some(created) = event.user_created {
        state.created_us = Some(created.as_micros());
    }
}

impl State {
    /// A state that knows how its user can be reached and nothing else.
    #[must_use]
    pub fn of_contact(&self) -> Self {
        let (email, phone) = (self.email.clone(), self.phone.clone());
        Self { contact: self.contact, email, phone, ..Self::fresh() }
    }

    /// Takes over what an event says about the account, as folding it does.
    pub fn learn_contact(&mut self, event: &Event, around: &Surroundings) {
        learn(self, event, around);
    }

    /// Takes over what lists say now, without an event: about the contact details, and when the
    /// user last came from a blocked address.
    pub fn relist(&mut self, flags: Flags, blocked_at: Option<Timestamp>) {
        for flag in [SharedFlag::EmailBlocked, SharedFlag::PhoneBlocked] {
            if let Some(answer) = flags.get(flag as u8) {
                let known = self.contact.flags.unwrap_or_default();
                self.contact.flags = Some(known.with(flag as u8, answer));
            }
        }
        self.memory.replace(Noted::BlockedAddress, blocked_at);
    }

    /// Whether an address of the user was blocked, whenever that was.
    pub fn was_at_blocked_address(&self) -> bool {
        self.memory.last_s(Noted::BlockedAddress).is_some()
    }

    /// Forgets the e-mail address, as before the user gave one.
    pub fn forget_email(&mut self) {
        self.email = None;
        self.contact.forget_email();
    }

    /// Forgets the phone number, as before the user gave one.
    pub fn forget_phone(&mut self) {
        self.phone = None;
        self.contact.forget_phone();
    }
}

/// Whether what is known has changed.
fn replace(known: &mut Option<String>, sent: Option<&String>) -> bool {
    let is_other = sent.is_some() && known.as_ref() != sent;
    if is_other {
        *known = sent.cloned();
    }
    is_other
}

fn tell_apart(known: &mut Vec<u32>, text: Option<&str>) {
    let Some(hash) = text.map(short_hash) else { return };
    if known.len() < CONTACTS_MAX && !known.contains(&hash) {
        known.push(hash);
    }
}

impl Contact {
    /// Of the e-mail address and phone number that one event carries.
    pub(crate) fn of(around: &Surroundings) -> Self {
        let mut contact = Self::default();
        contact.learn(around);
        contact
    }

    pub(crate) fn flag(&self, flag: SharedFlag) -> Option<bool> {
        self.flags.unwrap_or_default().get(flag as u8)
    }

    fn forget_email(&mut self) {
        self.email = None;
        self.flags = self.flags.map(|flags| flags.without(SharedFlag::EmailBlocked as u8));
    }

    fn forget_phone(&mut self) {
        (self.phone, self.phone_users) = (None, 0);
        self.flags = self.flags.map(|flags| flags.without(SharedFlag::PhoneBlocked as u8));
    }

    /// What the surroundings do not answer stays as it was.
    fn learn(&mut self, around: &Surroundings) {
        self.email = around.email.or(self.email);
        self.phone = around.phone.or(self.phone);
        let SharedFacts { phone_users, flags, .. } = around.shared;
        if phone_users != 0 {
            self.phone_users = phone_users;
        }
        for flag in [SharedFlag::EmailBlocked, SharedFlag::PhoneBlocked] {
            if let Some(answer) = flags.get(flag as u8) {
                let known = self.flags.unwrap_or_default();
                self.flags = Some(known.with(flag as u8, answer));
            }
        }
    }
}

/// Whole days since the account was made, or since the user was first seen when that is unknown.
pub(crate) fn age_days(state: &State, now: Timestamp) -> i64 {
    let created_us = state.created_us.unwrap_or(state.first_seen_us);
    now.days_since(Timestamp::from_micros(created_us)).max(0)
}

/// Whether the full name holds a digit; `None` when no name is known.
pub(crate) fn name_has_digit(state: &State) -> Option<bool> {
    let mut names =
        [&state.full_name, &state.first_name, &state.last_name].into_iter().flatten().peekable();
    names.peek()?;
    Some(names.any(|name| name.chars().any(char::is_numeric)))
}

/// Whether the first or the last name has a blank or hyphen inside; `None` when neither is known.
pub(crate) fn name_has_separator(state: &State) -> Option<bool> {
    let mut names = [&state.first_name, &state.last_name].into_iter().flatten().peekable();
    names.peek()?;
    Some(names.any(|name| name.trim().contains([' ', '-'])))
}
