//! The way out, light and dark by choice, paper, and names found while they are typed.

use fantoccini::key::Key;
use serde_json::json;

use super::tab::{Tab, in_tab, in_tab_without_scripts};

const EVENT: &str = "/events/2022-06-18-diallassagou";

#[tokio::test]
async fn leaving_replaces_the_page_in_the_history() {
    in_tab(|tab| async move {
        tab.go("/about").await;
        tab.go(EVENT).await;
        tab.click(".exit").await;
        tab.until(&format!("location.href === {:?}", tab.exit)).await;
        assert_eq!(tab.js("document.referrer").await, "");
        tab.back().await;
        tab.at("/about").await;
    })
    .await;
}

#[tokio::test]
async fn shift_three_times_leaves_and_says_how_many_more() {
    in_tab(|tab| async move {
        tab.go(EVENT).await;
        let said = "document.querySelector('.exit-said').textContent";
        assert_eq!(tab.js(said).await, "");
        tab.press(&[Key::Shift]).await;
        assert_eq!(tab.js(said).await, "Press Shift twice more to leave");
        // A capital letter is none of the three, and ends the count.
        tab.press(&[Key::Shift.into(), 'a']).await;
        assert_eq!(tab.js(said).await, "");
        tab.press(&[Key::Shift]).await;
        tab.press(&[Key::Shift]).await;
        assert_eq!(tab.js(said).await, "Press Shift once more to leave");
        tab.at(EVENT).await;
        tab.press(&[Key::Shift]).await;
        tab.until(&format!("location.href === {:?}", tab.exit)).await;
    })
    .await;
}

#[tokio::test]
async fn leaving_needs_no_script_and_stays_in_sight() {
    in_tab_without_scripts(|tab| async move {
        tab.resize(320, 600).await;
        tab.go(EVENT).await;
        tab.js("scrollTo(0, 3000)").await;
        let seen = "(() => { const box = document.querySelector('.exit').getBoundingClientRect();
            return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.matches('.exit'); })()";
        tab.until(seen).await;
        tab.click(".exit").await;
        tab.until(&format!("location.href === {:?}", tab.exit)).await;
    })
    .await;
}

/// The background of the page, and of the drawing under a map, as they are painted.
async fn painted(tab: &Tab) -> (String, bool) {
    let paper = tab.js("getComputedStyle(document.body).backgroundColor").await;
    let dark = tab.js("document.documentElement.dataset.theme || ''").await;
    (paper.as_str().unwrap().to_owned(), dark == "dark")
}

const LIGHT: &str = "rgb(250, 249, 246)";
const DARK: &str = "rgb(20, 23, 26)";

#[tokio::test]
async fn light_or_dark_is_kept_when_chosen_and_only_then() {
    in_tab(|tab| async move {
        tab.prefer("light").await;
        tab.go("/events").await;
        assert_eq!(painted(&tab).await, (LIGHT.to_owned(), false));
        assert_eq!(tab.js("localStorage.length").await, 0);
        tab.click(".scheme input[value=dark]").await;
        assert_eq!(painted(&tab).await, (DARK.to_owned(), true));
        assert_eq!(tab.js("getComputedStyle(document.documentElement).colorScheme").await, "dark");
        assert_eq!(
            tab.js("new Set([...document.querySelectorAll('meta[name=theme-color]')].map(m => m.content)).size").await,
            1
        );
        // On the next page it is there before the script of the page is.
        tab.go("/fr/regions/ml-mopti").await;
        assert_eq!(painted(&tab).await, (DARK.to_owned(), true));
        assert_eq!(tab.js("document.querySelector('.scheme input:checked').value").await, "dark");
        tab.click(".scheme input[value='']").await;
        assert_eq!(painted(&tab).await, (LIGHT.to_owned(), false));
        assert_eq!(tab.js("localStorage.length + document.cookie.length").await, 0);
        tab.prefer("dark").await;
        assert_eq!(painted(&tab).await.0, DARK);
        tab.click(".scheme input[value=light]").await;
        assert_eq!(painted(&tab).await.0, LIGHT);
    })
    .await;
}

#[tokio::test]
async fn paper_holds_every_account_and_no_navigation() {
    in_tab(|tab| async move {
        for page in [EVENT, "/fr/events/2022-06-18-diallassagou"] {
            tab.go(page).await;
            let shown = |css: &str| format!("[...document.querySelectorAll({css:?})].filter(e => e.checkVisibility({{ contentVisibilityAuto: true }}) && e.getClientRects().length).length");
            let all = tab.js("document.querySelectorAll('.voices li').length").await;
            assert_eq!(tab.js(&shown(".voices li")).await, 0);
            tab.on_paper(true).await;
            // What is folded is laid out with the next frame.
            tab.until(&format!("{} === {all}", shown(".voices li"))).await;
            assert_eq!(tab.js(&shown("nav, .exit, .find, footer, button, .jump, .content-note")).await, 0, "{page}");
            assert!(tab.js(&shown(".report-url")).await.as_u64() > Some(20), "{page}");
            assert_eq!(tab.js(&shown("#permalink")).await, 1, "{page}");
            tab.on_paper(false).await;
            assert_eq!(tab.js(&shown(".report-url")).await, 0);
        }
        tab.go("/events?region=ml-mopti").await;
        tab.on_paper(true).await;
        assert_eq!(tab.js("document.querySelector('.filter').checkVisibility()").await, false);
        assert_eq!(tab.js("document.querySelector('.on-paper').checkVisibility()").await, true);
        tab.on_paper(false).await;
    })
    .await;
}

#[tokio::test]
async fn a_name_is_typed_and_chosen_with_the_keyboard() {
    in_tab(|tab| async move {
        tab.go("/fr/events?region=ml-mopti").await;
        let field = "document.querySelector('#other-actor')";
        tab.click("#other-actor").await;
        assert_eq!(tab.js(&format!("{field}.getAttribute('aria-expanded')")).await, "false");
        tab.type_text("macin").await;
        tab.until("document.querySelectorAll('#options-actor [role=option]').length === 1").await;
        assert_eq!(tab.js(&format!("{field}.getAttribute('aria-expanded')")).await, "true");
        assert!(tab.text("[data-facet=actor] .said").await.starts_with("1 nom"));
        tab.press(&[Key::Down]).await;
        let active = format!("document.getElementById({field}.getAttribute('aria-activedescendant'))");
        assert_eq!(tab.js(&format!("{active}.getAttribute('aria-selected')")).await, "true");
        // Escape folds the list, the arrow unfolds it.
        tab.press(&[Key::Escape]).await;
        assert_eq!(tab.js(&format!("{field}.getAttribute('aria-expanded')")).await, "false");
        assert_eq!(tab.js(&format!("{field}.value")).await, "macin");
        tab.press(&[Key::Down]).await;
        tab.press(&[Key::Enter]).await;
        tab.at("/fr/events?region=ml-mopti&actor=katiba-macina").await;
        assert_eq!(tab.texts(".chips li a > span:first-child").await, ["Région de Mopti", "Katiba Macina"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_chosen_by_a_click_or_sent_as_it_was_typed() {
    in_tab(|tab| async move {
        tab.go("/events").await;
        tab.click("#other-region").await;
        tab.type_text("ogos").await;
        tab.until("document.querySelectorAll('#options-region [role=option]').length === 1").await;
        tab.click("#options-region [role=option]").await;
        tab.at("/events?region=ml-ogossagou").await;
        tab.go("/events").await;
        tab.click("#other-region").await;
        tab.type_text("xyzzyx").await;
        tab.until("document.querySelector('[data-facet=region] .said').textContent === 'No name like this'").await;
        tab.fill("#other-region", "Ségou").await;
        tab.press(&[Key::Enter]).await;
        tab.at("/events?region=ml-segou").await;
    })
    .await;
}

#[tokio::test]
async fn an_older_answer_never_replaces_a_newer_one() {
    in_tab(|tab| async move {
        tab.go("/events").await;
        // Every answer but the last waits until the last has come.
        let slow = "(() => { const fetched = window.fetch; window.asked = [];
            window.fetch = (url, options) => { asked.push(url);
                return url.endsWith('=mop') ? fetched(url, options)
                    : new Promise((_, no) => options.signal.addEventListener('abort', () => { window.given_up = true; no(); })); };
        })()";
        tab.devtools("Runtime.evaluate", json!({ "expression": slow })).await;
        tab.click("#other-region").await;
        tab.type_text("s").await;
        tab.until("asked.length === 1").await;
        tab.fill("#other-region", "mop").await;
        tab.until("document.querySelector('#options-region [role=option] span')?.textContent === 'Mopti region'").await;
        assert_eq!(tab.js("given_up").await, true);
    })
    .await;
}
