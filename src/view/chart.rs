//! The bars of years.

use crate::domain::lang::Lang;
use crate::text::format::{colon, number};

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
