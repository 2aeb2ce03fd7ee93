//! The outlines as JSON, for the map that can be moved: the world for views of it, and closer ones with the regions and
//! cercles of Mali. Lines are lists of whole numbers: longitude and latitude of the first point, then steps, in parts of a
//! degree as `parts` says.

use std::fmt::Write as _;

use super::geo;
use super::world::{Unit, WORLD};

/// How closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// For the world and continents.
    Far,
    /// For countries and regions.
    Near,
}

impl Detail {
    /// Points nearer than this to the one before are left out, and smaller islands; in degrees.
    fn step(self) -> f64 {
        match self {
            Detail::Far => 0.3,
            Detail::Near => 0.05,
        }
    }

    fn island(self) -> f64 {
        match self {
            Detail::Far => 0.8,
            Detail::Near => 0.05,
        }
    }

    fn parts(self) -> f64 {
        match self {
            Detail::Far => 50.0,
            Detail::Near => 250.0,
        }
    }
}

/// All outlines.
pub fn outlines(detail: Detail) -> String {
    let mut json = format!("{{\"parts\":{}", detail.parts());
    let degrees = |(x, y): &Unit| (f64::from(*x) / 32767.0 * 180.0, f64::from(*y) / 32767.0 * 90.0);
    let all = |lines: &[Vec<Unit>]| lines.iter().map(|line| line.iter().map(degrees).collect()).collect();
    let wide = |line: &Vec<(f64, f64)>| {
        let span = |of: fn(&(f64, f64)) -> f64| {
            let (low, high) = line.iter().map(of).fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
            high - low
        };
        span(|p| p.0).max(span(|p| p.1)) >= detail.island()
    };
    let mut land: Vec<Vec<(f64, f64)>> = all(&WORLD.land);
    land.retain(wide);
    lines(&mut json, "land", &land, detail);
    // Mali's own borders are those of its outline.
    lines(&mut json, "borders", &all(&WORLD.borders), detail);
    // Mali is drawn closer than the world: its own outlines.
    for (name, length) in [("countries", 2), ("regions", 4), ("districts", 6)] {
        if detail == Detail::Far && length > 4 {
            continue;
        }
        let _ = write!(json, ",\"{name}\":{{");
        for (n, shape) in geo::shapes().into_iter().filter(|shape| shape.pcode.len() == length).enumerate() {
            let rings: Vec<Vec<(f64, f64)>> = geo::rings(shape.path)
                .into_iter()
                .map(|ring| ring.into_iter().map(geo::unproject).map(|(y, x)| (x, y)).collect())
                .collect();
            let _ = write!(json, "{}\"{}\":", if n > 0 { "," } else { "" }, shape.pcode);
            list(&mut json, &rings, detail);
        }
        json.push('}');
    }
    json.push('}');
    json
}

fn lines(json: &mut String, name: &str, lines: &[Vec<(f64, f64)>], detail: Detail) {
    let _ = write!(json, ",\"{name}\":");
    list(json, lines, detail);
}

fn list(json: &mut String, lines: &[Vec<(f64, f64)>], detail: Detail) {
    json.push('[');
    for (n, line) in lines.iter().enumerate() {
        json.push_str(if n > 0 { ",[" } else { "[" });
        let (mut pen, mut drawn): ((i64, i64), Option<(f64, f64)>) = ((0, 0), None);
        for (at, point) in line.iter().enumerate() {
            let far = drawn.is_none_or(|d| (point.0 - d.0).abs().max((point.1 - d.1).abs()) >= detail.step());
            if !far && at + 1 < line.len() {
                continue;
            }
            let to = ((point.0 * detail.parts()).round() as i64, (point.1 * detail.parts()).round() as i64);
            let _ = write!(json, "{}{},{}", if drawn.is_some() { "," } else { "" }, to.0 - pen.0, to.1 - pen.1);
            (pen, drawn) = (to, Some(*point));
        }
        json.push(']');
    }
    json.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_json_and_light() {
        for (detail, most, names) in [(Detail::Far, 150_000, 5), (Detail::Near, 480_000, 6)] {
            let text = outlines(detail);
            assert!(text.len() < most, "{detail:?}: {}", text.len());
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(json.as_object().unwrap().len(), names);
            assert!(json["land"].as_array().unwrap().len() > 100);
            let mali = json["countries"]["ML"][0].as_array().unwrap();
            let first: Vec<f64> = mali[..2].iter().map(|n| n.as_f64().unwrap() / detail.parts()).collect();
            assert!((-12.5..4.5).contains(&first[0]) && (10.0..25.1).contains(&first[1]), "{first:?}");
        }
    }
}
