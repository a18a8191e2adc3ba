//! Attacks by reading: too much, or what is not for everybody.

use super::super::dice::Dice;
use super::super::pattern::Role;
use super::super::person::Seat;
use super::super::places::AGENTS;
use super::super::scene::{Scene, Who};
use super::super::shop;
use super::super::step::{Referer, Step};
use super::{anywhere, hosted};

const PROBES: [(&str, u16); 18] = [
    ("/.env", 404),
    ("/.git/config", 404),
    ("/wp-login.php", 404),
    ("/wp-admin/setup-config.php", 404),
    ("/phpmyadmin/index.php", 404),
    ("/xmlrpc.php", 404),
    ("/actuator/env", 404),
    ("/server-status", 403),
    ("/backup.sql", 404),
    ("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", 404),
    ("/download?file=../../../../etc/passwd", 400),
    ("/static?path=..%2f..%2f..%2fetc%2fshadow", 400),
    ("/search?q=1%27+OR+%271%27%3D%271", 500),
    ("/c/tents?sort=price)+UNION+SELECT+password", 500),
    ("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
    ("/.aws/credentials", 404),
    ("/cgi-bin/test.cgi", 404),
    ("/api/v1/users?limit=${jndi:ldap://x}", 400),
];

pub(super) fn scrape_from_hosting(scene: &mut Scene) {
    let who = reader(scene, hosted);
    scrape(scene, who, 220, (150, 900));
}

pub(super) fn scrape_from_home(scene: &mut Scene) {
    let country = scene.country();
    let who = scene.owner(Role::Attacker, country);
    scene.past(who);
    let home = scene.seat(who).clone();
    let at_home = scene.owner(Role::Bystander, country);
    scene.past_of(at_home, (8, 22), |scene| {
        let own = scene.person(at_home).home_seat();
        scene.sit(at_home, Seat { address: home.address.clone(), ..own });
        scene.visit(at_home, 3);
    });
    scene.visit(at_home, 3);
    scene.clock_us = 0;
    scrape(scene, who, 260, (500, 1_500));
}

/// Page after page of the catalogue.
fn scrape(scene: &mut Scene, who: Who, pages: u32, (least_ms, most_ms): (i64, i64)) {
    let first = 1_000 + scene.dice.below(400);
    for page in 0..pages {
        let url = format!("/c/tents/{}", first + page);
        scene.attack(who, Step::view(url, format!("Tents no. {page}")));
        scene.wait(least_ms, most_ms);
    }
}

pub(super) fn enumerate(scene: &mut Scene) {
    let who = reader(scene, anywhere);
    for number in 0..150 {
        let step = shop::rare_search(&mut scene.dice, number);
        scene.attack(who, step);
        scene.wait(600, 2_400);
    }
}

pub(super) fn scan(scene: &mut Scene) {
    let who = reader(scene, with_tool);
    for (url, code) in PROBES {
        scene.attack(who, Step::view(url, "").from(Referer::Absent).answered(code));
        scene.wait(100, 900);
    }
}

pub(super) fn crawl(scene: &mut Scene) {
    let who = reader(scene, with_tool);
    for _ in 0..40 {
        let is_product = scene.dice.percent(50);
        let dice = &mut scene.dice;
        let page = if is_product { shop::product(dice) } else { shop::thread(dice) };
        scene.attack(who, page.method("HEAD").from(Referer::Absent));
        scene.wait(150, 700);
    }
}

/// An account made to read with.
fn reader(scene: &mut Scene, seat: fn(&mut Dice) -> Seat) -> Who {
    let country = scene.country();
    let who = scene.newcomer(Role::Attacker, country);
    let seat = seat(&mut scene.dice);
    scene.sit(who, seat);
    scene.act(who, shop::register());
    scene.wait(3_000, 20_000);
    who
}

fn with_tool(dice: &mut Dice) -> Seat {
    let agent = *dice.pick(&AGENTS.tools);
    Seat { agent, ..anywhere(dice) }
}
