//! What is put side by side: two ids, and the parts of the filter that hold for both.

use crate::domain::names::nearest;

use super::filter::{EventFilter, EventQuery};
use super::parse::{Problem, QueryError};

/// The keys of the wire form, in canonical order.
pub const KEYS: [&str; 5] = ["a", "b", "kind", "from", "to"];

/// Two actors or two regions; either may still have to be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareQuery {
    /// The id of the first.
    pub a: Option<String>,
    /// The id of the second.
    pub b: Option<String>,
    /// Kinds and dates, which hold for both; nothing else.
    pub filter: EventFilter,
}

impl CompareQuery {
    /// The first alone; the second is to be chosen.
    pub fn of(a: &str) -> CompareQuery {
        CompareQuery { a: Some(a.to_owned()), ..CompareQuery::default() }
    }

    /// Reads the pairs of an address. Empty values ask nothing.
    ///
    /// # Errors
    /// The first pair that cannot be used. Whether there is such an id is seen where ids are known.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<CompareQuery, QueryError> {
        let mut query = CompareQuery::default();
        let mut rest = Vec::new();
        for (key, value) in pairs {
            let value = value.trim();
            let side = match key {
                "a" => &mut query.a,
                "b" => &mut query.b,
                key if KEYS.contains(&key) => {
                    rest.push((key, value));
                    continue;
                }
                _ => {
                    let suggestion = nearest(key, KEYS).map(str::to_owned);
                    return Err(QueryError { suggestion, ..QueryError::new(key, value, Problem::UnknownKey) });
                }
            };
            if value.is_empty() {
                continue;
            }
            if side.is_some() {
                return Err(QueryError::new(key, value, Problem::Repeated));
            }
            *side = Some(value.to_owned());
        }
        if let (Some(a), Some(b)) = (&query.a, &query.b)
            && a == b
        {
            return Err(QueryError::new("b", b, Problem::Same));
        }
        query.filter = EventQuery::parse(rest)?.filter;
        Ok(query)
    }

    /// The wire form, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let sides = [("a", &self.a), ("b", &self.b)];
        let sides = sides.into_iter().filter_map(|(key, id)| Some((key, id.clone()?)));
        sides.chain(self.filter.pairs()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_two_ids_and_what_holds_for_both() {
        let query = CompareQuery::parse([("to", "2022"), ("b", "jnim"), ("kind", "massacre"), ("a", "aqim")]).unwrap();
        let pairs: Vec<String> = query.pairs().into_iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(pairs, ["a=aqim", "b=jnim", "kind=massacre", "to=2022"]);
        let wrong = [
            (vec![("a", "x"), ("b", "x")], "b", Problem::Same),
            (vec![("a", "x"), ("a", "y")], "a", Problem::Repeated),
            (vec![("region", "x")], "region", Problem::UnknownKey),
            (vec![("from", "soon")], "from", Problem::NotADate),
        ];
        for (pairs, field, problem) in wrong {
            let error = CompareQuery::parse(pairs).unwrap_err();
            assert_eq!((error.field.as_str(), error.problem), (field, problem));
        }
    }
}
