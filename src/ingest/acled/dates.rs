//! The ways in which exports write a day. All of them name the month or start with the year, so that none can be
//! taken for another; `04/05/2021`, which can, is refused.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A way of writing a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `22 February 2019`, also with hyphens.
    InWords,
    /// `16-Feb-21`.
    Short,
    /// `2022-06-30`.
    Iso,
}

impl Style {
    /// A day written so.
    pub fn example(self) -> &'static str {
        match self {
            Style::InWords => "22 February 2019",
            Style::Short => "16-Feb-21",
            Style::Iso => "2022-06-30",
        }
    }
}

/// The day, and how it is written.
pub fn parse(text: &str) -> Option<(NaiveDate, Style)> {
    let parts: Vec<&str> = text.split([' ', '-']).filter(|part| !part.is_empty()).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let (year, month, day, style) = if first.len() == 4 {
        (number(first)?, number(month)?, number(last)?, Style::Iso)
    } else {
        let named = month.to_lowercase();
        let is = |name: &str| named == name || named == name[..3] || name == "september" && named == "sept";
        let month = MONTHS.iter().position(|name| is(name))? as u32 + 1;
        match (number(last)?, last.len()) {
            (year, 4) => (year, month, number(first)?, Style::InWords),
            // ACLED begins in 1997.
            (year, 2) => (if year >= 90 { 1900 + year } else { 2000 + year }, month, number(first)?, Style::Short),
            _ => return None,
        }
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (1990..2200).contains(&date.year()).then_some((date, style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_the_same_day() {
        let day = NaiveDate::from_ymd_opt(2021, 2, 16).unwrap();
        for (text, style) in [
            ("16 February 2021", Style::InWords),
            ("16-February-2021", Style::InWords),
            ("16-FEB-2021", Style::InWords),
            ("16-Feb-21", Style::Short),
            ("2021-02-16", Style::Iso),
        ] {
            assert_eq!(parse(text), Some((day, style)), "{text}");
        }
        assert_eq!(parse("1 Jan 98").unwrap().0.year(), 1998);
        assert_eq!(parse("01-January-2015").unwrap().0.to_string(), "2015-01-01");
        for text in ["30 February 2021", "04/05/2021", "2021-13-01", "16-Fev-21", "", "16 2 2021", "2021", "1-Feb-021"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
