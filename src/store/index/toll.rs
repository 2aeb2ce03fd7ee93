//! The tolls of all events as columns, so that a list need not read the claims of each.

use crate::domain::figure::Figure;
use crate::domain::toll::Toll;
use crate::domain::vocab::Accounts;

use super::{UNKNOWN, bytes, numbers};

/// Between which bounds the accounts of a toll are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least that is said.
    pub least: u32,
    /// The most that is said.
    pub most: u32,
    /// Whether an account says "more than" that.
    pub open: bool,
}

/// The tolls but for the standing of their accounts, which is a facet. One entry for each ordinal.
#[derive(Default)]
pub(super) struct Tolls {
    low: Vec<u32>,
    high: Vec<u32>,
    /// The number of the preferred claim, and its bounds.
    preferred: Vec<u32>,
    preferred_low: Vec<u32>,
    preferred_high: Vec<u32>,
    /// The lowest two bits: whether the toll is open, whether the preferred figure is rounded. Above them: how many kinds
    /// of source give an account.
    notes: Vec<u32>,
}

impl Tolls {
    pub(super) fn push(&mut self) {
        for column in
            [&mut self.low, &mut self.high, &mut self.preferred, &mut self.preferred_low, &mut self.preferred_high]
        {
            column.push(UNKNOWN);
        }
        self.notes.push(0);
    }

    pub(super) fn set(&mut self, at: usize, toll: &Toll) {
        let known = |n: Option<u32>| n.unwrap_or(UNKNOWN);
        let figure = toll.preferred.map(|(_, figure)| figure);
        self.low[at] = known(toll.low);
        self.high[at] = known(toll.high);
        self.preferred[at] = known(toll.preferred.map(|(n, _)| n));
        self.preferred_low[at] = known(figure.and_then(Figure::low));
        self.preferred_high[at] = known(figure.and_then(Figure::high));
        self.notes[at] = toll.origins << 2 | u32::from(figure.is_some_and(Figure::about)) << 1 | u32::from(toll.open);
    }

    pub(super) fn bounds(&self, at: usize) -> Option<Bounds> {
        let bounds = Bounds { least: self.low[at], most: self.high[at], open: self.notes[at] & 1 != 0 };
        (bounds.least != UNKNOWN).then_some(bounds)
    }

    pub(super) fn get(&self, at: usize, accounts: Option<Accounts>) -> Toll {
        let known = |n: u32| (n != UNKNOWN).then_some(n);
        let notes = self.notes[at];
        let figure = Figure::new(known(self.preferred_low[at]), known(self.preferred_high[at]), notes & 2 != 0);
        Toll {
            low: known(self.low[at]),
            high: known(self.high[at]),
            open: notes & 1 != 0,
            preferred: known(self.preferred[at]).zip(figure.ok()),
            accounts,
            origins: notes >> 2,
        }
    }

    /// Takes a column that the last import left, if it is one of these.
    pub(super) fn load(&mut self, name: &str, data: &[u8]) -> bool {
        let column = match name {
            "toll_low" => &mut self.low,
            "toll_high" => &mut self.high,
            "toll_preferred" => &mut self.preferred,
            "toll_preferred_low" => &mut self.preferred_low,
            "toll_preferred_high" => &mut self.preferred_high,
            "toll_notes" => &mut self.notes,
            _ => return false,
        };
        *column = numbers(data);
        true
    }

    pub(super) fn columns(&self) -> [(&'static str, Vec<u8>); 6] {
        [
            ("toll_low", bytes(&self.low)),
            ("toll_high", bytes(&self.high)),
            ("toll_preferred", bytes(&self.preferred)),
            ("toll_preferred_low", bytes(&self.preferred_low)),
            ("toll_preferred_high", bytes(&self.preferred_high)),
            ("toll_notes", bytes(&self.notes)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toll_comes_back_as_it_was() {
        let figure = |low, high, about| Figure::new(low, high, about).unwrap();
        let tolls = [
            Toll::default(),
            Toll { low: Some(3), high: Some(9), origins: 2, accounts: Some(Accounts::Differ), ..Toll::default() },
            Toll {
                low: Some(40),
                high: Some(200),
                open: true,
                preferred: Some((7, figure(Some(132), None, true))),
                accounts: Some(Accounts::Agree),
                origins: 5,
            },
        ];
        let mut columns = Tolls::default();
        tolls.iter().for_each(|_| columns.push());
        tolls.iter().enumerate().for_each(|(at, toll)| columns.set(at, toll));
        let mut loaded = Tolls::default();
        for (name, data) in columns.columns() {
            assert!(loaded.load(name, &data), "{name}");
        }
        assert!(!loaded.load("row", &[]));
        for (at, toll) in tolls.iter().enumerate() {
            assert_eq!(
                loaded.bounds(at).map(|bounds| (bounds.least, bounds.open)),
                toll.low.map(|low| (low, toll.open))
            );
            assert_eq!(loaded.get(at, toll.accounts), *toll);
        }
    }
}
