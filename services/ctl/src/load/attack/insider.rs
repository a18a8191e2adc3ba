//! Attacks by employees, from their own desks and accounts.

use super::super::pattern::Role;
use super::super::places::Country;
use super::super::scene::{Scene, Who};
use super::super::shop;

/// The hour of the night at which nobody looks.
const NIGHT_HOUR: i64 = 2;

pub(super) fn edit(scene: &mut Scene) {
    let country = scene.country();
    let who = employee(scene, Role::Attacker, country);
    sit_down(scene, who);
    for _ in 0..scene.dice.between(120, 180) {
        let step = shop::edit_customer(&mut scene.dice);
        scene.attack(who, step);
        scene.wait(500, 2_000);
    }
}

pub(super) fn delete(scene: &mut Scene) {
    let country = scene.country();
    let who = employee(scene, Role::Attacker, country);
    sit_down(scene, who);
    for _ in 0..scene.dice.between(60, 100) {
        let step = shop::delete_customer(&mut scene.dice);
        scene.attack(who, step);
        scene.wait(700, 2_500);
    }
}

pub(super) fn export(scene: &mut Scene) {
    let country = scene.country_at(NIGHT_HOUR);
    let who = employee(scene, Role::Attacker, country);
    sit_down(scene, who);
    for page in 0..70 {
        let dice = &mut scene.dice;
        let step = if page % 3 == 2 { shop::customer(dice) } else { shop::export(dice) };
        scene.attack(who, step);
        scene.wait(500, 2_500);
    }
}

/// Somebody who looks customers up on working days.
pub(in crate::load) fn employee(scene: &mut Scene, role: Role, country: &'static Country) -> Who {
    let who = scene.owner(role, country);
    let desk = scene.person(who).office_seat();
    scene.past_of(who, (9, 17), |scene| {
        scene.sit(who, desk.clone());
        scene.sign_in_anew(who);
        scene.act(who, shop::login());
        look_up(scene, who, 8);
    });
    scene.sit(who, desk);
    who
}

/// Honest work: customers looked up, some of them changed.
pub(in crate::load) fn look_up(scene: &mut Scene, who: Who, customers: u32) {
    for _ in 0..customers {
        scene.wait(15_000, 90_000);
        let is_changed = scene.dice.percent(15);
        let dice = &mut scene.dice;
        let step = if is_changed { shop::edit_customer(dice) } else { shop::customer(dice) };
        scene.act(who, step);
    }
}

fn sit_down(scene: &mut Scene, who: Who) {
    scene.sign_in_anew(who);
    scene.act(who, shop::login());
    scene.wait(3_000, 20_000);
}
