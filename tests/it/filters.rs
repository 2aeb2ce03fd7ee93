//! Every key of the filter, each with events that must not match. The packages are made for it: an event is in one
//! only if its test names it.

use super::pages_kit::{Few, LANGS, Site, site};

/// Places: `land` holds `north` (with `camp`, which holds `village`) and `south`; `other` is another country.
fn world() -> Few {
    Few::default()
        .region("land", "", "country")
        .region("other", "", "country")
        .region("north", "land", "admin1")
        .region("south", "land", "admin1")
        .region("camp", "north", "admin2")
        .region("village", "camp", "place")
        .report("paper")
        .report("radio")
}

const DAY: (&str, &str, &str) = ("2020-06-15", "", "day");

/// An event of which nothing is said that any filter but its own asks for.
fn plain(few: Few, id: &str) -> Few {
    few.event(id, "massacre", DAY, "village").context(id, "paper", "media")
}

/// What each query selects, on the page and as JSON, whatever the order.
fn assert_selects(few: &Few, cases: &[(&str, &[&str])]) {
    let site = Site::on(&[few.package("one")]);
    assert_selects_on(&site, cases);
}

fn assert_selects_on(site: &Site, cases: &[(&str, &[&str])]) {
    for (query, expected) in cases {
        let mut ids = site.ids(query);
        ids.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{query}");
        for (_, lang) in LANGS {
            let page = site.get(&format!("{lang}/events?{query}"));
            let mut shown = page.attrs("ol.cards h3 a", "href");
            shown.sort();
            let hrefs: Vec<String> = expected.iter().map(|id| format!("{lang}/events/{id}")).collect();
            assert_eq!(shown, hrefs, "{lang} {query}");
        }
    }
}

#[test]
fn region_takes_in_all_below_and_nothing_beside() {
    let mut few = world();
    for place in ["land", "north", "south", "camp", "village", "other"] {
        few =
            few.event(&format!("in-{place}"), "massacre", DAY, place).context(&format!("in-{place}"), "paper", "media");
    }
    assert_selects(
        &few,
        &[
            ("region=village", &["in-village"]),
            ("region=camp", &["in-camp", "in-village"]),
            ("region=north", &["in-north", "in-camp", "in-village"]),
            ("region=land", &["in-land", "in-north", "in-south", "in-camp", "in-village"]),
            ("region=other", &["in-other"]),
            ("region=south&region=camp", &["in-south", "in-camp", "in-village"]),
        ],
    );
}

#[test]
fn kind_takes_any_of_those_named() {
    let mut few = world();
    for kind in ["massacre", "air_strike", "arrest"] {
        let id = kind.replace('_', "-");
        few = few.event(&id, kind, DAY, "village").context(&id, "paper", "media");
    }
    assert_selects(
        &few,
        &[("kind=massacre", &["massacre"]), ("kind=arrest&kind=air_strike", &["air-strike", "arrest"])],
    );
}

#[test]
fn actor_role_and_certainty_must_hold_of_one_part() {
    let mut few = world().actor("x").actor("y");
    for id in ["x-accused", "x-hit-by-y", "x-suspected", "two-parts", "nobody"] {
        few = plain(few, id);
    }
    few = few
        .part("x-accused", "x", "perpetrator", "attributed")
        .part("x-hit-by-y", "x", "victim", "attributed")
        .part("x-hit-by-y", "y", "perpetrator", "suspected")
        .part("x-suspected", "x", "perpetrator", "suspected")
        .part("two-parts", "x", "perpetrator", "disputed")
        .part("two-parts", "y", "responder", "claimed");
    assert_selects(
        &few,
        &[
            ("actor=x", &["x-accused", "x-hit-by-y", "x-suspected", "two-parts"]),
            ("actor=y", &["x-hit-by-y", "two-parts"]),
            ("actor=x&actor=y", &["x-accused", "x-hit-by-y", "x-suspected", "two-parts"]),
            ("role=victim", &["x-hit-by-y"]),
            ("certainty=suspected", &["x-hit-by-y", "x-suspected"]),
            // x is the victim there, y the perpetrator.
            ("actor=x&role=perpetrator", &["x-accused", "x-suspected", "two-parts"]),
            ("actor=y&role=perpetrator", &["x-hit-by-y"]),
            // The perpetrator is disputed there, the responder claimed.
            ("role=perpetrator&certainty=claimed", &[]),
            ("role=responder&certainty=claimed", &["two-parts"]),
            ("actor=x&certainty=suspected", &["x-suspected"]),
            ("actor=x&role=victim&certainty=suspected", &[]),
            ("actor=x&role=perpetrator&role=victim&certainty=attributed", &["x-accused", "x-hit-by-y"]),
        ],
    );
}

#[test]
fn members_takes_in_the_groups_that_are_part_of_the_actor_and_no_allies() {
    let mut few = world();
    for actor in ["front", "katiba", "cell", "ally", "parent"] {
        few = plain(few.actor(actor), &format!("by-{actor}")).part(
            &format!("by-{actor}"),
            actor,
            "perpetrator",
            "claimed",
        );
    }
    few = few
        .row("actor_links", "katiba,part_of,front,,,paper,p1")
        .row("actor_links", "cell,part_of,katiba,,,paper,p1")
        .row("actor_links", "ally,allied_with,front,,,paper,p1")
        .row("actor_links", "front,part_of,parent,,,paper,p1");
    assert_selects(
        &few,
        &[
            ("actor=front", &["by-front"]),
            ("actor=front&members=yes", &["by-front", "by-katiba", "by-cell"]),
            ("actor=cell&members=yes", &["by-cell"]),
            ("actor=front&members=yes&role=victim", &[]),
        ],
    );
}

#[test]
fn dates_take_what_may_fall_inside_and_nothing_that_cannot() {
    let mut few = world();
    for (id, when) in [
        ("on-day", ("2020-06-15", "", "day")),
        ("some-day-of-june", ("2020-06", "", "month")),
        ("some-time-in-2020", ("2020", "", "year")),
        ("over-new-year", ("2019-12-30", "2020-01-02", "days")),
        ("that-week", ("2020-06-08", "", "week")),
        ("next-year", ("2021-01-01", "", "day")),
    ] {
        few = few.event(id, "massacre", when, "village").context(id, "paper", "media");
    }
    let in_2020 = ["on-day", "some-day-of-june", "some-time-in-2020", "over-new-year", "that-week"];
    assert_selects(
        &few,
        &[
            ("from=2020&to=2020", &in_2020),
            ("from=2020", &[&in_2020[..], &["next-year"]].concat()),
            ("to=2019", &["over-new-year"]),
            ("to=2019-12-30", &["over-new-year"]),
            ("to=2019-12-29", &[]),
            ("from=2021", &["next-year"]),
            ("from=2021-01-02", &[]),
            ("from=2020-06-15&to=2020-06-15", &["on-day", "some-day-of-june", "some-time-in-2020"]),
            ("from=2020-06-14&to=2020-06-14", &["some-day-of-june", "some-time-in-2020", "that-week"]),
            ("from=2020-06&to=2020-06", &["on-day", "some-day-of-june", "some-time-in-2020", "that-week"]),
            ("from=2020-07&to=2020-12", &["some-time-in-2020"]),
            ("from=2020-01-02&to=2020-05", &["over-new-year", "some-time-in-2020"]),
            ("from=2020-01-03&to=2020-05", &["some-time-in-2020"]),
        ],
    );
}

#[test]
fn killed_takes_tolls_that_may_lie_between_and_never_an_unknown_one() {
    let mut few = world();
    for id in ["ten", "twenty-to-thirty", "forty-or-more", "five-or-fifty", "unknown", "denied", "in-a-part"] {
        few = plain(few, id);
    }
    few = few
        .killed("ten", "paper", "10", "10", "media")
        .killed("twenty-to-thirty", "paper", "20", "30", "media")
        .killed("forty-or-more", "paper", "40", "", "media")
        .killed("five-or-fifty", "paper", "5", "5", "media")
        .killed("five-or-fifty", "radio", "50", "50", "witness")
        .row("claims", "denied,paper,p1,killed,,60,60,,,,government,denies,")
        .row("claims", "in-a-part,paper,p1,killed,south,60,60,,,,media,asserts,");
    assert_selects(
        &few,
        &[
            ("killed_min=0", &["ten", "twenty-to-thirty", "forty-or-more", "five-or-fifty"]),
            ("killed_min=10", &["ten", "twenty-to-thirty", "forty-or-more", "five-or-fifty"]),
            ("killed_min=11", &["twenty-to-thirty", "forty-or-more", "five-or-fifty"]),
            ("killed_min=30", &["twenty-to-thirty", "forty-or-more", "five-or-fifty"]),
            ("killed_min=31", &["forty-or-more", "five-or-fifty"]),
            ("killed_min=51", &["forty-or-more"]),
            ("killed_max=4", &[]),
            ("killed_max=5", &["five-or-fifty"]),
            ("killed_max=19", &["ten", "five-or-fifty"]),
            ("killed_max=39", &["ten", "twenty-to-thirty", "five-or-fifty"]),
            ("killed_min=21&killed_max=22", &["twenty-to-thirty", "five-or-fifty"]),
        ],
    );
}

#[test]
fn a_frame_holds_the_points_in_it_and_no_event_without_one() {
    let at = |few: Few, id: &str, latitude: &str, longitude: &str, precision: &str| {
        few.row(
            "events",
            &format!(
                "{id},Event {id},Événement {id},massacre,2020-06-15,,day,village,{latitude},{longitude},{precision},,"
            ),
        )
        .context(id, "paper", "media")
    };
    let mut few = plain(world(), "without-a-point");
    for (id, latitude, longitude, precision) in [
        ("inside", "14.0", "-4.0", "place"),
        ("on-the-edge", "13", "-5", "exact"),
        ("known-roughly", "14.5", "-3.5", "admin2"),
        ("north-of-it", "15.1", "-4.0", "place"),
        ("east-of-it", "14.0", "-2.9", "place"),
        ("in-fiji", "-17.0", "179.5", "place"),
        ("in-samoa", "-14.0", "-171.5", "place"),
    ] {
        few = at(few, id, latitude, longitude, precision);
    }
    assert_selects(
        &few,
        &[
            ("bbox=-5,13,-3,15", &["inside", "on-the-edge", "known-roughly"]),
            ("bbox=170,-20,-170,0", &["in-fiji", "in-samoa"]),
            ("bbox=0,0,1,1", &[]),
            ("bbox=-5,13,-3,15&kind=air_strike", &[]),
        ],
    );
    let site = Site::on(&[few.package("one")]);
    let page = site.get("/fr/events?bbox=-5.50,13,-3,15");
    assert!(page.text("h1").contains("entre 13° N et 15° N"), "{}", page.text("h1"));
    assert_eq!(page.attr(".chips li:not(.clear) a", "href"), "/fr/events");
}

#[test]
fn accounts_are_single_agree_or_differ() {
    let mut few = world();
    let events = ["one-report", "one-origin-twice", "two-origins", "two-figures", "one-origin-two-figures", "no-toll"];
    for id in events.into_iter().chain(["only-a-part-differs"]) {
        few = plain(few, id);
    }
    few = few
        .killed("one-report", "paper", "10", "10", "media")
        .killed("one-origin-twice", "paper", "10", "10", "government")
        .killed("one-origin-twice", "radio", "10", "", "government")
        .killed("two-origins", "paper", "10", "", "government")
        .killed("two-origins", "radio", "12", "12", "witness")
        .killed("two-figures", "paper", "10", "10", "government")
        .killed("two-figures", "radio", "12", "12", "witness")
        .killed("one-origin-two-figures", "paper", "10", "10", "media")
        .killed("one-origin-two-figures", "radio", "12", "12", "media")
        .killed("only-a-part-differs", "paper", "10", "10", "media")
        .row("claims", "only-a-part-differs,radio,p1,killed,south,4,4,,,,witness,asserts,");
    assert_selects(
        &few,
        &[
            ("accounts=single", &["one-report", "one-origin-twice", "only-a-part-differs"]),
            ("accounts=agree", &["two-origins"]),
            ("accounts=differ", &["two-figures", "one-origin-two-figures"]),
            ("accounts=agree&accounts=differ", &["two-origins", "two-figures", "one-origin-two-figures"]),
        ],
    );
}

#[test]
fn origin_and_report_ask_where_a_claim_comes_from() {
    let few = world()
        .event("both", "massacre", DAY, "village")
        .context("both", "paper", "witness")
        .context("both", "radio", "government")
        .event("paper-only", "massacre", DAY, "village")
        .context("paper-only", "paper", "government")
        .event("radio-only", "massacre", DAY, "village")
        .context("radio-only", "radio", "un");
    assert_selects(
        &few,
        &[
            ("origin=witness", &["both"]),
            ("origin=government", &["both", "paper-only"]),
            ("origin=witness&origin=un", &["both", "radio-only"]),
            ("report=paper", &["both", "paper-only"]),
            ("report=radio", &["both", "radio-only"]),
            ("report=paper&origin=witness", &["both"]),
        ],
    );
}

#[test]
fn source_tells_datasets_apart() {
    let one = plain(world(), "of-one").package("one");
    let two = Few::default()
        .region("two-land", "", "country")
        .report("two-paper")
        .event("two-event", "massacre", DAY, "two-land")
        .context("two-event", "two-paper", "media")
        .package("two");
    let site = Site::on(&[one, two]);
    assert_selects_on(
        &site,
        &[
            ("source=one", &["of-one"]),
            ("source=two", &["two-event"]),
            ("source=one&source=two", &["of-one", "two-event"]),
        ],
    );
    let page = site.get("/events?source=two");
    assert_eq!(page.text("h1"), "Events, in the dataset Dataset two");
    assert_eq!(page.texts(".facet[data-facet=source] li:not(.chosen) a"), ["Dataset one2"]);
    assert_eq!(site.get("/about/data").texts("section.dataset h2"), ["Dataset one", "Dataset two"]);
}

#[test]
fn words_are_looked_for_in_titles_summaries_names_and_passages() {
    let few = world()
        .row("actors", "dozo,Hunters,Chasseurs,self_defence_group,,,,,,Dan Na Ambassagou")
        .row("regions", "sevare,north,Sévaré,Sévaré,place,,,,Sevari")
        .row("events", "titled,Fire at the well,Incendie au puits,massacre,2020-06-15,,day,south,,,place,,")
        .context("titled", "paper", "media")
        .row("events", "summed,Raid,Razzia,massacre,2020-06-15,,day,south,,,place,Granaries were emptied.,Les greniers furent vidés.")
        .context("summed", "paper", "media")
        .event("placed", "massacre", DAY, "sevare")
        .context("placed", "paper", "media")
        .event("acted", "massacre", DAY, "south")
        .part("acted", "dozo", "perpetrator", "claimed")
        .context("acted", "paper", "media")
        .row("reports", "wire,Wire,Agency,,2020-01-01,https://example.org/wire,en,news,,")
        .row("passages", "wire,p1,the motorcycles came,Riders came at dawn.,Des motards vinrent à l’aube.")
        .event("told", "massacre", DAY, "south")
        .context("told", "wire", "media");
    assert_selects(
        &few,
        &[
            ("q=well", &["titled"]),
            ("q=incendie", &["titled"]),
            ("q=granaries", &["summed"]),
            ("q=GRENIERS+vid%C3%A9s", &["summed"]),
            ("q=sevare", &["placed"]),
            ("q=S%C3%A9var%C3%A9", &["placed"]),
            ("q=sevari", &["placed"]),
            ("q=ambassagou", &["acted"]),
            ("q=chasseurs", &["acted"]),
            ("q=dawn", &["told"]),
            ("q=l%27aube", &["told"]),
            ("q=gran", &["summed"]),
            ("q=dawn+well", &[]),
            ("q=nowhere", &[]),
        ],
    );
}

#[test]
fn different_keys_must_all_hold() {
    let all = site().ids("");
    let massacres = site().ids("kind=massacre");
    let differing = site().ids("accounts=differ");
    let later = site().ids("from=2022");
    let mut expected: Vec<&String> =
        all.iter().filter(|id| massacres.contains(id) && differing.contains(id) && later.contains(id)).collect();
    let found = site().ids("kind=massacre&accounts=differ&from=2022");
    let mut found: Vec<&String> = found.iter().collect();
    found.sort();
    expected.sort();
    assert!(!expected.is_empty() && expected.len() < massacres.len().min(differing.len()).min(later.len()));
    assert_eq!(found, expected);
}
