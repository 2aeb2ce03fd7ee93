//! Events and tolls over time. A date may be uncertain, and so may a toll; both stay so: of each period there is what is
//! sure and what may be.

use chrono::Datelike;
use roaring::RoaringBitmap;

use crate::domain::date::PartialDate;
use crate::query::EventFilter;

use super::filter::{Dimension, Selection};
use super::index::EventIndex;
use super::killed::{Killed, datasets_of, of_one};

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

/// A result over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// From the first to the last period with events, those without any between them too.
    pub periods: Vec<Period>,
    /// The rows of the datasets of its events.
    pub datasets: Vec<i64>,
}

/// The first and the last of some days, counted from the common era.
pub type Days = (i32, i32);

/// So many months at most are told apart; beyond that, years.
const MONTHS: i32 = 36;

impl Selection {
    /// The result over time, within the dates of the filter.
    pub fn timeline(&self, filter: &EventFilter, index: &EventIndex) -> Timeline {
        self.days(filter, index).map_or_else(Timeline::default, |days| over(&self.events, days, index))
    }

    /// The result over time as it would be without the dates of the filter: among what a reader chooses dates.
    pub fn timeline_of_all_dates(&self, index: &EventIndex) -> Timeline {
        let all;
        let events = match self.asks(Dimension::Dates) {
            true => {
                all = self.under_the_others(Dimension::Dates, index);
                &all
            }
            false => &self.events,
        };
        let count = || days_of(events, index).map_or_else(Timeline::default, |days| over(events, days, index));
        match events.len() == index.all.len() {
            true => index.over_time.get_or_init(count).clone(),
            false => count(),
        }
    }

    /// The result over these days, which may be more than it has events on: two results side by side share them.
    pub fn timeline_on(&self, days: Days, index: &EventIndex) -> Timeline {
        over(&self.events, days, index)
    }

    /// The first and the last day of the events, within the dates of the filter.
    pub fn days(&self, filter: &EventFilter, index: &EventIndex) -> Option<Days> {
        let (first, last) = days_of(&self.events, index)?;
        let from = filter.from.map_or(first, |from| first.max(from.earliest().num_days_from_ce()));
        let to = filter.to.map_or(last, |to| last.min(to.latest().num_days_from_ce()));
        (from <= to).then_some((from, to))
    }
}

fn days_of(events: &RoaringBitmap, index: &EventIndex) -> Option<Days> {
    let first = index.start[events.min()? as usize];
    // The ordinals are in the order of first days: what began longer ago than any event lasts cannot be the last to end.
    let longest = || index.start.iter().zip(&index.end).map(|(start, end)| end - start).max().unwrap_or(0);
    let longest = *index.longest.get_or_init(longest);
    let mut last = index.end[events.max()? as usize];
    for at in events.iter().rev().map(|ordinal| ordinal as usize) {
        if index.start[at] < last - longest {
            break;
        }
        last = last.max(index.end[at]);
    }
    Some((first, last))
}

fn over(events: &RoaringBitmap, (first, last): Days, index: &EventIndex) -> Timeline {
    let months = month(last) - month(first) < MONTHS;
    let number = |day: i32| if months { month(day) } else { month(day).div_euclid(12) };
    let (begin, end) = (number(first), number(last));
    let when = |number: i32| match months {
        true => PartialDate::Month(number.div_euclid(12), number.rem_euclid(12) as u32 + 1),
        false => PartialDate::Year(number),
    };
    let datasets = datasets_of(events, index);
    let killed = of_one(&datasets);
    let mut periods: Vec<Period> =
        (begin..=end).map(|number| Period { when: when(number), events: 0, events_most: 0, killed }).collect();
    // Of each day the period it is in: there are fewer days than events, and a calendar is slow.
    let of_day: Vec<i32> = (first..=last).map(number).collect();
    let period = |day: i32| of_day[(day - first) as usize] - begin;
    for ordinal in events {
        let at = ordinal as usize;
        let (from, to) = (index.start[at].max(first), index.end[at].min(last));
        if from > to {
            continue;
        }
        // What began before the first or went on after the last period may lie outside of all.
        let whole = from == index.start[at] && to == index.end[at];
        let (from, to) = (period(from) as usize, period(to) as usize);
        let sure = whole && from == to;
        let toll = index.toll_bounds(at);
        for period in &mut periods[from..=to] {
            period.events_most += 1;
            period.events += u64::from(sure);
            if let Some(killed) = &mut period.killed {
                killed.add(toll, sure);
            }
        }
    }
    Timeline { periods, datasets }
}

/// Months since the year 0.
fn month(day: i32) -> i32 {
    chrono::NaiveDate::from_num_days_from_ce_opt(day).map_or(0, |day| day.year() * 12 + day.month0() as i32)
}
