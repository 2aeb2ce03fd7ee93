//! Who gives which toll: a lane for each kind of source over one scale, a mark on it for each claim, and a line through
//! all of them at the figure a curator prefers. What can be right beside that figure is told from what cannot.
//!
//! Every lane is a drawing of its own whose places are percentages, so that marks and letters keep their size on a
//! narrow screen, and a screen reader hears the name of a source before its claims.

use std::fmt::Write as _;

use crate::domain::figure::Figure;
use crate::domain::lang::Lang;
use crate::domain::vocab::Stance;
use crate::text::format::number;

use super::svg::escape;

/// One claim to be drawn.
pub struct Mark {
    /// The claim's number.
    pub n: u32,
    /// Where the mark leads: to the claim.
    pub href: String,
    /// What it says.
    pub figure: Figure,
    /// What is read when the mark is pointed at.
    pub title: String,
    /// Whose lane it is on: a kind of source, or another dataset.
    pub who: String,
    /// Whether it is denied.
    pub stance: Stance,
    /// Whether it is the preferred one.
    pub preferred: bool,
    /// Whether it is of another dataset's record of the event.
    pub other: bool,
}

/// A share of the width is left free at both ends for the marks there.
const LEFT: f64 = 3.0;
const RIGHT: f64 = 12.0;

/// A percent of a lane's width on a narrow phone, in pixels, by which marks are kept apart.
const PERCENT: f64 = 2.8;

/// From one mark of a pile to the next, in pixels.
const STEP: f64 = 13.0;

/// The marks of one source, piled up.
struct Lane<'a> {
    who: &'a str,
    /// Each with its row above the line.
    marks: Vec<(usize, &'a Mark)>,
    rows: usize,
}

/// Draws the marks; none with fewer than two. `label` says what the chart is.
pub fn toll(marks: &[Mark], label: &str, lang: Lang) -> Option<String> {
    if marks.len() < 2 {
        return None;
    }
    let top = marks.iter().map(|m| m.figure.high().unwrap_or(0).max(m.figure.point())).max().unwrap_or(1).max(1);
    let (step, max) = scale(top);
    let x = |n: u32| LEFT + (100.0 - LEFT - RIGHT) * f64::from(n) / f64::from(max);
    let preferred = marks.iter().find(|mark| mark.preferred).map(|mark| mark.figure);
    let mut out = format!(r#"<div class="toll-chart" role="group" aria-label="{}">"#, escape(label));
    for lane in lanes(marks, &x) {
        let height = STEP * lane.rows as f64 + 11.0;
        let _ = write!(
            out,
            r#"<div class="lane"><span class="who">{}</span><svg height="{height:.0}" role="presentation">"#,
            escape(lane.who)
        );
        grid(&mut out, &x, step, max);
        if let Some(preferred) = preferred {
            let at = x(preferred.point());
            let _ = write!(out, r#"<line class="there" x1="{at:.1}%" x2="{at:.1}%" y1="0" y2="100%"/>"#);
        }
        for (row, mark) in lane.marks {
            draw(&mut out, mark, preferred, &x, height - 9.0 - STEP * row as f64);
        }
        out.push_str("</svg></div>");
    }
    let _ = write!(out, r#"<div class="lane axis" aria-hidden="true"><span class="who"></span><svg height="20">"#);
    for tick in ticks(step, max) {
        let _ = write!(out, r#"<text x="{:.1}%" y="14">{}</text>"#, x(tick), number(u64::from(tick), lang));
    }
    out.push_str("</svg></div></div>");
    Some(out)
}

/// Sources in the order in which a reader wants them: that of the preferred claim, then by how many claims they make;
/// other datasets at the end.
fn lanes<'a>(marks: &'a [Mark], x: &dyn Fn(u32) -> f64) -> Vec<Lane<'a>> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut ordered: Vec<&Mark> = marks.iter().collect();
    ordered.sort_by_key(|m| (!m.preferred, m.stance == Stance::Denies, m.figure.high() != m.figure.low(), m.n));
    for mark in ordered {
        match lanes.iter_mut().find(|lane| lane.who == mark.who) {
            Some(lane) => lane.marks.push((0, mark)),
            None => lanes.push(Lane { who: &mark.who, marks: vec![(0, mark)], rows: 1 }),
        }
    }
    lanes.sort_by_key(|lane| {
        let first = lane.marks[0].1;
        (first.other, !first.preferred, std::cmp::Reverse(lane.marks.len()))
    });
    for lane in &mut lanes {
        // Each mark takes the lowest free row at its place, so that none hides another.
        let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
        for (at, mark) in &mut lane.marks {
            let from = x(mark.figure.point()) * PERCENT - if mark.figure.low().is_none() { 20.0 } else { 6.0 };
            let to = x(mark.figure.high().unwrap_or(mark.figure.point())) * PERCENT;
            let to = to + if mark.figure.high().is_none() { 20.0 } else { 6.0 };
            let free = rows.iter().position(|row| row.iter().all(|(a, b)| to < *a || from > *b));
            *at = free.unwrap_or(rows.len());
            if *at == rows.len() {
                rows.push(Vec::new());
            }
            rows[*at].push((from, to));
        }
        lane.rows = rows.len();
    }
    lanes
}

fn ticks(step: u32, max: u32) -> impl Iterator<Item = u32> {
    (0..=max / step).map(move |tick| tick * step)
}

fn grid(out: &mut String, x: &dyn Fn(u32) -> f64, step: u32, max: u32) {
    for at in ticks(step, max).map(x) {
        let _ = write!(out, r#"<line class="grid" x1="{at:.1}%" x2="{at:.1}%" y1="0" y2="100%"/>"#);
    }
}

fn draw(out: &mut String, mark: &Mark, preferred: Option<Figure>, x: &dyn Fn(u32) -> f64, y: f64) {
    let figure = mark.figure;
    let denied = mark.stance == Stance::Denies;
    let against = !denied && preferred.is_some_and(|preferred| !figure.may_equal(preferred));
    let mut class = String::from("mark");
    for (on, name) in [
        (figure.about(), " about"),
        (mark.preferred, " preferred"),
        (denied, " denied"),
        (against, " against"),
        (mark.other, " elsewhere"),
    ] {
        if on {
            class.push_str(name);
        }
    }
    let _ = write!(out, r#"<a href="{}" class="{class}"><title>{}</title>"#, escape(&mark.href), escape(&mark.title));
    let at = x(figure.point());
    let end = figure.high().filter(|high| figure.low().is_some_and(|low| low < *high)).map(x);
    if let Some(end) = end {
        let _ = write!(out, r#"<line class="range" x1="{at:.1}%" x2="{end:.1}%" y1="{y}" y2="{y}"/>"#);
        point(out, mark, end, y, "4.5");
    }
    if denied {
        let _ = write!(out, r#"<svg x="{at:.1}%" y="{y}"><path class="cross" d="M-4-4l8 8m0-8l-8 8"/></svg>"#);
    } else {
        point(out, mark, at, y, if mark.preferred { "5.5" } else { "4.5" });
    }
    let beyond = match (figure.low(), figure.high()) {
        (_, None) => "M6 0h9m-4-3.5l4 3.5-4 3.5",
        (None, _) => "M-6 0h-9m4-3.5l-4 3.5 4 3.5",
        _ => "",
    };
    if !beyond.is_empty() {
        let _ = write!(out, r#"<svg x="{at:.1}%" y="{y}"><path class="open" d="{beyond}"/></svg>"#);
    }
    out.push_str("</a>");
}

fn point(out: &mut String, mark: &Mark, at: f64, y: f64, r: &str) {
    let _ = match mark.other {
        // A square on its corner: told from the others without colour.
        true => {
            write!(out, r#"<svg x="{at:.1}%" y="{y}"><path class="point" d="M0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z"/></svg>"#)
        }
        false => write!(out, r#"<circle cx="{at:.1}%" cy="{y}" r="{r}"/>"#),
    };
}

/// A round step and a round end for a scale from zero to at least `top`, with four to seven ticks.
fn scale(top: u32) -> (u32, u32) {
    let mut step = 1;
    'found: for power in 0..10 {
        for base in [1, 2, 5] {
            step = base * 10_u32.pow(power);
            if top.div_ceil(step) <= 6 {
                break 'found;
            }
        }
    }
    (step, step * top.div_ceil(step).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(n: u32, who: &str, low: Option<u32>, high: Option<u32>) -> Mark {
        let figure = Figure::new(low, high, false).unwrap();
        let (who, href, title) = (who.into(), format!("#claim-{n}"), "<x>".into());
        Mark { n, who, href, figure, title, stance: Stance::Asserts, preferred: n == 1, other: n == 9 }
    }

    #[test]
    fn every_claim_is_a_mark_on_the_lane_of_its_source() {
        let marks = [
            mark(2, "UN", Some(40), None),
            mark(3, "UN", Some(41), None),
            mark(1, "Government", Some(132), Some(132)),
            mark(9, "UCDP", Some(200), None),
        ];
        let svg = toll(&marks, "label", Lang::En).unwrap();
        for n in [1, 2, 3, 9] {
            assert!(svg.contains(&format!("href=\"#claim-{n}\"")), "{svg}");
        }
        let lanes: Vec<&str> =
            svg.split("class=\"who\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(lanes, ["Government", "UN", "UCDP", ""], "the preferred first, another dataset last");
        assert!(svg.contains("&lt;x&gt;") && !svg.contains("style="));
        assert_eq!((svg.matches("<circle").count(), svg.matches("class=\"point\"").count()), (3, 1));
        assert!(toll(&marks[..1], "", Lang::En).is_none());
    }

    #[test]
    fn what_cannot_be_right_beside_the_preferred_figure_is_marked() {
        let marks = [
            mark(1, "Government", Some(132), Some(132)),
            mark(2, "UN", Some(100), None),
            mark(3, "Armed group", Some(0), Some(0)),
        ];
        let svg = toll(&marks, "label", Lang::En).unwrap();
        let class = |n: u32| svg.split(&format!("#claim-{n}\" class=\"")).nth(1).unwrap().split('"').next().unwrap();
        assert_eq!((class(1), class(2), class(3)), ("mark preferred", "mark", "mark against"));
        let up_to = [mark(1, "UN", None, Some(200)), mark(2, "UN", Some(100), Some(150))];
        let svg = toll(&up_to, "", Lang::En).unwrap();
        assert_eq!((svg.matches("M-6 0h-9").count(), svg.matches("class=\"range\"").count()), (1, 1));
        let none = [mark(2, "UN", Some(100), None), mark(3, "Armed group", Some(0), Some(0))];
        assert!(!toll(&none, "", Lang::En).unwrap().contains("against"), "nothing is preferred");
    }

    #[test]
    fn scales_are_round() {
        assert_eq!(scale(3), (1, 3));
        assert_eq!(scale(200), (50, 200));
        assert_eq!(scale(157), (50, 200));
        assert_eq!(scale(0), (1, 1));
    }
}
