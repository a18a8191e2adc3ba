//! What attackers do: one function for each pattern, grouped by what they are after.

mod accounts;
mod insider;
mod logins;
mod reading;
mod takeover;

pub(super) use self::insider::{employee, look_up};
use super::dice::Dice;
use super::pattern::Pattern;
use super::person::Seat;
use super::places::{AGENTS, COUNTRIES, HOSTING, ORIGINS};
use super::scene::Scene;

/// Writes the scene of a pattern.
pub(super) fn play(pattern: Pattern, scene: &mut Scene) {
    match pattern {
        Pattern::PasswordGuessing => logins::guess(scene),
        Pattern::PasswordSpraying => logins::spray(scene),
        Pattern::StuffingAddress => logins::stuff_from_address(scene),
        Pattern::StuffingPrefix => logins::stuff_from_prefix(scene),
        Pattern::StuffingNetwork => logins::stuff_from_network(scene),
        Pattern::StuffingDevice => logins::stuff_from_device(scene),
        Pattern::StuffingSlow => logins::stuff_slowly(scene),
        Pattern::StuffingTakeover => logins::stuff_and_take_over(scene),
        Pattern::RingDevice => accounts::ring_on_device(scene),
        Pattern::RingAddress => accounts::ring_behind_address(scene),
        Pattern::RegistrationBurst => accounts::register_numbered(scene),
        Pattern::RegistrationDisposable => accounts::register_disposable(scene),
        Pattern::PromoRing => accounts::redeem_together(scene),
        Pattern::ImpossibleTravel => takeover::travel(scene),
        Pattern::SessionHijack => takeover::hijack(scene),
        Pattern::AccountTakeover => takeover::take_over(scene),
        Pattern::DormantReturn => takeover::come_back(scene),
        Pattern::ScrapingHosting => reading::scrape_from_hosting(scene),
        Pattern::ScrapingResidential => reading::scrape_from_home(scene),
        Pattern::SearchEnumeration => reading::enumerate(scene),
        Pattern::Scanner => reading::scan(scene),
        Pattern::BotHead => reading::crawl(scene),
        Pattern::InsiderEdit => insider::edit(scene),
        Pattern::InsiderDelete => insider::delete(scene),
        Pattern::InsiderExport => insider::export(scene),
    }
}

/// A machine in a hosting network. Kits run without cookies.
fn hosted(dice: &mut Dice) -> Seat {
    let (address, agent) = (dice.pick(&HOSTING).address(dice), kit(dice));
    Seat { address, agent, language: "en-US,en;q=0.9", device: None }
}

/// The browser that a kit pretends to be.
fn kit(dice: &mut Dice) -> &'static str {
    dice.pick(&AGENTS.kits).as_str()
}

/// Somebody's computer in a country that the product has few customers in.
fn abroad(dice: &mut Dice) -> Seat {
    let origin = dice.pick(&ORIGINS);
    let (address, agent) = (origin.address(dice), *dice.pick(&AGENTS.desktops));
    Seat { address, agent, language: origin.language, device: Some(dice.bits()) }
}

/// Either of the two.
fn anywhere(dice: &mut Dice) -> Seat {
    if dice.percent(50) { hosted(dice) } else { abroad(dice) }
}

/// The address of a home whose owner knows nothing of it, rented by the minute.
fn rented_address(dice: &mut Dice) -> String {
    dice.pick(&COUNTRIES).home_address(dice)
}
