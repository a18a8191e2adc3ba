//! What an event repeats is left out before it is scored and stored.

use innerwall_event::{Event, Timestamp};
use innerwall_features::{State, Surroundings};

/// Keeps contact details, and what is known of them, only where they differ from the user's: most
/// trackers send them with every event. Scoring again sees the same reduced event. Those sent for
/// the shared account of visitors who are not signed in are kept: its state knows none.
pub fn reduce(state: &State, event: &mut Event, around: &mut Surroundings) {
    if event.user_id.is_anonymous() {
        return;
    }
    leave_out(&mut event.email, state.email.as_ref());
    leave_out(&mut event.phone, state.phone.as_ref());
    if event.email.is_none() && around.email == state.contact.email {
        around.email = None;
    }
    if event.phone.is_none() && around.phone == state.contact.phone {
        around.phone = None;
    }
    // What the product refused changes nothing of these.
    if event.has_failed() {
        (event.first_name, event.last_name, event.full_name) = (None, None, None);
        event.user_created = None;
        return;
    }
    leave_out(&mut event.first_name, state.first_name.as_ref());
    leave_out(&mut event.last_name, state.last_name.as_ref());
    leave_out(&mut event.full_name, state.full_name.as_ref());
    if event.user_created.map(Timestamp::as_micros) == state.created_us {
        event.user_created = None;
    }
}

fn leave_out(sent: &mut Option<String>, known: Option<&String>) {
    if sent.as_ref() == known {
        *sent = None;
    }
}
