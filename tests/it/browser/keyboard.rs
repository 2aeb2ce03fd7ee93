//! The whole of the site with the keyboard only.

use fantoccini::key::Key;

use super::tab::{Tab, in_tab};

/// What is wrong with the element that has the focus: it is out of sight, or does not show that it has it.
const UNSEEN: &str = "(() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const shape = e.closest('svg') && e.querySelector('path, circle');
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const drawn = shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 2.5;
    const inSight = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const strip = document.querySelector('.top').getBoundingClientRect();
    const covered = !e.closest('.top, .skip') && strip.top <= 0 && box.bottom <= strip.bottom;
    return (outlined || drawn) && inSight && !covered ? '' : `${e.outerHTML.slice(0, 200)} outlined ${outlined || drawn} in sight ${inSight} covered ${covered}`;
})()";

/// Moves on by one element, which must show it.
async fn tab_on(tab: &Tab) {
    tab.press(&[Key::Tab]).await;
    let unseen = tab.js(UNSEEN).await;
    assert_eq!(unseen, "", "at {}", tab.address().await);
}

/// Moves on until a certain element has the focus.
async fn tab_to(tab: &Tab, css: &str) {
    for _ in 0..500 {
        tab_on(tab).await;
        if tab.js(&format!("document.activeElement.matches({css:?})")).await == true {
            return;
        }
    }
    panic!("the Tab key does not come to {css}");
}

#[tokio::test]
async fn search_open_unfold_and_follow() {
    in_tab(|tab| async move {
        tab.go("/").await;
        // The first stop skips what every page repeats.
        tab_on(&tab).await;
        assert_eq!(tab.text(":focus").await, "Skip to content");
        tab.press(&[Key::Enter]).await;
        tab.until("document.activeElement.id === 'content'").await;
        tab_on(&tab).await;
        assert_eq!(tab.js("document.activeElement.closest('main') !== null").await, true);

        // Without skipping: the ways into the site, then the search.
        tab.go("/").await;
        tab_to(&tab, ".brand").await;
        for page in ["Events", "Actors", "Regions", "Reports", "About"] {
            tab_on(&tab).await;
            assert_eq!(tab.text(":focus").await, page);
        }
        tab_on(&tab).await;
        tab.type_text("diallassagou 2022").await;
        tab.press(&[Key::Enter]).await;
        tab.at("/search?q=diallassagou+2022").await;
        tab_to(&tab, ".found-events a[href='/events/2022-06-18-diallassagou']").await;
        tab.press(&[Key::Enter]).await;
        tab.at("/events/2022-06-18-diallassagou").await;

        tab_to(&tab, ".voices summary").await;
        let open = "document.activeElement.parentElement.open";
        assert_eq!(tab.js(open).await, false);
        tab.press(&[' ']).await;
        tab.until(open).await;
        tab.press(&[Key::Enter]).await;
        tab.until(&format!("!{open}")).await;
        tab.press(&[Key::Enter]).await;
        tab.until(open).await;
        tab_on(&tab).await;
        let passage = tab.js("document.activeElement.getAttribute('href')").await;
        tab.press(&[Key::Enter]).await;
        tab.at(&format!("/events/2022-06-18-diallassagou{}", passage.as_str().unwrap())).await;
        tab.until("document.activeElement.matches('.passage:target')").await;
        // The keyboard goes on from there.
        tab_on(&tab).await;
        assert_eq!(tab.js("document.activeElement.closest('.passage:target') !== null").await, true);
        tab_to(&tab, ".passage:target .passage-links a[href^='/reports/']").await;
        tab.press(&[Key::Enter]).await;
        tab.until("document.activeElement.matches('.passage:target')").await;
        tab_to(&tab, ".passage:target .speaks a[href*='#claim-']").await;
        tab.press(&[Key::Enter]).await;
        tab.until("document.activeElement.matches('li:target')").await;
        assert!(tab.find("li:target").await.is_displayed().await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn filter_fold_and_unfold() {
    in_tab(|tab| async move {
        tab.resize(360, 800).await;
        tab.go("/events").await;
        tab_to(&tab, "details.filter > summary").await;
        tab.press(&[Key::Enter]).await;
        tab.until("document.querySelector('details.filter').open").await;
        tab_to(&tab, "#f-from").await;
        tab.type_text("2022").await;
        tab_to(&tab, "form.typed button").await;
        tab.press(&[' ']).await;
        tab.at("/events?from=2022").await;
        // On the way out again: the chip.
        tab_to(&tab, ".chips li:first-child a").await;
        tab.press(&[Key::Enter]).await;
        tab.at("/events").await;
    })
    .await;
}

/// Every stop of a page, from the first to the last, and back out of it.
#[tokio::test]
async fn every_stop_shows_that_it_has_the_focus() {
    in_tab(|tab| async move {
        let pages = [
            "/",
            "/events?region=ml-mopti&view=table",
            "/events?view=map",
            "/regions",
            "/regions/ml-kayes",
            "/actors/msa",
            "/about/data",
        ];
        for page in pages {
            tab.go(page).await;
            tab_to(&tab, "footer .scheme input").await;
            tab.press(&[Key::Shift, Key::Tab]).await;
            assert_eq!(tab.js(UNSEEN).await, "", "{page}");
        }
    })
    .await;
}
