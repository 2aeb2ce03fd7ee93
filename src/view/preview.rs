//! The picture that a chat shows of a page: title, date, place, range of figures and a small map, 1200 by 630 pixels, as
//! SVG with the colours written out, to be rastered by `publish::preview`. No photograph, and no name of a victim: titles
//! have none.

use std::fmt::Write as _;

use crate::domain::vocab::{Level, Topic};
use crate::store::catalog::{Actor, Region};
use crate::store::cells::Cells;
use crate::store::events::EventFull;
use crate::text::format::{capital, headline, span, toll_range};
use crate::text::labels::Label;
use crate::text::phrases;

use super::Ctx;
use super::map::geo::{self, Shape};
use super::map::world::Frame;
use super::map::{Mark, locate};
use super::place::codes;
use super::svg::escape;

/// The size that chats ask for, in pixels (OpenGraph; Twitter's large card).
pub const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 630;

/// Where the map begins, in pixels from the left.
const MAP_LEFT: f64 = 780.0;

/// What is written, from above: what sort of thing, its title, lines, a large figure with a word and what stands under it.
struct Words {
    kicker: String,
    title: String,
    lines: Vec<String>,
    figure: Option<(String, String)>,
    under: Vec<String>,
}

/// What is marked on the map.
#[derive(Default)]
struct Marks {
    /// Latitude, longitude and size, in events or in killed.
    points: Vec<(f64, f64, u64)>,
    /// Outlines of areas.
    areas: Vec<&'static Shape>,
}

/// The picture of an event.
pub fn event(cx: &Ctx, event: &EventFull) -> String {
    let record = &event.record;
    let toll = record.toll(Topic::Killed);
    let region = cx.catalog.region(record.region.as_str());
    let path = region.map(|region| cx.catalog.path(region.row)).unwrap_or_default();
    let shown = |(at, region): &(usize, &&Region)| *at == 0 || region.level != Level::Admin3;
    let place: Vec<&str> =
        path.iter().rev().enumerate().filter(shown).map(|(_, region)| region.name.get(cx.lang)).collect();
    let mut marks = Marks::default();
    let located = region.map(|region| locate(record.point, record.place_precision, &codes(cx, region.row)).mark);
    match (located, record.point) {
        (Some(Mark::Area { pcode, .. }), _) => marks.areas.extend(geo::shape(pcode)),
        (_, Some((latitude, longitude))) => marks.points.push((latitude, longitude, 1)),
        _ => {}
    }
    let figure = headline(&toll, cx.lang).map(|figure| (figure, cx.killed(&toll).to_owned()));
    let mut under: Vec<String> = Vec::new();
    under.extend(toll_range(&toll, cx.lang).map(|range| phrases::accounts_from(&range, cx.lang)));
    under.extend(toll.accounts.map(|standing| capital(standing.label(cx.lang))));
    let words = Words {
        kicker: capital(record.kind.label(cx.lang)),
        title: record.title.get(cx.lang).to_owned(),
        lines: vec![span(&record.span(), cx.lang), place.join(", ")],
        figure,
        under,
    };
    draw(cx, &words, &marks)
}

/// The picture of an actor, with the events it is named in.
pub fn actor(cx: &Ctx, actor: &Actor, total: u64, cells: &Cells) -> String {
    let words = Words {
        kicker: capital(actor.kind.label(cx.lang)),
        title: actor.name.get(cx.lang).to_owned(),
        lines: actor.alt_names.iter().filter(|name| name.is_ascii()).take(2).cloned().collect(),
        figure: Some(split(&phrases::events(total, cx.lang))),
        under: vec![cx.t.tagline.to_owned()],
    };
    draw(cx, &words, &of_cells(cx, cells))
}

/// The picture of a region, with the events in it.
pub fn region(cx: &Ctx, region: &Region, total: u64, cells: &Cells) -> String {
    let path = cx.catalog.path(region.row);
    let above: Vec<&str> = path.iter().rev().skip(1).map(|region| region.name.get(cx.lang)).collect();
    let mut marks = of_cells(cx, cells);
    marks.areas = region.pcode.as_deref().and_then(geo::shape).into_iter().collect();
    let words = Words {
        kicker: capital(region.level.label(cx.lang)),
        title: region.name.get(cx.lang).to_owned(),
        lines: vec![above.join(", ")],
        figure: Some(split(&phrases::events(total, cx.lang))),
        under: vec![cx.t.tagline.to_owned()],
    };
    draw(cx, &words, &marks)
}

/// `55 events` as a large figure and its word.
fn split(counted: &str) -> (String, String) {
    let (figure, word) = counted.rsplit_once('\u{a0}').unwrap_or((counted, ""));
    (figure.to_owned(), word.to_owned())
}

fn of_cells(cx: &Ctx, cells: &Cells) -> Marks {
    let degrees = crate::domain::bbox::degrees;
    let points = cells.cells.iter().map(|cell| (degrees(cell.middle.0), degrees(cell.middle.1), cell.events));
    let areas = cells.areas.iter().filter_map(|area| geo::shape(cx.catalog.region_at(area.region)?.pcode.as_deref()?));
    Marks { points: points.collect(), areas: areas.collect() }
}

fn draw(cx: &Ctx, words: &Words, marks: &Marks) -> String {
    let mut svg = String::with_capacity(64 * 1024);
    let _ = write!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#faf9f6"/>"##
    );
    map(&mut svg, marks);
    let mut y = 72.0;
    let mut x = 64.0;
    let mut line = |svg: &mut String, text: &str, size: f64, serif: bool, colour: &str, gap: f64| {
        y += gap;
        // What comes without a gap stands beside what was before.
        x = if gap == 0.0 { x } else { 64.0 };
        let family = if serif { r#"Noto Serif" font-weight="700"# } else { "Noto Sans" };
        let _ = write!(
            svg,
            r#"<text x="{x:.0}" y="{y:.0}" font-family="{family}" font-size="{size}" fill="{colour}">{}</text>"#,
            escape(text)
        );
        x += width(text, size) + 8.0;
    };
    const INK: &str = "#1d2126";
    const MUTED: &str = "#5a6067";
    line(&mut svg, &words.kicker, 26.0, false, MUTED, 0.0);
    let size = if wrapped(&words.title, 56.0).len() > 2 { 46.0 } else { 56.0 };
    for (at, part) in wrapped(&words.title, size).iter().take(3).enumerate() {
        line(&mut svg, part, size, true, INK, if at == 0 { size + 14.0 } else { size * 1.16 });
    }
    for (at, text) in words.lines.iter().filter(|text| !text.is_empty()).enumerate() {
        for (part, text) in wrapped(text, 27.0 / 1.12).iter().take(2).enumerate() {
            line(&mut svg, text, 27.0, false, MUTED, if at + part == 0 { 50.0 } else { 38.0 });
        }
    }
    if let Some((figure, word)) = &words.figure {
        let size = if width(figure, 88.0) > 540.0 { 60.0 } else { 88.0 };
        line(&mut svg, figure, size, true, INK, 112.0);
        line(&mut svg, word, 30.0, false, INK, 0.0);
    }
    for text in words.under.iter().flat_map(|text| wrapped(text, 26.0 / 1.12)).take(3) {
        line(&mut svg, &text, 26.0, false, MUTED, 42.0);
    }
    let _ = write!(
        svg,
        r##"<path d="M64 571v26M78 571v26" stroke="#1f5a7a" stroke-width="5"/><text x="96" y="595" font-family="Noto Serif" font-weight="700" font-size="30" fill="#1d2126">{}</text></svg>"##,
        escape(cx.t.site)
    );
    svg
}

/// A title in lines that are not wider than the room beside the map.
fn wrapped(text: &str, size: f64) -> Vec<String> {
    let room = MAP_LEFT - 64.0 - 40.0;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(last) if width(last, size) + width(" ", size) + width(word, size) <= room => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// About how wide a text is, in pixels: a little more than Noto Serif Bold, the wider of the two.
fn width(text: &str, size: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '!' | '|' | '(' | ')' => 0.36,
        ' ' | '\u{a0}' | '\u{202f}' => 0.28,
        'f' | 'r' | 't' | 's' | '-' => 0.48,
        'm' | 'w' | 'M' | 'W' | '—' => 0.96,
        'A'..='Z' | 'À'..='Ý' => 0.74,
        _ => 0.64,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// The least height of what the map shows, in degrees.
const CLOSEST: f64 = 6.0;

fn map(svg: &mut String, marks: &Marks) {
    let (w, h) = (f64::from(WIDTH) - MAP_LEFT, f64::from(HEIGHT));
    let shapes = marks.areas.iter().map(|shape| super::mapview::frame_of(shape));
    let points = marks.points.iter().map(|(latitude, longitude, _)| [*longitude, *latitude, *longitude, *latitude]);
    let both = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let Some([west, south, east, north]) = shapes.chain(points).reduce(both) else {
        let _ = write!(svg, r##"<rect x="{MAP_LEFT}" width="{w}" height="{h}" fill="#eeece5"/>"##);
        return;
    };
    let (x, y) = ((west + east) / 2.0, (south + north) / 2.0);
    // True to scale in the middle.
    let shrink = y.to_radians().cos().max(0.2);
    let up = ((north - south) * 1.3).max(CLOSEST).max((east - west) * 1.3 * shrink * h / w).min(170.0);
    let across = (up / h * w / shrink).min(360.0);
    let frame = Frame {
        west: x - across / 2.0,
        south: y - up / 2.0,
        east: x + across / 2.0,
        north: y + up / 2.0,
        width: w,
        height: h,
    };
    let _ = write!(
        svg,
        r##"<svg x="{MAP_LEFT}" width="{w}" height="{h}" viewBox="0 0 {w} {h}"><rect width="{w}" height="{h}" fill="#dfe9ee"/><path d="{}" fill="#eceae3" stroke="#8c8a84" stroke-width="1"/><path d="{}" fill="none" stroke="#8c8a84" stroke-width="1.4"/>"##,
        frame.land(),
        frame.borders(true)
    );
    let place = |at| {
        let (latitude, longitude) = geo::unproject(at);
        frame.place(latitude, longitude)
    };
    let ((left, top), (right, down)) = (place((0.0, 0.0)), place((1000.0, 1000.0)));
    let (sx, sy) = ((right - left) / 1000.0, (down - top) / 1000.0);
    // Outlines are in units of the sheet, and so are the widths of their lines.
    let _ = write!(svg, r#"<g transform="matrix({sx:.6} 0 0 {sy:.6} {left:.1} {top:.1})">"#);
    for shape in geo::shapes().into_iter().filter(|shape| shape.pcode.len() == 4) {
        let _ = write!(
            svg,
            r##"<path d="{}" fill="#faf9f6" stroke="#b7b3a8" stroke-width="{:.2}"/>"##,
            shape.path,
            1.2 / sx
        );
    }
    for shape in &marks.areas {
        let _ = write!(
            svg,
            r##"<path d="{}" fill="#1f5a7a" fill-opacity=".2" stroke="#1f5a7a" stroke-width="{:.2}" stroke-dasharray="{:.1} {:.1}"/>"##,
            shape.path,
            2.2 / sx,
            9.0 / sx,
            6.0 / sx
        );
    }
    svg.push_str("</g>");
    let most = marks.points.iter().map(|(.., size)| *size).max().unwrap_or(1).max(1);
    for (latitude, longitude, size) in &marks.points {
        let (x, y) = frame.place(*latitude, *longitude);
        let radius = if marks.points.len() == 1 { 15.0 } else { 7.0 + 17.0 * (*size as f64 / most as f64).sqrt() };
        let _ = write!(
            svg,
            r##"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="#1f5a7a" fill-opacity=".78" stroke="#faf9f6" stroke-width="3"/>"##
        );
    }
    let _ = write!(svg, r##"</svg><path d="M{MAP_LEFT} 0v{HEIGHT}" stroke="#8c8a84" stroke-width="1"/>"##);
}
