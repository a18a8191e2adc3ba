//! People whose devices are shared or change.

use super::super::pattern::Role;
use super::super::person::Seat;
use super::super::places::AGENTS;
use super::super::scene::Scene;
use super::super::shop;

pub(super) fn share(scene: &mut Scene) {
    let country = scene.country();
    let first = scene.owner(Role::Normal, country);
    let computer = scene.person(first).home_seat();
    let mut members = vec![first];
    for _ in 0..scene.dice.between(1, 2) {
        members.push(scene.owner(Role::Normal, country));
    }
    for who in members {
        scene.past_of(who, (9, 21), |scene| {
            scene.sit(who, computer.clone());
            scene.visit(who, 3);
        });
        scene.sit(who, computer.clone());
        scene.visit(who, 3);
        scene.act(who, shop::logout());
        scene.wait(20_000, 60_000);
    }
}

/// The version before the one of today has the same cookie.
pub(super) fn update(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    let old = AGENTS.desktops[5];
    let home = scene.person(who).home_seat();
    let before = Seat { agent: old, ..home.clone() };
    scene.past_of(who, (8, 22), |scene| {
        scene.sit(who, before.clone());
        scene.visit(who, 4);
    });
    scene.sit(who, Seat { agent: AGENTS.desktops[0], ..home });
    scene.visit(who, 6);
}

pub(super) fn use_both(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    let (computer, phone) = (scene.person(who).home_seat(), scene.person(who).handheld_seat());
    for seat in [computer, phone] {
        scene.clock_us = scene.dice.between(0, 9_000_000);
        scene.sit(who, seat);
        scene.visit(who, 6);
    }
}
