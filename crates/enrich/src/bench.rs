//! How long look-ups take, for the bench of the command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::{Duration, Instant};

use innerwall_event::Timestamp;

use crate::enricher::Enricher;
use crate::load::LoadError;

/// Distinct events measured; each is looked at twice, the second time from the caches.
const EVENTS: u32 = 2_000;
const AT_US: i64 = 1_780_000_000_000_000;

/// What enrichment costs.
#[derive(Clone, Copy, Debug)]
pub struct Costs {
    pub load: Duration,
    /// Per event whose address, user agent, e-mail address and phone number are all new.
    pub cold: Duration,
    /// Per event whose values were all seen before.
    pub cached: Duration,
}

/// Loads a directory and measures look-ups with values made up for it.
pub fn measure(directory: &Path) -> Result<Costs, LoadError> {
    let started = Instant::now();
    let enricher = Enricher::load(directory)?;
    let load = started.elapsed();
    let events: Vec<_> = (0..EVENTS).map(MadeUp::new).collect();
    // The first texts build the machines of the patterns: a cost of loading, not of an event.
    for number in EVENTS..EVENTS + 100 {
        MadeUp::new(number).enrich(&enricher);
    }
    let run = || {
        let started = Instant::now();
        for event in &events {
            event.enrich(&enricher);
        }
        started.elapsed() / EVENTS
    };
    Ok(Costs { load, cold: run(), cached: run() })
}

struct MadeUp {
    ip: IpAddr,
    user_agent: String,
    email: String,
    phone: String,
}

impl MadeUp {
    fn new(number: u32) -> Self {
        // A multiplier spreads the numbers over all addresses.
        let spread = number.wrapping_mul(2_654_435_761);
        let version = 100 + number % 50;
        let minor = number / 50;
        let system = [
            "Windows NT 10.0; Win64; x64",
            "Macintosh; Intel Mac OS X 10_15_7",
            "X11; Linux x86_64",
            "Linux; Android 10; K",
        ][(spread >> 8) as usize % 4];
        Self {
            ip: IpAddr::V4(Ipv4Addr::from_bits(spread)),
            user_agent: format!(
                "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.{minor}.0 Safari/537.36"
            ),
            email: format!("user{number}@mail{number}.example"),
            phone: format!("+1201555{:04}", number % 10_000),
        }
    }

    fn enrich(&self, enricher: &Enricher) {
        let address = enricher.address(self.ip);
        let at = Timestamp::from_micros(AT_US);
        std::hint::black_box((
            enricher.device(Some(&self.user_agent), "en", at),
            enricher.email(&self.email),
            enricher.phone(&self.phone, &address),
        ));
    }
}
