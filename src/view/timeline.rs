//! A result over time: for each year or month how many events and how many killed, as bars that show what is sure and
//! what may be, in a table that says the same.

use crate::links;
use crate::query::EventQuery;
use crate::query::filter::EventFilter;
use crate::store::timeline::Timeline;
use crate::text::format::{date, sum};

use super::{Ctx, Link, timechart};

/// The time line of a result.
pub struct TimelineView {
    /// Its periods.
    pub periods: Vec<PeriodView>,
    /// Whether tolls are summed up: only within one dataset, since two may hold the same event.
    pub tolls: bool,
    /// The datasets of which one is to be chosen for that.
    pub datasets: Vec<Link>,
    /// Whether some event may lie in two periods, or has a toll of which less or more is said.
    pub uncertain: bool,
}

/// A period.
pub struct PeriodView {
    /// The list of its events; none where there are none.
    pub link: Link,
    /// Whether there is anything in it.
    pub empty: bool,
    /// How many events.
    pub events: Bar,
    /// How many killed; none where they are not added up.
    pub killed: Option<Bar>,
}

/// A number that may be a range, and its bar in hundredths of the longest.
pub struct Bar {
    /// In words.
    pub text: String,
    /// What is sure.
    pub sure: String,
    /// What may be more.
    pub more: String,
}

impl Bar {
    fn new(least: u64, most: u64, open: bool, longest: u64, cx: &Ctx) -> Bar {
        let share = |n: u64| 100.0 * n as f64 / longest.max(1) as f64;
        let text = sum(least, most, open, cx.lang);
        Bar { text, sure: format!("{:.1}", share(least)), more: format!("{:.1}", share(most.saturating_sub(least))) }
    }
}

impl TimelineView {
    /// The time line of a query.
    pub fn new(cx: &Ctx, query: &EventQuery, timeline: &Timeline) -> TimelineView {
        let periods = &timeline.periods;
        let datasets: Vec<Link> = timeline
            .datasets
            .iter()
            .filter_map(|dataset| cx.catalog.dataset_at(*dataset))
            .filter_map(|dataset| {
                let filter = EventFilter { source: vec![dataset.id.parse().ok()?], ..query.filter.clone() };
                let query = EventQuery { filter, after: None, ..query.clone() };
                Some(Link::new(links::events(&query, cx.lang), dataset.title.get(cx.lang)))
            })
            .collect();
        let events = periods.iter().map(|p| p.events_most).max().unwrap_or(0);
        let killed = periods.iter().filter_map(|p| p.killed).map(|killed| killed.most).max().unwrap_or(0);
        TimelineView {
            periods: periods
                .iter()
                .map(|period| PeriodView {
                    link: Link::new(timechart::open(cx, query, period.when), date(period.when, cx.lang)),
                    empty: period.events_most == 0,
                    events: Bar::new(period.events, period.events_most, false, events, cx),
                    killed: period.killed.map(|all| Bar::new(all.least, all.most, all.open, killed, cx)),
                })
                .collect(),
            tolls: periods.iter().all(|p| p.killed.is_some()),
            datasets,
            uncertain: periods
                .iter()
                .any(|p| p.events != p.events_most || p.killed.is_some_and(|killed| killed.least != killed.most)),
        }
    }
}
