//! Marks kept so far apart that each can be hit with a finger.

/// How far apart, in pixels of the drawing: 24 px on a phone on which it is 330 px wide.
pub(super) const APART: f64 = 53.0;

/// As often as marks are pushed away from each other. On a grid of squares as wide as that they are soon apart.
const ROUNDS: usize = 120;

/// Moves points that are nearer than [`APART`] away from each other, each as little as is needed, and keeps all on the
/// drawing.
pub(super) fn spread(points: &mut [(f64, f64)], width: f64, height: f64) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for a in 0..points.len() {
            for b in a + 1..points.len() {
                let (dx, dy) = (points[b].0 - points[a].0, points[b].1 - points[a].1);
                if dx.abs() >= APART || dy.abs() >= APART {
                    continue;
                }
                let far = dx.hypot(dy);
                if far >= APART - 0.05 {
                    continue;
                }
                let push = (APART - far) / 2.0;
                let (x, y) = if far > 0.01 { (dx / far * push, dy / far * push) } else { (push, 0.0) };
                points[a] = (points[a].0 - x, points[a].1 - y);
                points[b] = (points[b].0 + x, points[b].1 + y);
                moved = true;
            }
        }
        for point in points.iter_mut() {
            let edge = APART / 2.0;
            *point = (point.0.clamp(edge, width - edge), point.1.clamp(edge, height - edge));
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_one_spot_come_apart_and_others_stay() {
        let mut points = [(100.0, 100.0), (100.0, 100.0), (110.0, 100.0), (400.0, 300.0), (0.0, 0.0)];
        spread(&mut points, 720.0, 400.0);
        for (n, a) in points.iter().enumerate() {
            assert!(points[n + 1..].iter().all(|b| (a.0 - b.0).hypot(a.1 - b.1) > 52.0), "{points:?}");
        }
        assert_eq!(points[3], (400.0, 300.0));
        assert_eq!(points[4], (26.5, 26.5));
        // The middle of a cluster stays where it was.
        let middle = points[..3].iter().map(|p| p.0).sum::<f64>() / 3.0;
        assert!((middle - 310.0 / 3.0).abs() < 1.0, "{middle}");
    }
}
