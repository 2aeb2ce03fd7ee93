//! The events around an event: a strip that is true to time, and the same as a list.

use std::fmt::Write as _;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::date::{PartialDate, Span};
use crate::domain::toll::Toll;
use crate::domain::vocab::Topic;
use crate::links::Page;
use crate::store::events::{EventFull, Linked};
use crate::store::list::Card;
use crate::text::format::{date, headline, span};
use crate::text::labels::in_chain;

use super::super::svg::escape;
use super::super::{Ctx, Link};
use super::accounts;

/// An event of the chain.
pub struct ChainView {
    /// When.
    pub when: String,
    /// The event; nowhere to go for the one at hand.
    pub event: Link,
    /// The toll in words, if known.
    pub killed: Option<String>,
    /// How it stands to the event at hand: the words and the passages that say so.
    pub relations: Vec<(String, Vec<Link>)>,
    /// Whether it is the event at hand.
    pub this: bool,
}

/// The linked events and the one at hand, in the order of time.
pub(super) fn chain(cx: &Ctx, event: &EventFull, linked: &[Card], when: &str) -> Vec<ChainView> {
    if linked.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<(NaiveDate, ChainView)> = linked
        .iter()
        .map(|card| {
            let view = ChainView {
                when: span(&card.span, cx.lang),
                event: Link::new(Page::Event(&card.id).path(cx.lang), card.title.get(cx.lang)),
                killed: killed(cx, &card.toll),
                relations: relations(cx, event, event.links.iter().filter(|l| l.row == card.row)),
                this: false,
            };
            (card.span.earliest(), view)
        })
        .collect();
    let this = ChainView {
        when: when.to_owned(),
        event: Link::text(event.record.title.get(cx.lang)),
        killed: killed(cx, &event.record.toll(Topic::Killed)),
        relations: Vec::new(),
        this: true,
    };
    all.push((event.record.span().earliest(), this));
    all.sort_by_key(|(start, view)| (*start, view.this));
    all.into_iter().map(|(_, view)| view).collect()
}

/// `132 killed`.
fn killed(cx: &Ctx, toll: &Toll) -> Option<String> {
    Some(format!("{} {}", headline(toll, cx.lang)?, cx.killed(toll)))
}

/// How a linked event stands to the one at hand, seen from the linked one, with the passages that say so.
fn relations<'a>(cx: &Ctx, event: &EventFull, links: impl Iterator<Item = &'a Linked>) -> Vec<(String, Vec<Link>)> {
    let mut found: Vec<(String, Vec<Link>)> = Vec::new();
    for link in links {
        let words = in_chain(link.relation, link.outgoing, cx.lang).to_owned();
        let report =
            event.reports.get(&link.report).map_or_else(|| link.report.clone(), |r| accounts::report_name(cx, r));
        let passage = Link::new(format!("#{}", accounts::passage_anchor(&link.report, &link.passage)), report);
        match found.iter_mut().find(|(said, _)| *said == words) {
            Some((_, passages)) => passages.push(passage),
            None => found.push((words, vec![passage])),
        }
    }
    found
}

/// An event on the strip.
struct Stop {
    /// The first and the last day on which it may have been.
    days: (NaiveDate, NaiveDate),
    /// Whether it was on one day for sure, or lasted so long; else the span says where it may lie.
    sure: bool,
    when: String,
    title: String,
    /// Where it leads; none for the event at hand.
    href: Option<String>,
}

impl Stop {
    fn new(cx: &Ctx, when: &Span, title: &str, href: Option<String>) -> Stop {
        use crate::domain::vocab::DatePrecision::Day;
        let words = span(when, cx.lang);
        Stop {
            days: (when.earliest(), when.latest().max(when.earliest())),
            sure: when.precision == Day,
            title: format!("{title} – {words}"),
            when: words,
            href,
        }
    }
}

/// Where the strip begins and ends, in hundredths of its width.
const EDGES: (f64, f64) = (3.0, 97.0);
/// The narrowest strip for which labels are kept apart, and the width of a letter on it, in pixels.
const NARROW: f64 = 290.0;
const LETTER: f64 = 6.4;
/// The height of a row of labels.
const ROW: f64 = 24.0;

/// Linked events and the one at hand on a strip that is true to time. None where there is no time between them.
pub(super) fn strip(cx: &Ctx, event: &EventFull, linked: &[Card]) -> Option<String> {
    let this = Stop::new(cx, &event.record.span(), event.record.title.get(cx.lang), None);
    let mut stops: Vec<Stop> = linked
        .iter()
        .map(|card| {
            let href = Page::Event(&card.id).path(cx.lang);
            Stop::new(cx, &card.span, card.title.get(cx.lang), Some(href))
        })
        .chain([this])
        .collect();
    stops.sort_by_key(|stop| stop.days);
    let first = stops.iter().map(|stop| stop.days.0).min()?;
    let last = stops.iter().map(|stop| stop.days.1).max()?;
    let days = (last - first).num_days();
    if days == 0 || stops.len() < 2 {
        return None;
    }
    let x = |day: NaiveDate| EDGES.0 + (EDGES.1 - EDGES.0) * (day - first).num_days() as f64 / days as f64;
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let placed: Vec<(usize, bool)> = stops
        .iter()
        .map(|stop| {
            let at = (x(stop.days.0) + x(stop.days.1)) / 200.0 * NARROW;
            let wide = (stop.when.chars().count() as f64 * LETTER).max(24.0);
            // A label reaches to the side on which there is room.
            let leftwards = at + wide > NARROW;
            let (from, to) = if leftwards { (at - wide, at + 12.0) } else { (at - 12.0, at + wide) };
            let free = rows.iter().position(|row| row.iter().all(|(a, b)| to + 4.0 < *a || from > *b + 4.0));
            let row = free.unwrap_or_else(|| {
                rows.push(Vec::new());
                rows.len() - 1
            });
            rows[row].push((from, to));
            (row, leftwards)
        })
        .collect();
    let base = 16.0 + ROW * rows.len() as f64 + 10.0;
    let mut svg = format!(
        r#"<svg class="chain-strip" width="100%" height="{}" role="group" aria-label="{}">"#,
        base + 32.0,
        escape(cx.t.chain_strip)
    );
    let _ = write!(svg, r#"<line class="base" x1="0" x2="100%" y1="{base}" y2="{base}"/>"#);
    for (day, words) in ticks(cx, first, last) {
        let at = x(day);
        let anchor = if at > 80.0 { " last" } else { "" };
        let _ = write!(
            svg,
            r#"<line class="tick" x1="{at:.2}%" x2="{at:.2}%" y1="{base}" y2="{:.0}"/><text class="tick{anchor}" x="{at:.2}%" y="{:.0}" aria-hidden="true">{words}</text>"#,
            base + 10.0,
            base + 24.0
        );
    }
    // The event at hand last: nothing may hide it.
    let (others, this): (Vec<_>, Vec<_>) = stops.iter().zip(placed).partition(|(stop, _)| stop.href.is_some());
    for (stop, (row, leftwards)) in others.into_iter().chain(this) {
        draw(&mut svg, stop, base, 16.0 + ROW * row as f64, leftwards, &x);
    }
    svg.push_str("</svg>");
    Some(svg)
}

fn draw(svg: &mut String, stop: &Stop, base: f64, y: f64, leftwards: bool, x: &dyn Fn(NaiveDate) -> f64) {
    let (from, to) = (x(stop.days.0), x(stop.days.1));
    let at = (from + to) / 2.0;
    match &stop.href {
        Some(href) => {
            let _ = write!(svg, r#"<a class="stop" href="{}">"#, escape(href));
        }
        None => svg.push_str(r#"<g class="stop this">"#),
    }
    let _ = write!(svg, "<title>{}</title>", escape(&stop.title));
    let _ = write!(svg, r#"<line class="stem" x1="{at:.2}%" x2="{at:.2}%" y1="{:.0}" y2="{base}"/>"#, y - 10.0);
    if stop.days.0 < stop.days.1 {
        let class = if stop.sure { "lasts" } else { "may" };
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="{from:.2}%" y="{:.0}" width="{:.2}%" height="10" rx="5"/>"#,
            base - 5.0,
            (to - from).max(0.5)
        );
    }
    if stop.sure {
        let _ = write!(svg, r#"<circle cx="{at:.2}%" cy="{base}" r="6"/>"#);
    } else {
        let _ = write!(svg, r#"<circle class="may" cx="{at:.2}%" cy="{base}" r="5"/>"#);
    }
    let (anchor, beside) = if leftwards { ("last", -5) } else { ("first", 5) };
    let _ =
        write!(svg, r#"<text class="{anchor}" x="{at:.2}%" dx="{beside}" y="{y:.0}">{}</text>"#, escape(&stop.when));
    svg.push_str(if stop.href.is_some() { "</a>" } else { "</g>" });
}

/// Where years, months or days begin: at most five of them.
fn ticks(cx: &Ctx, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, String)> {
    const MOST: usize = 4;
    let years = |every: i32| -> Vec<PartialDate> {
        (first.year()..=last.year()).filter(|year| year % every == 0).map(PartialDate::Year).collect()
    };
    let months = |every: u32| -> Vec<PartialDate> {
        let begin = PartialDate::Month(first.year(), first.month()).earliest();
        (0..)
            .map_while(|n| begin.checked_add_months(Months::new(n)))
            .take_while(|day| *day <= last)
            .filter(|day| day.month0() % every == 0)
            .map(|day| PartialDate::Month(day.year(), day.month()))
            .collect()
    };
    let days = |every: u64| -> Vec<PartialDate> {
        (0..)
            .map_while(|n| first.checked_add_days(Days::new(n * every)))
            .take_while(|day| *day <= last)
            .map(PartialDate::Day)
            .collect()
    };
    let span = (last - first).num_days();
    let choices: Vec<Vec<PartialDate>> = match span {
        0..=45 => vec![days(1), days(2), days(7), days(14)],
        46..=700 => vec![months(1), months(3), months(6), years(1)],
        _ => vec![years(1), years(2), years(5), years(10), years(20)],
    };
    let within = |dates: Vec<PartialDate>| -> Vec<PartialDate> {
        dates.into_iter().filter(|date| date.earliest() >= first && date.earliest() <= last).collect()
    };
    let fits = choices.into_iter().map(within).find(|dates| dates.len() <= MOST).unwrap_or_default();
    fits.into_iter().map(|when| (when.earliest(), date(when, cx.lang))).collect()
}
