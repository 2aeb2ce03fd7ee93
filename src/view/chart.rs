//! The toll as a range with one mark for each claim, as SVG; and the bars of years.

use std::fmt::Write as _;

use crate::domain::figure::Figure;
use crate::domain::lang::Lang;
use crate::domain::vocab::Stance;
use crate::text::format::{colon, number};

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
    /// Whether it is denied.
    pub stance: Stance,
    /// Whether it is the preferred one.
    pub preferred: bool,
    /// Whether it is of another dataset's record of the event.
    pub other: bool,
}

const WIDTH: f64 = 640.0;
const LEFT: f64 = 14.0;
const RIGHT: f64 = 30.0;
const STEP: f64 = 13.0;

/// A chart and what is needed to lay it out.
pub struct Chart {
    /// The `<svg>`.
    pub svg: String,
}

/// Draws the marks over one scale that begins at zero; marks at the same place are stacked. None with fewer than two.
pub fn toll(mut marks: Vec<Mark>, label: &str, lang: Lang) -> Option<Chart> {
    if marks.len() < 2 {
        return None;
    }
    let top = marks.iter().map(|m| m.figure.high().unwrap_or(0).max(m.figure.point())).max().unwrap_or(1).max(1);
    let (step, max) = scale(top);
    let x = |n: u32| LEFT + (WIDTH - LEFT - RIGHT) * f64::from(n) / f64::from(max);
    marks.sort_by_key(|m| (!m.preferred, m.other, m.figure.high() != m.figure.low(), m.n));

    // Each mark takes the lowest free row at its place, so that none hides another.
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut placed: Vec<(usize, &Mark)> = Vec::new();
    for mark in &marks {
        let from = x(mark.figure.point()) - 6.0;
        let to = x(mark.figure.high().unwrap_or(mark.figure.point()))
            + if mark.figure.high().is_none() { 20.0 } else { 6.0 };
        let free = rows.iter().position(|row| row.iter().all(|(a, b)| to < *a || from > *b));
        let row = free.unwrap_or_else(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        rows[row].push((from, to));
        placed.push((row, mark));
    }
    let height = STEP * rows.len() as f64 + 10.0;
    let mut svg = String::new();
    let _ = write!(
        svg,
        r#"<svg class="toll-chart" viewBox="0 0 {WIDTH} {:.0}" role="group" aria-label="{}">"#,
        height + 22.0,
        escape(label)
    );
    let mut tick = 0;
    while tick <= max {
        let at = x(tick);
        let _ = write!(
            svg,
            r#"<line class="grid" x1="{at:.1}" y1="4" x2="{at:.1}" y2="{height:.1}"/><text x="{at:.1}" y="{:.1}">{}</text>"#,
            height + 16.0,
            number(u64::from(tick), lang)
        );
        tick += step;
    }
    for (row, mark) in placed {
        let y = height - 7.0 - STEP * row as f64;
        draw(&mut svg, mark, &x, y);
    }
    svg.push_str("</svg>");
    Some(Chart { svg })
}

fn draw(svg: &mut String, mark: &Mark, x: &dyn Fn(u32) -> f64, y: f64) {
    let figure = mark.figure;
    let at = x(figure.point());
    let mut class = String::from("mark");
    let denied = mark.stance == Stance::Denies;
    for (on, name) in
        [(figure.about(), " about"), (mark.preferred, " preferred"), (denied, " denied"), (mark.other, " elsewhere")]
    {
        if on {
            class.push_str(name);
        }
    }
    let _ = write!(svg, r#"<a href="{}" class="{class}"><title>{}</title>"#, escape(&mark.href), escape(&mark.title));
    let point = |svg: &mut String, at: f64, r: &str| {
        let _ = match mark.other {
            // A square on its corner: told from the others without colour.
            true => write!(svg, r#"<path class="point" d="M{at:.1} {:.1}l5.5 5.5-5.5 5.5-5.5-5.5z"/>"#, y - 5.5),
            false => write!(svg, r#"<circle cx="{at:.1}" cy="{y:.1}" r="{r}"/>"#),
        };
    };
    match (figure.low(), figure.high()) {
        (_, None) => {
            let _ = write!(svg, r#"<path class="open" d="M{at:.1} {y:.1}h15m-4-3.5l4 3.5-4 3.5"/>"#);
        }
        (Some(low), Some(high)) if low < high => {
            let end = x(high);
            let _ = write!(svg, r#"<path class="range" d="M{at:.1} {y:.1}H{end:.1}"/>"#);
            point(svg, end, "4.5");
        }
        _ => {}
    }
    if denied {
        let _ = write!(svg, r#"<path class="cross" d="M{:.1} {:.1}l8 8m0-8l-8 8"/>"#, at - 4.0, y - 4.0);
    } else {
        point(svg, at, if mark.preferred { "5.5" } else { "4.5" });
    }
    svg.push_str("</a>");
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

/// A year and how many events it has.
pub struct YearBar {
    /// The year.
    pub year: i32,
    /// How many, written out.
    pub count: String,
    /// Height of its bar, of 40.
    pub height: u32,
    /// Where it leads.
    pub href: String,
    /// What is read when it is pointed at.
    pub title: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

/// Bars for all years from the first to the last, those without events too.
pub fn years(
    counts: &[(i32, u64, bool)],
    lang: Lang,
    href: impl Fn(i32) -> String,
    title: impl Fn(u64) -> String,
) -> Vec<YearBar> {
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return Vec::new() };
    let most = counts.iter().map(|(_, n, _)| *n).max().unwrap_or(1).max(1);
    (first.0..=last.0)
        .map(|year| {
            let (count, chosen) =
                counts.iter().find(|(y, ..)| *y == year).map_or((0, false), |(_, n, chosen)| (*n, *chosen));
            YearBar {
                year,
                count: number(count, lang),
                height: if count == 0 { 0 } else { ((count * 40).div_ceil(most) as u32).max(2) },
                href: href(year),
                title: format!("{year}{} {}", colon(lang), title(count)),
                chosen,
            }
        })
        .collect()
}

/// Text made safe for an attribute or the content of an element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(n: u32, low: Option<u32>, high: Option<u32>) -> Mark {
        let figure = Figure::new(low, high, false).unwrap();
        let href = format!("#claim-{n}");
        Mark { n, href, figure, title: "<x>".into(), stance: Stance::Asserts, preferred: n == 1, other: n == 9 }
    }

    #[test]
    fn every_claim_is_a_mark_that_leads_to_it() {
        let marks = vec![mark(1, Some(132), Some(132)), mark(2, Some(132), Some(132)), mark(9, Some(200), None)];
        let svg = toll(marks, "label", Lang::En).unwrap().svg;
        for n in [1, 2, 9] {
            assert!(svg.contains(&format!("href=\"#claim-{n}\"")), "{svg}");
        }
        assert!(svg.contains("&lt;x&gt;") && !svg.contains("style="));
        // Another dataset's mark has a form of its own.
        assert_eq!((svg.matches("<circle").count(), svg.matches("class=\"point\"").count()), (2, 1));
        assert!(toll(vec![mark(1, Some(1), Some(1))], "", Lang::En).is_none());
    }

    #[test]
    fn scales_are_round() {
        assert_eq!(scale(3), (1, 3));
        assert_eq!(scale(200), (50, 200));
        assert_eq!(scale(157), (50, 200));
        assert_eq!(scale(0), (1, 1));
    }
}
