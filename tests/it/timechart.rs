//! The chart over time: on every list, with what is uncertain drawn, each column a way to its period.

use super::pages_kit::{Few, LANGS, Page, Site, attr, site, within, words};

const COLUMNS: &str = ".time-columns > .col";

/// What each column that leads somewhere says.
fn titles(page: &Page) -> Vec<String> {
    page.texts(".time-columns a > title")
}

#[test]
fn a_column_draws_what_is_sure_apart_from_what_may_be() {
    let site = Site::on(&[Few::of_three_years().package("one")]);
    let page = site.get("/events");
    assert_eq!(page.count(COLUMNS), 5);
    assert_eq!(
        titles(&page),
        [
            "2015: 1 event, 10 to 14 killed",
            "2018: 0 to 1 events, 0 to 20 killed",
            "2019: 1 to 2 events, 1,000 to 1,020 or more killed"
        ]
    );
    // Events above, those killed below; what is sure, what may be, what may be more.
    let drawn = |year: &str| {
        let column = page.one(&format!("{COLUMNS}[data-when='{year}']"));
        (within(column, "rect.sure").len(), within(column, "rect.may").len(), within(column, ".open").len())
    };
    assert_eq!(drawn("2015"), (2, 1, 0));
    assert_eq!(drawn("2017"), (0, 0, 0));
    assert_eq!(drawn("2018"), (0, 2, 0));
    assert_eq!(drawn("2019"), (2, 2, 1));
    assert_eq!(page.count(".time .key"), 3);
    assert_eq!(page.texts(".time-columns .value"), ["1 to 2", "1,000 to 1,020 or more"]);
    let french = site.get("/fr/events");
    assert_eq!(titles(&french)[1], "2018 : 0 à 1 événement, 0 à 20 tués");
    // A year without events leads nowhere.
    assert_eq!(page.attrs("g.col", "data-when"), ["2016", "2017"]);
}

#[test]
fn a_column_can_be_hit_over_its_whole_height_and_on_a_phone() {
    let page = site().get("/events");
    let columns = page.count(COLUMNS);
    let width: usize = page.attr("svg.time-columns", "width").parse().unwrap();
    assert!(columns > 12 && width >= 24 * columns, "{columns} in {width}");
    for hit in page.select(".time-columns .hit") {
        assert_eq!(attr(hit, "y"), "0");
    }
}

#[test]
fn a_column_chooses_its_period_and_a_second_time_lets_it_go() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/events?kind=massacre"));
        let column = page.one(&format!("{COLUMNS}[data-when='2019']"));
        let href = attr(column, "href");
        assert_eq!(href, format!("{lang}/events?kind=massacre&from=2019&to=2019"));
        let chosen = site().get(&href);
        // The others are still there to be chosen.
        assert_eq!(chosen.count(COLUMNS), page.count(COLUMNS));
        assert_eq!(chosen.attrs(&format!("{COLUMNS}.chosen"), "data-when"), ["2019"]);
        assert_eq!(chosen.attr(".time-columns [aria-current]", "href"), format!("{lang}/events?kind=massacre"));
        let said = words(within(column, "title")[0]);
        let total = chosen.text("p.count[role=status], .list-head .count");
        let most = total.split(' ').next().unwrap();
        assert!(said.contains(&format!("{most} ")), "{said}: {total}");
    }
    let stretch = site().get("/events?from=2019-06&to=2021");
    assert_eq!(stretch.attrs(&format!("{COLUMNS}.chosen"), "data-when"), ["2019", "2020", "2021"]);
    assert_eq!(site().get("/events").count(".col.chosen, svg.some"), 0);
}

#[test]
fn the_form_beside_it_chooses_from_one_to_another_and_keeps_the_rest() {
    let page = site().get("/events?kind=massacre&to=2020-05-03&view=table");
    let hidden: Vec<String> = page
        .select("form.range input")
        .into_iter()
        .map(|input| format!("{}={}", attr(input, "name"), attr(input, "value")))
        .collect();
    assert_eq!(hidden, ["kind=massacre", "view=table"]);
    // A day that is no column of the chart is kept among the choices.
    assert_eq!(page.attrs("form.range select[name=to] option[selected]", "value"), ["2020-05-03"]);
    assert_eq!(page.count("form.range select[name=from] option[selected]"), 0);
    assert_eq!(page.attr("form.range a", "href"), "/events?kind=massacre&view=table");
    let from = page.attrs("form.range select[name=from] option", "value");
    assert_eq!(from[0], "");
    assert!(from.contains(&"2015".to_owned()));
    assert_eq!(site().get("/events").count("form.range a"), 0);
}

#[test]
fn it_stands_on_every_list_and_leads_to_its_table() {
    for (_, lang) in LANGS {
        for path in ["/events", "/actors/jnim", "/regions/ml-mopti", "/events?view=map", "/events?view=table"] {
            let page = site().get(&format!("{lang}{path}"));
            assert_eq!(page.count("figure.time svg.time-columns[aria-label]"), 1, "{path}");
            let table = site().get(&page.attr("a.as-table", "href"));
            // One row for each column, and the same words.
            assert_eq!(table.count("table.timeline tbody tr"), page.count(COLUMNS), "{path}");
            assert_eq!(titles(&table), titles(&page), "{path}");
            assert_eq!(table.count("a.as-table"), 0);
        }
    }
    let months = site().get("/events?from=2019&to=2019&view=timeline");
    assert_eq!(months.count(COLUMNS), months.count("table.timeline tbody tr"));
    assert_eq!(months.attr(&format!("{COLUMNS}[data-when='2019-03']"), "href"), "/events?from=2019-03&to=2019-03");
    assert_eq!(site().get("/events?q=zzzzqqq").count("figure.time"), 0);
}

#[test]
fn the_killed_of_two_datasets_are_not_drawn() {
    let other = Few::default()
        .region("isle", "", "country")
        .report("sheet")
        .event("elsewhere", "massacre", ("2016-01-01", "", "day"), "isle")
        .killed("elsewhere", "sheet", "5", "5", "media");
    let site = Site::on(&[Few::of_three_years().package("one"), other.package("two")]);
    let page = site.get("/events");
    assert_eq!(titles(&page)[0], "2015: 1 event");
    assert_eq!(page.count(".time-axis .title"), 1);
    let one = site.get("/events?source=one");
    assert_eq!(titles(&one)[0], "2015: 1 event, 10 to 14 killed");
    assert_eq!(one.count(".time-axis .title"), 2);
}

#[test]
fn the_chain_is_drawn_true_to_time() {
    let few = Few::default()
        .region("land", "", "country")
        .report("paper")
        .event("cause", "massacre", ("2020-01-01", "", "day"), "land")
        .context("cause", "paper", "media")
        .event("reply", "massacre", ("2020-01-31", "", "day"), "land")
        .context("reply", "paper", "media")
        .event("after", "massacre", ("2020-03", "", "month"), "land")
        .context("after", "paper", "media")
        .row("event_links", "reply,reprisal_for,cause,paper,p1")
        .row("event_links", "reply,followed_by,after,paper,p1");
    let site = Site::on(&[few.package("one")]);
    for (_, lang) in LANGS {
        let page = site.get(&format!("{lang}/events/reply"));
        let at = |css: &str, name: &str| -> f64 { page.attr(css, name).trim_end_matches('%').parse().unwrap() };
        let cause = format!(".chain-strip a[href='{lang}/events/cause'] circle");
        let (first, this) = (at(&cause, "cx"), at(".chain-strip .this circle", "cx"));
        // 90 days from the first day to the last of March, thirty of them to the event at hand.
        assert!((this - first - 94.0 * 30.0 / 90.0).abs() < 0.1, "{first} {this}");
        // A month of which no day is known is drawn as wide as it is.
        assert!((at(".chain-strip rect.may", "width") - 94.0 * 30.0 / 90.0).abs() < 0.1);
        assert_eq!(page.count(".chain-strip title"), page.count("ol.chain > li"));
        // Seen from the other end, only two are linked.
        assert_eq!(site.get(&format!("{lang}/events/cause")).count(".chain-strip circle"), 2);
    }
    assert_eq!(Site::on(&[self::Few::of_three_years().package("one")]).get("/events/spring").count(".chain-strip"), 0);
}
