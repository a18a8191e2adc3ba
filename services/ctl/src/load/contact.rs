//! Mail addresses and phone numbers.

use super::dice::Dice;
use super::places::Country;

const MAIL_PROVIDERS: [&str; 5] =
    ["gmail.com", "outlook.com", "yahoo.com", "icloud.com", "proton.me"];

pub(super) fn email(
    dice: &mut Dice,
    country: &Country,
    first_name: &str,
    last_name: &str,
) -> String {
    let (first, last) = (plain(first_name), plain(last_name));
    let number = dice.below(90) + 10;
    let local = match dice.below(4) {
        0 => format!("{first}.{last}"),
        1 => format!("{first}.{last}{number}"),
        2 => format!("{}{last}{number}", &first[..1]),
        _ => format!("{first}{last}"),
    };
    let is_local = dice.percent(35);
    let providers: &[&str] = if is_local { &country.mail_domains } else { &MAIL_PROVIDERS };
    format!("{local}@{}", dice.pick_early(providers))
}

pub(super) fn phone(dice: &mut Dice, country: &Country) -> String {
    format!("{}{}", country.calling_code, dice.between(600_000_000, 799_999_999))
}

/// A name as it is written in mail addresses: lower-case letters of ASCII.
fn plain(name: &str) -> String {
    const ACCENTED: &str = "áàâãäåąçčćéèêëęğíìîïıłñńóòôõöøśşúùûüźżýž";
    const BARE: &str = "aaaaaaaccceeeeegiiiiilnnoooooossuuuuzzyz";
    let bare = |letter: char| {
        let position = ACCENTED.chars().position(|accented| accented == letter);
        position.and_then(|position| BARE.chars().nth(position)).unwrap_or(letter)
    };
    let letters = name.to_lowercase().chars().map(bare).collect::<Vec<_>>();
    letters.into_iter().filter(char::is_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelt_plainly_in_mail_addresses() {
        assert_eq!(plain("Élise van den Berg-Öztürk"), "elisevandenbergozturk");
        assert_eq!(plain("Łukasz O'Brien"), "lukaszobrien");
    }
}
