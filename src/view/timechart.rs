//! The chart of a result over time: a column for each year or month, as SVG whose columns are links that choose their
//! period, with a form beside it that chooses from one to another. What is sure is drawn solid, what may be as an outline.
//!
//! Across it is laid out in parts of its width and in height in pixels, so that its words keep their size on any screen;
//! where its columns would be too narrow to hit, it is wider than the screen and scrolls.

use crate::domain::date::PartialDate;
use crate::links;
use crate::query::filter::EventFilter;
use crate::query::{EventQuery, ViewMode};
use crate::store::timeline::{Period, Timeline};
use crate::text::format::{colon, date};
use crate::text::over_time::{events_range, killed_range};

use super::{Ctx, Link};

mod draw;

pub use self::draw::Scale;
use self::draw::{Column, drawing};

/// A chart over time.
pub struct TimeChart {
    /// The values of its lines, as SVG: stands beside the columns and stays while they scroll.
    pub axis: String,
    /// The columns, as SVG.
    pub svg: String,
    /// Whether its columns are so few that they need not the whole width.
    pub few: bool,
    /// Each column that is not empty in words: the same as a text.
    pub words: Vec<String>,
    /// Whether there is something in it that may be and is not sure.
    pub uncertain: bool,
    /// Whether a toll in it is said to be more.
    pub open: bool,
    /// The way to choose a stretch of time.
    pub range: Option<RangeForm>,
    /// The same in a table.
    pub table: Option<Link>,
}

/// The form that chooses from one period to another.
pub struct RangeForm {
    /// Where it leads.
    pub action: String,
    /// What it carries along.
    pub carried: Vec<(&'static str, String)>,
    /// From when: value, words, whether it is the chosen one.
    pub from: Vec<(String, String, bool)>,
    /// Until when.
    pub to: Vec<(String, String, bool)>,
    /// The same list without dates; none where there are none.
    pub all: Option<String>,
}

impl TimeChart {
    /// The result of a query over time, the dates of its filter highlighted among `all` there are. None where there is
    /// nothing.
    pub fn of_list(cx: &Ctx, query: &EventQuery, all: &Timeline) -> Option<TimeChart> {
        let href = |period: &Period| choose(cx, query, period.when);
        let mut chart = TimeChart::new(cx, &all.periods, &query.filter, Scale::of(&all.periods), &href)?;
        chart.range = Some(RangeForm::new(cx, query, &all.periods));
        chart.table = Some(Link::new(table(cx, query), cx.t.time_table));
        Some(chart)
    }

    /// The same periods as the table below it has; the form still chooses among `all` dates.
    pub fn above_table(cx: &Ctx, query: &EventQuery, shown: &Timeline, all: &Timeline) -> Option<TimeChart> {
        let href = |period: &Period| open(cx, query, period.when);
        let none = EventFilter::default();
        let mut chart = TimeChart::new(cx, &shown.periods, &none, Scale::of(&shown.periods), &href)?;
        chart.range = Some(RangeForm::new(cx, query, &all.periods));
        Some(chart)
    }

    /// One of two charts that are compared: on a common scale, each column leading to the list of its events.
    pub fn beside(cx: &Ctx, filter: &EventFilter, timeline: &Timeline, scale: Scale) -> Option<TimeChart> {
        let href = |period: &Period| {
            let when = Some(period.when);
            links::filtered(&EventFilter { from: when, to: when, ..filter.clone() }, cx.lang)
        };
        TimeChart::new(cx, &timeline.periods, &EventFilter::default(), scale, &href)
    }

    fn new(
        cx: &Ctx,
        periods: &[Period],
        chosen: &EventFilter,
        scale: Scale,
        href: &dyn Fn(&Period) -> String,
    ) -> Option<TimeChart> {
        if periods.is_empty() {
            return None;
        }
        let columns: Vec<Column> = periods
            .iter()
            .map(|period| Column {
                when: period.when,
                href: (period.events_most > 0).then(|| href(period)),
                title: in_words(cx, period),
                events: (period.events, period.events_most),
                killed: period.killed,
                chosen: is_chosen(chosen, period.when),
            })
            .collect();
        let (axis, svg) = drawing(cx, &columns, scale);
        Some(TimeChart {
            axis,
            svg,
            few: columns.len() <= 8,
            words: columns.into_iter().filter(|c| c.href.is_some()).map(|c| c.title).collect(),
            uncertain: periods
                .iter()
                .any(|p| p.events != p.events_most || p.killed.is_some_and(|killed| killed.least != killed.most)),
            open: periods.iter().any(|p| p.killed.is_some_and(|killed| killed.open)),
            range: None,
            table: None,
        })
    }
}

/// `2019: 12 to 13 events, 40 to 55 killed`.
fn in_words(cx: &Ctx, period: &Period) -> String {
    let mut words = format!(
        "{}{} {}",
        date(period.when, cx.lang),
        colon(cx.lang),
        events_range(period.events, period.events_most, cx.lang)
    );
    if let Some(killed) = period.killed.and_then(|all| killed_range(all.least, all.most, all.open, cx.lang)) {
        words.push_str(", ");
        words.push_str(&killed);
    }
    words
}

/// Whether a period lies in the dates of a filter, or some of it does.
fn is_chosen(filter: &EventFilter, when: PartialDate) -> bool {
    (filter.from.is_some() || filter.to.is_some())
        && filter.from.is_none_or(|from| from.earliest() <= when.latest())
        && filter.to.is_none_or(|to| to.latest() >= when.earliest())
}

/// The list with a period, or without it where it is the chosen one.
fn choose(cx: &Ctx, query: &EventQuery, when: PartialDate) -> String {
    let this = Some(when);
    let chosen = (query.filter.from, query.filter.to) == (this, this);
    let dates = if chosen { None } else { this };
    with_dates(cx, query, dates, query.view)
}

/// A year opens into its months, a month into its list.
pub fn open(cx: &Ctx, query: &EventQuery, when: PartialDate) -> String {
    let view = if matches!(when, PartialDate::Year(_)) { ViewMode::Timeline } else { ViewMode::List };
    with_dates(cx, query, Some(when), view)
}

fn with_dates(cx: &Ctx, query: &EventQuery, when: Option<PartialDate>, view: ViewMode) -> String {
    let filter = EventFilter { from: when, to: when, ..query.filter.clone() };
    links::events(&EventQuery { filter, view, after: None, ..query.clone() }, cx.lang)
}

/// All dates of a query in a table.
fn table(cx: &Ctx, query: &EventQuery) -> String {
    with_dates(cx, query, None, ViewMode::Timeline)
}

impl RangeForm {
    fn new(cx: &Ctx, query: &EventQuery, periods: &[Period]) -> RangeForm {
        let dated = [query.filter.from, query.filter.to].iter().any(Option::is_some);
        let carried = EventQuery { after: None, ..query.clone() }.pairs();
        RangeForm {
            action: links::Page::Events.path(cx.lang),
            carried: carried.into_iter().filter(|(key, _)| !["from", "to"].contains(key)).collect(),
            from: options(cx, periods, query.filter.from),
            to: options(cx, periods, query.filter.to),
            all: dated.then(|| with_dates(cx, query, None, query.view)),
        }
    }
}

/// The periods to choose from, and the chosen date where it is none of them.
fn options(cx: &Ctx, periods: &[Period], chosen: Option<PartialDate>) -> Vec<(String, String, bool)> {
    let mut dates: Vec<PartialDate> = periods.iter().map(|period| period.when).collect();
    if let Some(date) = chosen.filter(|date| !dates.contains(date)) {
        let at = dates.iter().position(|other| other.earliest() > date.earliest()).unwrap_or(dates.len());
        dates.insert(at, date);
    }
    dates.into_iter().map(|when| (when.to_string(), date(when, cx.lang), Some(when) == chosen)).collect()
}
