//! The state of the record that is asked for: what had been written down by the end of a date, or by a moment.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, SecondsFormat, Utc};

use crate::domain::date::{BadDate, PartialDate};
use crate::domain::lang::Lang;
use crate::text::format::date;

/// `as_of`, in UTC as all times of the record are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The end of a day, a month or a year.
    Date(PartialDate),
    /// A moment, RFC 3339, to the second: a day can see several imports, and a citation means one of them.
    Moment(DateTime<Utc>),
}

impl AsOf {
    /// The last second whose entries belong to it, as the record writes times: `2026-05-03T23:59:59Z`.
    pub fn end(self) -> String {
        match self {
            AsOf::Date(date) => format!("{}T23:59:59Z", date.latest().format("%Y-%m-%d")),
            AsOf::Moment(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }

    /// In words: `3 May 2026`, `3 May 2026, 14:05 UTC`.
    pub fn describe(self, lang: Lang) -> String {
        match self {
            AsOf::Date(on) => date(on, lang),
            AsOf::Moment(at) => {
                format!("{}, {}", date(PartialDate::Day(at.date_naive()), lang), at.format("%H:%M:%S UTC"))
            }
        }
    }
}

impl FromStr for AsOf {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<AsOf, BadDate> {
        // In an address a plus sign stands for a space, and somebody may have written one of the two.
        match DateTime::parse_from_rfc3339(&text.replace(' ', "+")) {
            // Years of four digits, by which moments are compared as texts.
            Ok(at) if !(0..=9999).contains(&at.to_utc().year()) => Err(BadDate::NoSuchDay),
            Ok(at) => Ok(AsOf::Moment(at.to_utc())),
            Err(_) => text.parse().map(AsOf::Date),
        }
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AsOf::Date(date) => write!(f, "{date}"),
            AsOf::Moment(_) => f.write_str(&self.end()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_its_end_and_a_moment_itself() {
        for (text, written, end) in [
            ("2026", "2026", "2026-12-31T23:59:59Z"),
            ("2026-02", "2026-02", "2026-02-28T23:59:59Z"),
            ("2026-05-03", "2026-05-03", "2026-05-03T23:59:59Z"),
            ("2026-05-03T14:05:06Z", "2026-05-03T14:05:06Z", "2026-05-03T14:05:06Z"),
            ("2026-05-03T14:05:06 02:00", "2026-05-03T12:05:06Z", "2026-05-03T12:05:06Z"),
            ("2026-05-03T14:05:06.75+02:00", "2026-05-03T12:05:06Z", "2026-05-03T12:05:06Z"),
        ] {
            let asked: AsOf = text.parse().unwrap();
            assert_eq!((asked.to_string().as_str(), asked.end().as_str()), (written, end), "{text}");
            assert_eq!(written.parse::<AsOf>().unwrap().end(), end);
        }
        for wrong in
            ["", "yesterday", "2026-02-30", "2026-13", "14:05", "2026-05-03T14:05", "9999-12-31T23:59:59-01:00"]
        {
            assert!(wrong.parse::<AsOf>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_reads_as_a_date() {
        let asked: AsOf = "2026-05-03T14:05:06Z".parse().unwrap();
        assert_eq!(asked.describe(Lang::En), "3\u{a0}May 2026, 14:05:06 UTC");
        assert_eq!("2026-05".parse::<AsOf>().unwrap().describe(Lang::Fr), "mai 2026");
    }
}
