//! Whose word about the address of a client counts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::X_FORWARDED_FOR;
use ipnet::IpNet;
use serde::Deserialize;

/// Why a list of networks cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("trusted_proxies: {0:?} is no address and no network such as 10.1.0.0/16")]
pub struct NotANetwork(String);

/// Networks whose machines say truly for whom they ask: anyone can write `X-Forwarded-For`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct TrustedProxies(Vec<IpNet>);

impl Default for TrustedProxies {
    /// Loopback: a proxy on the same machine, such as the dashboard's server.
    fn default() -> Self {
        let (v4, v6) = (IpAddr::from([127, 0, 0, 0]), IpAddr::V6(Ipv6Addr::LOCALHOST));
        Self(vec![IpNet::new_assert(v4, 8), v6.into()])
    }
}

impl TryFrom<String> for TrustedProxies {
    type Error = NotANetwork;

    /// Reads addresses and networks with commas between them; an empty text trusts nobody.
    fn try_from(text: String) -> Result<Self, NotANetwork> {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let network = |item: &str| {
            let address = || item.parse::<IpAddr>().map(IpNet::from);
            item.parse().or_else(|_| address()).map_err(|_| NotANetwork(item.to_owned()))
        };
        Ok(Self(items.map(network).collect::<Result<_, _>>()?))
    }
}

impl TrustedProxies {
    /// The client a request is for: the peer, or what trusted proxies say, from the nearest
    /// outwards. The first that is not trusted is the client, whatever it claims itself.
    pub(crate) fn client(&self, request: &HttpRequest) -> IpAddr {
        let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        let mut client = request.peer_addr().map_or(nobody, |peer| peer.ip().to_canonical());
        let headers: Vec<&str> = request
            .headers()
            .get_all(X_FORWARDED_FOR)
            .map(|value| value.to_str().unwrap_or_default())
            .collect();
        for hop in headers.iter().rev().flat_map(|header| header.rsplit(',')) {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = address(hop.trim()) else { break };
            client = address;
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// Some proxies add the port.
fn address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().map(|place| place.ip());
    hop.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn client(trusted: &TrustedProxies, peer: &str, forwarded: &[&str]) -> String {
        let mut request =
            TestRequest::default().peer_addr(SocketAddr::new(peer.parse().unwrap(), 1));
        for header in forwarded {
            request = request.append_header((X_FORWARDED_FOR, *header));
        }
        trusted.client(&request.to_http_request()).to_string()
    }

    fn trusting(text: &str) -> TrustedProxies {
        TrustedProxies::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn an_untrusted_peer_is_the_client_whatever_it_claims() {
        let loopback = TrustedProxies::default();
        assert_eq!(client(&loopback, "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client(&loopback, "203.0.113.9", &["127.0.0.1"]), "203.0.113.9");
        assert_eq!(client(&loopback, "2001:db8::9", &["::1"]), "2001:db8::9");
        assert_eq!(client(&trusting(""), "127.0.0.1", &["198.51.100.1"]), "127.0.0.1");
        let others = trusting("10.0.0.0/8");
        assert_eq!(client(&others, "127.0.0.1", &["198.51.100.1"]), "127.0.0.1");
    }

    #[test]
    fn a_trusted_peer_names_the_client() {
        let loopback = TrustedProxies::default();
        for peer in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(client(&loopback, peer, &["198.51.100.1"]), "198.51.100.1", "{peer}");
        }
        assert_eq!(client(&loopback, "::1", &["::ffff:198.51.100.1"]), "198.51.100.1");
        assert_eq!(client(&loopback, "::1", &["[2001:db8::9]:443"]), "2001:db8::9");
        assert_eq!(client(&loopback, "127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn what_a_client_adds_in_front_does_not_count() {
        let chain = trusting("127.0.0.1, 10.1.0.0/16");
        let claims = ["198.51.100.1, 203.0.113.9, 10.1.2.3"];
        assert_eq!(client(&chain, "127.0.0.1", &claims), "203.0.113.9");
        let headers = ["10.1.9.9, 198.51.100.1", "203.0.113.9 , 10.1.2.3"];
        assert_eq!(client(&chain, "127.0.0.1", &headers), "203.0.113.9");
        assert_eq!(client(&chain, "127.0.0.1", &["10.1.9.9,10.1.2.3"]), "10.1.9.9");
    }

    #[test]
    fn what_is_no_address_ends_the_chain() {
        let loopback = TrustedProxies::default();
        for odd in ["", "unknown", "203.0.113.9, _hidden", "1.2.3", "203.0.113.9,"] {
            assert_eq!(client(&loopback, "127.0.0.1", &[odd]), "127.0.0.1", "{odd:?}");
        }
    }

    #[test]
    fn a_list_with_anything_else_is_refused_by_name() {
        let wrong = TrustedProxies::try_from("10.0.0.0/8, 10.0.0.0/33".to_owned()).unwrap_err();
        assert!(wrong.to_string().contains("\"10.0.0.0/33\""), "{wrong}");
        assert!(TrustedProxies::try_from("proxy.example".to_owned()).is_err());
        assert_eq!(trusting(" ::1 ,10.0.0.0/8,").0.len(), 2);
    }
}
