//! Filtering: by what is clicked, chosen from a list and typed.

use super::tab::{Tab, in_tab};

/// The number in the count of a list.
async fn count(tab: &Tab) -> usize {
    let count = tab.text(".count[role=status]").await;
    count.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{count:?} is no count"))
}

/// The count beside a value of the filter.
async fn promised(tab: &Tab, facet: &str, value: &str) -> usize {
    let values = tab.texts(&format!("[data-facet={facet}] li a")).await;
    let value = values.iter().find(|text| text.lines().next() == Some(value));
    value.unwrap_or_else(|| panic!("{facet}: {values:?}")).lines().last().unwrap().parse().unwrap()
}

/// Every card of the list, page after page: title, place and those named.
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

#[tokio::test]
async fn by_region() {
    in_tab(|tab| async move {
        tab.go("/").await;
        tab.click_link("nav.main", "Events").await;
        tab.at("/events").await;
        let all = count(&tab).await;
        let expected = promised(&tab, "region", "Mopti region").await;
        tab.click("[data-facet=region] a[href='/events?region=ml-mopti']").await;
        tab.at("/events?region=ml-mopti").await;
        assert_eq!(tab.text("h1").await, "Events in the Mopti region");
        assert_eq!(tab.texts(".chips li a > span:first-child").await, ["Mopti region"]);
        assert_eq!(count(&tab).await, expected);
        assert!(expected < all);
        let cards = cards(&tab).await;
        assert_eq!(cards.len(), expected);
        for card in &cards {
            assert!(card.contains("Mopti region"), "{card}");
        }
        tab.go("/events?region=ml-mopti").await;
        tab.go("/events").await;
        tab.back().await;
        tab.at("/events?region=ml-mopti").await;
        tab.back().await;
    })
    .await;
}
