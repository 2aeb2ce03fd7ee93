//! A result on the map: every mark leads to exactly the events it stands for, and what has no point is said.

use super::pages_kit::{Few, LANGS, Site, attr, site};

fn few() -> Few {
    let mut few = Few::default().region("land", "", "country").report("paper");
    for (id, latitude, longitude, precision, killed) in [
        ("town-a", "14.50", "-4.20", "exact", "10"),
        ("town-b", "14.51", "-4.21", "place", "5"),
        ("somewhere-near", "14.52", "-4.19", "admin2", "3"),
        ("far-north", "20.20", "1.00", "place", "40"),
        ("somewhere-west", "14.00", "-11.00", "admin1", "2"),
        ("nowhere", "", "", "country", "7"),
    ] {
        few = few.placed(id, (latitude, longitude, precision), "land").killed(id, "paper", killed, killed, "media");
    }
    few
}

#[test]
fn every_mark_leads_to_the_events_it_stands_for() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/events?view=map");
    let titles = page.texts("svg.map-events :is(.known, .area) title");
    assert_eq!(
        titles,
        [
            "1 event – 40 killed",
            "3 events – 18 killed (of 1 only the area is known)",
            "1 event – 2 killed (only the area is known)",
        ]
    );
    assert_eq!(page.count("svg.map-events a.area"), 1);
    assert!(page.attr("svg.map-events path.borders", "d").len() > 100);
    for (href, title) in page.attrs("svg.map-events :is(.known, .area)", "href").iter().zip(&titles) {
        let list = site.get(href);
        assert!(title.starts_with(&list.text("p.count")), "{title}: {}", list.text("p.count"));
        assert!(href.contains("bbox="), "{href}");
    }
    assert_eq!(page.text(".without [role=status]"), "1 event has no place on the map.");
    assert_eq!(page.texts(".without li"), ["15 June 2020 Event nowhere"]);
    let all = page.attrs(".without a", "href").pop().unwrap();
    assert_eq!(all, "/events?place=none");
    assert_eq!(site.get(&all).texts("ol.cards h3"), ["Event nowhere"]);
    let hint = page.text(".on-map .hint");
    assert!(
        hint.contains("by the toll of its events") && hint.contains("A ring stands where only an area is known"),
        "{hint}"
    );
    assert_eq!(page.texts(".by-region tbody tr > *"), ["Place land", "6"]);
    assert_eq!(page.count(".map-steps a"), 0);
}

#[test]
fn one_goes_closer_and_back_without_a_script() {
    let mut few = few();
    for n in 0..40 {
        few = few
            .row("events", &format!("more-{n},Event more-{n},Événement more-{n},massacre,2020-06-15,,day,land,14.{n:02},-4.{n:02},place,,"))
            .context(&format!("more-{n}"), "paper", "media");
    }
    let site = Site::on(&[few.package("one")]);
    let world = site.get("/fr/events?view=map");
    let closer = world
        .attrs("svg.map-events .known", "href")
        .into_iter()
        .find(|href| href.contains("view=map"))
        .expect("a large mark");
    let page = site.get(&closer);
    assert!(page.count("svg.map-events .known") > 1, "it comes apart");
    assert!(page.text("h1").contains("entre"), "{}", page.text("h1"));
    let steps = page.attrs(".map-steps a", "href");
    assert_eq!(steps.len(), 2);
    assert!(steps[0].contains("bbox=") && site.get(&steps[0]).count("svg.map-events a") > 1);
    assert_eq!(steps[1], "/fr/events?view=map");
}

#[test]
fn tolls_of_two_datasets_are_not_added_up_for_a_mark() {
    let other = Few::default()
        .region("isle", "", "country")
        .report("sheet")
        .row("events", "abroad,Event abroad,Événement abroad,massacre,2020-06-15,,day,isle,14.5,-4.2,place,,")
        .killed("abroad", "sheet", "9", "9", "media");
    let site = Site::on(&[few().package("one"), other.package("two")]);
    let page = site.get("/events?view=map");
    let titles = page.texts("svg.map-events :is(.known, .area) title");
    assert_eq!(titles[0], "4 events (of 1 only the area is known)");
    assert!(titles.iter().all(|title| !title.contains("killed")), "{titles:?}");
    assert!(page.text(".on-map .hint").contains("by the number of its events"));
    let one = site.get("/events?source=two&view=map");
    assert_eq!(one.texts("svg.map-events .known title"), ["1 event – 9 killed"]);
}

#[test]
fn a_map_without_marks_is_not_drawn() {
    let site = Site::on(&[few().package("one")]);
    let nothing = site.get("/events?kind=air_strike&view=map");
    assert_eq!((nothing.count("svg.map-events"), nothing.count(".empty")), (0, 1));
    let pointless = site.get("/events?killed_min=7&killed_max=7&view=map");
    assert_eq!((pointless.count("svg.map-events"), pointless.count(".without")), (0, 1));
}

#[test]
fn the_dataset_is_on_the_map_whatever_the_filter() {
    for (_, lang) in LANGS {
        for filter in ["", "kind=massacre&", "actor=katiba-macina&", "bbox=170,-20,-170,20&", "bbox=-180,-90,180,90&"] {
            let page = site().get(&format!("{lang}/events?{filter}view=map"));
            let marks = page.count("svg.map-events .known");
            assert_eq!(marks == 0, filter.contains("170"), "{filter}: {marks}");
            assert!(
                page.attrs(".list-tools a, .empty a", "href").iter().all(|href| href.starts_with(lang)),
                "{filter}"
            );
        }
    }
}

/// Mali with a region and a cercle that have outlines, and a country that has none; an event known to each.
fn areas() -> Few {
    let mut few = Few::default().report("paper").region("isle", "", "country");
    for (id, parent, level, pcode) in
        [("ml", "", "country", "ML"), ("mopti", "ml", "admin1", "ML05"), ("bankass", "mopti", "admin2", "ML0502")]
    {
        few = few.row("regions", &format!("{id},{parent},Place {id},Lieu {id},{level},{pcode},,,"));
    }
    for (id, region, point, precision) in [
        ("at-a-point", "bankass", "14.07,-3.51", "place"),
        ("in-bankass", "bankass", ",", "admin2"),
        ("in-a-village", "bankass", ",", "place"),
        ("in-a-commune", "bankass", "13.80,-3.60", "admin3"),
        ("in-mopti", "mopti", "14.50,-4.00", "admin1"),
        ("in-mali", "ml", "17.0,-3.0", "country"),
        ("abroad", "isle", "20.0,10.0", "admin1"),
        ("nowhere", "isle", ",", "admin1"),
    ] {
        few = few
            .row(
                "events",
                &format!("{id},Event {id},Événement {id},massacre,2020-06-15,,day,{region},{point},{precision},,"),
            )
            .killed(id, "paper", "5", "5", "media");
    }
    few
}

#[test]
fn what_is_known_to_an_area_only_is_drawn_as_it_and_leads_to_its_events() {
    let site = Site::on(&[areas().package("one")]);
    // Closely, each area is itself; on a map of the country districts are gathered in their region.
    let closer = site.get("/events?region=mopti&view=map");
    assert_eq!(
        closer.texts("svg.map-events .badge title"),
        [
            "Place mopti: 1 event – 5 killed (only the area is known)",
            "Place bankass: 2 events – 10 killed (only the area is known)"
        ]
    );
    assert_eq!(closer.count("svg.map-events .within"), 2);
    assert!(closer.count("svg.map-events :is(.zone path, .plain)") > 3, "cercles are outlined");
    let whole = site.get("/fr/events?view=map");
    assert_eq!(whole.count("svg.map-events .badge"), 2);
    assert_eq!(whole.count("svg.map-events .area"), 1, "a place without outline is a ring");
    for page in [&closer, &whole] {
        let titles = page.texts("svg.map-events :is(.known, .area, .badge) title");
        for (href, title) in page.attrs("svg.map-events :is(.known, .area, .badge)", "href").iter().zip(titles) {
            let count = site.get(href).text("p.count");
            assert!(title.contains(&count), "{href}: {title} is not {count}");
        }
    }
    // Going closer leaves the areas where they are, though none of them has a point in the frame.
    let near = site.get("/events?bbox=-3.7,13.9,-3.3,14.2&view=map");
    assert_eq!((near.text("p.count"), near.count("svg.map-events .badge")), ("1 event".to_owned(), 3));
}

#[test]
fn one_goes_closer_by_the_name_of_a_region_and_back_by_the_regions_around_it() {
    let site = Site::on(&[areas().package("one")]);
    let page = site.get("/events?kind=massacre&view=map");
    let zones = page.attrs("svg.map-events a.zone", "href");
    assert!(zones.contains(&"/events?kind=massacre&region=mopti&view=map".to_owned()), "{zones:?}");
    let closer = site.get("/events?kind=massacre&region=mopti&view=map");
    assert_eq!(closer.texts(".map-steps a"), ["All places", "Place ml"]);
    assert_eq!(
        closer.attrs(".map-steps a", "href"),
        ["/events?kind=massacre&view=map", "/events?kind=massacre&region=ml&view=map"]
    );
    // What is said of a region in the table is what its link shows.
    for (href, count) in page.attrs(".by-region a", "href").iter().zip(page.texts(".by-region td")) {
        assert!(site.get(href).text("p.count").starts_with(&count), "{href}: {count}");
    }
}

#[test]
fn a_filter_asks_how_a_map_can_show_an_event() {
    let site = Site::on(&[areas().package("one")]);
    let ids = |query: &str| {
        let mut ids = site.ids(query);
        ids.sort();
        ids
    };
    assert_eq!(ids("place=point"), ["at-a-point"]);
    assert_eq!(ids("place=admin3"), ["in-a-commune"]);
    assert_eq!(ids("place=admin2"), ["in-a-village", "in-bankass"]);
    assert_eq!(ids("place=admin1"), ["abroad", "in-mopti"]);
    assert_eq!(ids("place=country"), ["in-mali"]);
    assert_eq!(ids("place=none"), ["nowhere"]);
    assert_eq!(ids("place=none&place=point"), ["at-a-point", "nowhere"]);
    assert_eq!(ids("place=none&region=mopti"), Vec::<String>::new());
    let page = site.get("/fr/events?place=none");
    assert_eq!(page.text("h1"), "Événements, sans lieu sur la carte");
    assert_eq!(page.texts(".chips li a > span:first-child"), ["sans lieu sur la carte"]);
    let wrong = site.any("/events?place=pont");
    assert_eq!(wrong.status, 400);
    assert!(wrong.body.contains("place=point"), "the nearest is offered");
}

#[test]
fn pages_of_actors_and_of_regions_show_where_it_was() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/actors/katiba-macina"));
        assert!(page.count(".events-map svg.map-events .known") > 3);
        let large = page.attr(".events-map > p a", "href");
        assert_eq!(large, format!("{lang}/events?actor=katiba-macina&view=map"));
        let region = site().get(&format!("{lang}/regions/ml-mopti"));
        assert!(
            region.count(".events-map svg.map-events .known") > 3 && region.count(".region-map svg.map-parts") == 1
        );
        assert_eq!(region.attr(".events-map > p a", "href"), format!("{lang}/events?region=ml-mopti&view=map"));
    }
    let site = Site::on(&[areas().package("one")]);
    let isle = site.get("/regions/isle");
    assert_eq!((isle.count(".events-map svg .area"), isle.count(".region-map")), (1, 0));
}

#[test]
fn every_mark_has_room_for_a_finger_on_a_phone() {
    for path in ["/events?view=map", "/events?region=ml-mopti&view=map", "/events?bbox=-5,13,-3,15&view=map"] {
        let page = site().get(path);
        let number = |text: String| text.parse::<f64>().unwrap();
        let marks = page.select("svg.map-events .hit");
        let at: Vec<(f64, f64)> =
            marks.iter().map(|hit| (number(attr(*hit, "cx")), number(attr(*hit, "cy")))).collect();
        assert!(at.len() > 5, "{path}");
        let near = |n: usize| at.iter().enumerate().any(|(m, b)| m != n && (at[n].0 - b.0).hypot(at[n].1 - b.1) < 40.0);
        let crowded = (0..at.len()).filter(|n| near(*n)).count();
        // Where squares are full a mark keeps to its own; that is the rare one.
        assert!(crowded * 5 <= at.len(), "{path}: {crowded} of {}", at.len());
    }
}
