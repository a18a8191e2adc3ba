//! Attacks on accounts whose password or session the attacker already has.

use super::super::pattern::Role;
use super::super::person::{DAY_US, HOUR_US, Seat};
use super::super::places::{AGENTS, ORIGINS};
use super::super::scene::{Scene, Who};
use super::super::shop;
use super::super::step::{Referer, Step};
use super::{abroad, anywhere};

pub(super) fn take_over(scene: &mut Scene) {
    let victim = accustomed(scene);
    arrive(scene, victim);
    if scene.dice.percent(60) {
        scene.attack(victim, shop::failed_login());
        scene.wait(3_000, 9_000);
    }
    scene.attack(victim, shop::login());
    scene.wait(1_500, 9_000);
    empty(scene, victim);
}

/// Locks the owner out and takes what there is.
pub(super) fn empty(scene: &mut Scene, victim: Who) {
    scene.attack(victim, Step::view("/account", "Your account"));
    scene.wait(1_500, 9_000);
    scene.attack(victim, shop::change_password());
    scene.wait(1_500, 9_000);
    let domain = *scene.dice.pick(&["mail.ru", "proton.me", "gmail.com", "yopmail.com"]);
    let email = format!("mx{}@{domain}", scene.dice.between(10_000, 99_999));
    scene.set_email(victim, email);
    scene.attack(victim, shop::change_email());
    scene.wait(1_500, 9_000);
    let step = shop::edit_profile(&mut scene.dice);
    scene.attack(victim, step);
    for _ in 0..scene.dice.between(1, 3) {
        scene.wait(2_000, 12_000);
        buy(scene, victim);
    }
}

pub(super) fn travel(scene: &mut Scene) {
    let victim = accustomed(scene);
    scene.visit(victim, 3);
    scene.wait(30_000, 90_000);
    // The far side of the world, minutes after a visit from home.
    let origin = scene.dice.pick(&ORIGINS);
    let (address, agent) = (origin.address(&mut scene.dice), scene.seat(victim).agent);
    let device = Some(scene.dice.bits());
    scene.sit(victim, Seat { address, agent, language: origin.language, device });
    scene.sign_in_anew(victim);
    scene.attack(victim, shop::login());
    for (url, title) in [("/account", "Your account"), ("/account/payment", "Payment")] {
        scene.wait(2_000, 9_000);
        scene.attack(victim, Step::view(url, title));
    }
    scene.wait(2_000, 9_000);
    buy(scene, victim);
}

pub(super) fn hijack(scene: &mut Scene) {
    let victim = accustomed(scene);
    scene.visit(victim, 4);
    // The session stays: its cookie was stolen.
    let seat = anywhere(&mut scene.dice);
    let device = Some(scene.dice.bits());
    scene.sit(victim, Seat { device, ..seat });
    scene.attack(victim, Step::view("/account", "Your account").from(Referer::Absent));
    scene.wait(1_000, 5_000);
    scene.attack(victim, Step::view("/account/payment", "Payment"));
    scene.wait(1_000, 5_000);
    let step = shop::edit_profile(&mut scene.dice);
    scene.attack(victim, step);
    scene.wait(1_000, 5_000);
    buy(scene, victim);
    scene.wait(1_000, 5_000);
    scene.attack(victim, Step::view("/account/orders", "Orders"));
}

pub(super) fn come_back(scene: &mut Scene) {
    let country = scene.country();
    let victim = scene.old_owner(Role::Victim, country, 400);
    for day in [240, 238, 233] {
        scene.clock_us = 2 * HOUR_US - (day + scene.dice.between(0, 1)) * DAY_US;
        scene.visit(victim, 4);
    }
    scene.clock_us = 0;
    scene.sign_in_anew(victim);
    arrive(scene, victim);
    scene.attack(victim, shop::login());
    scene.wait(2_000, 9_000);
    scene.attack(victim, Step::view("/account", "Your account"));
    scene.wait(2_000, 9_000);
    scene.attack(victim, shop::change_email());
    for _ in 0..3 {
        scene.wait(2_000, 9_000);
        let step = shop::product(&mut scene.dice);
        scene.attack(victim, step);
    }
    buy(scene, victim);
}

/// An account with habits.
fn accustomed(scene: &mut Scene) -> Who {
    let country = scene.country();
    let who = scene.owner(Role::Victim, country);
    scene.past(who);
    who
}

/// The attacker takes over the seat, in a session of its own.
fn arrive(scene: &mut Scene, victim: Who) {
    let seat = abroad(&mut scene.dice);
    let is_phone = scene.dice.percent(20);
    let agent = if is_phone { *scene.dice.pick(&AGENTS.phones) } else { seat.agent };
    scene.sit(victim, Seat { agent, ..seat });
    scene.sign_in_anew(victim);
}

fn buy(scene: &mut Scene, who: Who) {
    let currency = scene.person(who).country.currency;
    let step = shop::purchase(&mut scene.dice, currency);
    scene.attack(who, step);
}
