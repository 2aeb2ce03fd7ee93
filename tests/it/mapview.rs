//! A result on the map: every mark leads to exactly the events it stands for, and what has no point is said.

use super::pages_kit::{Few, LANGS, Site, site};

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
        few = few
            .row(
                "events",
                &format!(
                    "{id},Event {id},Événement {id},massacre,2020-06-15,,day,land,{latitude},{longitude},{precision},,"
                ),
            )
            .killed(id, "paper", killed, killed, "media");
    }
    few
}

#[test]
fn every_mark_leads_to_the_events_it_stands_for() {
    let site = Site::on(&[few().package("one")]);
    let page = site.get("/events?view=map");
    let titles = page.texts("svg.map-events a title");
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
    for (href, title) in page.attrs("svg.map-events a", "href").iter().zip(&titles) {
        let list = site.get(href);
        assert!(title.starts_with(&list.text("p.count")), "{title}: {}", list.text("p.count"));
        assert!(href.contains("bbox="), "{href}");
    }
    assert_eq!(page.text(".without"), "1 event has no point on the map; it is in the list.");
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
        .attrs("svg.map-events a", "href")
        .into_iter()
        .find(|href| href.contains("view=map"))
        .expect("a large mark");
    let page = site.get(&closer);
    assert!(page.count("svg.map-events a") > 1, "it comes apart");
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
    let titles = page.texts("svg.map-events a title");
    assert_eq!(titles[0], "4 events (of 1 only the area is known)");
    assert!(titles.iter().all(|title| !title.contains("killed")), "{titles:?}");
    assert!(page.text(".on-map .hint").contains("by the number of its events"));
    let one = site.get("/events?source=two&view=map");
    assert_eq!(one.texts("svg.map-events a title"), ["1 event – 9 killed"]);
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
            let marks = page.count("svg.map-events a");
            assert_eq!(marks == 0, filter.contains("170"), "{filter}: {marks}");
            assert!(
                page.attrs(".list-tools a, .empty a", "href").iter().all(|href| href.starts_with(lang)),
                "{filter}"
            );
        }
    }
}
