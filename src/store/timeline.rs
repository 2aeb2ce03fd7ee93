//! Events and tolls over time. A date may be uncertain, and so may a toll; both stay so: of each period there is what is
//! sure and what may be.

use chrono::Datelike;

use crate::domain::date::PartialDate;
use crate::query::EventFilter;

use super::filter::Selection;
use super::index::{EventIndex, OPEN, UNKNOWN};

/// A year or a month, and what happened in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The year or month.
    pub when: PartialDate,
    /// Events that lie in it for sure.
    pub events: u64,
    /// Events that may lie in it: the list under `from` and `to` of this period.
    pub events_most: u64,
    /// Their tolls; none where events of two datasets are in the result, which may hold the same event twice.
    pub killed: Option<Killed>,
}

/// The tolls of some events, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Killed {
    /// The least that is said of those that lie in the period for sure.
    pub least: u64,
    /// The most that is said of those that may lie in it.
    pub most: u64,
    /// Whether an account among them says "more than".
    pub open: bool,
    /// How many that may lie in it have no account of a toll.
    pub untold: u64,
}

/// So many months at most are told apart; beyond that, years.
const MONTHS: i32 = 36;

impl Selection {
    /// The periods from the first to the last event, those without any between them too; within the dates of the filter.
    /// Nothing where there are no events.
    pub fn timeline(&self, filter: &EventFilter, index: &EventIndex) -> Vec<Period> {
        let Some((first, last)) = self.days(filter, index) else { return Vec::new() };
        let months = month(last) - month(first) < MONTHS;
        let number = |day: i32| if months { month(day) } else { month(day).div_euclid(12) };
        let (begin, end) = (number(first), number(last));
        let when = |number: i32| match months {
            true => PartialDate::Month(number.div_euclid(12), number.rem_euclid(12) as u32 + 1),
            false => PartialDate::Year(number),
        };
        let datasets = index.source.values().filter(|set| self.events.intersection_len(set) > 0).count();
        let killed = (datasets < 2).then(Killed::default);
        let mut periods: Vec<Period> =
            (begin..=end).map(|number| Period { when: when(number), events: 0, events_most: 0, killed }).collect();
        // Of each day the period it is in: there are fewer days than events, and a calendar is slow.
        let of_day: Vec<i32> = (first..=last).map(number).collect();
        let period = |day: i32| of_day[(day - first) as usize] - begin;
        for ordinal in &self.events {
            let at = ordinal as usize;
            let (from, to) = (index.start[at].max(first), index.end[at].min(last));
            if from > to {
                continue;
            }
            // What began before the first or went on after the last period may lie outside of all.
            let whole = from == index.start[at] && to == index.end[at];
            let (from, to) = (period(from) as usize, period(to) as usize);
            let sure = whole && from == to;
            let toll = (index.toll_low[at], index.toll_most(at), index.toll_high[at] == OPEN);
            periods[from..=to].iter_mut().for_each(|period| period.add(sure, toll));
        }
        periods
    }

    /// The first and the last day of the events, within the dates of the filter.
    fn days(&self, filter: &EventFilter, index: &EventIndex) -> Option<(i32, i32)> {
        let first = index.start[self.events.min()? as usize];
        let last = self.events.iter().map(|ordinal| index.end[ordinal as usize]).max()?;
        let from = filter.from.map_or(first, |from| first.max(from.earliest().num_days_from_ce()));
        let to = filter.to.map_or(last, |to| last.min(to.latest().num_days_from_ce()));
        (from <= to).then_some((from, to))
    }
}

impl Period {
    fn add(&mut self, sure: bool, (low, most, open): (u32, u32, bool)) {
        self.events_most += 1;
        self.events += u64::from(sure);
        let Some(killed) = &mut self.killed else { return };
        if low == UNKNOWN {
            killed.untold += 1;
            return;
        }
        killed.least += if sure { u64::from(low) } else { 0 };
        killed.most += u64::from(most);
        killed.open |= open;
    }
}

/// Months since the year 0.
fn month(day: i32) -> i32 {
    chrono::NaiveDate::from_num_days_from_ce_opt(day).map_or(0, |day| day.year() * 12 + day.month0() as i32)
}
