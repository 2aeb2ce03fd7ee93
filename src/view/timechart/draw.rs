//! The drawing of a chart over time.

use std::fmt::Write as _;

use crate::domain::date::PartialDate;
use crate::store::killed::Killed;
use crate::store::timeline::Period;
use crate::text::format::{number, sum};

use super::super::Ctx;
use super::super::svg::escape;

/// A period as a column.
pub(super) struct Column {
    pub when: PartialDate,
    /// Where it leads; nowhere where there is nothing.
    pub href: Option<String>,
    /// What it says, in words.
    pub title: String,
    pub events: (u64, u64),
    pub killed: Option<Killed>,
    pub chosen: bool,
}

/// What the full height of each panel stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scale {
    events: u64,
    /// None where no tolls are drawn.
    killed: Option<u64>,
}

impl Scale {
    /// As high as the highest of these periods.
    pub fn of(periods: &[Period]) -> Scale {
        Scale {
            events: periods.iter().map(|p| p.events_most).max().unwrap_or(0),
            killed: periods.iter().filter_map(|p| p.killed).map(|killed| killed.most).max().filter(|most| *most > 0),
        }
    }

    /// High enough for both.
    pub fn and(self, other: Scale) -> Scale {
        Scale { events: self.events.max(other.events), killed: self.killed.max(other.killed) }
    }
}

/// A column is at least so wide: what a finger hits.
const STEP: usize = 24;
/// So many columns' room at least, so that few of them do not become walls.
const FEWEST: usize = 6;
/// Above a panel: its title, and the value of its highest column.
const HEAD: f64 = 36.0;
const PANEL: f64 = 72.0;
/// Width of the axis.
const AXIS: usize = 44;

/// A panel: events or those killed.
struct Panel {
    title: &'static str,
    /// Where its columns stand.
    base: f64,
    max: u64,
    /// Of each column: what is sure, what may be, whether it may be more.
    values: Vec<(u64, u64, bool)>,
}

impl Panel {
    /// How high a value stands: what is there is seen, however little.
    fn height(&self, value: u64) -> f64 {
        let height = PANEL * value as f64 / self.max.max(1) as f64;
        if value == 0 { 0.0 } else { height.max(1.5) }
    }
}

/// The axis and the columns.
pub(super) fn drawing(cx: &Ctx, columns: &[Column], scale: Scale) -> (String, String) {
    let mut panels = vec![Panel {
        title: cx.t.nav_events,
        base: HEAD + PANEL,
        max: scale.events,
        values: columns.iter().map(|c| (c.events.0, c.events.1, false)).collect(),
    }];
    if let Some(max) = scale.killed.filter(|_| columns.iter().any(|c| c.killed.is_some())) {
        let all = |c: &Column| c.killed.map_or((0, 0, false), |all| (all.least, all.most, all.open));
        let base = 2.0 * (HEAD + PANEL) + 10.0;
        panels.push(Panel { title: cx.t.column_killed, base, max, values: columns.iter().map(all).collect() });
    }
    let months = matches!(columns.first().map(|c| c.when), Some(PartialDate::Month(..)));
    let foot = panels.last().map_or(0.0, |panel| panel.base);
    let height = foot + if months { 34.0 } else { 20.0 };
    let axis = axis(cx, &panels, height);

    let slots = columns.len().max(FEWEST);
    let x = |at: f64| 100.0 * at / slots as f64;
    let mut svg = format!(
        r#"<svg class="time-columns{}" width="{}" height="{height}" role="group" aria-label="{}">"#,
        if columns.iter().any(|c| c.chosen) { " some" } else { "" },
        slots * STEP,
        escape(if months { cx.t.time_by_month } else { cx.t.years_label })
    );
    for panel in &panels {
        for line in lines(panel.max) {
            let y = panel.base - panel.height(line);
            let _ = write!(svg, r#"<line class="grid" x1="0" x2="100%" y1="{y:.1}" y2="{y:.1}"/>"#);
        }
    }
    for (at, column) in columns.iter().enumerate() {
        draw_column(&mut svg, at, column, &panels, foot, &x);
    }
    for panel in &panels {
        let _ = write!(svg, r#"<line class="base" x1="0" x2="100%" y1="{0}" y2="{0}"/>"#, panel.base);
        label_highest(&mut svg, cx, panel, slots, &x);
    }
    labels(&mut svg, columns, foot, months, &x);
    svg.push_str("</svg>");
    (axis, svg)
}

fn draw_column(svg: &mut String, at: usize, column: &Column, panels: &[Panel], foot: f64, x: &dyn Fn(f64) -> f64) {
    let (left, width) = (x(at as f64), x(1.0));
    let class = if column.chosen { "col chosen" } else { "col" };
    match &column.href {
        Some(href) => {
            let current = if column.chosen { r#" aria-current="true""# } else { "" };
            let _ = write!(
                svg,
                r#"<a class="{class}" href="{}" rel="nofollow" data-when="{}"{current}><title>{}</title>"#,
                escape(href),
                column.when,
                escape(&column.title)
            );
        }
        None => {
            let _ = write!(svg, r#"<g class="{class}" data-when="{}">"#, column.when);
        }
    }
    // The whole height can be hit, not only the bars.
    let _ = write!(svg, r#"<rect class="hit" x="{left:.2}%" y="0" width="{width:.2}%" height="{foot}"/>"#);
    for panel in panels {
        let (sure, most, open) = panel.values[at];
        let (from, wide) = (x(at as f64 + 0.14), x(0.72));
        let mut bar = |class: &str, low: f64, high: f64| {
            let _ = write!(
                svg,
                r#"<rect class="{class}" x="{from:.2}%" y="{:.1}" width="{wide:.2}%" height="{:.1}"/>"#,
                panel.base - high,
                high - low
            );
        };
        let (low, high) = (panel.height(sure), panel.height(most));
        if sure > 0 {
            bar("sure", 0.0, low);
        }
        if most > sure {
            bar("may", low, high.max(low + 1.5));
        }
        if open && most > 0 {
            // An arrow upwards: a report says that there were more.
            let _ = write!(
                svg,
                r#"<svg class="open" x="{:.2}%" y="{:.1}" overflow="visible"><path d="M-4-3l4-4 4 4"/></svg>"#,
                x(at as f64 + 0.5),
                panel.base - high
            );
        }
    }
    svg.push_str(if column.href.is_some() { "</a>" } else { "</g>" });
}

/// The value of the highest column stands above it.
fn label_highest(svg: &mut String, cx: &Ctx, panel: &Panel, slots: usize, x: &dyn Fn(f64) -> f64) {
    let highest = panel.values.iter().enumerate().max_by_key(|(at, value)| (value.1, std::cmp::Reverse(*at)));
    let Some((at, (sure, most, open))) = highest.filter(|(_, value)| value.1 > 0) else { return };
    let words = sum(*sure, *most, *open, cx.lang);
    // It stays within the chart at its narrowest.
    let half = words.chars().count() as f64 * 3.5 / STEP as f64;
    let middle = at as f64 + 0.5;
    let (anchor, at) = match () {
        () if middle < half => ("first", at as f64 + 0.14),
        () if middle + half > slots as f64 => ("last", at as f64 + 0.86),
        () => ("middle", middle),
    };
    let y = panel.base - panel.height(*most) - if *open { 10.0 } else { 5.0 };
    let _ = write!(svg, r#"<text class="value {anchor}" x="{:.2}%" y="{y:.1}">{words}</text>"#, x(at));
}

/// Titles of the panels and values of their lines. Said to nobody: the columns say their own.
fn axis(cx: &Ctx, panels: &[Panel], height: f64) -> String {
    let mut svg = format!(r#"<svg class="time-axis" width="{AXIS}" height="{height}" aria-hidden="true">"#);
    for panel in panels {
        let _ = write!(svg, r#"<text class="title" x="0" y="{}">{}</text>"#, panel.base - PANEL - 22.0, panel.title);
        for line in std::iter::once(0).chain(lines(panel.max)) {
            let y = panel.base - panel.height(line) + 4.0;
            let _ = write!(svg, r#"<text x="{}" y="{y:.1}">{}</text>"#, AXIS - 6, number(line, cx.lang));
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Two to four round values up to the highest.
fn lines(max: u64) -> Vec<u64> {
    if max == 0 {
        return Vec::new();
    }
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|base| base * 10_u64.pow(power)));
    let step = steps.into_iter().find(|step| max / step <= 3).unwrap_or(max);
    (1..=max / step).map(|n| n * step).collect()
}

/// The years, as many as have room; of months the first letter, and the year where one begins.
fn labels(svg: &mut String, columns: &[Column], foot: f64, months: bool, x: &dyn Fn(f64) -> f64) {
    let every = match columns.len() {
        0..=7 => 1,
        8..=16 => 2,
        17..=45 => 5,
        _ => 10,
    };
    let mut year_at = |at: usize, year: i32, y: f64, class: &str, shift: f64| {
        let _ = write!(
            svg,
            r#"<text class="tick {class}" x="{:.2}%" y="{y}" aria-hidden="true">{year}</text>"#,
            x(at as f64 + shift)
        );
    };
    for (at, column) in columns.iter().enumerate() {
        match column.when {
            PartialDate::Month(year, 1) => year_at(at, year, foot + 30.0, "first", 0.14),
            // The year of what comes before the first January, where its name has room.
            PartialDate::Month(year, month) if at == 0 && (month <= 11 || columns.len() < 2) => {
                year_at(at, year, foot + 30.0, "first", 0.14);
            }
            PartialDate::Year(year) if year.rem_euclid(every) == 0 => {
                year_at(at, year, foot + 15.0, "middle", 0.5);
            }
            _ => {}
        }
    }
    if months {
        // The same letters in both languages.
        let letter = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];
        for (at, column) in columns.iter().enumerate() {
            if let PartialDate::Month(_, month) = column.when {
                let _ = write!(
                    svg,
                    r#"<text class="tick middle" x="{:.2}%" y="{}" aria-hidden="true">{}</text>"#,
                    x(at as f64 + 0.5),
                    foot + 15.0,
                    letter[(month as usize - 1).min(11)]
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_stand_at_round_values_and_are_few() {
        assert_eq!(lines(0), Vec::<u64>::new());
        assert_eq!(lines(1), [1]);
        assert_eq!(lines(7), [2, 4, 6]);
        assert_eq!(lines(157), [50, 100, 150]);
        assert_eq!(lines(1999), [500, 1000, 1500]);
        assert_eq!(lines(31_000), [10_000, 20_000, 30_000]);
    }
}
