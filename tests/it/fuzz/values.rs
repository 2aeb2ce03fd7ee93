//! Dates, figures and folded names.

use chrono::Datelike as _;
use constat::domain::date::{Moment, PartialDate, Span};
use constat::domain::figure::Figure;
use constat::domain::names::{fold, nearest};
use constat::domain::vocab::{DatePrecision, Vocabulary as _};
use proptest::prelude::*;

use super::cases;

/// Almost dates: signs of dates in any order, and dates with a slip.
fn almost_a_date() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}",
        "[0-9]{4}-[01][0-9]",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]",
        "[-+ 0-9T:٠-٩é]{0,17}",
        ".{0,12}",
    ]
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?".prop_map(|text| text.parse().unwrap())
}

fn bound() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![Just(None), Just(Some(u32::MAX)), (0_u32..50).prop_map(Some), any::<u32>().prop_map(Some)]
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_date_is_what_it_says_or_no_date(text in almost_a_date()) {
        if let Ok(date) = text.parse::<PartialDate>() {
            prop_assert_eq!(date.to_string(), &*text);
            prop_assert!(date.earliest() <= date.latest());
            prop_assert_eq!((date.earliest().year(), date.latest().year()), (date.year(), date.year()));
            prop_assert!(date.may_equal(date));
        }
        if let Ok(moment) = text.parse::<Moment>() {
            prop_assert!(moment.may_equal(moment));
            prop_assert_eq!(moment.time.is_some(), text.contains('T'));
        }
    }

    #[test]
    fn a_span_has_its_beginning_before_its_end(
        (start, end) in (any_date(), proptest::option::of(any_date())),
        precision in proptest::sample::select(DatePrecision::ALL),
    ) {
        let span = Span { start, end, precision };
        prop_assert!(span.latest() >= start.earliest());
        prop_assert!(span.earliest() <= start.earliest());
    }

    #[test]
    fn a_figure_reaches_around_itself(low in bound(), high in bound(), other in bound(), about: bool) {
        match Figure::new(low, high, about) {
            Err(_) => prop_assert!(low.is_none() && high.is_none() || low > high),
            Ok(figure) => {
                let (from, to) = figure.reach();
                prop_assert!(low.is_none_or(|low| from <= low) && high.is_none_or(|high| to >= Some(high)));
                prop_assert!(from <= figure.point() && to.is_none_or(|to| figure.point() <= to));
                prop_assert!(figure.may_equal(figure));
                if let Ok(exact) = Figure::new(other, other, !about) {
                    prop_assert_eq!(figure.may_equal(exact), exact.may_equal(figure));
                }
            }
        }
    }

    #[test]
    fn a_folded_name_stays_as_it_is(text in any::<String>(), more in "[A-Za-zÀ-ÿœŒİẞﬁǅ ’'-]{0,20}") {
        for text in [text, more] {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), &*folded);
            prop_assert_eq!(folded.trim(), &*folded);
            prop_assert!(!folded.contains("  "));
            prop_assert!(folded.chars().all(|c| c == ' ' || c.is_alphanumeric()), "{:?}", folded);
            // Upper case and marks that are put on change nothing.
            prop_assert_eq!(fold(&format!(" {text}! ")), folded);
        }
    }

    #[test]
    fn the_nearest_is_one_of_them(wanted in any::<String>(), names in proptest::collection::vec(".{0,12}", 0..6)) {
        if let Some(found) = nearest(&wanted, names.iter().map(String::as_str)) {
            prop_assert!(names.iter().any(|name| name == found));
        }
        for name in names.iter().filter(|name| !fold(name).is_empty()) {
            let found = nearest(name, names.iter().map(String::as_str));
            prop_assert_eq!(found.map(fold), Some(fold(name)));
        }
    }
}
