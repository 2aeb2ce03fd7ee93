//! Numbers of people as a source gives them: a lower bound, an upper bound, both or neither. Never a silent zero.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// "132" is 132 to 132, "more than 160" is 160 and up, "between 300 and 600" is 300 to 600; "about thirty" is 30
/// to 30 with `about`, and 28 does not contradict it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    low: Option<u32>,
    high: Option<u32>,
    about: bool,
}

/// Why two bounds are not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFigure {
    /// Neither bound is known.
    #[error("a figure needs a lower or an upper bound")]
    Empty,
    /// The bounds are the wrong way round.
    #[error("the lower bound is above the upper one")]
    Reversed,
}

/// By how much a rounded figure may be off, in hundredths.
pub const ABOUT_PERCENT: u32 = 15;

impl Figure {
    /// A figure from its bounds.
    ///
    /// # Errors
    /// When both bounds are missing, or `low` is above `high`.
    pub fn new(low: Option<u32>, high: Option<u32>, about: bool) -> Result<Figure, BadFigure> {
        match (low, high) {
            (None, None) => Err(BadFigure::Empty),
            (Some(low), Some(high)) if low > high => Err(BadFigure::Reversed),
            _ => Ok(Figure { low, high, about }),
        }
    }

    /// The least the source says.
    pub fn low(self) -> Option<u32> {
        self.low
    }

    /// The most the source says; none for "more than".
    pub fn high(self) -> Option<u32> {
        self.high
    }

    /// Whether the source rounds ("about thirty", "une vingtaine").
    pub fn about(self) -> bool {
        self.about
    }

    /// The one number by which a figure is sorted and drawn: its lower bound, or else its upper one.
    pub fn point(self) -> u32 {
        self.low.or(self.high).unwrap_or(0)
    }

    /// The numbers it does not contradict, from and to; a rounded figure reaches [`ABOUT_PERCENT`] further out.
    pub fn reach(self) -> (u32, Option<u32>) {
        let slack =
            |n: u32| if self.about { (u64::from(n) * u64::from(ABOUT_PERCENT)).div_ceil(100) as u32 } else { 0 };
        (self.low.map_or(0, |n| n - slack(n).min(n)), self.high.map(|n| n.saturating_add(slack(n))))
    }

    /// Whether both can be right.
    pub fn may_equal(self, other: Figure) -> bool {
        let ((a_low, a_high), (b_low, b_high)) = (self.reach(), other.reach());
        a_high.is_none_or(|high| b_low <= high) && b_high.is_none_or(|high| a_low <= high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(low: u32, high: u32, about: bool) -> Figure {
        let known = |n| (n > 0).then_some(n);
        Figure::new(known(low), known(high), about).unwrap()
    }

    #[test]
    fn rounded_figures_bear_what_is_near() {
        assert!(figure(30, 30, true).may_equal(figure(28, 28, false)));
        assert!(!figure(30, 30, false).may_equal(figure(28, 28, false)));
        assert!(!figure(200, 200, true).may_equal(figure(132, 132, false)));
    }

    #[test]
    fn more_than_is_open_above_only() {
        assert!(figure(160, 0, false).may_equal(figure(188, 188, false)));
        assert!(!figure(160, 0, false).may_equal(figure(132, 132, false)));
        assert!(figure(0, 10, false).may_equal(figure(5, 5, false)));
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(Figure::new(None, None, true), Err(BadFigure::Empty));
        assert_eq!(Figure::new(Some(2), Some(1), false), Err(BadFigure::Reversed));
        assert_eq!(Figure::new(Some(0), Some(0), false).unwrap().low(), Some(0));
    }
}
