//! People with habits of their own.

use super::super::attack::{employee, look_up};
use super::super::pattern::Role;
use super::super::person::Seat;
use super::super::places::AGENTS;
use super::super::scene::Scene;
use super::super::shop;

pub(super) fn live(scene: &mut Scene) {
    let country = scene.country();
    let is_new = scene.dice.percent(4);
    if is_new {
        let who = scene.newcomer(Role::Normal, country);
        scene.act(who, shop::register());
        scene.wait(4_000, 20_000);
        scene.browse(who, 5);
        return;
    }
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    let (person, place) = (scene.person(who), scene.setting.first_number % 10);
    let seat = match place {
        0..6 => person.home_seat(),
        6..9 => person.handheld_seat(),
        _ => person.mobile_seat(),
    };
    scene.sit(who, seat);
    let pages = 2 + scene.dice.zipf(12);
    scene.visit(who, pages);
}

pub(super) fn forget_password(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    scene.act(who, shop::home());
    for _ in 0..scene.dice.between(3, 5) {
        scene.wait(5_000, 20_000);
        scene.act(who, shop::failed_login());
    }
    scene.wait(8_000, 20_000);
    scene.act(who, shop::ask_for_reset());
    scene.wait(40_000, 120_000);
    scene.act(who, shop::change_password());
    scene.wait(3_000, 9_000);
    scene.act(who, shop::login());
    scene.wait(3_000, 9_000);
    scene.browse(who, 4);
}

pub(super) fn work_at_night(scene: &mut Scene) {
    let country = scene.country_at(2);
    let who = scene.owner(Role::Normal, country);
    scene.past_of(who, (1, 5), |scene| scene.visit(who, 4));
    scene.visit(who, 6);
}

pub(super) fn search(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    scene.past(who);
    scene.visit(who, 2);
    for _ in 0..scene.dice.between(15, 25) {
        let step = shop::search(&mut scene.dice);
        scene.act(who, step);
        scene.wait(5_000, 15_000);
        let step = shop::product(&mut scene.dice);
        scene.act(who, step);
        scene.wait(4_000, 12_000);
    }
}

/// A program that keeps the user's own books in step, every few seconds in the scene.
pub(super) fn automate(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Normal, country);
    if scene.dice.percent(30) {
        let agent = *scene.dice.pick(&AGENTS.tools[..3]);
        let seat = Seat { agent, device: None, ..scene.seat(who).clone() };
        scene.sit(who, seat);
    }
    scene.past_of(who, (7, 20), |scene| {
        scene.sign_in_anew(who);
        for _ in 0..12 {
            let step = shop::api_call(&mut scene.dice);
            scene.act(who, step);
            scene.wait(3_000, 6_000);
        }
    });
    for _ in 0..90 {
        let step = shop::api_call(&mut scene.dice);
        scene.act(who, step);
        scene.wait(3_000, 6_000);
    }
}

pub(super) fn support(scene: &mut Scene) {
    let country = scene.country_at(11);
    let who = employee(scene, Role::Normal, country);
    scene.sign_in_anew(who);
    scene.act(who, shop::login());
    look_up(scene, who, 20);
}
