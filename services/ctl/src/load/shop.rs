//! Pages of the made-up product: a shop with a forum.

use super::dice::Dice;
use super::step::Step;

const CATEGORIES: [(&str, &str); 8] = [
    ("bikes", "Bikes"),
    ("tents", "Tents"),
    ("lamps", "Lamps"),
    ("boots", "Boots"),
    ("jackets", "Jackets"),
    ("backpacks", "Backpacks"),
    ("stoves", "Stoves"),
    ("maps", "Maps and guides"),
];
const SORTS: [&str; 4] = ["popular", "price", "rating", "newest"];
const SEARCHES: [&str; 12] = [
    "rain jacket",
    "kids bike 20 inch",
    "two person tent",
    "head lamp rechargeable",
    "hiking boots size 43",
    "gas stove",
    "backpack 40l",
    "bike light",
    "sleeping bag",
    "trail map",
    "waterproof matches",
    "bottle cage",
];
const TOPICS: [&str; 8] = [
    "Which tent for a windy coast",
    "Brake pads wear out too fast",
    "Trip report: three days in the hills",
    "Selling my old touring bike",
    "Best lamp for early commutes",
    "Boots: leather or synthetic",
    "Sizing of the new jackets",
    "Routes near the lake",
];

pub(super) fn home() -> Step {
    Step::view("/", "Outdoor shop")
}

pub(super) fn category(dice: &mut Dice) -> Step {
    let (path, name) = dice.pick(&CATEGORIES);
    let (sort, page) = (dice.pick(&SORTS), dice.between(1, 6));
    Step::view(format!("/c/{path}?sort={sort}&page={page}"), *name)
}

pub(super) fn product(dice: &mut Dice) -> Step {
    let (path, name) = dice.pick(&CATEGORIES);
    let number = dice.zipf(800);
    let url = format!("/c/{path}/{}?utm_source=list", 1000 + number);
    Step::view(url, format!("{name} no. {number}"))
}

pub(super) fn search(dice: &mut Dice) -> Step {
    let words = *dice.pick(&SEARCHES);
    search_for(dice, words)
}

/// A search that few others make: `number` decides the words.
pub(super) fn rare_search(dice: &mut Dice, number: u32) -> Step {
    let words = SEARCHES[number as usize % SEARCHES.len()];
    search_for(dice, &format!("{words} {}", 100 + number))
}

pub(super) fn search_for(dice: &mut Dice, words: &str) -> Step {
    let results = dice.below(90);
    let url = format!("/search?q={}", words.replace(' ', "+"));
    let details = format!(r#","payload":{{"query":"{words}","results":{results}}}"#);
    Step::view(url, "Search").kind("page_search").with(details)
}

pub(super) fn thread(dice: &mut Dice) -> Step {
    let number = dice.zipf(400);
    let topic = TOPICS[usize::try_from(number).unwrap_or_default() % TOPICS.len()];
    Step::view(format!("/forum/t/{}?page={}", 200 + number, dice.between(1, 4)), topic)
}

pub(super) fn reply(dice: &mut Dice) -> Step {
    let url = format!("/forum/t/{}/reply", 200 + dice.zipf(400));
    let details = format!(r#","payload":{{"length":{}}}"#, dice.between(40, 900));
    Step::post("page_edit", url, "Reply").with(details)
}

pub(super) fn delete_reply(dice: &mut Dice) -> Step {
    let url = format!("/forum/p/{}", 9000 + dice.below(5000));
    Step::post("page_delete", url, "Delete post").method("DELETE").answered(204)
}

pub(super) fn add_to_cart(dice: &mut Dice) -> Step {
    let product = 1000 + dice.zipf(800);
    let custom = format!(r#""product":{product},"quantity":1"#);
    Step::post("cart_add", "/cart", "Cart").custom(custom)
}

pub(super) fn purchase(dice: &mut Dice, currency: &str) -> Step {
    let (order, items) = (100_000 + dice.below(900_000), dice.between(1, 4));
    let (whole, cents) = (dice.between(9, 240), dice.below(100));
    let details = format!(r#","amount":"{whole}.{cents:02}","currency":"{currency}""#);
    let custom = format!(r#""order_id":"{order}","items":{items}"#);
    Step::post("purchase", "/checkout/pay", "Checkout").answered(200).with(details).custom(custom)
}

/// A cheap order that a coupon makes cheaper.
pub(super) fn redeem(dice: &mut Dice, currency: &str, coupon: &str) -> Step {
    let order = 100_000 + dice.below(900_000);
    let details = format!(r#","amount":"{}.00","currency":"{currency}""#, dice.between(1, 6));
    let custom = format!(r#""order_id":"{order}","items":1,"coupon":"{coupon}""#);
    Step::post("purchase", "/checkout/pay", "Checkout").answered(200).with(details).custom(custom)
}

pub(super) fn edit_profile(dice: &mut Dice) -> Step {
    let (old, new) = (dice.between(1, 98), dice.between(1, 98));
    let change = format!(
        r#"{{"field_id":"street","field_name":"Street","old_value":"Mill Lane {old}","new_value":"Mill Lane {new}"}}"#
    );
    Step::post("account_edit", "/account/address", "Address")
        .with(format!(r#","field_history":[{change}]"#))
}

/// A change of a listing in the market of the forum.
pub(super) fn edit_listing(dice: &mut Dice) -> Step {
    let (listing, old, new) = (dice.below(900), dice.between(20, 300), dice.between(20, 300));
    let change = format!(
        r#"{{"field_id":"price","field_name":"Price","old_value":"{old}","new_value":"{new}","parent_id":"{listing}","parent_name":"Listing {listing}"}}"#
    );
    Step::post("field_edit", format!("/market/{listing}"), "Listing")
        .answered(200)
        .with(format!(r#","field_history":[{change}]"#))
}

/// A page of a customer, as employees of the shop see it.
pub(super) fn customer(dice: &mut Dice) -> Step {
    let number = dice.below(40_000);
    Step::view(format!("/admin/customers/{number}?tab=orders"), format!("Customer {number}"))
}

/// A change of a customer's record by an employee.
pub(super) fn edit_customer(dice: &mut Dice) -> Step {
    let (customer, old, new) = (dice.below(40_000), dice.below(9_000), dice.below(9_000));
    let change = format!(
        r#"{{"field_id":"credit","field_name":"Credit","old_value":"{old}","new_value":"{new}","parent_id":"{customer}","parent_name":"Customer {customer}"}}"#
    );
    Step::post("field_edit", format!("/admin/customers/{customer}"), "Customer")
        .answered(200)
        .with(format!(r#","field_history":[{change}]"#))
}

pub(super) fn delete_customer(dice: &mut Dice) -> Step {
    let customer = dice.below(40_000);
    Step::post("page_delete", format!("/admin/customers/{customer}"), "Customer")
        .method("DELETE")
        .answered(204)
}

/// A file of many customers.
pub(super) fn export(dice: &mut Dice) -> Step {
    let (page, rows) = (dice.below(200), dice.between(500, 5_000));
    let url = format!("/admin/export/customers.csv?page={page}");
    let details = format!(r#","payload":{{"rows":{rows}}}"#);
    Step::view(url, "Export").kind("data_export").with(details)
}

/// A request of a program that a customer wrote against the shop's interface.
pub(super) fn api_call(dice: &mut Dice) -> Step {
    Step::view(format!("/api/v2/orders?after={}", dice.below(90_000)), "")
}

pub(super) fn ask_for_reset() -> Step {
    Step::post("password_reset_request", "/login/forgot", "Forgot password")
}

pub(super) fn missing(dice: &mut Dice) -> Step {
    let url = format!("/c/sale/{}", dice.below(500));
    Step::view(url, "Page not found").kind("page_error").answered(404)
}

pub(super) fn broken() -> Step {
    Step::view("/forum/latest", "Something went wrong").kind("page_error").answered(503)
}

pub(super) fn login() -> Step {
    Step::post("account_login", "/login", "Sign in")
}

pub(super) fn failed_login() -> Step {
    Step::post("account_login_fail", "/login", "Sign in").answered(401)
}

pub(super) fn register() -> Step {
    Step::post("account_registration", "/register", "Register").answered(201)
}

pub(super) fn change_password() -> Step {
    Step::post("account_password_change", "/account/password", "Password")
}

pub(super) fn change_email() -> Step {
    Step::post("account_email_change", "/account/email", "E-mail address")
}

pub(super) fn logout() -> Step {
    Step::post("account_logout", "/logout", "Signed out")
}
