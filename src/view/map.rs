//! Maps drawn on the server: where an event was, as closely as that is known, and the parts of a region.
//!
//! The land and its borders are one picture that every page shares (`static/mali.svg`, fetched once); the page itself
//! carries only what it adds: a mark, one outline, a few names. Nothing has a `style` attribute; `static/css/map.css` says
//! what the classes look like, in light and dark.

mod canvas;
pub mod geo;
pub mod outlines;
mod parts;
pub mod room;
pub mod world;

use std::fmt::Write as _;

use crate::domain::lang::Lang;
use crate::domain::vocab::PlacePrecision;
use canvas::{Canvas, INSET_H, INSET_W};
use geo::{SHEET, Window};

pub use parts::{EventPoint, RegionMap, RegionShape, STEPS, legend, region_map, short_name, step};

/// What every map needs to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The address of `mali.svg`.
    pub asset_url: &'a str,
    /// What a screen reader says instead of the map, in the reader's language.
    pub title: &'a str,
    /// The language of the names on it.
    pub lang: Lang,
}

/// Where an event is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// A place, in units of the sheet.
    Point {
        /// To the right.
        x: f64,
        /// Downwards.
        y: f64,
    },
    /// Somewhere in a cercle, region or country.
    Area {
        /// The P-code of what is drawn, for a text beside the map: not always what was asked for.
        pcode: &'static str,
        /// Its outline as SVG path data.
        path: &'static str,
    },
    /// Nowhere: a text has to say so.
    None,
}

/// An event's place on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Locator {
    /// What is drawn.
    pub mark: Mark,
}

/// Decides what to draw. A point only for a place that is known as one and lies on the sheet; otherwise the smallest
/// area that has an outline and is no smaller than what is known: an event known to its region only is never drawn in
/// one cercle. `pcodes` are those of the event's region and all above it, smallest first; empty ones are passed over.
pub fn locate(point: Option<(f64, f64)>, precision: PlacePrecision, pcodes: &[&str]) -> Locator {
    if matches!(precision, PlacePrecision::Exact | PlacePrecision::Place) {
        let at = point.map(|(lat, lon)| geo::project(lat, lon));
        if let Some((x, y)) = at.filter(|at| SHEET.holds(*at)) {
            return Locator { mark: Mark::Point { x, y } };
        }
        if at.is_some() && pcodes.iter().all(|code| geo::shape(code).is_none()) {
            return Locator { mark: Mark::None };
        }
    }
    // A P-code is two signs for the country and two more for each level below it.
    let closest = match precision {
        PlacePrecision::Country => 2,
        PlacePrecision::Admin1 => 4,
        _ => 6,
    };
    let shape = pcodes.iter().filter(|code| code.len() <= closest).find_map(|code| geo::shape(code));
    Locator { mark: shape.map_or(Mark::None, |shape| Mark::Area { pcode: shape.pcode, path: shape.path }) }
}

/// The locator's own size; the page scales it.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = WIDTH * SHEET.h / SHEET.w;

impl Locator {
    /// The map as `<svg>`, showing about five degrees around the mark and, in a corner, where that is. `label` is
    /// the mark's name, written in or beside it (nothing when empty). None when there is nothing to mark.
    pub fn svg(&self, setting: &Setting<'_>, label: &str) -> Option<String> {
        let least = 5.0 * geo::PER_DEGREE;
        let ratio = WIDTH / HEIGHT;
        let area = match self.mark {
            Mark::Point { x, y } => Window { x, y, w: 0.0, h: 0.0 },
            Mark::Area { pcode, .. } => geo::shape(pcode)?.frame,
            Mark::None => return None,
        };
        let height = least.max(area.h * 1.5).max(area.w * 1.5 / ratio);
        // Nearly all of it is better drawn whole.
        let whole = height > 0.72 * SHEET.h;
        let window = if whole { SHEET } else { Window::around(area.centre(), height * ratio, height) };
        let mut canvas = Canvas::new(window, WIDTH, HEIGHT);
        canvas.open("map map-locator", "img", setting);
        canvas.open_sheet(setting);
        if let Mark::Area { path, .. } = self.mark {
            let class = if window == SHEET { "map-area map-wide" } else { "map-area" };
            let _ = write!(canvas.out, r#"<path class="{class}" d="{path}"/>"#);
        }
        canvas.close_sheet();
        if let Mark::Point { x, y } = self.mark {
            let (x, y) = canvas.place((x, y));
            let _ = write!(
                canvas.out,
                r#"<circle class="map-halo" cx="{x}" cy="{y}" r="13"/><circle class="map-point" cx="{x}" cy="{y}" r="5"/>"#
            );
            canvas.room.keep_clear(x - 13.0, y - 13.0, 26.0, 26.0);
            canvas.name_beside((x, y), 15.0, "map-here", label);
        }
        if let Mark::Area { pcode, .. } = self.mark {
            canvas.name_area(geo::shape(pcode)?, label);
        }
        let inset = if whole { None } else { Some(canvas.free_corner(area)) };
        if let Some((x, y)) = inset {
            canvas.room.keep_clear(x, y, INSET_W, INSET_H);
        }
        canvas.room.keep_clear(0.0, HEIGHT - 34.0, 110.0, 34.0);
        canvas.names(setting.lang, whole);
        canvas.scale_bar();
        if let Some(corner) = inset {
            canvas.inset(setting, corner);
        }
        Some(canvas.close())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTING: Setting<'_> = Setting { asset_url: "/a/mali-0123456789abcdef.svg", title: "Map", lang: Lang::En };
    const BANKASS: [&str; 4] = ["", "ML0502", "ML05", "ML"];
    const DIALLASSAGOU: Option<(f64, f64)> = Some((13.7333, -3.6333));

    fn area(precision: PlacePrecision, pcodes: &[&str]) -> Option<&'static str> {
        match locate(DIALLASSAGOU, precision, pcodes).mark {
            Mark::Area { pcode, path } => {
                assert_eq!(path, geo::shape(pcode).unwrap().path);
                Some(pcode)
            }
            _ => None,
        }
    }

    #[test]
    fn only_a_known_place_is_a_point() {
        use PlacePrecision::*;
        for precision in [Exact, Place] {
            let Mark::Point { x, y } = locate(DIALLASSAGOU, precision, &BANKASS).mark else { panic!("{precision}") };
            assert!(geo::holds(geo::shape("ML0502").unwrap().path, (x, y)));
        }
        assert_eq!(area(Admin3, &BANKASS), Some("ML0502"));
        assert_eq!(area(Admin2, &BANKASS), Some("ML0502"));
        assert_eq!(area(Admin1, &BANKASS), Some("ML05"), "not the cercle, even where one is given");
        assert_eq!(area(Country, &BANKASS), Some("ML"));
        assert_eq!(area(Admin2, &["ML1001", "ML10", "ML"]), Some("ML10"), "a cercle without outline");
    }

    #[test]
    fn a_place_without_coordinates_is_its_cercle_and_one_elsewhere_is_nowhere() {
        let place = PlacePrecision::Place;
        let Mark::Area { pcode, .. } = locate(None, place, &BANKASS).mark else { panic!() };
        assert_eq!(pcode, "ML0502");
        assert_eq!(locate(None, place, &[]).mark, Mark::None);
        assert_eq!(locate(None, place, &["BF"]).mark, Mark::None);
        assert_eq!(locate(Some((48.85, 2.35)), place, &["FR"]).mark, Mark::None, "off the sheet");
        assert!(
            matches!(locate(Some((14.0, -0.5)), place, &["BF"]).mark, Mark::Point { .. }),
            "next door, on the sheet"
        );
        assert_eq!(locate(None, place, &["FR"]).svg(&SETTING, ""), None);
    }

    #[test]
    fn the_point_is_in_the_middle_of_its_map_and_named() {
        let svg = locate(DIALLASSAGOU, PlacePrecision::Place, &BANKASS).svg(&SETTING, "Diallassagou").unwrap();
        assert!(svg.contains(r#"<circle class="map-point" cx="200" cy="190""#), "{svg}");
        assert!(
            svg.contains(">Diallassagou</text>") && svg.contains(">Mopti</text>") && !svg.contains(">Kayes</text>")
        );
        assert_eq!(svg.matches("<path").count(), 3, "no outline but the inset's and the scale: {svg}");
    }

    #[test]
    fn an_area_carries_only_its_own_outline() {
        let svg = locate(None, PlacePrecision::Admin2, &BANKASS).svg(&SETTING, "").unwrap();
        assert_eq!(svg.matches("map-area").count(), 1);
        assert!(svg.contains(geo::shape("ML0502").unwrap().path) && !svg.contains("map-point"));
        let country = locate(None, PlacePrecision::Country, &["ML"]).svg(&SETTING, "").unwrap();
        assert!(country.contains(r#"viewBox="0 0 6000 5700">"#) && !country.contains("map-shown"));
    }

    #[test]
    fn names_follow_the_language() {
        let setting = Setting { lang: Lang::Fr, ..SETTING };
        let svg = locate(None, PlacePrecision::Country, &["ML"]).svg(&setting, "").unwrap();
        assert!(svg.contains(">Tombouctou<") && svg.contains(">Algérie<"), "{svg}");
    }

    #[test]
    fn nothing_that_the_policy_forbids_and_nothing_unescaped() {
        let setting = Setting { asset_url: "/a?x&y", title: r#"<b>"A" & B"#, lang: Lang::En };
        let svg = locate(DIALLASSAGOU, PlacePrecision::Place, &BANKASS).svg(&setting, "<i>").unwrap();
        assert!(svg.contains(r#"aria-label="&lt;b&gt;&quot;A&quot; &amp; B""#) && svg.contains("&lt;i&gt;"), "{svg}");
        assert!(svg.contains(r##"href="/a?x&amp;y#near""##) && svg.contains(r#"role="img""#));
        assert!(!svg.contains("style=") && !svg.contains("<i>") && !svg.contains("<style"));
    }

    #[test]
    fn a_locator_is_small() {
        for pcode in (1..=10).map(|n| format!("ML{n:02}")).chain(["ML0502".into(), "ML0603".into(), "ML".into()]) {
            let svg = locate(None, PlacePrecision::Admin2, &[pcode.as_str()]).svg(&SETTING, "").unwrap();
            assert!(svg.len() < 3_000, "{pcode}: {}", svg.len());
        }
        let point = locate(DIALLASSAGOU, PlacePrecision::Place, &BANKASS).svg(&SETTING, "Diallassagou").unwrap();
        assert!(point.len() < 2_000, "{}", point.len());
    }
}
