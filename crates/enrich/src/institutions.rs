//! Domains of schools, governments and armed forces, told by their names alone.

use crate::email::{EDUCATIONAL, GOVERNMENT, MILITARY};

/// Second labels that countries set aside, as in `ac.uk`.
const SECOND: [(&str, u32); 19] = [
    ("edu", EDUCATIONAL),
    ("ac", EDUCATIONAL),
    ("sch", EDUCATIONAL),
    ("school", EDUCATIONAL),
    ("k12", EDUCATIONAL),
    ("gov", GOVERNMENT),
    ("govt", GOVERNMENT),
    ("gob", GOVERNMENT),
    ("gub", GOVERNMENT),
    ("gouv", GOVERNMENT),
    ("guv", GOVERNMENT),
    ("gv", GOVERNMENT),
    ("go", GOVERNMENT),
    ("gc", GOVERNMENT),
    ("government", GOVERNMENT),
    ("mil", MILITARY),
    ("mod", MILITARY),
    ("milt", MILITARY),
    ("defence", MILITARY),
];
/// Countries in which `go` and `gc` are set aside; elsewhere anyone may have them.
const GO: [&str; 9] = ["jp", "kr", "th", "ke", "id", "tz", "ug", "cr", "ci"];
/// Domains that fit no pattern.
const WHOLE: [(&str, u32); 14] = [
    ("europa.eu", GOVERNMENT),
    ("bund.de", GOVERNMENT),
    ("admin.ch", GOVERNMENT),
    ("nic.in", GOVERNMENT),
    ("fed.us", GOVERNMENT),
    ("overheid.nl", GOVERNMENT),
    ("rijksoverheid.nl", GOVERNMENT),
    ("parliament.uk", GOVERNMENT),
    ("police.uk", GOVERNMENT),
    ("bundeswehr.org", MILITARY),
    ("forces.gc.ca", MILITARY),
    ("defence.gov.au", MILITARY),
    ("mod.gov.uk", MILITARY),
    ("nato.int", MILITARY),
];

/// The bits of a domain's kind, 0 for most.
pub(crate) fn kind_of(domain: &str) -> u32 {
    let whole = WHOLE.iter().filter(|(known, _)| is_below(domain, known));
    whole.fold(by_labels(domain), |bits, (_, bit)| bits | bit)
}

fn by_labels(domain: &str) -> u32 {
    let mut labels = domain.rsplit('.');
    let (last, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    match last {
        "edu" => return EDUCATIONAL,
        "gov" => return GOVERNMENT,
        "mil" => return MILITARY,
        // American schools are `k12` below their state, its offices `state`.
        "us" => return american(labels.next().unwrap_or_default()),
        _ if last.len() != 2 => return 0,
        _ => {}
    }
    match second {
        "go" if !GO.contains(&last) => 0,
        "gc" if last != "ca" => 0,
        "mod" | "defence" if last != "uk" => 0,
        _ => SECOND.iter().find(|(label, _)| *label == second).map_or(0, |(_, bits)| *bits),
    }
}

fn american(third: &str) -> u32 {
    match third {
        "k12" | "cc" | "tec" => EDUCATIONAL,
        "state" => GOVERNMENT,
        _ => 0,
    }
}

fn is_below(domain: &str, zone: &str) -> bool {
    domain.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_forms_are_told_from_names_that_look_like_them() {
        let cases = [
            ("mit.edu", EDUCATIONAL),
            ("uni.edu.au", EDUCATIONAL),
            ("cam.ac.uk", EDUCATIONAL),
            ("u-tokyo.ac.jp", EDUCATIONAL),
            ("lincoln.k12.ca.us", EDUCATIONAL),
            ("irs.gov", GOVERNMENT),
            ("hmrc.gov.uk", GOVERNMENT),
            ("sat.gob.mx", GOVERNMENT),
            ("interieur.gouv.fr", GOVERNMENT),
            ("meti.go.jp", GOVERNMENT),
            ("cra.gc.ca", GOVERNMENT),
            ("bmf.gv.at", GOVERNMENT),
            ("ec.europa.eu", GOVERNMENT),
            ("dmv.state.tx.us", GOVERNMENT),
            ("army.mil", MILITARY),
            ("exercito.mil.br", MILITARY),
            ("forces.gc.ca", MILITARY | GOVERNMENT),
            ("go.com", 0),
            ("sub.go.to", 0),
            ("noteuropa.eu", 0),
            ("edu.example", 0),
            ("education.com", 0),
            ("mygov.org", 0),
            ("", 0),
        ];
        for (domain, expected) in cases {
            assert_eq!(kind_of(domain), expected, "{domain}");
        }
    }
}
