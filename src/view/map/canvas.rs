//! A map being written: part of the sheet, and things of a fixed size upon it, kept apart from each other.

use std::fmt::Write as _;

use super::Setting;
use super::geo::{self, Name, SHEET, Shape, Window};
use super::room::Room;
use crate::domain::lang::Lang;
use crate::view::svg::escape;

pub(super) const INSET_W: f64 = 96.0;
pub(super) const INSET_H: f64 = INSET_W * SHEET.h / SHEET.w;

/// The size of a letter, in the map's own units, by which names are kept apart: that of a narrow screen in `map.css`.
pub(super) const LETTER: f64 = 15.0;

/// An `<svg>` being written: part of the sheet, and things with a fixed size upon it.
pub(super) struct Canvas {
    pub(super) out: String,
    pub(super) window: Window,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) room: Room,
}

impl Canvas {
    pub(super) fn new(window: Window, width: f64, height: f64) -> Self {
        Canvas { out: String::with_capacity(2048), window, width, height, room: Room::new(width, height) }
    }

    pub(super) fn open(&mut self, class: &str, role: &str, setting: &Setting<'_>) {
        let (width, height, title) = (self.width, tenth(self.height), escape(setting.title));
        let _ = write!(
            self.out,
            r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="{role}" aria-label="{title}">"#
        );
    }

    /// Whether lines drawn for the whole sheet would be too thick.
    pub(super) fn near(&self) -> bool {
        self.window.w < 0.6 * SHEET.w
    }

    /// From here to [`Canvas::close_sheet`] units are those of the sheet.
    pub(super) fn open_sheet(&mut self, setting: &Setting<'_>) {
        let Window { x, y, w, h } = self.window;
        let detail = if self.near() { "#near" } else { "" };
        let _ = write!(
            self.out,
            r#"<svg role="presentation" viewBox="{x:.0} {y:.0} {w:.0} {h:.0}">{}"#,
            image(setting, detail)
        );
    }

    pub(super) fn close_sheet(&mut self) {
        self.out.push_str("</svg>");
    }

    pub(super) fn close(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    /// Where a point of the sheet is on the canvas, to a tenth.
    pub(super) fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let Window { x: left, y: top, w, h } = self.window;
        (tenth((x - left) / w * self.width), tenth((y - top) / h * self.height))
    }

    /// Writes a name to the right, left, above or below a point, where there is room; says whether there was.
    pub(super) fn name_beside(&mut self, (x, y): (f64, f64), gap: f64, class: &str, name: &str) -> bool {
        if name.is_empty() {
            return true;
        }
        let Some(spot) = self.room.beside((x, y), gap, LETTER, name) else { return false };
        self.text(spot.x, spot.y + LETTER * 0.3, &format!("{class}{}", spot.anchor), name);
        true
    }

    /// Writes a name in an area, or beside it where it is too wide for it.
    pub(super) fn name_area(&mut self, shape: &Shape, name: &str) {
        if name.is_empty() {
            return;
        }
        let scale = self.width / self.window.w;
        let w = name.chars().count() as f64 * LETTER * 0.6;
        let (x, y) = self.place(shape.label);
        if w < 0.8 * shape.frame.w * scale && self.room.take(x - w / 2.0, y - LETTER * 0.65, w, LETTER * 1.3) {
            self.text(x, y + LETTER * 0.3, "map-here map-mid", name);
        } else {
            let centre = self.place(shape.frame.centre());
            self.name_beside(centre, shape.frame.w * scale / 2.0 + 4.0, "map-here", name);
        }
    }

    pub(super) fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        let (x, y, text) = (tenth(x), tenth(y), escape(text));
        let _ = write!(self.out, r#"<text class="{class}" x="{x}" y="{y}">{text}</text>"#);
    }

    /// Neighbours and towns, as many as there is room for.
    pub(super) fn names(&mut self, lang: Lang, whole: bool) {
        self.neighbours(lang);
        self.towns(geo::CAPITALS, lang, 10);
        if !whole {
            self.towns(geo::TOWNS, lang, 3);
        }
    }

    pub(super) fn neighbours(&mut self, lang: Lang) {
        let mut written = "";
        for (name, at) in geo::NEIGHBOURS.iter().map(|name| geo::named(name, lang)) {
            let (x, y) = self.place(at);
            let w = name.chars().count() as f64 * LETTER * 0.64;
            if name != written && self.room.take(x - w / 2.0, y - LETTER * 0.65, w, LETTER * 1.3) {
                self.text(x, y + LETTER * 0.3, "map-land", name);
                written = name;
            }
        }
    }

    pub(super) fn towns(&mut self, towns: &[Name], lang: Lang, most: usize) {
        let mut left = most;
        for (name, at) in towns.iter().map(|name| geo::named(name, lang)) {
            let (x, y) = self.place(at);
            let room = left > 0 && self.window.holds(at) && self.room.take(x - 3.0, y - 3.0, 6.0, 6.0);
            if room && self.name_beside((x, y), 6.0, "map-town", name) {
                let _ = write!(self.out, r#"<circle class="map-dot" cx="{x}" cy="{y}" r="2"/>"#);
                left -= 1;
            }
        }
    }

    /// The corner for the small map of the whole, of the three without the scale: the first that hides nothing of the
    /// area and of the names so far, or the one that hides least.
    pub(super) fn free_corner(&self, area: Window) -> (f64, f64) {
        let (x, y) = self.place((area.x, area.y));
        let (right, bottom) = self.place((area.x + area.w, area.y + area.h));
        let area = Window { x, y, w: right - x, h: bottom - y };
        let (x, y) = (self.width - INSET_W, self.height - INSET_H);
        let hidden = |&(x, y): &(f64, f64)| {
            let corner = Window { x, y, w: INSET_W, h: INSET_H };
            self.room.taken_of(&corner) + corner.shared(&area)
        };
        [(0.0, 0.0), (x, 0.0), (x, y)].into_iter().min_by(|a, b| hidden(a).total_cmp(&hidden(b))).unwrap_or_default()
    }

    pub(super) fn inset(&mut self, setting: &Setting<'_>, (x, y): (f64, f64)) {
        let (sheet, shown) = (SHEET, self.window);
        let (x, y, w, h) = (tenth(x), tenth(y), INSET_W, tenth(INSET_H));
        let _ = write!(
            self.out,
            r#"<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="0 0 {} {}">{}<path class="map-frame" d="M0 0h{}v{}h-{}z"/><path class="map-shown" d="M{:.0} {:.0}h{:.0}v{:.0}h-{:.0}z"/></svg>"#,
            sheet.w,
            sheet.h,
            image(setting, "#far"),
            sheet.w,
            sheet.h,
            sheet.w,
            shown.x,
            shown.y,
            shown.w,
            shown.h,
            shown.w
        );
    }

    /// A bar of a round number of kilometres, at the bottom left.
    pub(super) fn scale_bar(&mut self) {
        let per_km = geo::PER_KM * self.width / self.window.w;
        let km = [10.0, 20.0, 50.0, 100.0, 200.0, 400.0].into_iter().find(|km| km * per_km >= 40.0).unwrap_or(400.0);
        let (bar, x, y) = (tenth(km * per_km), 10.0, tenth(self.height - 10.0));
        let _ = write!(self.out, r#"<path class="map-scale" d="M{x} {}v4h{bar}v-4"/>"#, tenth(y - 4.0));
        self.text(x, y - 8.0, "map-km", &format!("{km}\u{a0}km"));
    }
}

/// The shared picture; `detail` is the part of its address that says how thick its lines are (see `build.py`).
pub(super) fn image(setting: &Setting<'_>, detail: &str) -> String {
    let (url, sheet) = (escape(setting.asset_url), SHEET);
    format!(r#"<image href="{url}{detail}" width="{}" height="{}" aria-hidden="true"/>"#, sheet.w, sheet.h)
}

pub(super) fn tenth(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}

/// The outline and the rectangle of a region, if it has one.
pub(super) fn shape_of(pcode: &str) -> Option<&'static Shape> {
    if pcode.is_empty() { None } else { geo::shape(pcode) }
}
