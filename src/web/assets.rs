//! Placeholder until the frame lands.
use crate::view::frame::Assets;
/// Addresses.
pub fn addresses() -> Assets {
    Assets {
        css: "/static/constat.css".into(),
        js: "/static/constat.js".into(),
        icon: "/static/favicon.svg".into(),
        map: "/static/mali.svg".into(),
    }
}
