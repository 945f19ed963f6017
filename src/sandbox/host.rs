//! The addresses by which callers reach the sandbox.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use http::{HeaderMap, header::HOST};

/// The longest name of the DNS, in bytes.
const LONGEST_NAME: usize = 253;

/// The address by which this machine reaches a listener: loopback for one that listens on all addresses.
pub(super) fn reachable(mut listener: SocketAddr) -> SocketAddr {
    match listener.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => listener.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => listener.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    listener
}

/// The `Host` of a request, with its port if it has one; the given address if it is absent or malformed.
pub(super) fn of_request(headers: &HeaderMap, address: SocketAddr) -> String {
    let mut given = headers.get_all(HOST).iter();
    let host = match (given.next(), given.next()) {
        (Some(host), None) => host.to_str().ok().filter(|host| is_host(host)),
        _ => None,
    };
    host.map_or_else(|| address.to_string(), str::to_owned)
}

/// A name or an address, optionally with a port.
fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((ip, port)) = rest.split_once(']') else { return false };
        return ip.parse::<Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    is_name(name) && port.is_none_or(is_port)
}

/// The characters that names of hosts and containers have.
fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(plain)
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}
