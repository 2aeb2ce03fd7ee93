//! The time line: what is sure and what may be, for each year or month, under any filter.

use super::pages_kit::{Few, LANGS, Page, Site, site};

/// The rows, their cells with a space between.
fn rows(page: &Page) -> Vec<String> {
    let count = page.count("table.timeline tbody tr");
    let row = |n: usize| page.texts(&format!("table.timeline tbody tr:nth-child({n}) > *")).join(" ").trim().to_owned();
    (1..=count).map(row).collect()
}

fn few() -> Few {
    let untold = ("2019-06-01", "", "day");
    Few::of_three_years().event("untold", "massacre", untold, "land").context("untold", "paper", "media")
}

#[test]
fn years_keep_what_is_uncertain_apart_from_what_is_sure() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/events?view=timeline");
    assert_eq!(
        rows(&page),
        ["2015 1 10 to 14", "2016", "2017", "2018 0 to 1 0 to 20", "2019 2 to 3 1,000 to 1,020 or more"]
    );
    assert_eq!(page.count("p.hint:not(.filter-body p)"), 1, "it says what the parts of a bar mean");
    assert_eq!(page.attrs("table.timeline .events rect.sure", "width"), ["33.3", "0.0", "0.0", "0.0", "66.7"]);
    assert_eq!(page.attrs("table.timeline .events rect.more", "width"), ["0.0", "0.0", "0.0", "33.3", "33.3"]);
    // A year without events leads nowhere, the others to their months.
    assert_eq!(
        page.attrs("table.timeline th a", "href"),
        [2015, 2018, 2019].map(|year| format!("/events?from={year}&to={year}&view=timeline"))
    );
    let json = site.json("/events.json?view=timeline");
    assert_eq!(
        json["timeline"][4],
        serde_json::json!({
            "period": "2019", "events": 2, "events_most": 3,
            "killed": {"low": 1000, "high": 1020, "open": true, "unknown": 1},
        })
    );
    assert_eq!(json["timeline"][1]["events_most"], 0);
    assert!(site.json("/events.json").get("timeline").is_none());
    let french = site.get("/fr/events?view=timeline");
    assert_eq!(rows(&french)[4], "2019 2 à 3 1 000 à 1 020 ou plus");
}

#[test]
fn a_short_time_is_told_in_months_that_lead_to_their_events() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/events?from=2018-12&to=2019-02&view=timeline");
    // The event of the whole year begins before the third month ends and is not over then.
    assert_eq!(
        rows(&page),
        [
            "December 2018 0 to 1 0 to 20",
            "January 2019 0 to 2 0 to 1,020 or more",
            "February 2019 0 to 1 0 to 1,000 or more"
        ]
    );
    for (href, total) in page.attrs("table.timeline th a", "href").iter().zip([1, 2, 1]) {
        assert!(!href.contains("view="), "{href}");
        assert_eq!(site.get(href).count("ol.cards > li"), total, "{href}");
    }
}

#[test]
fn a_filter_holds_and_nothing_found_says_so() {
    let site = Site::on(&[few().package("one")]);
    assert_eq!(rows(&site.get("/events?killed_max=15&view=timeline")), ["April 2015 1 10 to 14"]);
    let nothing = site.get("/events?kind=air_strike&view=timeline");
    assert_eq!((nothing.count("table.timeline"), nothing.count(".empty")), (0, 1));
}

#[test]
fn the_killed_of_two_datasets_are_not_added_up() {
    let other = Few::default()
        .region("isle", "", "country")
        .report("sheet")
        .event("elsewhere", "massacre", ("2016-01-01", "", "day"), "isle")
        .killed("elsewhere", "sheet", "5", "5", "media");
    let site = Site::on(&[few().package("one"), other.package("two")]);
    let both = site.get("/events?view=timeline");
    assert_eq!(rows(&both), ["2015 1", "2016 1", "2017", "2018 0 to 1", "2019 2 to 3"]);
    assert!(site.json("/events.json?view=timeline")["timeline"][0]["killed"].is_null());
    let choices = both.attrs(".one-dataset a", "href");
    assert_eq!(choices.len(), 2);
    let chosen = site.get(choices.iter().find(|href| href.contains("source=two")).unwrap());
    assert_eq!(rows(&chosen), ["January 2016 1 5"]);
    assert_eq!(chosen.count(".one-dataset"), 0);
}

#[test]
fn it_is_a_way_to_show_the_list_and_keeps_the_filter() {
    for (_, lang) in LANGS {
        let list = site().get(&format!("{lang}/events?kind=massacre"));
        let href = format!("{lang}/events?kind=massacre&view=timeline");
        assert!(list.attrs(".list-tools a", "href").contains(&href));
        let page = site().get(&href);
        assert!(page.count("table.timeline tbody tr") > 10);
        assert_eq!(page.count("ol.cards, p.pages"), 0);
        assert!(page.attrs(".list-tools a", "href").contains(&format!("{lang}/events?kind=massacre")));
    }
}
