//! From an address to a filter. Nothing is silently ignored: an unknown key, a value that does not parse or one
//! given twice is an error that names it and offers the nearest valid choice.

use std::str::FromStr;

use crate::domain::names::nearest;
use crate::domain::vocab::Vocabulary;

use super::filter::{DEFAULT_LIMIT, EventFilter, EventQuery, KEYS, MAX_LIMIT, Sort, ViewMode, words_of};

/// The longest text searched for, in characters.
pub const MAX_WORDS_LENGTH: usize = 300;

/// The most values one key may be given.
pub const MAX_VALUES: usize = 50;

/// What is wrong with one pair of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such key.
    UnknownKey,
    /// The value is not of the closed list.
    UnknownWord,
    /// Nothing has this id. Found only where the ids are known, in the store.
    UnknownId,
    /// Not a date.
    NotADate,
    /// Not a moment as HTTP writes it.
    NotAMoment,
    /// Not a date, nor two with a stroke between them.
    NotAnInterval,
    /// Not four degrees.
    NotAFrame,
    /// Not a whole number of that range.
    NotANumber,
    /// `from` is after `to`, or `killed_min` above `killed_max`.
    Reversed,
    /// A key that takes one value was given several.
    Repeated,
    /// Too long, or too many of them.
    TooLong,
    /// Not a cursor, or one of another order.
    BadCursor,
    /// Relevance needs words.
    NeedsWords,
    /// One actor and one region, which cannot be compared.
    OtherKind,
    /// Both sides are the same.
    Same,
    /// One side is missing.
    Missing,
}

/// One pair of an address that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}={value}: {problem:?}")]
pub struct QueryError {
    /// The key.
    pub field: String,
    /// The value as it was given.
    pub value: String,
    /// What is wrong with it.
    pub problem: Problem,
    /// The nearest valid key (for an unknown key) or value.
    pub suggestion: Option<String>,
}

impl QueryError {
    pub(crate) fn new(field: &str, value: &str, problem: Problem) -> QueryError {
        let suggestion = match problem {
            Problem::UnknownKey => nearest(field, KEYS).map(str::to_owned),
            Problem::UnknownWord => words_of(field).and_then(|words| nearest(value, words)).map(str::to_owned),
            _ => None,
        };
        QueryError { field: field.to_owned(), value: value.to_owned(), problem, suggestion }
    }
}

impl EventQuery {
    /// Reads the pairs of an address. Empty values are what an untouched form field sends, and ask nothing.
    ///
    /// # Errors
    /// The first pair that cannot be used.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<EventQuery, QueryError> {
        let mut query = EventQuery::default();
        let mut seen: Vec<&str> = Vec::new();
        for (key, raw) in pairs {
            let value = raw.trim();
            if !KEYS.contains(&key) {
                return Err(QueryError::new(key, value, Problem::UnknownKey));
            }
            // Empty ones count too: an address is not made endless by fields left blank.
            let repeatable = REPEATABLE.contains(&key);
            if repeatable && seen.iter().filter(|k| **k == key).count() >= MAX_VALUES {
                return Err(QueryError::new(key, value, Problem::TooLong));
            }
            if value.is_empty() {
                seen.extend(repeatable.then_some(key));
                continue;
            }
            if !repeatable && seen.contains(&key) {
                return Err(QueryError::new(key, value, Problem::Repeated));
            }
            seen.push(key);
            query.take(key, value)?;
        }
        query.filter = query.filter.canonical();
        query.check()?;
        Ok(query)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        let filter: &mut EventFilter = &mut self.filter;
        let fail = |problem| QueryError::new(key, value, problem);
        fn word<T: Vocabulary>(key: &str, value: &str) -> Result<T, QueryError> {
            T::parse(value).ok_or_else(|| QueryError::new(key, value, Problem::UnknownWord))
        }
        fn parsed<T: FromStr>(key: &str, value: &str, problem: Problem) -> Result<T, QueryError> {
            value.parse().map_err(|_| QueryError::new(key, value, problem))
        }
        match key {
            "q" if value.chars().count() > MAX_WORDS_LENGTH => return Err(fail(Problem::TooLong)),
            "q" => filter.q = Some(value.to_owned()),
            "kind" => filter.kind.push(word(key, value)?),
            "region" => filter.region.push(parsed(key, value, Problem::UnknownId)?),
            "actor" => filter.actor.push(parsed(key, value, Problem::UnknownId)?),
            "members" if value == "yes" => filter.members = true,
            "members" => return Err(fail(Problem::UnknownWord)),
            "role" => filter.role.push(word(key, value)?),
            "certainty" => filter.certainty.push(word(key, value)?),
            "from" => filter.from = Some(parsed(key, value, Problem::NotADate)?),
            "to" => filter.to = Some(parsed(key, value, Problem::NotADate)?),
            "killed_min" => filter.killed_min = Some(number(key, value)?),
            "killed_max" => filter.killed_max = Some(number(key, value)?),
            "accounts" => filter.accounts.push(word(key, value)?),
            "origin" => filter.origin.push(word(key, value)?),
            "source" => filter.source.push(parsed(key, value, Problem::UnknownId)?),
            "report" => filter.report.push(parsed(key, value, Problem::UnknownId)?),
            "place" => filter.place.push(word(key, value)?),
            "bbox" => filter.bbox = Some(parsed(key, value, Problem::NotAFrame)?),
            "as_of" => filter.as_of = Some(parsed(key, value, Problem::NotADate)?),
            "view" => {
                let mode = ViewMode::ALL.into_iter().find(|mode| mode.as_str() == value);
                self.view = mode.ok_or_else(|| fail(Problem::UnknownWord))?;
            }
            "sort" => {
                let sort = Sort::ALL.into_iter().find(|sort| sort.as_str() == value);
                self.sort = Some(sort.ok_or_else(|| fail(Problem::UnknownWord))?);
            }
            "limit" => match number(key, value)? {
                limit @ 1..=200 => self.limit = limit as u16,
                0 => return Err(fail(Problem::NotANumber)),
                _ => {
                    let suggestion = Some(MAX_LIMIT.to_string());
                    return Err(QueryError { suggestion, ..fail(Problem::NotANumber) });
                }
            },
            "after" => self.after = Some(parsed(key, value, Problem::BadCursor)?),
            _ => return Err(fail(Problem::UnknownKey)),
        }
        Ok(())
    }

    /// What can only be seen when all pairs are read.
    fn check(&self) -> Result<(), QueryError> {
        let filter = &self.filter;
        if let (Some(from), Some(to)) = (filter.from, filter.to)
            && from.earliest() > to.latest()
        {
            let swapped = QueryError::new("from", &from.to_string(), Problem::Reversed);
            return Err(QueryError { suggestion: Some(to.to_string()), ..swapped });
        }
        if let (Some(min), Some(max)) = (filter.killed_min, filter.killed_max)
            && min > max
        {
            let swapped = QueryError::new("killed_min", &min.to_string(), Problem::Reversed);
            return Err(QueryError { suggestion: Some(max.to_string()), ..swapped });
        }
        if self.sort == Some(Sort::Relevance) && filter.q.is_none() {
            let error = QueryError::new("sort", Sort::Relevance.as_str(), Problem::NeedsWords);
            return Err(QueryError { suggestion: Some(Sort::DateDesc.as_str().to_owned()), ..error });
        }
        if let Some(after) = self.after.as_ref().filter(|after| after.sort != self.order()) {
            return Err(QueryError::new("after", &after.to_string(), Problem::BadCursor));
        }
        Ok(())
    }

    /// The query that an address would ask if the pair at fault were left out (`replacement` none) or mended.
    /// Other faults in the address are left out too.
    pub fn mended(pairs: &[(String, String)], error: &QueryError, replacement: Option<&str>) -> EventQuery {
        let mut pairs: Vec<(String, String)> = pairs.to_vec();
        let mut error = error.clone();
        let mut replacement = replacement.map(str::to_owned);
        // Each round removes at least one pair.
        for _ in 0..=pairs.len() {
            let at_fault = |(key, value): &(String, String)| *key == error.field && value.trim() == error.value;
            match (pairs.iter().position(at_fault), replacement.take()) {
                (Some(at), Some(better)) if error.problem == Problem::UnknownKey => pairs[at].0 = better,
                (Some(at), Some(better)) => pairs[at].1 = better,
                (Some(at), None) => {
                    pairs.remove(at);
                }
                (None, _) => pairs.retain(|(key, _)| *key != error.field),
            }
            match EventQuery::parse(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))) {
                Ok(query) => return query,
                Err(next) => error = next,
            }
        }
        EventQuery { limit: DEFAULT_LIMIT, ..EventQuery::default() }
    }
}

/// The keys that may be given several times, for "any of these".
pub const REPEATABLE: [&str; 10] =
    ["kind", "region", "actor", "role", "certainty", "accounts", "origin", "source", "report", "place"];

fn number(key: &str, value: &str) -> Result<u32, QueryError> {
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    value.parse().ok().filter(|_| digits).ok_or_else(|| QueryError::new(key, value, Problem::NotANumber))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<EventQuery, QueryError> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        EventQuery::parse(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())))
    }

    #[test]
    fn one_question_has_one_address() {
        let asked = parse("to=2022&actor=jnim&kind=air_strike&kind=massacre&from=&actor=aqim&actor=jnim").unwrap();
        let pairs: Vec<String> = asked.pairs().into_iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(pairs, ["kind=massacre", "kind=air_strike", "actor=aqim", "actor=jnim", "to=2022"]);
        let again: Vec<(&str, String)> = asked.pairs();
        assert_eq!(EventQuery::parse(again.iter().map(|(k, v)| (*k, v.as_str()))).unwrap(), asked);
    }

    #[test]
    fn what_cannot_be_used_is_named_with_the_nearest() {
        let cases = [
            ("knid=massacre", "knid", Problem::UnknownKey, Some("kind")),
            ("kind=masacre", "kind", Problem::UnknownWord, Some("massacre")),
            ("from=18/06/2022", "from", Problem::NotADate, None),
            ("as_of=yesterday", "as_of", Problem::NotADate, None),
            ("from=2022&to=2020", "from", Problem::Reversed, Some("2020")),
            ("killed_min=-1", "killed_min", Problem::NotANumber, None),
            ("killed_min=5&killed_max=4", "killed_min", Problem::Reversed, Some("4")),
            ("limit=1000", "limit", Problem::NotANumber, Some("200")),
            ("limit=0", "limit", Problem::NotANumber, None),
            ("bbox=1,2,3", "bbox", Problem::NotAFrame, None),
            ("from=2020&from=2021", "from", Problem::Repeated, None),
            ("region=Mopti", "region", Problem::UnknownId, None),
            ("after=abc", "after", Problem::BadCursor, None),
            ("sort=relevance", "sort", Problem::NeedsWords, Some("-date")),
            ("place=pont", "place", Problem::UnknownWord, Some("point")),
            ("view=tabel", "view", Problem::UnknownWord, Some("table")),
            ("members=no", "members", Problem::UnknownWord, None),
        ];
        for (query, field, problem, suggestion) in cases {
            let error = parse(query).unwrap_err();
            assert_eq!(
                (error.field.as_str(), &error.problem, error.suggestion.as_deref()),
                (field, &problem, suggestion),
                "{query}"
            );
        }
        assert_eq!(parse(&format!("q={}", "a".repeat(301))).unwrap_err().problem, Problem::TooLong);
        assert!(parse(&"kind=&".repeat(MAX_VALUES)).is_ok());
        assert_eq!(parse(&"kind=&".repeat(MAX_VALUES + 1)).unwrap_err().problem, Problem::TooLong);
    }

    #[test]
    fn mending_keeps_the_other_filters() {
        let pairs: Vec<(String, String)> = [("kind", "masacre"), ("actor", "jnim"), ("limit", "9999")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into();
        let error = EventQuery::parse(pairs.iter().map(|(k, v)| (k.as_str(), v.as_str()))).unwrap_err();
        let mended = EventQuery::mended(&pairs, &error, Some("massacre"));
        assert_eq!(mended.filter.kind.len(), 1);
        assert_eq!((mended.filter.actor.len(), mended.limit), (1, DEFAULT_LIMIT));
        assert!(EventQuery::mended(&pairs, &error, None).filter.kind.is_empty());
    }
}
