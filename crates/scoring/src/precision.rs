//! How often a rule is right, by what people have found, and how sure that is.

/// Of a standard normal, so that 95 of 100 intervals hold the truth.
const Z: f64 = 1.96;

/// A share with its interval by Wilson.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

/// The share of `right` among `all`; `None` while there is nothing to go by.
pub fn precision(right: u32, all: u32) -> Option<Precision> {
    if all == 0 {
        return None;
    }
    let (right, all) = (f64::from(right.min(all)), f64::from(all));
    let share = right / all;
    let square = Z * Z;
    let centre = share + square / (2.0 * all);
    let spread = Z * ((share * (1.0 - share) + square / (4.0 * all)) / all).sqrt();
    let scale = 1.0 + square / all;
    let bounded = |value: f64| (value / scale).clamp(0.0, 1.0);
    Some(Precision { share, low: bounded(centre - spread), high: bounded(centre + spread) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_samples_say_little_and_many_say_more() {
        assert_eq!(precision(0, 0), None);
        let rounded = |right, all| {
            let found = precision(right, all).expect("there are samples");
            [found.share, found.low, found.high].map(|part| format!("{part:.3}"))
        };
        assert_eq!(rounded(1, 1), ["1.000", "0.207", "1.000"]);
        assert_eq!(rounded(0, 10), ["0.000", "0.000", "0.278"]);
        assert_eq!(rounded(81, 263), ["0.308", "0.255", "0.366"]);
        assert_eq!(rounded(900, 1_000), ["0.900", "0.880", "0.917"]);
    }
}
