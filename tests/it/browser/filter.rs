//! Filtering: by what is clicked, chosen from a list and typed.

use super::tab::{Tab, in_tab, in_tab_without_scripts};

/// The number in the count of a list.
async fn count(tab: &Tab) -> usize {
    let count = tab.text(".count[role=status]").await;
    count.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{count:?} is no count"))
}

/// The count beside a value of the filter.
async fn promised(tab: &Tab, facet: &str, value: &str) -> usize {
    let values = tab.texts(&format!("[data-facet={facet}] li a")).await;
    let found = values.iter().find(|text| text.lines().next() == Some(value));
    found.unwrap_or_else(|| panic!("{facet}: {values:?}")).lines().last().unwrap().parse().unwrap()
}

/// Every event of the list, page after page: its card as text, with all it names.
async fn cards(tab: &Tab) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        all.extend(tab.texts("ol.cards > li").await);
        if tab.js("document.querySelector('.pages .next') === null").await == true {
            return all;
        }
        let next = tab.js("document.querySelector('.pages .next').getAttribute('href')").await;
        tab.click(".pages .next").await;
        tab.at(next.as_str().unwrap()).await;
    }
}

/// What the chips say.
async fn chips(tab: &Tab) -> Vec<String> {
    tab.texts(".chips li a > span:first-child").await
}

#[tokio::test]
async fn by_region_from_the_front_door() {
    in_tab(|tab| async move {
        tab.go("/").await;
        tab.click_link("nav.main", "Events").await;
        tab.at("/events").await;
        let all = count(&tab).await;
        let expected = promised(&tab, "region", "Mopti region").await;
        tab.click("[data-facet=region] a[href='/events?region=ml-mopti']").await;
        tab.at("/events?region=ml-mopti").await;
        assert_eq!(tab.text("h1").await, "Events in the Mopti region");
        assert_eq!(chips(&tab).await, ["Mopti region"]);
        assert_eq!(count(&tab).await, expected);
        assert!(0 < expected && expected < all);

        let cards = cards(&tab).await;
        assert_eq!(cards.len(), expected);
        for card in &cards {
            assert!(card.contains("Mopti region"), "{card}");
        }

        // A second value widens, a value of another kind narrows; each step back takes one away.
        tab.go("/events?region=ml-mopti").await;
        let both = promised(&tab, "region", "Gao region").await;
        tab.click("[data-facet=region] a[href='/events?region=ml-gao&region=ml-mopti']").await;
        tab.at("/events?region=ml-gao&region=ml-mopti").await;
        assert_eq!(count(&tab).await, both);
        assert!(both > expected);
        let massacres = promised(&tab, "kind", "Massacre").await;
        tab.click("[data-facet=kind] li:first-child a").await;
        tab.until("document.querySelectorAll('.chips li').length === 4").await;
        assert_eq!(count(&tab).await, massacres);
        tab.back().await;
        tab.at("/events?region=ml-gao&region=ml-mopti").await;
        assert_eq!(count(&tab).await, both);
        tab.back().await;
        tab.at("/events?region=ml-mopti").await;
        assert_eq!(chips(&tab).await, ["Mopti region"]);
    })
    .await;
}

#[tokio::test]
async fn by_armed_group_with_and_without_those_that_are_part_of_it() {
    in_tab(|tab| async move {
        tab.go("/events").await;
        let alone = promised(&tab, "actor", "Group for the Support of Islam and Muslims (JNIM)").await;
        tab.click("[data-facet=actor] a[href='/events?actor=jnim']").await;
        tab.at("/events?actor=jnim").await;
        assert_eq!(count(&tab).await, alone);
        let events = cards(&tab).await;
        assert_eq!(events.len(), alone);

        tab.go("/events?actor=jnim").await;
        tab.click("[data-facet=actor] .members a").await;
        tab.until("location.search.includes('members')").await;
        assert!(tab.pairs().await.contains(&"actor=jnim".to_owned()));
        let wider = count(&tab).await;
        assert!(wider > alone, "Katiba Macina is part of JNIM, yet {wider} events instead of {alone}");
        assert_eq!(
            tab.text("[data-facet=actor] .members a[aria-current]").await,
            "Include groups that are part of it ×"
        );
        tab.click("[data-facet=actor] .members a").await;
        tab.at("/events?actor=jnim").await;
        assert_eq!(count(&tab).await, alone);
    })
    .await;
}

#[tokio::test]
async fn by_an_actor_chosen_from_the_list_of_the_others_without_scripts() {
    in_tab_without_scripts(|tab| async move {
        tab.go("/events?region=ml-mopti").await;
        tab.find("#other-actor").await.select_by_value("dan-na-ambassagou").await.unwrap();
        tab.click("[data-facet=actor] form.other button").await;
        tab.at("/events?region=ml-mopti&actor=dan-na-ambassagou").await;
        assert_eq!(chips(&tab).await, ["Mopti region", "Dan Na Ambassagou"]);
        for card in cards(&tab).await {
            assert!(card.contains("Mopti region"), "{card}");
        }
        // Nothing chosen: nothing changes.
        tab.click("[data-facet=region] form.other button").await;
        tab.at("/events?region=ml-mopti&actor=dan-na-ambassagou").await;
        assert_eq!(chips(&tab).await, ["Mopti region", "Dan Na Ambassagou"]);
    })
    .await;
}

#[tokio::test]
async fn by_what_is_typed_and_back_chip_by_chip() {
    in_tab(|tab| async move {
        tab.go("/events?kind=massacre").await;
        let all = count(&tab).await;
        tab.fill("#f-from", "2019").await;
        tab.fill("#f-to", "2022-06").await;
        tab.fill("#f-min", "100").await;
        tab.click("form.typed button").await;
        tab.until("location.search.includes('killed_min')").await;
        assert_eq!(tab.pairs().await, ["kind=massacre", "from=2019", "to=2022-06", "killed_min=100"]);
        let narrow = count(&tab).await;
        assert!(0 < narrow && narrow < all);
        let titles = tab.texts("ol.cards h3").await;
        for known in ["Massacre at Ogossagou", "Massacre at Moura", "Massacre at Diallassagou"] {
            assert!(titles.iter().any(|title| title == known), "{known}: {titles:?}");
        }
        let sentence = tab.text("h1").await;
        for part in ["Massacres", "2019", "June 2022", "100"] {
            assert!(sentence.contains(part), "{sentence}");
        }
        // The fields still show what was typed.
        assert_eq!(tab.js("document.querySelector('#f-to').value").await, "2022-06");

        let before = chips(&tab).await;
        assert_eq!(before[0], "massacre");
        tab.click(".chips li:nth-child(1) a").await;
        tab.until("!location.search.includes('kind')").await;
        assert_eq!(chips(&tab).await, before[1..]);
        assert!(count(&tab).await >= narrow);
        tab.click(".chips .clear a").await;
        tab.at("/events").await;
        tab.until("document.querySelector('.chips') === null").await;
        assert!(count(&tab).await > all);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_answered_with_what_could() {
    in_tab(|tab| async move {
        tab.go("/events?region=ml-mopti&actor=katiba-macina").await;
        tab.fill("#f-from", "2012").await;
        tab.fill("#f-to", "2012").await;
        tab.click("form.typed button").await;
        tab.find(".empty").await;
        assert_eq!(count(&tab).await, 0);
        let offer = tab.text(".empty li:first-child").await;
        let words: Vec<&str> = offer.rsplit(" – ").next().unwrap().split(' ').collect();
        let events: usize = words[0].parse().unwrap_or_else(|_| panic!("{offer}"));
        tab.click(".empty li:first-child a").await;
        tab.find("ol.cards").await;
        assert_eq!(count(&tab).await, events);

        tab.go("/events?region=ml-mopti").await;
        tab.fill("#f-from", "last year").await;
        tab.click("form.typed button").await;
        let error = tab.text(".error").await;
        assert!(error.contains("last year"), "{error}");
        // The rest of the filter is kept.
        tab.click(".error .without").await;
        tab.at("/events?region=ml-mopti").await;
    })
    .await;
}

#[tokio::test]
async fn without_scripts() {
    in_tab_without_scripts(|tab| async move {
        tab.resize(360, 800).await;
        tab.go("/events").await;
        // Were scripts on, this one would have folded it.
        assert!(tab.find("details.filter").await.attr("open").await.unwrap().is_some());
        tab.click("[data-facet=region] a[href='/events?region=ml-mopti']").await;
        tab.fill("#f-from", "2022").await;
        tab.click("form.typed button").await;
        tab.find(".chips li:nth-child(3)").await;
        assert_eq!(tab.pairs().await, ["region=ml-mopti", "from=2022"]);
        tab.click("details.filter > summary").await;
        tab.click("ol.cards li:first-child h3 a").await;
        tab.find("article.event").await;

        tab.go("/events/2022-06-18-diallassagou").await;
        tab.click(".answer .voices summary").await;
        tab.click(".answer .voices details[open] li a").await;
        let passage = tab.find(".passage:target").await;
        passage.find(fantoccini::Locator::Css(".passage-links a")).await.unwrap().click().await.unwrap();
        tab.find(".passage:target").await;
        assert!(tab.address().await.starts_with("/reports/"));
        // A link to a claim unfolds what it is in.
        tab.click(".passage:target .speaks a").await;
        assert!(tab.find("li:target").await.is_displayed().await.unwrap());
    })
    .await;
}
