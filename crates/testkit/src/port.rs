//! Ports for servers that a test starts.

use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;

use anyhow::{Result, bail};
use uuid::Uuid;

/// Below the range from which Linux takes the local ports of outgoing connections (32768 and up):
/// a port from there could be taken between this call and the start of the server.
const CANDIDATES: Range<u16> = 20_000..32_000;

/// Chance picks the port, so that tests in other processes do not pick the same one; this many
/// occupied ones in a row mean that something is wrong with the machine.
const TRIES_MAX: usize = 100;

/// A TCP port of 127.0.0.1 on which nothing listens.
pub fn free_port() -> Result<u16> {
    for _ in 0..TRIES_MAX {
        let port = random_candidate();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port found in {CANDIDATES:?} after {TRIES_MAX} tries")
}

fn random_candidate() -> u16 {
    let [.., high, low] = *Uuid::new_v4().as_bytes();
    let span = CANDIDATES.end - CANDIDATES.start;
    CANDIDATES.start + u16::from_be_bytes([high, low]) % span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_can_be_bound_and_calls_differ() {
        let ports: Vec<u16> = (0..5).map(|_| free_port().unwrap()).collect();
        for port in &ports {
            assert!(CANDIDATES.contains(port), "{port}");
            drop(TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).unwrap());
        }
        assert!(ports.iter().any(|port| *port != ports[0]), "five times {}", ports[0]);
    }
}
