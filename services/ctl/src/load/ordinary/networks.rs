//! People whose networks are shared or change.

use super::super::pattern::Role;
use super::super::person::{HOUR_US, Seat};
use super::super::places::{COUNTRIES, VPNS};
use super::super::scene::{Scene, Who};
use super::super::shop;

const COLLEAGUES: usize = 55;
const PHONES: usize = 40;
const MINUTE_US: i64 = 60_000_000;

pub(super) fn work_in_office(scene: &mut Scene) {
    let country = scene.country_at(9);
    let address = country.line_address(&mut scene.dice);
    for _ in 0..COLLEAGUES {
        let who = scene.owner(Role::Normal, country);
        let desk = Seat { address: address.clone(), ..scene.person(who).office_seat() };
        scene.sit(who, desk);
        scene.past_of(who, (8, 10), |scene| begin_the_day(scene, who));
        scene.clock_us = scene.dice.between(0, 18 * MINUTE_US);
        begin_the_day(scene, who);
    }
}

/// Signs in, which does not always work at once.
fn begin_the_day(scene: &mut Scene, who: Who) {
    scene.sign_in_anew(who);
    let mistakes = match scene.dice.below(100) {
        0..3 => 2,
        3..14 => 1,
        _ => 0,
    };
    for _ in 0..mistakes {
        scene.act(who, shop::failed_login());
        scene.wait(4_000, 15_000);
    }
    scene.act(who, shop::login());
    scene.wait(2_000, 9_000);
    let pages = 1 + scene.dice.below(4);
    scene.browse(who, pages);
}

pub(super) fn share_carrier(scene: &mut Scene) {
    let country = scene.country();
    let prefix = country.mobile_prefix_24(&mut scene.dice);
    for _ in 0..PHONES {
        let who = scene.owner(Role::Normal, country);
        scene.past_of(who, (7, 22), |scene| use_phone(scene, who, &prefix));
        scene.clock_us = scene.dice.between(0, 12 * MINUTE_US);
        use_phone(scene, who, &prefix);
    }
}

/// The carrier gives another address whenever the phone wakes.
fn use_phone(scene: &mut Scene, who: Who, prefix: &str) {
    scene.sign_in_anew(who);
    for is_first in [true, false] {
        let address = format!("{prefix}.{}", scene.dice.between(1, 60));
        let phone = scene.person(who).mobile_seat();
        scene.sit(who, Seat { address, ..phone });
        if is_first && scene.dice.percent(30) {
            if scene.dice.percent(12) {
                scene.act(who, shop::failed_login());
                scene.wait(4_000, 15_000);
            }
            scene.act(who, shop::login());
            scene.wait(2_000, 6_000);
        }
        scene.browse(who, 2);
    }
}

pub(super) fn stay_behind_vpn(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    // The same exit most of the time, as VPN programs choose the nearest.
    let network = scene.dice.pick(&VPNS);
    let prefix = network.prefix_24(&mut scene.dice);
    let connect = |scene: &mut Scene| {
        let address = format!("{prefix}.{}", scene.dice.between(2, 60));
        let home = scene.person(who).home_seat();
        scene.sit(who, Seat { address, ..home });
        scene.visit(who, 4);
    };
    scene.past_of(who, (8, 22), connect);
    connect(scene);
}

/// At home ten hours ago, on another continent now, which is as long as the flight takes.
pub(super) fn fly(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    scene.clock_us = -scene.dice.between(11, 15) * HOUR_US;
    let phone = scene.person(who).mobile_seat();
    scene.sit(who, phone.clone());
    scene.visit(who, 2);
    scene.clock_us = 0;
    let far = |there: &&super::super::places::Country| {
        (there.hours_east - country.hours_east).abs() >= 4 && there.language != country.language
    };
    let places: Vec<_> = COUNTRIES.iter().filter(far).collect();
    let there = *scene.dice.pick(&places);
    let address = there.line_address(&mut scene.dice);
    scene.sit(who, Seat { address, ..phone });
    scene.visit(who, 5);
}

pub(super) fn leave_home(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    let phone = scene.person(who).handheld_seat();
    scene.sit(who, phone);
    scene.visit(who, 4);
    // The session goes on, as its cookie is the phone's.
    let outside = scene.person(who).mobile_seat();
    scene.sit(who, outside);
    scene.wait(20_000, 90_000);
    scene.browse(who, 4);
}
