//! What is taken on a drawing, so that no name lies on another.

use super::geo::Window;

/// A drawing and what is taken on it.
pub struct Room {
    width: f64,
    height: f64,
    taken: Vec<Window>,
}

/// Where a name has room: the point its text stands at, in the middle of its height, and on which side of it.
pub struct Spot {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
    /// A class for the text's anchor; nothing where it begins at the point.
    pub anchor: &'static str,
}

impl Room {
    /// All of a drawing.
    pub fn new(width: f64, height: f64) -> Room {
        Room { width, height, taken: Vec::new() }
    }

    /// Takes room whether or not it is free.
    pub fn keep_clear(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.taken.push(Window { x, y, w, h });
    }

    /// Takes the room if it is free and on the drawing.
    pub fn take(&mut self, x: f64, y: f64, w: f64, h: f64) -> bool {
        let apart = |o: &Window| x + w <= o.x || o.x + o.w <= x || y + h <= o.y || o.y + o.h <= y;
        let free = x >= 2.0 && y >= 2.0 && x + w <= self.width - 2.0 && y + h <= self.height - 2.0;
        let free = free && self.taken.iter().all(apart);
        if free {
            self.keep_clear(x, y, w, h);
        }
        free
    }

    /// Takes room for a name to the right, left, above or below a point, where there is some. `letter` is the size of a
    /// letter, `gap` how far from the point it keeps.
    pub fn beside(&mut self, (x, y): (f64, f64), gap: f64, letter: f64, name: &str) -> Option<Spot> {
        let w = name.chars().count() as f64 * letter * 0.58;
        let places = [
            (x + gap, y, "", x + gap),
            (x - gap, y, " map-end", x - gap - w),
            (x, y - gap - letter * 0.6, " map-mid", x - w / 2.0),
            (x, y + gap + letter * 0.6, " map-mid", x - w / 2.0),
        ];
        let free = places.into_iter().find(|(_, y, _, left)| self.take(*left, y - letter * 0.65, w, letter * 1.3));
        free.map(|(x, y, anchor, _)| Spot { x, y, anchor })
    }

    /// How much of a window is taken.
    pub fn taken_of(&self, window: &Window) -> f64 {
        self.taken.iter().map(|other| window.shared(other)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_beside_their_point_and_never_on_each_other() {
        let mut room = Room::new(200.0, 100.0);
        let anchors: Vec<_> =
            (0..6).map(|_| room.beside((100.0, 50.0), 10.0, 12.0, "Mopti").map(|spot| spot.anchor)).collect();
        assert_eq!(anchors, [Some(""), Some(" map-end"), Some(" map-mid"), Some(" map-mid"), None, None]);
        // Nothing hangs over the edge.
        assert!(
            Room::new(200.0, 100.0).beside((198.0, 50.0), 6.0, 12.0, "Mopti").is_some_and(|s| s.anchor == " map-end")
        );
        assert!(Room::new(30.0, 30.0).beside((15.0, 15.0), 6.0, 12.0, "Mopti").is_none());
    }
}
