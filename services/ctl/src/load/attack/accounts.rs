//! Attacks with many accounts of one's own.

use super::super::pattern::Role;
use super::super::person::Seat;
use super::super::places::{AGENTS, Country};
use super::super::scene::{Scene, Who};
use super::super::shop;
use super::{abroad, hosted};

const DISPOSABLE: [&str; 8] = [
    "mailinator.com",
    "guerrillamail.com",
    "yopmail.com",
    "10minutemail.com",
    "sharklasers.com",
    "trashmail.com",
    "dispostable.com",
    "maildrop.cc",
];

pub(super) fn ring_on_device(scene: &mut Scene) {
    let country = scene.country();
    let (agent, device) = (*scene.dice.pick_early(&AGENTS.desktops), Some(scene.dice.bits()));
    ring(scene, country, |scene| {
        // The router is switched off and on between two accounts.
        let address = country.home_address(&mut scene.dice);
        Seat { address, agent, language: country.language, device }
    });
}

pub(super) fn ring_behind_address(scene: &mut Scene) {
    let country = scene.country();
    let address = country.home_address(&mut scene.dice);
    ring(scene, country, |scene| {
        let agent = *scene.dice.pick(&AGENTS.desktops);
        let device = Some(scene.dice.bits());
        Seat { address: address.clone(), agent, language: country.language, device }
    });
}

/// One person registers several accounts and uses them one after the other.
fn ring(scene: &mut Scene, country: &'static Country, mut seat: impl FnMut(&mut Scene) -> Seat) {
    for _ in 0..scene.dice.between(6, 9) {
        let who = scene.newcomer(Role::Attacker, country);
        let seat = seat(scene);
        register(scene, who, seat);
        for _ in 0..scene.dice.between(2, 4) {
            scene.wait(3_000, 9_000);
            let step = shop::reply(&mut scene.dice);
            scene.attack(who, step);
        }
        scene.wait(2_000, 6_000);
        scene.attack(who, shop::logout());
        scene.wait(4_000, 12_000);
    }
}

pub(super) fn register_numbered(scene: &mut Scene) {
    let word = *scene.dice.pick(&["anna", "max", "shopfan", "lisa", "deal", "user"]);
    let domain = *scene.dice.pick(&["gmail.com", "outlook.com", "yahoo.com"]);
    let first = scene.dice.between(1_000, 9_000);
    burst(scene, 30, |_, index| format!("{word}{}@{domain}", first + index));
}

pub(super) fn register_disposable(scene: &mut Scene) {
    burst(scene, 20, |scene, _| {
        let domain = *scene.dice.pick(&DISPOSABLE);
        format!("{:x}@{domain}", scene.dice.between(1 << 24, 1 << 36))
    });
}

/// A script registers accounts.
fn burst(scene: &mut Scene, count: i64, mut email: impl FnMut(&mut Scene, i64) -> String) {
    let machine = hosted(&mut scene.dice);
    let country = scene.country();
    for index in 0..count {
        let who = scene.newcomer(Role::Attacker, country);
        let email = email(scene, index);
        scene.set_email(who, email);
        register(scene, who, machine.clone());
        scene.wait(2_000, 7_000);
    }
}

pub(super) fn redeem_together(scene: &mut Scene) {
    let country = scene.country();
    let is_device_shared = scene.dice.percent(50);
    let shared = abroad(&mut scene.dice);
    let home = country.home_address(&mut scene.dice);
    let coupon = format!("WELCOME{}", scene.dice.between(100, 999));
    for _ in 0..8 {
        let who = scene.newcomer(Role::Attacker, country);
        let own = scene.seat(who).clone();
        let seat = if is_device_shared {
            Seat { agent: shared.agent, device: shared.device, ..own }
        } else {
            Seat { address: home.clone(), ..own }
        };
        register(scene, who, seat);
        scene.wait(4_000, 9_000);
        let step = shop::product(&mut scene.dice);
        scene.attack(who, step);
        scene.wait(3_000, 9_000);
        let step = shop::redeem(&mut scene.dice, country.currency, &coupon);
        scene.attack(who, step);
        scene.wait(5_000, 15_000);
    }
}

fn register(scene: &mut Scene, who: Who, seat: Seat) {
    scene.sit(who, seat);
    scene.attack(who, shop::register());
}
