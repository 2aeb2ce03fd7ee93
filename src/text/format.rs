//! Numbers, dates and ranges as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::domain::date::{Moment, PartialDate, Span};
use crate::domain::figure::Figure;
use crate::domain::lang::Lang;
use crate::domain::toll::Toll;
use crate::domain::vocab::DatePrecision;

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A whole number: `1,234` in English, `1 234` (narrow no-break space) in French.
pub fn number(n: u64, lang: Lang) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(lang.pick(',', '\u{202f}'));
        }
        out.push(digit);
    }
    out
}

/// Whether French and English use the singular for `n`: French also for zero.
pub fn is_one(n: u64, lang: Lang) -> bool {
    n == 1 || (n == 0 && lang == Lang::Fr)
}

fn month(n: u32, lang: Lang) -> &'static str {
    lang.pick(MONTHS_EN, MONTHS_FR)[(n as usize - 1).min(11)]
}

fn day_number(day: NaiveDate, lang: Lang) -> String {
    match (lang, day.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, n) => n.to_string(),
    }
}

/// `18 June 2022`, `18 juin 2022`.
pub fn day(day: NaiveDate, lang: Lang) -> String {
    format!("{}\u{a0}{} {:04}", day_number(day, lang), month(day.month(), lang), day.year())
}

/// A date as closely as it is known: `18 June 2022`, `June 2022`, `2022`.
pub fn date(date: PartialDate, lang: Lang) -> String {
    match date {
        PartialDate::Year(year) => format!("{year:04}"),
        PartialDate::Month(year, n) => format!("{} {year:04}", month(n, lang)),
        PartialDate::Day(n) => day(n, lang),
    }
}

/// A time of day: `16:00`, `16 h`, `16 h 30`.
fn time(time: NaiveTime, lang: Lang) -> String {
    match lang {
        Lang::En => time.format("%H:%M").to_string(),
        Lang::Fr if time.minute() == 0 => format!("{}\u{a0}h", time.hour()),
        Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute()),
    }
}

/// A moment: `18 June 2022, 16:00`, `18 juin 2022 à 16 h`.
pub fn moment(moment: Moment, lang: Lang) -> String {
    let on = date(moment.date, lang);
    match moment.time {
        None => on,
        Some(at) => format!("{on}{}{}", lang.pick(", ", " à "), time(at, lang)),
    }
}

/// When an event was: `18 June 2022`, `8 to 9 August 2021`, `27 March to 1 April 2022`, `in June 2022`.
pub fn span(span: &Span, lang: Lang) -> String {
    let (from, to) = (lang.pick("", "du "), lang.pick("to", "au"));
    match (span.start, span.end) {
        (PartialDate::Day(a), Some(PartialDate::Day(b))) if a < b => {
            if (a.year(), a.month()) == (b.year(), b.month()) {
                format!("{from}{} {to} {}", day_number(a, lang), day(b, lang))
            } else if a.year() == b.year() {
                format!("{from}{}\u{a0}{} {to} {}", day_number(a, lang), month(a.month(), lang), day(b, lang))
            } else {
                format!("{from}{} {to} {}", day(a, lang), day(b, lang))
            }
        }
        (a, Some(b)) if a != b && b.earliest() > a.earliest() => {
            let to = if matches!(b, PartialDate::Day(_)) { to } else { lang.pick("to", "à") };
            format!("{} {to} {}", date(a, lang), date(b, lang))
        }
        (PartialDate::Day(a), _) => match span.precision {
            DatePrecision::Day => day(a, lang),
            DatePrecision::Days => format!("{} {}", lang.pick("about", "vers le"), day(a, lang)),
            DatePrecision::Week => format!("{} {}", lang.pick("week of", "semaine du"), day(a, lang)),
            DatePrecision::Month => date(PartialDate::Month(a.year(), a.month()), lang),
            DatePrecision::Year => date(PartialDate::Year(a.year()), lang),
        },
        (a, _) => date(a, lang),
    }
}

/// A figure: `132`, `more than 160`, `300 to 600`, `about 30`, `up to 10`.
///
/// "More than" is how the dataset writes an open lower bound; sources say it as "at least" or "more than".
pub fn figure(figure: Figure, lang: Lang) -> String {
    let n = |n: u32| number(u64::from(n), lang);
    let about = if figure.about() { lang.pick("about ", "environ ") } else { "" };
    match (figure.low(), figure.high()) {
        (Some(low), Some(high)) if low == high => format!("{about}{}", n(low)),
        (Some(low), Some(high)) => format!("{about}{}", range(low, high, lang)),
        (Some(low), None) => format!("{about}{} {}", n(low), lang.pick("or more", "ou plus")),
        (None, Some(high)) => format!("{} {about}{}", lang.pick("up to", "jusqu’à"), n(high)),
        (None, None) => unknown(lang).to_owned(),
    }
}

/// `300 to 600`, `300 à 600`.
fn range(low: impl Into<u64>, high: impl Into<u64>, lang: Lang) -> String {
    let (low, high) = (number(low.into(), lang), number(high.into(), lang));
    match lang {
        Lang::En => format!("{low} to {high}"),
        Lang::Fr => format!("{low} à {high}"),
    }
}

/// A sum that may be a range: `30 to 45 or more`; nothing where it is none.
pub fn sum(least: u64, most: u64, open: bool, lang: Lang) -> String {
    let more = if open { lang.pick(" or more", " ou plus") } else { "" };
    match most {
        0 => String::new(),
        _ if least == most => format!("{}{more}", number(most, lang)),
        _ => format!("{}{more}", range(least, most, lang)),
    }
}

/// What stands where a number is not known.
pub fn unknown(lang: Lang) -> &'static str {
    lang.pick("not known", "inconnu")
}

/// The range of an event's accounts: `40 to 200 or more`; none without accounts or where they all give one number.
pub fn toll_range(toll: &Toll, lang: Lang) -> Option<String> {
    let (low, high) = (toll.low?, toll.high?);
    let more = if toll.open { lang.pick(" or more", " ou plus") } else { "" };
    (low < high).then(|| format!("{}{more}", range(low, high, lang)))
}

/// The figure at the head of an event: the preferred account, or else the range of all.
pub fn headline(toll: &Toll, lang: Lang) -> Option<String> {
    if let Some((_, preferred)) = toll.preferred {
        return Some(figure(preferred, lang));
    }
    toll_range(toll, lang).or_else(|| {
        let n = number(u64::from(toll.low?), lang);
        Some(if toll.open { format!("{n} {}", lang.pick("or more", "ou plus")) } else { n })
    })
}

/// Whether the figure at the head of an event is one person: French then says "tué".
pub fn headline_is_one(toll: &Toll) -> bool {
    let one = |figure: Figure| figure.high() == Some(1);
    toll.preferred.map_or(toll.high == Some(1) && !toll.open, |(_, figure)| one(figure))
}

/// `a, b and c`, `a, b et c`.
pub fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A colon as it stands behind a word.
pub fn colon(lang: Lang) -> &'static str {
    lang.pick(":", "\u{a0}:")
}

/// The text in the quotation marks of the language.
pub fn quoted(text: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{text}”"),
        Lang::Fr => format!("«\u{a0}{text}\u{a0}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: &str, end: &str, precision: DatePrecision) -> Span {
        Span { start: start.parse().unwrap(), end: end.parse().ok(), precision }
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(number(1_234_567, Lang::En), "1,234,567");
        assert_eq!(number(1_234, Lang::Fr), "1\u{202f}234");
        assert_eq!(number(999, Lang::Fr), "999");
    }

    #[test]
    fn dates_follow_the_language_and_their_precision() {
        let day = at("2022-06-18", "", DatePrecision::Day);
        assert_eq!(span(&day, Lang::Fr), "18\u{a0}juin 2022");
        assert_eq!(span(&at("2021-08-01", "2021-08-09", DatePrecision::Days), Lang::Fr), "du 1er au 9\u{a0}août 2021");
        assert_eq!(
            span(&at("2022-03-27", "2022-04-01", DatePrecision::Days), Lang::En),
            "27\u{a0}March to 1\u{a0}April 2022"
        );
        assert_eq!(span(&at("2022-06-10", "", DatePrecision::Month), Lang::En), "June 2022");
        assert_eq!(span(&at("2013-01-10", "2013-01", DatePrecision::Month), Lang::En), "January 2013");
        assert_eq!(moment("2022-06-18T16:00".parse().unwrap(), Lang::Fr), "18\u{a0}juin 2022 à 16\u{a0}h");
    }

    #[test]
    fn figures_say_what_is_known() {
        let figure_of = |low, high, about| figure(Figure::new(low, high, about).unwrap(), Lang::En);
        assert_eq!(figure_of(Some(132), Some(132), false), "132");
        assert_eq!(figure_of(Some(160), None, false), "160 or more");
        assert_eq!(figure_of(Some(300), Some(600), false), "300 to 600");
        assert_eq!(figure_of(Some(30), Some(30), true), "about 30");
        assert_eq!(figure_of(None, Some(10), false), "up to 10");
    }
}
