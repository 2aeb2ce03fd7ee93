//! How one thing of two records stands to each other, and what that counts, from 0 to 1.

use crate::domain::vocab::{DatePrecision, PlacePrecision};

/// What is not known on one side neither speaks for the two nor much against them.
const NOT_KNOWN: f64 = 0.4;

/// A part of the score that speaks for the two, not merely not against them.
pub(super) const HOLDS: f64 = 0.5;

/// How the dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateTie {
    /// Both may mean the same day; the coarser of the two precisions.
    Within(DatePrecision),
    /// They miss each other by that many days.
    Apart(i64),
}

/// How the places stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaceTie {
    /// So many kilometres apart, no more than both precisions allow.
    Near(f64),
    /// One is known only to an area in which the other lies: how large that is.
    Inside(PlacePrecision),
}

/// How the actors stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorTie {
    /// These groups took part in both, by row (those of the first record).
    Shared(Vec<i64>),
    /// A group of one is part of a group of the other (those of the first record).
    Members(Vec<i64>),
    /// Only the same victims, or the same men of no named group (those of the first record).
    Victims(Vec<i64>),
    /// One of the two identifies nobody.
    NotKnown,
    /// Each names groups, and none is in both.
    Others,
}

/// How the tolls stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TollTie {
    /// The ranges overlap.
    Overlap,
    /// They do not, but the lower is at least two thirds of the higher.
    Close,
    /// One says nothing of it.
    NotKnown,
    /// They are far from each other.
    Apart,
}

/// How the kinds stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindTie {
    /// The same, or of one family.
    Same,
    /// Both are violence, and datasets draw the line between their kinds differently.
    Violence,
    /// Nothing alike.
    Other,
}

impl DateTie {
    pub(super) fn score(self) -> f64 {
        match self {
            DateTie::Within(DatePrecision::Day) => 1.0,
            DateTie::Within(DatePrecision::Days) => 0.9,
            DateTie::Within(DatePrecision::Week) => 0.8,
            DateTie::Within(DatePrecision::Month) => 0.6,
            DateTie::Within(DatePrecision::Year) => 0.3,
            DateTie::Apart(1) => 0.5,
            DateTie::Apart(_) => 0.25,
        }
    }
}

impl PlaceTie {
    pub(super) fn score(self) -> f64 {
        match self {
            // Gazetteers differ by a few kilometres on the same village.
            PlaceTie::Near(distance) if distance <= 5.0 => 1.0,
            PlaceTie::Near(distance) => (1.0 - (distance - 5.0) / 50.0).max(0.0),
            PlaceTie::Inside(PlacePrecision::Exact | PlacePrecision::Place) => 0.9,
            PlaceTie::Inside(PlacePrecision::Admin3) => 0.8,
            PlaceTie::Inside(PlacePrecision::Admin2) => 0.6,
            PlaceTie::Inside(PlacePrecision::Admin1) => 0.35,
            PlaceTie::Inside(PlacePrecision::Country) => 0.1,
        }
    }
}

impl ActorTie {
    pub(super) fn score(&self) -> f64 {
        match self {
            ActorTie::Shared(_) => 1.0,
            ActorTie::Members(_) => 0.8,
            ActorTie::Victims(_) | ActorTie::NotKnown => NOT_KNOWN,
            ActorTie::Others => 0.0,
        }
    }
}

impl TollTie {
    pub(super) fn score(self) -> f64 {
        match self {
            TollTie::Overlap => 1.0,
            TollTie::Close => HOLDS,
            TollTie::NotKnown => NOT_KNOWN,
            TollTie::Apart => 0.0,
        }
    }
}

impl KindTie {
    pub(super) fn score(self) -> f64 {
        match self {
            KindTie::Same => 1.0,
            KindTie::Violence => 0.5,
            KindTie::Other => 0.0,
        }
    }
}
