//! How people reach this server: on this machine only, or by names in a network.

use std::{
    io,
    net::{IpAddr, SocketAddr},
};

/// Where the server listens and by what it is reached.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Whether only this machine reaches it: it listens here, and no proxy is said to stand in front.
    /// Then names may be chosen as long as nobody signs in.
    pub local: bool,
    /// Whether it listens on this machine only, be it for a proxy.
    loopback: bool,
    /// Whether its pages are reached by https. Then sessions are only ever sent that way.
    pub https: bool,
    /// The names that it answers to, in small letters and without a port.
    pub hosts: Vec<String>,
    /// The proxies in front of it besides those on this machine: their word is taken for where a
    /// request comes from.
    proxies: Vec<IpAddr>,
}

impl Default for Reach {
    fn default() -> Self {
        Self {
            local: true,
            loopback: true,
            https: false,
            hosts: Vec::new(),
            proxies: Vec::new(),
        }
    }
}

impl Reach {
    /// For a server that listens on an address and has these names.
    ///
    /// # Errors
    /// For an address that other machines can reach, without a name: a page of somebody else could
    /// then claim to be this server.
    pub fn of(listen: SocketAddr, hosts: &[String], https: bool) -> io::Result<Self> {
        if !listen.ip().is_loopback() && hosts.is_empty() {
            let what = format!(
                "{listen} can be reached from other machines: say by which name, with --host \
                 startklar.example.com, or listen on a loopback address such as 127.0.0.1:{}",
                listen.port()
            );
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
        }
        Ok(Self {
            local: listen.ip().is_loopback() && hosts.is_empty() && !https,
            loopback: listen.ip().is_loopback(),
            https,
            hosts: hosts.iter().map(|host| host.to_ascii_lowercase()).collect(),
            proxies: Vec::new(),
        })
    }

    /// The same, behind proxies of these addresses. A name stands for no proxy: whoever answers for
    /// it may change.
    #[must_use]
    pub fn behind(self, proxies: Vec<IpAddr>) -> Self {
        let proxies = proxies.into_iter().map(|proxy| proxy.to_canonical());
        Self {
            local: self.local && proxies.len() == 0,
            proxies: proxies.collect(),
            ..self
        }
    }

    /// Whether what an address says of others is believed.
    pub(super) fn believes(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_loopback() || self.proxies.contains(&address)
    }

    /// Whether a request for this host is meant for this server. Any other name may be a page that
    /// made the browser believe that its own name leads here (DNS rebinding).
    pub(super) fn answers(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        if let Ok(address) = name.parse::<IpAddr>() {
            // A bare address is nobody's name: no page can claim it.
            return address.is_loopback() || !self.loopback;
        }
        let name = name.to_ascii_lowercase();
        name == "localhost" || name.ends_with(".localhost") || self.hosts.contains(&name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_local() {
        let reach = Reach::default();
        for host in [
            "localhost",
            "LOCALHOST:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "a.localhost",
        ] {
            assert!(reach.answers(host), "{host}");
        }
        for host in [
            "example.com",
            "localhost.example.com",
            "10.0.0.1",
            "[::2]:3000",
            "",
        ] {
            assert!(!reach.answers(host), "{host}");
        }
    }

    #[test]
    fn an_address_for_others_needs_a_name() {
        for address in ["0.0.0.0:3000", "192.168.1.4:3000", "[::]:3000"] {
            let refused = Reach::of(address.parse().unwrap(), &[], false).unwrap_err();
            let text = refused.to_string();
            assert!(text.contains(address) && text.contains("--host"), "{text}");
        }
        for address in ["127.0.0.1:0", "[::1]:0"] {
            let reach = Reach::of(address.parse().unwrap(), &[], false).unwrap();
            assert!(reach.local);
        }
    }

    #[test]
    fn behind_a_proxy_it_is_not_for_this_machine_only() {
        let (here, hosts) = ("127.0.0.1:3000".parse().unwrap(), ["a.example".to_owned()]);
        for reach in [
            Reach::of(here, &hosts, false).unwrap(),
            Reach::of(here, &hosts, true).unwrap(),
            Reach::of(here, &[], true).unwrap(),
        ] {
            assert!(!reach.local && !reach.answers("10.0.0.1"), "{reach:?}");
        }
    }

    #[test]
    fn only_a_proxy_that_was_named_is_believed() {
        let (here, hosts) = ("0.0.0.0:3000".parse().unwrap(), ["a.example".to_owned()]);
        let reach = Reach::of(here, &hosts, true).unwrap();
        let proxy = "10.0.0.7".parse().unwrap();
        assert!(!reach.believes(proxy));
        let reach = reach.behind(vec![proxy]);
        for believed in ["10.0.0.7", "::ffff:10.0.0.7", "127.0.0.1", "::1"] {
            assert!(reach.believes(believed.parse().unwrap()), "{believed}");
        }
        assert!(!reach.believes("10.0.0.8".parse().unwrap()));
        assert!(!Reach::default().behind(vec![proxy]).local);
    }

    #[test]
    fn in_a_network_it_answers_to_its_names_and_addresses() {
        let hosts = ["Startklar.example.com".to_owned()];
        let reach = Reach::of(([0, 0, 0, 0], 443).into(), &hosts, true).unwrap();
        for host in [
            "startklar.example.com:443",
            "10.0.0.1",
            "[::2]:3000",
            "localhost",
        ] {
            assert!(reach.answers(host), "{host}");
        }
        assert!(!reach.answers("other.example.com"));
    }
}
