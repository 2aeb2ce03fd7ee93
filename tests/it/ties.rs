//! Ties between actors over time: each where its passage puts it, those without a date in a column of their own.

use super::pages_kit::{Few, LANGS, Site, site};

fn few() -> Few {
    let mut few = Few::default().region("land", "", "country").report("paper");
    for actor in ["band", "army", "league", "lone"] {
        few = few.actor(actor);
    }
    few.event("raid", "massacre", ("2016-01-01", "", "day"), "land")
        .context("raid", "paper", "media")
        .part("raid", "band", "perpetrator", "claimed")
        .part("raid", "army", "victim", "attributed")
        .row("actor_links", "band,opposes,army,2016,2018,paper,p1")
        .row("actor_links", "band,part_of,league,2017,,paper,p1")
        .row("actor_links", "league,allied_with,band,,,paper,p1")
}

#[test]
fn each_passage_is_a_mark_at_its_date_with_its_words_below() {
    let site = Site::on(&[few().package("one")]);
    for (_, lang) in LANGS {
        let page = site.get(&format!("{lang}/actors/band"));
        assert_eq!(page.count("li.tie"), 2, "a row for each other actor");
        assert_eq!(page.count(".tie-lane a"), 2);
        assert_eq!(page.count(".tie-undated a"), 1);
        let passage = format!("{lang}/reports/paper#p1");
        for css in [".tie-lane a", ".tie-undated a", ".tie-said a"] {
            assert!(page.attrs(css, "href").iter().all(|href| *href == passage), "{css}");
        }
        assert_eq!(page.count(".tie-said > li"), 3);
        assert_eq!(page.count(".tie-kinds li"), 3);
        // From the beginning of 2016 to the end of 2018: three of the five years and one more that are drawn.
        let width: f64 = page.attr(".tie-lane rect.lasts", "width").trim_end_matches('%').parse().unwrap();
        assert!((width - 50.0).abs() < 0.5, "{width}");
        let width: f64 = page.attr(".tie-lane rect.about", "width").trim_end_matches('%').parse().unwrap();
        assert!((width - 100.0 / 6.0).abs() < 0.5, "{width}");
    }
    let page = site.get("/actors/band");
    assert_eq!(page.texts(".tie-lane title"), ["opposed to Actor army: 2016–2018", "part of Actor league: 2017"]);
    assert_eq!(page.attrs(".tie-undated a", "aria-label"), ["allied with Actor league: no date given"]);
    // Read from the other side.
    assert_eq!(site.get("/fr/actors/league").texts(".tie-said .relation"), ["comprend", "allié à"]);
    // The other's years: one event in 2016.
    assert_eq!(page.texts(".counts.with li"), ["Actor army 1"]);
    assert_eq!(page.count(".counts.with .bars rect"), 1);
}

#[test]
fn an_actor_without_ties_has_none_of_it() {
    let few = Site::on(&[few().package("one")]);
    let page = few.get("/actors/lone");
    assert_eq!(page.count(".ties, .tie-lane, .counts.with"), 0);
    // Where no passage gives a date there are no years.
    let undated = site().get("/actors/al-mourabitoun");
    assert_eq!((undated.count(".tie-lane, .tie-years"), undated.count(".tie-rows.undated")), (0, 1));
    assert!(undated.count(".tie-said > li") >= 3);
}
