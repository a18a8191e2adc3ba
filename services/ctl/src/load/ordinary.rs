//! Ordinary lives, most of which look a little like an attack: one function for each kind.

mod devices;
mod habits;
mod networks;

use super::pattern::Kind;
use super::scene::Scene;

/// Writes the scene of a kind.
pub(super) fn play(kind: Kind, scene: &mut Scene) {
    match kind {
        Kind::Plain => habits::live(scene),
        Kind::OfficeNat => networks::work_in_office(scene),
        Kind::MobileCarrier => networks::share_carrier(scene),
        Kind::VpnUser => networks::stay_behind_vpn(scene),
        Kind::Traveller => networks::fly(scene),
        Kind::NetworkSwitch => networks::leave_home(scene),
        Kind::ForgottenPassword => habits::forget_password(scene),
        Kind::Family => devices::share(scene),
        Kind::NightWorker => habits::work_at_night(scene),
        Kind::PowerSearcher => habits::search(scene),
        Kind::BrowserUpdate => devices::update(scene),
        Kind::TwoDevices => devices::use_both(scene),
        Kind::HeavyUser => habits::automate(scene),
        Kind::SupportAgent => habits::support(scene),
    }
}
