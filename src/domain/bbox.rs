//! A frame on the map: west, south, east, north, as in RFC 7946 (section 5) and OGC API Features (7.15.3).

use std::fmt;
use std::str::FromStr;

/// Degrees as whole numbers, hundred-thousandths of one: about a metre.
pub fn hundred_thousandths(degrees: f64) -> i32 {
    (degrees * PER_DEGREE).round() as i32
}

/// The way back.
pub fn degrees(hundred_thousandths: i32) -> f64 {
    f64::from(hundred_thousandths) / PER_DEGREE
}

const PER_DEGREE: f64 = 100_000.0;

/// A frame in WGS 84. Where the west edge is east of the east edge, it goes across the 180th meridian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BBox {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

/// The text is not a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not four degrees: west,south,east,north")]
pub struct BadBBox;

impl BBox {
    /// Whether a point lies in it, edges included; both in hundred-thousandths of a degree.
    pub fn holds(&self, latitude: i32, longitude: i32) -> bool {
        let within = if self.west <= self.east {
            (self.west..=self.east).contains(&longitude)
        } else {
            longitude >= self.west || longitude <= self.east
        };
        within && (self.south..=self.north).contains(&latitude)
    }

    /// The frame around points between two corners: latitude and longitude in hundred-thousandths of a degree.
    pub fn around((south, west): (i32, i32), (north, east): (i32, i32)) -> BBox {
        BBox { west, south, east, north }
    }

    /// A frame from west, south, east, north in degrees, cut off where the world ends; none when that is all of it.
    pub fn of([west, south, east, north]: [f64; 4]) -> Option<BBox> {
        if west <= -180.0 && east >= 180.0 {
            return None;
        }
        let edge = |degrees: f64, most: f64| hundred_thousandths(degrees.clamp(-most, most));
        Some(BBox {
            west: edge(west, 180.0),
            south: edge(south, 90.0),
            east: edge(east, 180.0),
            north: edge(north, 90.0),
        })
    }

    /// The same with room around it: a fifth on each side, and so many degrees at least.
    pub fn with_room(&self, least: f64) -> Option<BBox> {
        let [west, south, east, north] = self.degrees();
        let room = (((east - west).max(north - south)) / 5.0).max(least);
        BBox::of([west - room, south - room, east + room, north + room])
    }

    /// West, south, east, north in degrees.
    pub fn degrees(&self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north].map(degrees)
    }
}

impl fmt::Display for BBox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [west, south, east, north] = self.degrees();
        write!(f, "{west},{south},{east},{north}")
    }
}

impl FromStr for BBox {
    type Err = BadBBox;

    fn from_str(text: &str) -> Result<BBox, BadBBox> {
        let edges = text
            .split(',')
            .map(|edge| {
                // Plain decimals only: not `inf`, `1e5` or `+1`, which are numbers to Rust.
                let plain = edge.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
                edge.trim().parse::<f64>().ok().filter(|_| plain).ok_or(BadBBox)
            })
            .collect::<Result<Vec<f64>, BadBBox>>()?;
        let &[west, south, east, north] = edges.as_slice() else { return Err(BadBBox) };
        let inside = [west, east].iter().all(|x| x.abs() <= 180.0) && [south, north].iter().all(|y| y.abs() <= 90.0);
        if !inside || south > north {
            return Err(BadBBox);
        }
        let [west, south, east, north] = [west, south, east, north].map(hundred_thousandths);
        Ok(BBox { west, south, east, north })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str) -> BBox {
        text.parse().expect("a frame")
    }

    fn holds(text: &str, latitude: f64, longitude: f64) -> bool {
        frame(text).holds(hundred_thousandths(latitude), hundred_thousandths(longitude))
    }

    #[test]
    fn a_frame_holds_what_is_inside_and_on_its_edges() {
        assert!(holds("-5,13,-3,15", 14.0, -4.0) && holds("-5,13,-3,15", 13.0, -3.0));
        for (latitude, longitude) in [(12.99, -4.0), (15.01, -4.0), (14.0, -5.01), (14.0, -2.99)] {
            assert!(!holds("-5,13,-3,15", latitude, longitude), "{latitude} {longitude}");
        }
        // Across the 180th meridian.
        assert!(holds("170,-20,-170,0", -10.0, 179.0) && holds("170,-20,-170,0", -10.0, -179.0));
        assert!(!holds("170,-20,-170,0", -10.0, 0.0));
    }

    #[test]
    fn it_prints_as_it_is_read() {
        assert_eq!(frame(" -5.50 , 13,-3,15.123456").to_string(), "-5.5,13,-3,15.12346");
        assert_eq!(frame("-5.5,13,-3,15.12346"), frame("-5.5,13,-3,15.123456"));
    }

    #[test]
    fn what_is_no_frame_is_none() {
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "a,b,c,d",
            "-181,0,1,1",
            "0,-91,1,1",
            "0,2,1,1",
            "inf,0,1,1",
            "1e1,0,20,1",
            "0,0,NaN,1",
        ] {
            assert!(wrong.parse::<BBox>().is_err(), "{wrong}");
        }
    }
}
