//! Choosing a time by dragging across a chart or from lists, and two to compare.

use serde_json::{Value, json};

use super::tab::{Tab, in_tab, in_tab_without_scripts};

/// The middle of the column of a year.
async fn middle(tab: &Tab, year: &str) -> (f64, f64) {
    let place = tab
        .js(&format!(
            "(() => {{ const e = document.querySelector(\"[data-when='{year}'] .hit\"); e.scrollIntoView({{block: 'center'}});
            const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ))
        .await;
    serde_json::from_value(place).unwrap()
}

/// The mouse, with its left button up or down.
async fn mouse(tab: &Tab, what: &str, (x, y): (f64, f64)) {
    let buttons = i32::from(what != "mouseReleased");
    let event = json!({ "type": what, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
    let _: Value = tab.devtools("Input.dispatchMouseEvent", event).await;
}

#[tokio::test]
async fn dragging_across_columns_chooses_from_one_to_the_other() {
    in_tab(|tab| async move {
        tab.go("/events?kind=massacre").await;
        let (to, from) = (middle(&tab, "2021").await, middle(&tab, "2018").await);
        // Backwards, which is as good.
        mouse(&tab, "mousePressed", to).await;
        mouse(&tab, "mouseMoved", from).await;
        assert_eq!(tab.js("document.querySelectorAll('.col.brushed').length").await, 4);
        mouse(&tab, "mouseReleased", from).await;
        tab.until("location.search.includes('to=2021')").await;
        let mut pairs = tab.pairs().await;
        pairs.sort();
        assert_eq!(pairs, ["from=2018", "kind=massacre", "to=2021"]);
        assert_eq!(tab.js("document.querySelectorAll('.col.chosen').length").await, 4);

        // A click without a drag is the link that it is.
        let year = middle(&tab, "2019").await;
        mouse(&tab, "mousePressed", year).await;
        mouse(&tab, "mouseReleased", year).await;
        tab.at("/events?kind=massacre&from=2019&to=2019").await;
    })
    .await;
}

#[tokio::test]
async fn a_drag_that_is_given_up_changes_nothing() {
    in_tab(|tab| async move {
        tab.go("/events").await;
        let (from, to) = (middle(&tab, "2018").await, middle(&tab, "2021").await);
        mouse(&tab, "mousePressed", from).await;
        mouse(&tab, "mouseMoved", to).await;
        tab.press(&['\u{e00c}']).await;
        assert_eq!(tab.js("document.querySelectorAll('.col.brushed').length").await, 0);
        assert_eq!(tab.address().await, "/events");
    })
    .await;
}

#[tokio::test]
async fn a_time_is_chosen_and_two_are_compared_without_scripts() {
    in_tab_without_scripts(|tab| async move {
        tab.resize(360, 800).await;
        tab.go("/actors/jnim").await;
        tab.find("form.range select[name=from]").await.select_by_value("2020").await.unwrap();
        tab.click("form.range button").await;
        tab.until("location.search.includes('from')").await;
        assert_eq!(tab.pairs().await, ["actor=jnim", "from=2020"]);

        tab.go("/fr/actors/jnim").await;
        tab.click("header .compare-link a").await;
        tab.find("select[name=b]").await.select_by_value("katiba-macina").await.unwrap();
        tab.click("main form button").await;
        tab.at("/fr/compare?a=jnim&b=katiba-macina").await;
        assert!(tab.text("h1").await.contains("côte à côte"));
        tab.fill(".compare-filter input[name=from]", "2019").await;
        tab.click(".compare-filter button").await;
        tab.at("/fr/compare?a=jnim&b=katiba-macina&from=2019").await;
        assert_eq!(tab.js("document.querySelectorAll('svg.time-columns').length").await, 2);
    })
    .await;
}
