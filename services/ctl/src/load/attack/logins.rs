//! Attacks on passwords.

use super::super::pattern::Role;
use super::super::person::Seat;
use super::super::places::{HOSTING, VPNS};
use super::super::scene::{Scene, Who};
use super::super::shop;
use super::{abroad, anywhere, hosted, kit, rented_address, takeover};

/// Of a hundred leaked names, how many have an account here.
const KNOWN_PERCENT: u32 = 30;

pub(super) fn guess(scene: &mut Scene) {
    let country = scene.country();
    let victim = scene.owner(Role::Victim, country);
    scene.past(victim);
    let seat = anywhere(&mut scene.dice);
    scene.sit(victim, seat);
    for _ in 0..scene.dice.between(20, 60) {
        scene.attack(victim, shop::failed_login());
        scene.wait(900, 5_000);
    }
}

pub(super) fn spray(scene: &mut Scene) {
    let seat = anywhere(&mut scene.dice);
    let seat = Seat { device: None, ..seat };
    let victims: Vec<Who> = (0..scene.dice.between(36, 60)).map(|_| victim(scene, 85)).collect();
    for victim in &victims {
        fail(scene, *victim, seat.clone());
        scene.wait(1_200, 5_000);
    }
    for victim in victims {
        if scene.dice.percent(25) {
            fail(scene, victim, seat.clone());
            scene.wait(1_200, 5_000);
        }
    }
}

pub(super) fn stuff_from_address(scene: &mut Scene) {
    let seat = anywhere(&mut scene.dice);
    let seat = Seat { device: None, ..seat };
    stuff(scene, 60, (300, 2_500), |_| seat.clone());
}

pub(super) fn stuff_from_prefix(scene: &mut Scene) {
    let prefix = scene.dice.pick(&HOSTING).prefix_24(&mut scene.dice);
    let bystander = neighbour(scene, format!("{prefix}.{}", 7));
    let agent = kit(&mut scene.dice);
    stuff(scene, 60, (400, 3_500), |scene| {
        let address = format!("{prefix}.{}", scene.dice.between(10, 250));
        Seat { address, agent, language: "en-US,en;q=0.9", device: None }
    });
    scene.browse(bystander, 2);
}

pub(super) fn stuff_from_network(scene: &mut Scene) {
    let networks = if scene.dice.percent(80) { &HOSTING } else { &VPNS };
    let network = scene.dice.pick(networks);
    let address = network.address(&mut scene.dice);
    let bystander = neighbour(scene, address);
    let agents = [kit(&mut scene.dice), kit(&mut scene.dice)];
    stuff(scene, 80, (400, 3_500), |scene| {
        let address = network.address(&mut scene.dice);
        let agent = *scene.dice.pick(&agents);
        Seat { address, agent, language: "en-US,en;q=0.9", device: None }
    });
    scene.browse(bystander, 2);
}

pub(super) fn stuff_from_device(scene: &mut Scene) {
    let device = abroad(&mut scene.dice);
    stuff(scene, 60, (1_500, 5_000), |scene| Seat {
        address: rented_address(&mut scene.dice),
        ..device.clone()
    });
}

pub(super) fn stuff_slowly(scene: &mut Scene) {
    let agent = kit(&mut scene.dice);
    stuff(scene, 75, (55_000, 65_000), |scene| {
        let is_hosted = scene.dice.percent(40);
        let hosted = hosted(&mut scene.dice);
        let address = if is_hosted { hosted.address } else { rented_address(&mut scene.dice) };
        Seat { address, agent, ..hosted }
    });
}

pub(super) fn stuff_and_take_over(scene: &mut Scene) {
    let seat = anywhere(&mut scene.dice);
    let seat = Seat { device: None, ..seat };
    for batch in 0..3 {
        stuff(scene, 10 + 4 * batch, (400, 2_500), |_| seat.clone());
        let country = scene.country();
        let victim = scene.owner(Role::Victim, country);
        scene.past(victim);
        scene.sit(victim, seat.clone());
        scene.attack(victim, shop::login());
        scene.wait(1_500, 6_000);
        takeover::empty(scene, victim);
    }
}

/// Tries so many leaked names.
fn stuff(
    scene: &mut Scene,
    tries: u32,
    (least_ms, most_ms): (i64, i64),
    mut seat: impl FnMut(&mut Scene) -> Seat,
) {
    for _ in 0..tries {
        let victim = victim(scene, KNOWN_PERCENT);
        let seat = seat(scene);
        fail(scene, victim, seat);
        scene.wait(least_ms, most_ms);
    }
}

/// Somebody whose name is tried; some of the names have an account.
fn victim(scene: &mut Scene, known_percent: u32) -> Who {
    if !scene.dice.percent(known_percent) {
        return scene.stranger();
    }
    let country = scene.country();
    let who = scene.owner(Role::Victim, country);
    scene.past(who);
    who
}

fn fail(scene: &mut Scene, victim: Who, seat: Seat) {
    scene.sit(victim, seat);
    scene.sign_in_anew(victim);
    scene.attack(victim, shop::failed_login());
}

/// Somebody honest who happens to be in the attacker's network.
fn neighbour(scene: &mut Scene, address: String) -> Who {
    let country = scene.country();
    let who = scene.owner(Role::Bystander, country);
    let seat = Seat { address, ..scene.seat(who).clone() };
    scene.past_of(who, (8, 22), |scene| {
        scene.sit(who, seat.clone());
        scene.visit(who, 3);
    });
    scene.sit(who, seat.clone());
    scene.visit(who, 3);
    scene.clock_us = 0;
    who
}
