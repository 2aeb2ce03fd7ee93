//! What is asked of OGC API Features (17-069r4): of events the keys of the filter, of regions a few of their own; of both
//! `bbox`, `datetime`, and more on a page than lists have.

use chrono::{DateTime, Utc};

use crate::domain::bbox::BBox;
use crate::domain::date::PartialDate;
use crate::domain::names::nearest;
use crate::domain::vocab::{Level, Vocabulary};

use super::EventQuery;
use super::filter::KEYS;
use super::parse::{Problem, QueryError};

/// The most features on a page. What asks for more gets so many, as the standard has it.
pub const MOST: u16 = 1_000;

/// How many features a page holds when it is not said.
pub const USUAL: u16 = 100;

/// The keys of events: those of the filter, their order and pages, and `datetime`. There is one view.
pub fn event_keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().filter(|key| *key != "view").chain(["datetime"])
}

/// The keys of regions.
pub const REGION_KEYS: [&str; 6] = ["level", "parent", "bbox", "datetime", "limit", "after"];

/// A time that is asked for: a moment, or from one to another, of which one may be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// As it was written.
    pub text: String,
    /// The first day.
    pub from: Option<PartialDate>,
    /// The last day.
    pub to: Option<PartialDate>,
}

impl Interval {
    /// Reads it: RFC 3339, or a year, month or day as in the filter; `..` or nothing for an open end.
    ///
    /// # Errors
    /// When it is none, or ends before it begins.
    pub fn parse(text: &str) -> Result<Interval, QueryError> {
        let (from, to) = ends(text).ok_or_else(|| QueryError::new("datetime", text, Problem::NotAnInterval))?;
        if let (Some(from), Some(to)) = (from, to)
            && from.earliest() > to.latest()
        {
            return Err(QueryError::new("datetime", text, Problem::Reversed));
        }
        Ok(Interval { text: text.to_owned(), from, to })
    }
}

type Ends = (Option<PartialDate>, Option<PartialDate>);

fn ends(text: &str) -> Option<Ends> {
    let Some((from, to)) = text.split_once('/') else {
        let day = day(text)?;
        return Some((Some(day), Some(day)));
    };
    let end = |text: &str| if matches!(text, "" | "..") { Some(None) } else { day(text).map(Some) };
    match (end(from)?, end(to)?) {
        (None, None) => None,
        ends => Some(ends),
    }
}

/// A date, or the day of a moment in UTC. A plus sign that was not escaped comes as a space.
fn day(text: &str) -> Option<PartialDate> {
    let moment = DateTime::parse_from_rfc3339(&text.replacen(' ', "+", 1));
    let moment = moment.map(|moment| PartialDate::Day(moment.with_timezone(&Utc).date_naive()));
    moment.ok().filter(|_| text.contains(['T', 't'])).or_else(|| text.parse().ok())
}

/// A frame as programs write it: with heights, which nothing here has; with an exponent; a little over the edge of the
/// world, where it is cut.
fn frame(text: &str) -> Option<BBox> {
    let numbers = text.split(',').map(|n| n.trim().parse::<f64>().ok().filter(|n| n.is_finite()));
    let (west, south, east, north) = match numbers.collect::<Option<Vec<f64>>>()?.as_slice() {
        [west, south, east, north] => (*west, *south, *east, *north),
        [west, south, low, east, north, high] if low <= high => (*west, *south, *east, *north),
        _ => return None,
    };
    let cut = |degrees: f64, most: f64| degrees.clamp(-most, most);
    let edges = [cut(west, 180.0), cut(south, 90.0), cut(east, 180.0), cut(north, 90.0)];
    edges.map(|edge| edge.to_string()).join(",").parse().ok()
}

/// Some of the pairs of an address: those that both collections take.
#[derive(Default)]
struct Common {
    bbox: Option<BBox>,
    datetime: Option<Interval>,
    limit: Option<u16>,
}

impl Common {
    /// Takes the pair, if it is one of these.
    fn take(&mut self, key: &str, value: &str) -> Result<bool, QueryError> {
        let fail = |problem| QueryError::new(key, value, problem);
        let again = match key {
            "bbox" => self.bbox.replace(frame(value).ok_or_else(|| fail(Problem::NotAFrame))?).is_some(),
            "datetime" => self.datetime.replace(Interval::parse(value)?).is_some(),
            "limit" => {
                let digits = value.bytes().all(|b| b.is_ascii_digit());
                let limit = value.trim_start_matches('0');
                if !digits || limit.is_empty() {
                    return Err(fail(Problem::NotANumber));
                }
                self.limit.replace(limit.parse().map_or(MOST, |limit: u16| limit.min(MOST))).is_some()
            }
            _ => return Ok(false),
        };
        if again { Err(fail(Problem::Repeated)) } else { Ok(true) }
    }
}

fn unknown<'a>(key: &str, value: &str, keys: impl IntoIterator<Item = &'a str>) -> QueryError {
    let suggestion = nearest(key, keys).map(str::to_owned);
    QueryError { suggestion, ..QueryError::new(key, value, Problem::UnknownKey) }
}

/// Which events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsAsked {
    /// The filter, the order and the page.
    pub query: EventQuery,
    /// The time they may fall into, beside that of the filter.
    pub datetime: Option<Interval>,
}

impl EventsAsked {
    /// Reads the pairs of an address.
    ///
    /// # Errors
    /// The first pair that cannot be used.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<EventsAsked, QueryError> {
        let (mut common, mut rest) = (Common::default(), Vec::new());
        for (key, value) in pairs {
            let value = value.trim();
            if !event_keys().any(|known| known == key) {
                return Err(unknown(key, value, event_keys()));
            }
            if !value.is_empty() && !common.take(key, value)? {
                rest.push((key, value));
            }
        }
        let mut query = EventQuery::parse(rest)?;
        query.filter.bbox = common.bbox;
        query.limit = common.limit.unwrap_or(USUAL);
        Ok(EventsAsked { query, datetime: common.datetime })
    }

    /// The wire form, in canonical order. The limit is always said, since the usual one is another than that of lists.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.query.filter.pairs();
        pairs.extend(self.datetime.iter().map(|asked| ("datetime", asked.text.clone())));
        pairs.extend(self.query.sort.map(|sort| ("sort", sort.as_str().to_owned())));
        pairs.push(("limit", self.query.limit.to_string()));
        pairs.extend(self.query.after.iter().map(|after| ("after", after.to_string())));
        pairs
    }
}

/// Which regions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionsAsked {
    /// How large; any of these.
    pub level: Vec<Level>,
    /// The id of the region they lie in, directly.
    pub parent: Option<String>,
    /// Where.
    pub bbox: Option<BBox>,
    /// A time. A region has none, so that all match.
    pub datetime: Option<Interval>,
    /// How many on a page.
    pub limit: u16,
    /// The id of the last region of the page before.
    pub after: Option<String>,
}

impl RegionsAsked {
    /// Reads the pairs of an address.
    ///
    /// # Errors
    /// The first pair that cannot be used. Whether there is such an id is seen where ids are known.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<RegionsAsked, QueryError> {
        let (mut common, mut asked) = (Common::default(), RegionsAsked::default());
        for (key, value) in pairs {
            let value = value.trim();
            if !REGION_KEYS.contains(&key) {
                return Err(unknown(key, value, REGION_KEYS));
            }
            if value.is_empty() || common.take(key, value)? {
                continue;
            }
            let once = match key {
                "level" => {
                    let suggestion = nearest(value, Level::words()).map(str::to_owned);
                    let error = QueryError { suggestion, ..QueryError::new(key, value, Problem::UnknownWord) };
                    asked.level.push(Level::parse(value).ok_or(error)?);
                    continue;
                }
                "parent" => &mut asked.parent,
                _ => &mut asked.after,
            };
            if once.replace(value.to_owned()).is_some() {
                return Err(QueryError::new(key, value, Problem::Repeated));
            }
        }
        asked.level.sort();
        asked.level.dedup();
        let Common { bbox, datetime, limit } = common;
        Ok(RegionsAsked { bbox, datetime, limit: limit.unwrap_or(USUAL), ..asked })
    }

    /// The wire form, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = self.level.iter().map(|level| ("level", level.to_string())).collect();
        pairs.extend(self.parent.iter().map(|parent| ("parent", parent.clone())));
        pairs.extend(self.bbox.map(|frame| ("bbox", frame.to_string())));
        pairs.extend(self.datetime.iter().map(|asked| ("datetime", asked.text.clone())));
        pairs.push(("limit", self.limit.to_string()));
        pairs.extend(self.after.iter().map(|after| ("after", after.clone())));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        let said = |end: Option<PartialDate>| end.map_or_else(String::new, |day| day.to_string());
        Interval::parse(text).ok().map(|asked| (said(asked.from), said(asked.to)))
    }

    #[test]
    fn a_time_is_a_moment_or_has_two_ends_of_which_one_may_be_open() {
        let cases = [
            ("2022-06-18T23:30:00Z", "2022-06-18", "2022-06-18"),
            ("2022-06-18T23:30:00-02:00", "2022-06-19", "2022-06-19"),
            ("2022-06-19T00:30:00.5 01:00", "2022-06-18", "2022-06-18"),
            ("2022-06-18", "2022-06-18", "2022-06-18"),
            ("2021/2022-06", "2021", "2022-06"),
            ("2021-01-01T00:00:00Z/..", "2021-01-01", ""),
            ("/2021-01-01", "", "2021-01-01"),
            ("2022/2022", "2022", "2022"),
        ];
        for (text, from, to) in cases {
            assert_eq!(days(text), Some((from.to_owned(), to.to_owned())), "{text}");
        }
        for text in ["", "/", "../..", "..", "now", "2022/2021", "2021/2022/2023", "2022-02-30", "2022-06-18 10:00:00Z"]
        {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn a_frame_is_of_four_or_six_numbers() {
        let said = |text: &str| frame(text).map(|frame| frame.to_string());
        for (text, expected) in [
            ("-5,13,-3,15", "-5,13,-3,15"),
            ("-5,13,0,-3,15,100", "-5,13,-3,15"),
            ("170,-20,-170,1e-5", "170,-20,-170,0.00001"),
            ("-180.0000001,-95,190,90", "-180,-90,180,90"),
            ("-5.29999999999999982,13,-3,15", "-5.3,13,-3,15"),
        ] {
            assert_eq!(said(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["1,2,3", "1,2,3,4,5", "a,b,c,d", "0,2,1,1", "inf,0,1,1", "0,0,NaN,1", "-5,13,9,-3,15,8", ""] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_asked_goes_to_an_address_and_back() {
        let pairs = [("datetime", "2022/.."), ("kind", "massacre"), ("limit", "5000"), ("bbox", "-5,13,0,-3,15,1")];
        let asked = EventsAsked::parse(pairs).unwrap();
        let again = asked.pairs();
        let said: Vec<String> = again.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(said, ["kind=massacre", "bbox=-5,13,-3,15", "datetime=2022/..", "limit=1000"]);
        assert_eq!(EventsAsked::parse(again.iter().map(|(k, v)| (*k, v.as_str()))).unwrap(), asked);
        let asked = RegionsAsked::parse([("level", "admin1"), ("parent", "ml"), ("after", "ml-gao")]).unwrap();
        let again = asked.pairs();
        assert_eq!(RegionsAsked::parse(again.iter().map(|(k, v)| (*k, v.as_str()))).unwrap(), asked);
        for (key, value, problem) in [
            ("view", "map", Problem::UnknownKey),
            ("limit", "0", Problem::NotANumber),
            ("limit", "-1", Problem::NotANumber),
            ("bbox", "1,2", Problem::NotAFrame),
            ("datetime", "soon", Problem::NotAnInterval),
        ] {
            let error = EventsAsked::parse([(key, value)]).unwrap_err();
            assert_eq!((error.field.as_str(), error.problem), (key, problem));
        }
    }
}
