//! Marks kept so far apart that each can be hit with a finger, and each within the square it stands for.

/// How far apart, in pixels of the drawing: 24 px on a phone on which it is 330 px wide.
pub(super) const APART: f64 = 54.0;

/// As often as marks are pushed away from each other. On a grid of squares wider than that they are soon apart.
const ROUNDS: usize = 80;

/// A mark: where it stands, and the left, upper, right and lower edge it may be moved to.
pub(super) type Movable = ((f64, f64), [f64; 4]);

/// Moves marks that are nearer than [`APART`] away from each other, each as little as is needed and none beyond its edges.
pub(super) fn spread(marks: &mut [Movable]) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for a in 0..marks.len() {
            for b in a + 1..marks.len() {
                let (dx, dy) = (marks[b].0.0 - marks[a].0.0, marks[b].0.1 - marks[a].0.1);
                if dx.abs() >= APART || dy.abs() >= APART {
                    continue;
                }
                let far = dx.hypot(dy);
                if far >= APART - 0.05 {
                    continue;
                }
                let push = (APART - far) / 2.0;
                let (x, y) = if far > 0.01 { (dx / far * push, dy / far * push) } else { (push, 0.0) };
                marks[a].0 = within((marks[a].0.0 - x, marks[a].0.1 - y), marks[a].1);
                marks[b].0 = within((marks[b].0.0 + x, marks[b].0.1 + y), marks[b].1);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
}

fn within((x, y): (f64, f64), [left, top, right, bottom]: [f64; 4]) -> (f64, f64) {
    (x.max(left).min(right), y.max(top).min(bottom))
}

/// How far a point is from the nearest of some others.
pub(super) fn clearance((x, y): (f64, f64), others: &[(f64, f64)]) -> f64 {
    others.iter().map(|other| (other.0 - x).hypot(other.1 - y)).fold(f64::MAX, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_neighbouring_squares_come_apart_and_stay_in_them() {
        // Four squares that meet in one point, with a mark of each beside it, and one far away.
        let square = |x: f64, y: f64| [x, y, x + 60.0, y + 60.0];
        let mut marks = [
            ((99.0, 99.0), square(40.0, 40.0)),
            ((101.0, 99.0), square(100.0, 40.0)),
            ((99.0, 101.0), square(40.0, 100.0)),
            ((101.0, 101.0), square(100.0, 100.0)),
            ((400.0, 300.0), square(360.0, 260.0)),
        ];
        spread(&mut marks);
        for (n, ((x, y), edges)) in marks.iter().enumerate() {
            let others: Vec<_> = marks.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, mark)| mark.0).collect();
            assert!(clearance((*x, *y), &others) > 52.0, "{marks:?}");
            assert!((edges[0]..=edges[2]).contains(x) && (edges[1]..=edges[3]).contains(y));
        }
        assert_eq!(marks[4].0, (400.0, 300.0));
    }
}
