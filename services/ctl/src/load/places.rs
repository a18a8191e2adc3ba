//! Countries, their networks and names, and the browsers people use.

use std::sync::LazyLock;

use super::dice::Dice;

const KIT_BUILDS: u32 = 15;
const TABLE: &str = "the tables beside this file are well-formed";

/// A country with the habits of its people.
#[derive(Debug)]
pub(super) struct Country {
    pub(super) language: &'static str,
    pub(super) hours_east: i64,
    pub(super) currency: &'static str,
    pub(super) calling_code: &'static str,
    homes: Vec<&'static str>,
    mobiles: Vec<&'static str>,
    ipv6: Option<&'static str>,
    pub(super) first_names: Vec<&'static str>,
    pub(super) last_names: Vec<&'static str>,
    pub(super) mail_domains: Vec<&'static str>,
}

/// Where attackers connect from.
pub(super) struct Origin {
    pub(super) language: &'static str,
    prefixes: Vec<&'static str>,
}

/// A network of machines: hosting, or the far end of a VPN.
pub(super) struct Network {
    prefixes: Vec<&'static str>,
}

/// User agents by kind of device.
pub(super) struct Agents {
    pub(super) desktops: Vec<&'static str>,
    pub(super) phones: Vec<&'static str>,
    pub(super) tools: Vec<&'static str>,
    /// Of browsers that attackers' kits pretend to be: each kit has one and keeps it.
    pub(super) kits: Vec<String>,
}

pub(super) static COUNTRIES: LazyLock<Vec<Country>> =
    LazyLock::new(|| rows(include_str!("countries.txt")).map(|row| Country::read(&row)).collect());

pub(super) static ORIGINS: LazyLock<Vec<Origin>> = LazyLock::new(|| {
    let origin = |row: Vec<&'static str>| Origin { language: row[0], prefixes: words(row[1]) };
    rows(include_str!("origins.txt")).map(origin).collect()
});

pub(super) static HOSTING: LazyLock<Vec<Network>> = LazyLock::new(|| networks("hosting"));
pub(super) static VPNS: LazyLock<Vec<Network>> = LazyLock::new(|| networks("vpn"));

pub(super) static AGENTS: LazyLock<Agents> = LazyLock::new(|| Agents {
    desktops: agents_of("desktop "),
    phones: agents_of("phone "),
    tools: agents_of("tool "),
    kits: kits(),
});

impl Country {
    fn read(row: &[&'static str]) -> Self {
        let culture = row[8];
        let mut names = rows(include_str!("names.txt")).filter(|names| names[0] == culture);
        let names = names.next().expect(TABLE);
        Self {
            language: row[1],
            hours_east: row[2].parse().expect(TABLE),
            currency: row[3],
            calling_code: row[4],
            homes: words(row[5]),
            mobiles: words(row[6]),
            ipv6: (row[7] != "-").then_some(row[7]),
            first_names: names[1].split(',').collect(),
            last_names: names[2].split(',').collect(),
            mail_domains: words(row[9]),
        }
    }

    /// An address of a home; one in four has IPv6 where the country's table knows a prefix.
    pub(super) fn home_address(&self, dice: &mut Dice) -> String {
        match self.ipv6.filter(|_| dice.percent(25)) {
            Some(prefix) => {
                let [network, host] = [dice.below(0xffff), dice.below(0xffff)];
                format!("{prefix}:{network:x}:{:x}::{host:x}", dice.below(256))
            }
            None => address_in(dice, &self.homes),
        }
    }

    /// An address that many phones share.
    pub(super) fn mobile_address(&self, dice: &mut Dice) -> String {
        let prefix = dice.pick(&self.mobiles);
        format!("{prefix}.{}.{}", dice.below(16), dice.between(1, 16))
    }

    /// An IPv4 address of a line of its own, such as that of a hotel or a company.
    pub(super) fn line_address(&self, dice: &mut Dice) -> String {
        address_in(dice, &self.homes)
    }

    /// The first three bytes of addresses that phones are given one after the other.
    pub(super) fn mobile_prefix_24(&self, dice: &mut Dice) -> String {
        format!("{}.{}", dice.pick(&self.mobiles), dice.between(16, 254))
    }

    /// An address of one of a handful of offices.
    pub(super) fn office_address(&self, dice: &mut Dice) -> String {
        format!("{}.{}.10", self.homes[0], dice.below(12))
    }
}

impl Origin {
    pub(super) fn address(&self, dice: &mut Dice) -> String {
        address_in(dice, &self.prefixes)
    }
}

impl Network {
    /// An address anywhere in the network.
    pub(super) fn address(&self, dice: &mut Dice) -> String {
        address_in(dice, &self.prefixes)
    }

    /// The first three bytes of some of its addresses.
    pub(super) fn prefix_24(&self, dice: &mut Dice) -> String {
        format!("{}.{}", dice.pick(&self.prefixes), dice.between(16, 254))
    }
}

fn networks(wanted: &str) -> Vec<Network> {
    let of_use = rows(include_str!("networks.txt")).filter(|row| row[0] == wanted);
    of_use.map(|row| Network { prefixes: words(row[2]) }).collect()
}

fn address_in(dice: &mut Dice, prefixes: &[&str]) -> String {
    let prefix = dice.pick(prefixes);
    format!("{prefix}.{}.{}", dice.between(16, 254), dice.between(1, 254))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let is_row = |line: &&str| !line.starts_with('#') && !line.is_empty();
    table.lines().filter(is_row).map(|line| line.split('|').map(str::trim).collect())
}

fn words(cell: &'static str) -> Vec<&'static str> {
    cell.split_whitespace().collect()
}

/// Each browser of a kit in many builds: two attackers seldom have the same.
fn kits() -> Vec<String> {
    let builds = |agent: &'static str| {
        let (browser, _) = agent.rsplit_once(" Safari/").expect(TABLE);
        let (version, _) = browser.rsplit_once('.').expect(TABLE);
        (0..KIT_BUILDS).map(move |build| format!("{version}.{} Safari/537.36", 40 + 7 * build))
    };
    agents_of("kit ").into_iter().flat_map(builds).collect()
}

fn agents_of(kind: &str) -> Vec<&'static str> {
    include_str!("agents.txt").lines().filter_map(|line| line.strip_prefix(kind)).collect()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn every_address_of_every_place_is_an_address() {
        let mut dice = Dice::new(1, 1);
        for country in COUNTRIES.iter() {
            for _ in 0..50 {
                let home = country.home_address(&mut dice);
                let mobile = country.mobile_address(&mut dice);
                for address in [home, mobile, country.office_address(&mut dice)] {
                    assert!(address.parse::<IpAddr>().is_ok(), "{address}");
                }
            }
        }
        for origin in ORIGINS.iter() {
            assert!(origin.address(&mut dice).parse::<IpAddr>().is_ok());
        }
        for network in HOSTING.iter().chain(VPNS.iter()) {
            assert!(network.address(&mut dice).parse::<IpAddr>().is_ok());
            let last = format!("{}.7", network.prefix_24(&mut dice));
            assert!(last.parse::<IpAddr>().is_ok(), "{last}");
        }
    }

    #[test]
    fn there_are_browsers_of_each_kind() {
        let Agents { desktops, phones, tools, kits } = &*AGENTS;
        assert!(desktops.len() >= 8 && phones.len() >= 6 && tools.len() >= 5 && kits.len() >= 300);
        let different: std::collections::BTreeSet<&String> = kits.iter().collect();
        assert_eq!(different.len(), kits.len());
    }
}
