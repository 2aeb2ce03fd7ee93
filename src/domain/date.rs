//! Dates with a stated precision: a report may know the year, the month or the day, and no more is made of it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use super::vocab::DatePrecision;

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDate {
    /// Not of the form at all.
    #[error("a date is written 2022, 2022-06 or 2022-06-18")]
    Form,
    /// Of the form, but there is no such day.
    #[error("there is no such day or month")]
    NoSuchDay,
}

/// An ISO 8601 calendar date that may be cut short: `2022`, `2022-06`, `2022-06-18`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A year.
    Year(i32),
    /// A month (1 to 12) of a year.
    Month(i32, u32),
    /// A day.
    Day(NaiveDate),
}

impl PartialDate {
    /// The first day it can mean.
    pub fn earliest(self) -> NaiveDate {
        match self {
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            PartialDate::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
            PartialDate::Day(day) => Some(day),
        }
        .unwrap_or(NaiveDate::MIN)
    }

    /// The last day it can mean.
    pub fn latest(self) -> NaiveDate {
        match self {
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX),
            PartialDate::Month(..) => {
                (self.earliest() + Months::new(1)).checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
            }
            PartialDate::Day(day) => day,
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(day) => day.year(),
        }
    }

    /// Whether both can mean the same day.
    pub fn may_equal(self, other: PartialDate) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }
}

/// `len` digits of `text` from `at` as a number.
fn digits(text: &str, at: usize, len: usize) -> Option<u32> {
    let part = text.get(at..at + len)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

impl FromStr for PartialDate {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<PartialDate, BadDate> {
        let hyphen = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        let year = digits(text, 0, 4).ok_or(BadDate::Form)? as i32;
        match text.len() {
            4 => Ok(PartialDate::Year(year)),
            7 if hyphen(4) => {
                let month = digits(text, 5, 2).ok_or(BadDate::Form)?;
                if (1..=12).contains(&month) { Ok(PartialDate::Month(year, month)) } else { Err(BadDate::NoSuchDay) }
            }
            10 if hyphen(4) && hyphen(7) => {
                let month = digits(text, 5, 2).ok_or(BadDate::Form)?;
                let day = digits(text, 8, 2).ok_or(BadDate::Form)?;
                NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day).ok_or(BadDate::NoSuchDay)
            }
            _ => Err(BadDate::Form),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}

/// What a claim on `when` says: a date, and the time of day where the source gives one (local time).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The date, as closely as it is given.
    pub date: PartialDate,
    /// The time of day, to the minute.
    pub time: Option<NaiveTime>,
}

impl Moment {
    /// Whether both can be right.
    pub fn may_equal(self, other: Moment) -> bool {
        self.date.may_equal(other.date)
            && match (self.time, other.time) {
                (Some(a), Some(b)) => (a - b).num_minutes().abs() <= 120,
                _ => true,
            }
    }

    /// For sorting: the earliest moment it can mean, those without a time first.
    pub fn sort_key(self) -> (NaiveDate, Option<NaiveTime>) {
        (self.date.earliest(), self.time)
    }
}

impl FromStr for Moment {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Moment, BadDate> {
        match text.split_once('T') {
            None => Ok(Moment { date: text.parse()?, time: None }),
            Some((date, time)) => {
                let date: PartialDate = date.parse()?;
                if !matches!(date, PartialDate::Day(_)) || time.len() != 5 {
                    return Err(BadDate::Form);
                }
                let time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| BadDate::NoSuchDay)?;
                Ok(Moment { date, time: Some(time) })
            }
        }
    }
}

/// When an event was: its start, its end where it is known to differ, and how closely both are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The start.
    pub start: PartialDate,
    /// The end; none where it is not known or the same.
    pub end: Option<PartialDate>,
    /// How closely start and end are known.
    pub precision: DatePrecision,
}

impl Span {
    /// The first day on which the event may have begun.
    pub fn earliest(&self) -> NaiveDate {
        let start = self.start.earliest();
        match self.precision {
            DatePrecision::Month if self.end.is_none() => start.with_day(1).unwrap_or(start),
            DatePrecision::Year if self.end.is_none() => NaiveDate::from_ymd_opt(start.year(), 1, 1).unwrap_or(start),
            _ => start,
        }
    }

    /// The last day on which it may have gone on.
    pub fn latest(&self) -> NaiveDate {
        if let Some(end) = self.end {
            return end.latest().max(self.start.earliest());
        }
        let start = self.start.earliest();
        let widened = match self.precision {
            DatePrecision::Day => start,
            // GED's "two to six days" and "a week", where no end is given.
            DatePrecision::Days => start + Days::new(5),
            DatePrecision::Week => start + Days::new(6),
            DatePrecision::Month => PartialDate::Month(start.year(), start.month()).latest(),
            DatePrecision::Year => PartialDate::Year(start.year()).latest(),
        };
        widened.max(self.start.latest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2022", "2022-06", "2022-06-18", "2024-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2022-02").latest().to_string(), "2022-02-28");
        assert_eq!(date("2022").earliest().to_string(), "2022-01-01");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "22", "2022-", "2022-6", "18/06/2022", "2022-06-18 ", "+022", "2022-06-18T", "２０２２"] {
            assert_eq!(text.parse::<PartialDate>(), Err(BadDate::Form), "{text}");
        }
        for text in ["2022-13", "2022-00", "2023-02-29", "2022-06-31"] {
            assert_eq!(text.parse::<PartialDate>(), Err(BadDate::NoSuchDay), "{text}");
        }
    }

    #[test]
    fn moments_two_hours_apart_agree_and_days_apart_do_not() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        assert!(at("2022-06-18T16:00").may_equal(at("2022-06-18")));
        assert!(at("2022-06-18T16:00").may_equal(at("2022-06-18T17:30")));
        assert!(!at("2022-06-18T16:00").may_equal(at("2022-06-18T20:00")));
        assert!(!at("2022-06-18").may_equal(at("2022-06-17")));
        assert!(at("2022-06").may_equal(at("2022-06-17")));
        assert!("2022-06T16:00".parse::<Moment>().is_err());
        assert!("2022-06-18T25:00".parse::<Moment>().is_err());
    }

    #[test]
    fn a_span_is_as_wide_as_its_precision() {
        let span = |start: &str, precision| Span { start: date(start), end: None, precision };
        assert_eq!(span("2022-06-18", DatePrecision::Day).latest(), date("2022-06-18").latest());
        assert_eq!(span("2022-06-10", DatePrecision::Month).earliest(), date("2022-06-01").earliest());
        assert_eq!(span("2022-06-10", DatePrecision::Month).latest(), date("2022-06-30").latest());
        assert_eq!(span("2019", DatePrecision::Year).latest(), date("2019-12-31").latest());
    }
}
