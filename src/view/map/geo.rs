//! The geometry of Mali and its surroundings, as made by `data/geo/build.py`: outlines by P-code on one sheet, and the
//! names a reader finds his way by.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::lang::Lang;
use crate::domain::outline;

/// West edge, north edge, units for a degree of longitude and of latitude (true to scale at 17° north).
const LON0: f64 = -12.85;
const LAT0: f64 = 25.6;
const KX: f64 = 338.5;
const KY: f64 = 354.0;

/// The sheet everything is drawn on; `static/mali.svg` has it as its view box.
pub const SHEET: Window = Window { x: 0.0, y: 0.0, w: 6000.0, h: 5700.0 };

/// Units in a kilometre: a degree of latitude is 111.2 km.
pub const PER_KM: f64 = KY / 111.2;

/// A degree of latitude, in units.
pub const PER_DEGREE: f64 = KY;

/// Where a place lies on the sheet.
pub fn project(lat: f64, lon: f64) -> (f64, f64) {
    ((lon - LON0) * KX, (LAT0 - lat) * KY)
}

/// A rectangle on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

impl Window {
    /// Whether the point is in it.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        x >= self.x && x <= self.x + self.w && y >= self.y && y <= self.y + self.h
    }

    /// The smallest that holds both.
    pub fn with(&self, other: &Window) -> Window {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.w).max(other.x + other.w);
        let bottom = (self.y + self.h).max(other.y + other.h);
        Window { x, y, w: right - x, h: bottom - y }
    }

    /// How much of them lies in both.
    pub fn shared(&self, other: &Window) -> f64 {
        let side = |a: f64, aw: f64, b: f64, bw: f64| ((a + aw).min(b + bw) - a.max(b)).max(0.0);
        side(self.x, self.w, other.x, other.w) * side(self.y, self.h, other.y, other.h)
    }

    /// Its middle.
    pub fn centre(&self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// One of this size around a point, pushed back onto the sheet where it would stick out.
    pub fn around((x, y): (f64, f64), w: f64, h: f64) -> Window {
        let (w, h) = (w.min(SHEET.w), h.min(SHEET.h));
        Window { x: (x - w / 2.0).clamp(0.0, SHEET.w - w), y: (y - h / 2.0).clamp(0.0, SHEET.h - h), w, h }
    }
}

/// A country, region or cercle.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its P-code.
    pub pcode: &'static str,
    /// Its outline as SVG path data, in units of the sheet.
    pub path: &'static str,
    /// Where its name stands best.
    pub label: (f64, f64),
    /// The rectangle around it.
    pub frame: Window,
}

static SHAPES: LazyLock<HashMap<&'static str, Shape>> =
    LazyLock::new(|| outline::lines().filter_map(parse).map(|shape| (shape.pcode, shape)).collect());

fn parse(line: &'static str) -> Option<Shape> {
    let mut words = line.splitn(8, ' ');
    let pcode = words.next()?;
    let mut number = || words.next()?.parse::<f64>().ok();
    let label = (number()?, number()?);
    let (left, top, right, bottom) = (number()?, number()?, number()?, number()?);
    let frame = Window { x: left, y: top, w: right - left, h: bottom - top };
    Some(Shape { pcode, path: words.next()?, label, frame })
}

/// The shape with this P-code, of the division of 2021 (`ML`, `ML05`, `ML0502`).
pub fn shape(pcode: &str) -> Option<&'static Shape> {
    SHAPES.get(pcode)
}

/// All of them, the larger first, then by P-code.
pub fn shapes() -> Vec<&'static Shape> {
    let mut all: Vec<&Shape> = SHAPES.values().collect();
    all.sort_by_key(|shape| (shape.pcode.len(), shape.pcode));
    all
}

/// The way back from the sheet: latitude and longitude.
pub fn unproject((x, y): (f64, f64)) -> (f64, f64) {
    (LAT0 - y / KY, LON0 + x / KX)
}

/// The rings of a path made of `M`, `l`, `z` and whole numbers.
pub fn rings(path: &str) -> Vec<Vec<(f64, f64)>> {
    path.split_terminator('z')
        .map(|ring| {
            let spaced = ring.replace(['M', 'l'], " ").replace('-', " -");
            let numbers: Vec<f64> = spaced.split_whitespace().map(|n| n.parse().unwrap_or_default()).collect();
            let mut at = (0.0, 0.0);
            numbers
                .chunks_exact(2)
                .map(|d| {
                    at = (at.0 + d[0], at.1 + d[1]);
                    at
                })
                .collect()
        })
        .collect()
}

/// Whether a ring goes around a point.
pub fn goes_around(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let mut odd = false;
    for (i, a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        if (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0 {
            odd = !odd;
        }
    }
    odd
}

/// Whether a path holds a point (even-odd).
pub fn holds(path: &str, point: (f64, f64)) -> bool {
    rings(path).iter().filter(|ring| goes_around(ring, point)).count() % 2 == 1
}

/// A name on the map: English, French, latitude, longitude.
pub type Name = (&'static str, &'static str, f64, f64);

/// The capitals of the regions, those first that a reader knows best: where two names would touch, the first stays.
pub const CAPITALS: &[Name] = &[
    ("Bamako", "Bamako", 12.65, -8.0),
    ("Timbuktu", "Tombouctou", 16.773, -3.007),
    ("Gao", "Gao", 16.272, -0.045),
    ("Mopti", "Mopti", 14.484, -4.183),
    ("Kidal", "Kidal", 18.441, 1.408),
    ("Kayes", "Kayes", 14.447, -11.444),
    ("Sikasso", "Sikasso", 11.318, -5.667),
    ("Ségou", "Ségou", 13.432, -6.216),
    ("Ménaka", "Ménaka", 15.918, 2.402),
    ("Taoudenni", "Taoudenni", 22.674, -3.979),
];

/// Smaller towns, for maps of a part.
pub const TOWNS: &[Name] = &[
    ("Bandiagara", "Bandiagara", 14.35, -3.61),
    ("Douentza", "Douentza", 15.002, -2.95),
    ("Nioro", "Nioro", 15.229, -9.593),
    ("Nara", "Nara", 15.169, -7.285),
    ("Tessalit", "Tessalit", 20.201, 1.012),
    ("Ansongo", "Ansongo", 15.66, 0.502),
    ("Niono", "Niono", 14.253, -5.993),
    ("Kita", "Kita", 13.035, -9.49),
    ("Koutiala", "Koutiala", 12.392, -5.464),
    ("Bougouni", "Bougouni", 11.418, -7.483),
    ("Koro", "Koro", 14.064, -3.075),
    ("San", "San", 13.303, -4.896),
    ("Hombori", "Hombori", 15.279, -1.7),
    ("Goundam", "Goundam", 16.415, -3.671),
    ("Araouane", "Araouane", 18.905, -3.526),
];

/// The neighbours. One that is named more than once is written where it first fits: for the whole, then for a part.
pub const NEIGHBOURS: &[Name] = &[
    ("Mauritania", "Mauritanie", 17.3, -9.0),
    ("Mauritania", "Mauritanie", 16.0, -7.3),
    ("Mauritania", "Mauritanie", 15.75, -10.3),
    ("Algeria", "Algérie", 22.9, 1.6),
    ("Algeria", "Algérie", 20.6, 3.3),
    ("Algeria", "Algérie", 24.55, -2.2),
    ("Niger", "Niger", 14.5, 2.9),
    ("Burkina Faso", "Burkina Faso", 12.5, -1.2),
    ("Burkina Faso", "Burkina Faso", 12.75, -2.6),
    ("Burkina Faso", "Burkina Faso", 14.3, -0.6),
    ("Côte d’Ivoire", "Côte d’Ivoire", 9.9, -5.4),
    ("Guinea", "Guinée", 11.2, -10.3),
    ("Guinea", "Guinée", 10.6, -9.2),
    ("Benin", "Bénin", 10.9, 2.2),
    ("Ghana", "Ghana", 10.2, -1.2),
];

/// A name in a language, and where it is on the sheet.
pub fn named(&(en, fr, lat, lon): &Name, lang: Lang) -> (&'static str, (f64, f64)) {
    (lang.pick(en, fr), project(lat, lon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use outline::FILES;

    #[test]
    fn the_projection_is_the_one_the_files_were_made_with() {
        for file in FILES {
            let line = file.lines().find_map(|line| line.strip_prefix("# projection ")).unwrap();
            let told: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
            assert_eq!(told, [LON0, LAT0, KX, KY, SHEET.w, SHEET.h]);
        }
        assert!((KX / KY - 17f64.to_radians().cos()).abs() < 0.001);
        let sheet = include_str!("../../../static/mali.svg");
        assert!(sheet.contains(&format!(r#"viewBox="0 0 {} {}""#, SHEET.w, SHEET.h)));
    }

    #[test]
    fn towns_lie_in_their_cercle_and_region() {
        let towns = [
            ("Bamako", 12.65, -8.0, ["ML0901", "ML09"]),
            ("Kidal", 18.441, 1.408, ["ML0802", "ML08"]),
            ("Bankass", 14.0775, -3.516, ["ML0502", "ML05"]),
            ("Diallassagou", 13.733, -3.633, ["ML0502", "ML05"]),
            ("Ménaka", 15.918, 2.402, ["ML0704", "ML10"]),
        ];
        for (town, lat, lon, inside) in towns {
            let at = project(lat, lon);
            for shape in SHAPES.values() {
                let expected = inside.contains(&shape.pcode) || shape.pcode == "ML";
                assert_eq!(holds(shape.path, at), expected, "{town} in {}", shape.pcode);
            }
        }
        for name in CAPITALS.iter().chain(TOWNS) {
            assert!(holds(shape("ML").unwrap().path, named(name, Lang::En).1), "{name:?}");
        }
        for name in NEIGHBOURS {
            let at = named(name, Lang::En).1;
            assert!(SHEET.holds(at) && !holds(shape("ML").unwrap().path, at), "{name:?}");
        }
    }

    #[test]
    fn every_code_has_an_outline() {
        let count = |length| SHAPES.keys().filter(|code| code.len() == length).count();
        assert_eq!((count(2), count(4), count(6)), (1, 10, 50));
        for region in 1..=10 {
            assert!(shape(&format!("ML{region:02}")).is_some(), "{region}");
        }
        for shape in SHAPES.values() {
            let rings = rings(shape.path);
            assert!(rings.iter().all(|ring| ring.len() >= 3), "{}", shape.pcode);
            assert!(holds(shape.path, shape.label), "{}: its name stands outside", shape.pcode);
            let mut points = rings.iter().flatten();
            assert!(points.all(|p| shape.frame.holds(*p) && SHEET.holds(*p)), "{}", shape.pcode);
        }
    }

    #[test]
    fn files_stay_small() {
        let [country, regions, cercles] = FILES.map(str::len);
        assert!(country <= 1_500 && regions <= 8_000 && cercles <= 25_000, "{country} {regions} {cercles}");
        assert!(include_str!("../../../static/mali.svg").len() <= 14_000);
        assert!(SHAPES.values().all(|shape| shape.path.len() <= 950));
    }
}
