//! Query strings and search words, through the parser and through the router.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use constat::query::EventQuery;
use constat::query::filter::KEYS;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use super::cases;
use crate::pages_kit::site;

/// An order, and a place in it that no page need have given out.
fn cursor() -> impl Strategy<Value = (&'static str, String)> {
    let number = || prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), -5_i64..3_000];
    let order = proptest::sample::select(&["-date", "date", "-killed", "killed", "relevance"][..]);
    (order, number(), number())
        .prop_map(|(order, key, row)| (order, URL_SAFE_NO_PAD.encode(format!("{order}/{key}/{row}"))))
}

/// Values that are right for some key, or nearly.
fn value() -> impl Strategy<Value = String> {
    let words = [
        "massacre",
        "armed_clash",
        "ml-mopti",
        "ml",
        "jnim",
        "katiba-macina",
        "malian-armed-forces",
        "yes",
        "perpetrator",
        "victim",
        "attributed",
        "disputed",
        "single",
        "differ",
        "media",
        "government",
        "mali",
        "-date",
        "date",
        "-killed",
        "killed",
        "relevance",
        "table",
        "list",
        "200",
        "201",
        "0",
        "4294967295",
        "4294967296",
        "-1",
        "+1",
        "2022",
        "0000",
        "9999-12-31",
        "9999-12",
        "2022-02-29",
        "2012-01",
        "",
    ];
    prop_oneof![
        4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => cursor().prop_map(|(_, cursor)| cursor),
        1 => "[0-9]{1,11}",
        1 => "[0-9]{4}(-[0-9]{2}){0,2}",
        1 => any::<String>(),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![12 => proptest::sample::select(&KEYS[..]).prop_map(str::to_owned), 1 => any::<String>()]
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec((key(), value()), 0..7)
}

/// Pairs of one kind, such that they often are right together.
fn sound_pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let pair = prop_oneof![
        ("kind", "massacre|armed_clash|air_strike"),
        ("region", "ml|ml-mopti|ml-koro|ml-gao"),
        ("actor", "jnim|katiba-macina|malian-armed-forces"),
        ("role", "perpetrator|victim|participant"),
        ("accounts", "single|agree|differ"),
        ("origin", "media|government"),
        ("certainty", "attributed|claimed"),
        ("from", "(19|20)[0-9]{2}"),
        ("to", "20[0-9]{2}-(0[1-9]|1[0-2])"),
        ("killed_min", "[0-9]{1,3}"),
        ("killed_max", "[0-9]{2,9}"),
        ("q", "[a-zé'\" *^:()-]{0,12}"),
        ("sort", "-date|date|-killed|killed"),
        ("limit", "[1-9][0-9]?"),
        ("place", "point|admin2|none"),
        ("bbox", "-[0-9]{1,2}(\\.[0-9]{1,6})?,1[0-4],-?[0-9],(1[5-9]|2[0-9])"),
        ("view", "table|list"),
    ];
    proptest::collection::vec(pair.prop_map(|(key, value)| (key.to_owned(), value)), 0..6)
}

fn parse(pairs: &[(String, String)]) -> Result<EventQuery, constat::query::QueryError> {
    EventQuery::parse(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn query(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{}={}", encoded(key), encoded(value))).collect::<Vec<_>>().join("&")
}

/// That a question has one address, which asks the same.
fn there_and_back(pairs: &[(String, String)]) {
    match parse(pairs) {
        Ok(asked) => {
            let canonical: Vec<(String, String)> =
                asked.pairs().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            let again = parse(&canonical).unwrap_or_else(|error| panic!("{pairs:?} became {canonical:?}: {error}"));
            assert_eq!(again, asked, "{pairs:?}");
            assert_eq!(again.pairs(), asked.pairs());
            for part in asked.filter.parts() {
                assert!(!asked.filter.without(&part).parts().contains(&part), "{part:?} of {pairs:?}");
            }
        }
        Err(error) => {
            // What is offered instead works, and leads on without an end.
            EventQuery::mended(pairs, &error, error.suggestion.as_deref());
            assert!(parse(&[(error.field, error.value)]).is_err() || pairs.len() > 1);
        }
    }
}

/// That an address is answered with a page, whatever is in it.
fn answered(path: &str) -> u16 {
    let mut raw = site().send(path, &[]);
    // A question that is written in another way than its own address is sent there, once.
    if raw.status == 307 {
        raw = site().send(raw.header("location"), &[]);
    }
    assert!([200, 400].contains(&raw.status), "{path}: {}", raw.status);
    let body = String::from_utf8(raw.body.clone()).unwrap();
    let kind = raw.header("content-type");
    if kind.starts_with("text/html") {
        assert!(body.contains("<h1") && body.trim_end().ends_with("</html>"), "{path}: {body}");
    } else {
        let kinds = ["application/json", "application/problem+json", "application/geo+json"];
        assert!(kinds.contains(&kind), "{path}: {kind}");
        let _: serde_json::Value = serde_json::from_str(&body).unwrap();
    }
    raw.status
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_question_goes_to_an_address_and_back(any in pairs(), sound in sound_pairs()) {
        there_and_back(&any);
        there_and_back(&sound);
    }

    #[test]
    fn any_text_is_a_question_or_refused(text in any::<String>()) {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        there_and_back(&pairs);
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_question_is_answered_with_a_page(any in pairs(), sound in sound_pairs(), raw in "[!-~]{0,40}") {
        answered(&format!("/events?{}", query(&any)));
        answered(&format!("/fr/events?{}", query(&sound)));
        answered(&format!("/events.json?{}", query(&sound)));
        answered(&format!("/ogc/collections/events/items?{}", query(&sound)));
        // As a browser would not send it, but a program may.
        answered(&format!("/events?{}", raw.replace(['#', '<', '>', '"', '{', '}', '|', '\\', '^', '`'], "%")));
    }

    #[test]
    fn any_frame_and_time_is_asked_of_layers(any in any::<String>(), plain in "[0-9TZ:+./,e -]{0,30}") {
        for value in [any, plain] {
            for (of, key) in [("events", "bbox"), ("events", "datetime"), ("regions", "bbox"), ("regions", "datetime")] {
                answered(&format!("/ogc/collections/{of}/items?limit=1&{key}={}", encoded(&value)));
            }
        }
    }

    #[test]
    fn any_place_in_a_list_can_be_asked_for((order, after) in cursor(), words in "[a-z]{0,6}", sound in sound_pairs()) {
        let words = if order == "relevance" { format!("&q=a{words}") } else { String::new() };
        let place = format!("sort={}&after={after}{words}", encoded(order));
        prop_assert_eq!(answered(&format!("/events?{place}")), 200);
        answered(&format!("/events.json?{place}&{}", query(&sound)));
    }

    #[test]
    fn any_name_of_a_page_is_there_or_not(name in any::<String>(), plain in "[a-z0-9.-]{0,12}") {
        for name in [name, plain] {
            for page in ["events", "actors", "regions", "reports", "events/2022-06-18-diallassagou/versions"] {
                let raw = site().send(&format!("/{page}/{}", encoded(&name)), &[]);
                prop_assert!([200, 307, 308, 404].contains(&raw.status), "{}: {}", raw.path, raw.status);
            }
        }
    }

    #[test]
    fn any_words_are_searched_for(
        any in any::<String>(),
        signs in "[a-zé0-9'\"*^:(){}+,.~-]{0,12}( (AND|OR|NOT|NEAR|NEAR/2|title:|-) ?[a-z\"*(]{0,6}){0,3}",
        many in proptest::collection::vec("[a-zéàï'-]{1,9}", 0..40),
    ) {
        for words in [any, signs, many.join(" ")] {
            for path in ["/search?q=", "/fr/search?q=", "/search.json?q=", "/events?q="] {
                answered(&format!("{path}{}", encoded(&words)));
            }
        }
    }
}

// What was found.

#[test]
fn a_place_at_the_end_of_all_numbers_is_one() {
    for order in ["-killed", "killed", "-date", "date"] {
        for key in [i64::MIN, i64::MAX] {
            let after = URL_SAFE_NO_PAD.encode(format!("{order}/{key}/0"));
            assert_eq!(answered(&format!("/events?sort={}&after={after}", encoded(order))), 200, "{order} {key}");
        }
    }
}
