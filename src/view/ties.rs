//! Ties between actors as a time line: a row for each other actor, a mark for each passage where its date is, those
//! without a date in a column of their own. The kind of tie is a form, so that it is told without colour.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::domain::date::PartialDate;
use crate::domain::vocab::{ActorRelation, Vocabulary};
use crate::store::actors::Tie;
use crate::text::format::{colon, date};
use crate::text::labels::{Label, relation_reversed};

use super::actor::passage_link;
use super::svg::escape;
use super::{Ctx, Link};

/// All ties of an actor.
pub struct TiesView {
    /// The forms that occur, and what each means.
    pub kinds: Vec<(String, &'static str)>,
    /// The years above the rows, as SVG; none where no passage gives a date.
    pub years: Option<String>,
    /// Whether some passage gives no date.
    pub undated: bool,
    /// The other actors, the first named first.
    pub rows: Vec<TieRow>,
}

/// The ties to one other actor.
pub struct TieRow {
    /// The other actor.
    pub other: Link,
    /// Its marks over the years, as SVG.
    pub lane: Option<String>,
    /// Its marks without a date.
    pub undated: Vec<TieMark>,
    /// What each passage says.
    pub said: Vec<TieSaid>,
}

/// A mark without a date.
pub struct TieMark {
    /// Its form, as SVG.
    pub form: String,
    /// The passage.
    pub href: String,
    /// `allied with …: no date given`
    pub title: String,
}

/// What a passage says of a tie.
pub struct TieSaid {
    /// The form of its mark.
    pub form: String,
    /// `part of`
    pub relation: &'static str,
    /// When, in words.
    pub when: String,
    /// What it says.
    pub gist: String,
    /// The passage.
    pub passage: Link,
}

/// The years of a time line of ties, and where a day is on it.
#[derive(Clone, Copy)]
struct Years {
    first: i32,
    last: i32,
}

/// A row of marks is so high.
const LANE: f64 = 24.0;
/// So much of the narrowest lane a mark takes, in hundredths.
const MARK: f64 = 13.0;

impl Years {
    fn of(ties: &[Tie]) -> Option<Years> {
        let dates = ties.iter().flat_map(|tie| [parsed(&tie.from), parsed(&tie.until)]).flatten();
        let (first, last) = dates.map(|date| (date.year(), date.year())).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        // A single year would be as wide as the page.
        let short = (5 - (last - first)).max(0);
        Some(Years { first: first - short / 2, last: last + short - short / 2 })
    }

    fn x(self, day: NaiveDate) -> f64 {
        let start = PartialDate::Year(self.first).earliest();
        let end = PartialDate::Year(self.last).latest();
        100.0 * (day - start).num_days() as f64 / (end - start).num_days().max(1) as f64
    }

    /// A line and a name for each few years.
    fn axis(self) -> String {
        let every = match self.last - self.first {
            0..=6 => 1,
            7..=13 => 2,
            14..=40 => 5,
            _ => 10,
        };
        let mut svg = r#"<svg class="tie-years" width="100%" height="16" aria-hidden="true">"#.to_owned();
        for year in (self.first..=self.last).filter(|year| year % every == 0) {
            let from = self.x(PartialDate::Year(year).earliest());
            let middle = (from + self.x(PartialDate::Year(year).latest())) / 2.0;
            let _ = write!(svg, r#"<text x="{middle:.2}%" y="12">{year}</text>"#);
        }
        svg.push_str("</svg>");
        svg
    }
}

fn parsed(text: &Option<String>) -> Option<PartialDate> {
    text.as_deref().and_then(|text| text.parse().ok())
}

impl TiesView {
    /// The ties of an actor; none where there are none.
    pub fn new(cx: &Ctx, ties: &[Tie]) -> Option<TiesView> {
        if ties.is_empty() {
            return None;
        }
        let years = Years::of(ties);
        let mut rows: Vec<(i64, Vec<&Tie>)> = Vec::new();
        for tie in ties {
            match rows.iter_mut().find(|(other, _)| *other == tie.other) {
                Some((_, ties)) => ties.push(tie),
                None => rows.push((tie.other, vec![tie])),
            }
        }
        let occurs = |kind: &&ActorRelation| ties.iter().any(|tie| tie.relation == **kind);
        Some(TiesView {
            kinds: ActorRelation::ALL.iter().filter(occurs).map(|kind| (form(*kind), kind.label(cx.lang))).collect(),
            years: years.map(Years::axis),
            undated: ties.iter().any(is_undated),
            rows: rows.into_iter().map(|(other, ties)| TieRow::new(cx, years, other, &ties)).collect(),
        })
    }
}

fn is_undated(tie: &Tie) -> bool {
    parsed(&tie.from).or(parsed(&tie.until)).is_none()
}

impl TieRow {
    fn new(cx: &Ctx, years: Option<Years>, other: i64, ties: &[&Tie]) -> TieRow {
        let other = cx.actor(other);
        TieRow {
            lane: years.map(|years| lane(cx, years, &other.text, ties)),
            undated: ties
                .iter()
                .filter(|tie| is_undated(tie))
                .map(|tie| TieMark {
                    form: form(tie.relation),
                    href: passage_link(cx, &tie.passage).href,
                    title: title(cx, tie, &other.text),
                })
                .collect(),
            said: ties.iter().map(|tie| TieSaid::new(cx, tie)).collect(),
            other,
        }
    }
}

impl TieSaid {
    /// What the passage of a tie says.
    pub fn new(cx: &Ctx, tie: &Tie) -> TieSaid {
        TieSaid {
            form: form(tie.relation),
            relation: relation(cx, tie),
            when: when(cx, tie),
            gist: tie.passage.gist.get(cx.lang).to_owned(),
            passage: passage_link(cx, &tie.passage),
        }
    }
}

fn relation(cx: &Ctx, tie: &Tie) -> &'static str {
    if tie.outgoing { tie.relation.label(cx.lang) } else { relation_reversed(tie.relation, cx.lang) }
}

fn when(cx: &Ctx, tie: &Tie) -> String {
    match (parsed(&tie.from), parsed(&tie.until)) {
        (None, None) => cx.t.tie_undated.to_owned(),
        (Some(from), None) => date(from, cx.lang),
        (None, Some(until)) => format!("{} {}", cx.lang.pick("until", "jusqu’à"), date(until, cx.lang)),
        (Some(from), Some(until)) => format!("{}–{}", date(from, cx.lang), date(until, cx.lang)),
    }
}

fn title(cx: &Ctx, tie: &Tie, other: &str) -> String {
    format!("{} {other}{} {}", relation(cx, tie), colon(cx.lang), when(cx, tie))
}

/// The marks of a row: each at its date, those at the same date below each other.
fn lane(cx: &Ctx, years: Years, other: &str, ties: &[&Tie]) -> String {
    let mut marks = String::new();
    let mut lanes: Vec<f64> = Vec::new();
    for tie in ties.iter().filter(|tie| !is_undated(tie)) {
        let (from, until) = (parsed(&tie.from), parsed(&tie.until));
        let begin = from.or(until).map_or(0.0, |date| years.x(date.earliest()));
        // A year or month is as wide as it is: the passage says no more.
        let end = until.or(from).map_or(0.0, |date| years.x(date.latest()));
        let at = match (from, until) {
            (Some(from), Some(_)) => (years.x(from.earliest()) + years.x(from.latest())) / 2.0,
            _ => (begin + end) / 2.0,
        };
        let past = end.max(at + MARK / 2.0);
        let free = lanes.iter().position(|end| *end <= begin.min(at - MARK / 2.0));
        let row = free.unwrap_or_else(|| {
            lanes.push(0.0);
            lanes.len() - 1
        });
        lanes[row] = past;
        let y = LANE * (row as f64 + 0.5);
        let class = if from.is_some() && until.is_some() { "lasts" } else { "about" };
        let _ = write!(
            marks,
            r#"<a href="{}"><title>{}</title><rect class="hit" x="{begin:.2}%" y="{:.0}" width="{:.2}%" height="{LANE}"/><rect class="{class}" x="{begin:.2}%" y="{:.0}" width="{:.2}%" height="8"/><svg x="{at:.2}%" y="{y}" overflow="visible">{}</svg></a>"#,
            escape(&passage_link(cx, &tie.passage).href),
            escape(&title(cx, tie, other)),
            y - LANE / 2.0,
            end - begin,
            y - 4.0,
            (end - begin).max(0.6),
            shape(tie.relation),
        );
    }
    let height = LANE * lanes.len().max(1) as f64;
    let mut svg =
        format!(r#"<svg class="tie-lane" width="100%" height="{height}" role="group" aria-label="{}">"#, escape(other));
    for year in years.first..=years.last + 1 {
        let at = years.x(PartialDate::Year(year).earliest()).min(100.0);
        let _ = write!(svg, r#"<line x1="{at:.2}%" x2="{at:.2}%" y1="0" y2="{height}"/>"#);
    }
    svg.push_str(&marks);
    svg.push_str("</svg>");
    svg
}

/// The form of a kind of tie, about the point it stands at.
fn shape(relation: ActorRelation) -> &'static str {
    match relation {
        ActorRelation::PartOf => r#"<path class="full" d="M-5-5h10v10h-10z"/>"#,
        ActorRelation::AffiliatedWith => r#"<circle class="full" r="5.5"/>"#,
        ActorRelation::AlliedWith => r#"<circle class="ring" r="5"/>"#,
        ActorRelation::SuccessorOf => r#"<path class="full" d="M-4-6l10 6-10 6z"/>"#,
        ActorRelation::SplitFrom => r#"<path class="ring" d="M0-6.5l6.5 6.5-6.5 6.5-6.5-6.5z"/>"#,
        ActorRelation::Opposes => r#"<path class="cross" d="M-5-5l10 10m0-10l-10 10"/>"#,
    }
}

/// The form of a kind of tie alone.
fn form(relation: ActorRelation) -> String {
    format!(
        r#"<svg class="tie-form" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">{}</svg>"#,
        shape(relation)
    )
}
