//! The map of a region: its parts shaded by how many events they hold, its events as circles.

use std::fmt::Write as _;

use super::Setting;
use super::canvas::{Canvas, LETTER, shape_of, tenth};
use super::geo::{self, SHEET, Shape, Window};
use crate::domain::lang::Lang;
use crate::text::format::number;
use crate::view::svg::escape;

/// How many shades there are beside none.
pub const STEPS: usize = 5;

/// A part of the region, which leads to its own page.
#[derive(Clone, Copy, Debug)]
pub struct RegionShape<'a> {
    /// Its P-code; a part without outline is not drawn.
    pub pcode: &'a str,
    /// Its name, as short as the map needs it ([`short_name`]).
    pub name: &'a str,
    /// Where it leads.
    pub href: &'a str,
    /// How many events are in it.
    pub count: u64,
    /// What is read for it: name and count in words, in the reader's language.
    pub title: &'a str,
}

/// An event at a known place, which leads to its page.
#[derive(Clone, Copy, Debug)]
pub struct EventPoint<'a> {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// By whose root it is sized.
    pub weight: u64,
    /// Where it leads.
    pub href: &'a str,
    /// What is read for it.
    pub title: &'a str,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegionMap<'a> {
    /// The region itself, outlined and filling the map; empty: as large as its parts are.
    pub within: &'a str,
    /// Its parts.
    pub parts: &'a [RegionShape<'a>],
    /// Its events.
    pub points: &'a [EventPoint<'a>],
}

/// The shade of a count: 0 for none, then five up to the largest, by the square root, so that one part with very many
/// leaves the others some difference.
pub fn step(count: u64, most: u64) -> usize {
    if count == 0 {
        return 0;
    }
    let share = (count as f64 / most.max(count) as f64).sqrt();
    ((share * STEPS as f64).ceil() as usize).clamp(1, STEPS)
}

/// The counts of each shade in use, for a legend: shade, from, to.
pub fn legend(most: u64) -> Vec<(usize, u64, u64)> {
    let most = most.max(1);
    let top = |shade: usize| (most as f64 * (shade * shade) as f64 / (STEPS * STEPS) as f64) as u64;
    let ranges = (1..=STEPS).map(|shade| (shade, top(shade - 1) + 1, top(shade)));
    ranges.filter(|(_, from, to)| from <= to).collect()
}

/// A region's name without the words that say what it is: "Kidal region", "Région de Kidal" → "Kidal".
pub fn short_name(name: &str) -> &str {
    const BEFORE: [&str; 8] = [
        "Région de ",
        "Région d’",
        "Région du ",
        "Cercle de ",
        "Cercle d’",
        "Cercle du ",
        "District de ",
        "Commune de ",
    ];
    const AFTER: [&str; 4] = [" region", " cercle", " district", " commune"];
    let name = BEFORE.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    AFTER.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name)
}

const WIDTH: f64 = 480.0;

/// The map of a region as `<svg>`. Every part and every event is a link; a list with the same links has to stand beside
/// it, for what has no outline or place. None when nothing of it can be drawn.
pub fn region_map(map: &RegionMap<'_>, setting: &Setting<'_>) -> Option<String> {
    let outline = shape_of(map.within);
    let parts: Vec<_> = map.parts.iter().filter_map(|part| Some((part, shape_of(part.pcode)?))).collect();
    let frames = outline.iter().map(|s| s.frame).chain(parts.iter().map(|(_, shape)| shape.frame));
    let frame = frames.reduce(|a, b| a.with(&b))?;
    if parts.is_empty() && map.points.is_empty() {
        return None;
    }
    let window = window(frame);
    let mut canvas = Canvas::new(window, WIDTH, tenth(WIDTH * window.h / window.w));
    canvas.open("map map-parts", "group", setting);
    canvas.open_sheet(setting);
    if let Some(shape) = outline.filter(|_| parts.is_empty()) {
        let _ = write!(canvas.out, r#"<path class="map-self" d="{}"/>"#, shape.path);
    }
    // Circles say how much and where; shades under them would say it twice, and hide them.
    let shaded = map.points.is_empty();
    let most = map.parts.iter().map(|part| part.count).max().unwrap_or(0);
    for (part, shape) in &parts {
        let (href, title, shade) = (escape(part.href), escape(part.title), step(part.count, most));
        let class = if shaded { format!("step-{shade}") } else { "map-plain".to_owned() };
        let _ = write!(canvas.out, r#"<a href="{href}"><title>{title}</title>"#);
        let unit = window.w / WIDTH;
        if shape.frame.w.max(shape.frame.h) < 16.0 * unit {
            // Too small to be seen or hit: a disc stands for it.
            let ((x, y), r) = (shape.label, 7.0 * unit);
            let _ = write!(canvas.out, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r:.0}"/>"#);
        } else {
            let _ = write!(canvas.out, r#"<path class="{class}" d="{}"/>"#, shape.path);
        }
        canvas.out.push_str("</a>");
    }
    canvas.close_sheet();
    points(&mut canvas, map.points);
    canvas.out.push_str(r#"<g class="map-names" aria-hidden="true">"#);
    canvas.room.keep_clear(0.0, canvas.height - 34.0, 110.0, 34.0);
    for (part, shape) in &parts {
        name(&mut canvas, shape, part, shaded, setting.lang);
    }
    canvas.neighbours(setting.lang);
    if parts.is_empty() {
        canvas.towns(geo::CAPITALS, setting.lang, 10);
        canvas.towns(geo::TOWNS, setting.lang, 5);
    }
    canvas.scale_bar();
    canvas.out.push_str("</g>");
    Some(canvas.close())
}

/// No map shows less than two and a half degrees: the outlines are not made for more.
const LEAST: f64 = 2.5 * geo::PER_DEGREE;

/// The region with some of its surroundings, neither a strip nor a column.
fn window(frame: Window) -> Window {
    let margin = 0.06 * frame.w.max(frame.h);
    let (w, h) = (frame.w + 2.0 * margin, frame.h + 2.0 * margin);
    if w > 0.9 * SHEET.w || h > 0.9 * SHEET.h {
        return SHEET;
    }
    let (w, h) = (w.max(LEAST), h.max(LEAST));
    Window::around(frame.centre(), w.max(h), h.max(w / 1.5))
}

/// A part's name and count: in it where it stands best, or somewhat above or below if that is taken; beside it if it is
/// too small to hold a name; not at all where there is no room.
fn name(canvas: &mut Canvas, shape: &Shape, part: &RegionShape<'_>, counted: bool, lang: Lang) {
    let (x, y) = canvas.place(shape.label);
    let w = part.name.chars().count() as f64 * LETTER * 0.58;
    let count = number(part.count, lang);
    if w > 2.5 * shape.frame.w * canvas.width / canvas.window.w {
        let name = if counted { format!("{} {count}", part.name) } else { part.name.to_owned() };
        canvas.name_beside((x, y), 10.0, "map-small", &name);
        return;
    }
    let h = if counted { LETTER * 2.4 } else { LETTER * 1.2 };
    let tops = [0.0, -1.0, 1.0, -2.0, 2.0].map(|lines| y - h / 2.0 + lines * LETTER);
    let Some(top) = tops.into_iter().find(|top| canvas.room.take(x - w / 2.0, *top, w, h)) else { return };
    let (y, name) = (tenth(top + LETTER * 0.95), escape(part.name));
    let _ = write!(canvas.out, r#"<text class="map-part" x="{x}" y="{y}">{name}"#);
    if counted {
        let dy = tenth(LETTER * 1.15);
        let _ = write!(canvas.out, r#"<tspan x="{x}" dy="{dy}">{count}</tspan>"#);
    }
    canvas.out.push_str("</text>");
}

/// Events as circles, the largest first so that a small one beside it can still be reached.
fn points(canvas: &mut Canvas, points: &[EventPoint<'_>]) {
    let most = points.iter().map(|point| point.weight).max().unwrap_or(0).max(1) as f64;
    let mut points: Vec<_> = points.iter().map(|point| (point, geo::project(point.lat, point.lon))).collect();
    points.sort_by_key(|(point, _)| std::cmp::Reverse(point.weight));
    for (point, at) in points {
        if !canvas.window.holds(at) {
            continue;
        }
        let (x, y) = canvas.place(at);
        let r = tenth(3.5 + 11.5 * (point.weight as f64 / most).sqrt());
        canvas.room.keep_clear(x - r, y - r, 2.0 * r, 2.0 * r);
        let (href, title) = (escape(point.href), escape(point.title));
        let _ = write!(
            canvas.out,
            r#"<a href="{href}"><title>{title}</title><circle class="map-event" cx="{x}" cy="{y}" r="{r}"/></a>"#
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTING: Setting<'_> = Setting { asset_url: "/a/mali.svg", title: "Map of Mali", lang: Lang::En };

    const REGIONS: [(&str, &str, u64); 11] = [
        ("ML01", "Kayes", 1),
        ("ML02", "Koulikoro", 4),
        ("ML03", "Sikasso", 0),
        ("ML04", "Ségou", 7),
        ("ML05", "Mopti", 41),
        ("ML06", "Tombouctou", 9),
        ("ML07", "Gao", 13),
        ("ML08", "Kidal", 8),
        ("ML09", "Bamako", 6),
        ("ML10", "Ménaka", 11),
        ("", "Taoudénit", 0),
    ];

    fn mali(setting: &Setting<'_>) -> String {
        let parts =
            REGIONS.map(|(pcode, name, count)| RegionShape { pcode, name, href: "/regions/x", count, title: name });
        region_map(&RegionMap { within: "ML", parts: &parts, points: &[] }, setting).unwrap()
    }

    #[test]
    fn every_part_with_an_outline_is_a_link_shaded_by_its_count() {
        let svg = mali(&SETTING);
        assert_eq!(svg.matches("<a href=").count(), 10);
        assert_eq!(svg.matches(r#"class="step-5""#).count(), 1);
        assert!(svg.contains("<title>Mopti</title>") && !svg.contains("Taoudénit"), "{svg}");
        assert!(svg.contains(">Mopti<tspan") && svg.contains(">41</tspan>"));
        assert!(!svg.contains("style=") && svg.contains(r#"role="group""#));
        assert!(svg.len() < 10_000, "{}", svg.len());
    }

    #[test]
    fn shades_begin_at_one_event_and_end_at_the_most() {
        assert_eq!([0, 1, 2, 7, 15, 30, 41].map(|n| step(n, 41)), [0, 1, 2, 3, 4, 5, 5]);
        assert_eq!((step(0, 0), step(1, 1), step(5, 0)), (0, 5, 5));
        for most in [1, 2, 3, 7, 41, 1000, 98_765] {
            let legend = legend(most);
            assert_eq!((legend[0].1, legend.last().unwrap().2), (1, most));
            for (shade, from, to) in legend {
                assert_eq!((step(from, most), step(to, most)), (shade, shade), "{from}..{to} of {most}");
            }
        }
    }

    #[test]
    fn events_are_circles_sized_by_the_root_of_their_weight() {
        let event = |lat, lon, weight, title| EventPoint { lat, lon, weight, href: "/events/a?b&c", title };
        let points = [
            event(14.07, -3.5, 0, "none"),
            event(13.73, -3.63, 132, "<Diallassagou>"),
            event(13.9, -3.4, 33, "quarter"),
            event(18.4, 1.4, 500, "not here"),
        ];
        let svg = region_map(&RegionMap { within: "ML0502", parts: &[], points: &points }, &SETTING).unwrap();
        assert!(svg.contains("&lt;Diallassagou&gt;") && svg.contains("/events/a?b&amp;c") && !svg.contains("not here"));
        let radius: Vec<_> = svg.split(r#" r=""#).skip(1).map(|s| s.split('"').next().unwrap()).collect();
        assert!(radius[0] > radius[1], "the largest first: {radius:?}");
        assert!(svg.contains(r#"class="map-self""#));
    }

    #[test]
    fn nothing_to_draw_is_no_map() {
        let part = |pcode| RegionShape { pcode, name: "x", href: "/x", count: 1, title: "x" };
        let none = |map: RegionMap<'_>| region_map(&map, &SETTING).is_none();
        assert!(none(RegionMap::default()));
        assert!(none(RegionMap { within: "ML0502", ..RegionMap::default() }));
        assert!(none(RegionMap { within: "BF", parts: &[part("BF01"), part("")], points: &[] }));
        assert!(!none(RegionMap { within: "ML05", parts: &[part("ML0502"), part("ML0599")], points: &[] }));
    }

    #[test]
    fn names_are_short() {
        for name in ["Kidal region", "Région de Kidal", "Kidal", "Cercle de Kidal", "Kidal cercle"] {
            assert_eq!(short_name(name), "Kidal");
        }
        assert_eq!(short_name("Cercle d’Abeïbara"), "Abeïbara");
        assert_eq!(short_name("District de Bamako"), "Bamako");
    }
}
