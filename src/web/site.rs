//! The public address of the site, and where one leaves it for.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use axum::http::Uri;

/// `https://constat.example`: scheme and authority, no path, no slash at the end. Permalinks are this and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why a text is no base url, in words for the person who configured it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not usable as the address of the site: {why}")]
pub struct BaseUrlError {
    given: String,
    why: &'static str,
}

impl BaseUrl {
    /// The address of a site that nobody named: the one it listens on.
    pub fn of_listener(address: SocketAddr) -> BaseUrl {
        // 0.0.0.0 is where one listens, not where one goes.
        let host = match address.ip() {
            ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            ip => ip,
        };
        BaseUrl(format!("http://{}", SocketAddr::new(host, address.port())))
    }

    /// Without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether readers come over TLS, so that they may be told never to come without.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The absolute form of a path of this site.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(given: &str) -> Result<BaseUrl, BaseUrlError> {
        let wrong = |why| BaseUrlError { given: given.to_owned(), why };
        let uri: Uri = given.trim().parse().map_err(|_| wrong("it does not parse"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong("it must begin with http:// or https:// and name a host"));
        };
        if !matches!(scheme, "http" | "https") {
            return Err(wrong("it must begin with http:// or https://"));
        }
        if authority.as_str().contains('@') {
            return Err(wrong("it must not hold a user name"));
        }
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(wrong("the site lives at the root of its host, so there can be no path behind it"));
        }
        Ok(BaseUrl(format!("{scheme}://{authority}")))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where *Exit this page* leads: any page of another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitUrl(String);

/// Why a text is no place to leave for, in words for the person who configured it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not usable as the page to leave for: it must begin with http:// or https:// and name a host")]
pub struct ExitUrlError(String);

/// Anybody may be reading an encyclopedia; it loads quickly, in every language, and its address gives nothing away.
impl Default for ExitUrl {
    fn default() -> ExitUrl {
        ExitUrl("https://www.wikipedia.org/".to_owned())
    }
}

impl FromStr for ExitUrl {
    type Err = ExitUrlError;

    fn from_str(given: &str) -> Result<ExitUrl, ExitUrlError> {
        let uri: Option<Uri> = given.trim().parse().ok();
        match uri.filter(|uri| uri.host().is_some() && matches!(uri.scheme_str(), Some("http" | "https"))) {
            Some(_) => Ok(ExitUrl(given.trim().to_owned())),
            None => Err(ExitUrlError(given.to_owned())),
        }
    }
}

impl fmt::Display for ExitUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_is_dropped() {
        let base: BaseUrl = "https://constat.example/".parse().expect("a base url");
        assert_eq!(base.as_str(), "https://constat.example");
        assert_eq!(base.join("/events"), "https://constat.example/events");
        assert!(base.is_https());
    }

    #[test]
    fn what_could_not_be_put_before_a_path_is_refused() {
        for wrong in ["", "constat.example", "ftp://constat.example", "https://a@b", "https://a/sub", "https://a/?q=1"]
        {
            assert!(wrong.parse::<BaseUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_listener_on_all_addresses_is_reached_on_this_machine() {
        let base = BaseUrl::of_listener(SocketAddr::from(([0, 0, 0, 0], 8080)));
        assert_eq!(base.as_str(), "http://127.0.0.1:8080");
        let base = BaseUrl::of_listener("[::1]:8080".parse().expect("an address"));
        assert_eq!(base.as_str(), "http://[::1]:8080");
    }

    #[test]
    fn one_leaves_for_a_page_of_the_web() {
        assert_eq!(ExitUrl::default().to_string().parse(), Ok(ExitUrl::default()));
        assert!("https://weather.example/bamako?units=c".parse::<ExitUrl>().is_ok());
        for wrong in ["", "wikipedia.org", "/about", "javascript:alert(1)", "mailto:a@b.example"] {
            assert!(wrong.parse::<ExitUrl>().is_err(), "{wrong}");
        }
    }
}
