//! The map that can be moved: loaded by a tap, dragged, brought closer, read by keyboard.

use fantoccini::key::Key;

use super::tab::{in_tab, in_tab_without_scripts};

const MARKS: &str = "document.querySelectorAll('.map-moving .cell').length";

#[tokio::test]
async fn a_tap_makes_the_map_one_that_can_be_moved() {
    in_tab(|tab| async move {
        tab.go("/events?actor=katiba-macina&view=map").await;
        assert_eq!(tab.js("performance.getEntriesByType('resource').some(r => r.name.includes('leaflet'))").await, false);
        let before = tab.text(".list-head .count").await;
        tab.click("button[data-map]").await;
        tab.until(&format!("{MARKS} > 3")).await;
        assert_eq!(tab.address().await, "/events?actor=katiba-macina&view=map", "nothing was moved yet");
        assert!(tab.js("document.querySelectorAll('.map-moving path.land').length").await != 0);

        // The keyboard moves it and brings it closer; the address, the count and the chips follow.
        tab.js("document.querySelector('.map-moving').focus()").await;
        tab.click(".leaflet-control-zoom-in").await;
        tab.until("location.search.includes('bbox=')").await;
        tab.until("document.querySelectorAll('.chips li').length === 3").await;
        let closer = tab.pairs().await;
        assert!(closer.contains(&"actor=katiba-macina".to_owned()) && closer.contains(&"view=map".to_owned()), "{closer:?}");
        tab.until("document.querySelector('h1').textContent.includes('between')").await;
        tab.until("document.querySelector('.map-move [role=status]').textContent === document.querySelector('.list-head .count').textContent").await;
        let shown = tab.text(".list-head .count").await;
        assert_ne!(shown, before);
        let framed = tab.address().await;
        tab.js("document.querySelector('.map-moving').dispatchEvent(new KeyboardEvent('keydown', { keyCode: 39, bubbles: true }))").await;
        tab.js("document.querySelector('.map-moving').focus()").await;
        tab.click(".leaflet-control-zoom-out").await;
        tab.until(&format!("location.pathname + location.search !== {framed:?}")).await;

        // What the address now says is what the page of it holds.
        tab.go(&framed).await;
        assert_eq!(tab.text(".list-head .count").await, shown);
        let console: Vec<_> = tab.console().await;
        assert!(console.is_empty(), "{console:?}");
    })
    .await;
}

#[tokio::test]
async fn a_mark_says_what_it_stands_for_and_leads_to_it() {
    in_tab(|tab| async move {
        tab.go("/fr/events?region=ml-mopti&view=map").await;
        tab.click("button[data-map]").await;
        tab.until(&format!("{MARKS} > 3")).await;
        tab.js("document.querySelector('.map-moving .cell').focus()").await;
        let said = tab.js("document.activeElement.getAttribute('aria-label')").await;
        tab.press(&[Key::Enter]).await;
        tab.until("document.querySelector('.leaflet-popup-content a') !== null").await;
        assert_eq!(tab.js("document.querySelector('.leaflet-popup-content p').textContent").await, said);
        tab.until("document.activeElement.matches('.leaflet-popup-content a')").await;
        let list = tab.js("document.activeElement.getAttribute('href')").await;
        tab.press(&[Key::Enter]).await;
        tab.at(list.as_str().unwrap()).await;
        let count = tab.text(".count[role=status]").await;
        assert!(said.as_str().unwrap().replace('\u{a0}', " ").starts_with(&count), "{said}: {count}");
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_map_is_gone_closer_to_by_links() {
    in_tab_without_scripts(|tab| async move {
        tab.go("/events?view=map").await;
        let zone = tab.find("svg.map-events a.zone[href*='ml-mopti']").await;
        let href = zone.attr("href").await.unwrap().unwrap();
        tab.go(&href).await;
        assert_eq!(tab.text("h1").await, "Events in the Mopti region");
        tab.click_link(".map-steps", "Mali").await;
        tab.at("/events?region=ml&view=map").await;
    })
    .await;
}
