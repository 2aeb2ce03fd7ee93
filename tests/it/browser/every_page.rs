//! What must be so on every kind of page, in both languages.

use serde_json::{Value, json};

use super::stage::{REPORT_WITH_TEXT, env, skipped, stage};
use super::tab::{Tab, in_tab};

/// One of each kind of page, without its language.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = [
        "",
        "/events",
        "/events?q=village&region=ml-gao&region=ml-mopti&actor=jnim&members=yes&from=2019&accounts=differ",
        "/events?region=ml-mopti&view=table",
        "/events?view=map",
        "/events?region=ml-mopti&view=timeline",
        "/compare",
        "/compare?a=jnim",
        "/compare?a=jnim&b=katiba-macina",
        "/compare?a=ml-mopti&b=ml-gao&from=2019",
        "/events?from=2019&to=2020",
        "/events?region=ml-kayes&actor=katiba-macina",
        "/events/2022-06-18-diallassagou",
        "/events/2021-02-07-diallassagou",
        "/events/2022-06-18-diallassagou/history",
        "/events/2020-02-14-ogossagou/versions/1",
        "/actors",
        "/actors/katiba-macina",
        "/regions",
        "/regions/ml-mopti",
        "/regions/ml-diallassagou",
        "/reports",
        "/reports?language=fr",
        "/reports/blogen-2022-07-diallassagou",
        "/search",
        "/search?q=Katiba+Macina",
        "/search?q=xyzzy",
        "/about",
        "/about/method",
        "/about/data",
        "/api",
        "/events?as_of=2025",
        "/embed/events/2019-03-23-ogossagou",
        "/embed/map?region=ml-mopti",
        "/embed/events/nowhere",
        "/events?region=ml-mopty",
        "/events?colour=red",
        "/compare?a=jnim&b=ml-gao",
        "/nowhere",
    ]
    .map(str::to_owned)
    .into();
    pages.push(format!("/reports/{REPORT_WITH_TEXT}"));
    pages
}

/// The address of a page in a language.
fn address(page: &str, lang: &str) -> String {
    match (lang, page) {
        ("en", "") => "/".to_owned(),
        ("en", page) => page.to_owned(),
        (_, page) => format!("/fr{page}"),
    }
}

/// Every address there is to look at.
pub fn addresses() -> Vec<String> {
    ["en", "fr"].iter().flat_map(|lang| pages().into_iter().map(|page| address(&page, lang))).collect()
}

#[tokio::test]
async fn the_other_language_shows_the_same_thing() {
    in_tab(|tab| async move {
        // A frame has the language of the page that holds it.
        for page in pages().into_iter().filter(|page| !page.starts_with("/embed/")) {
            let (english, french) = (address(&page, "en"), address(&page, "fr"));
            tab.go(&english).await;
            assert_eq!(tab.js("document.documentElement.lang").await, "en", "{page}");
            tab.click(".switch").await;
            tab.at(&french).await;
            assert_eq!(tab.js("document.documentElement.lang").await, "fr", "{page}");
            assert_eq!(tab.texts("nav.main li").await[0], "Événements");
            tab.click(".switch").await;
            tab.at(&english).await;
            assert_eq!(tab.js("document.documentElement.lang").await, "en", "{page}");
        }
    })
    .await;
}

/// Elements that reach over the edge, or nothing.
const OVER: &str = "(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= innerWidth) return '';
    const over = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
    return `${root.scrollWidth}: ` + over.slice(-3).map(e => e.outerHTML.slice(0, 160)).join(' | ');
})()";

#[tokio::test]
async fn no_page_is_wider_than_its_window() {
    in_tab(|tab| async move {
        let mut wide = Vec::new();
        // Narrower and wider ones are looked at where axe is run.
        tab.resize(360, 800).await;
        for address in addresses() {
            tab.go(&address).await;
            assert_eq!(tab.js("innerWidth").await, 360);
            let over = tab.js(OVER).await;
            if over != "" {
                wide.push(format!("{address}: {over}"));
            }
        }
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn the_filter_is_folded_on_a_phone_and_open_beside_a_list() {
    in_tab(|tab| async move {
        for page in ["/events", "/fr/regions/ml-mopti", "/actors/jnim"] {
            tab.resize(360, 800).await;
            tab.go(page).await;
            assert_eq!(tab.js("document.querySelector('details.filter').open").await, false, "{page}");
            assert!(tab.find("ol.cards li").await.is_displayed().await.unwrap());
            tab.click("details.filter > summary").await;
            assert!(tab.find("#f-from").await.is_displayed().await.unwrap());
            tab.resize(1280, 800).await;
            tab.go(page).await;
            assert!(tab.find("#f-from").await.is_displayed().await.unwrap());
        }
    })
    .await;
}

#[tokio::test]
async fn the_console_stays_empty_and_nothing_comes_from_elsewhere() {
    in_tab(|tab| async move {
        let mut wrong = Vec::new();
        for address in addresses() {
            tab.go(&address).await;
            let resources = tab.js("performance.getEntriesByType('resource').map(entry => entry.name)").await;
            let resources: Vec<String> = serde_json::from_value(resources).unwrap();
            assert!(resources.iter().any(|name| name.ends_with(".css")), "{address}: {resources:?}");
            wrong.extend(resources.into_iter().filter(|name| !name.starts_with(tab.site)));
            for entry in tab.console().await {
                let message = entry["message"].as_str().unwrap_or_default();
                // An error page is noted as such.
                if message.starts_with(&format!("{}{address} ", tab.site)) && message.contains("status of 40") {
                    continue;
                }
                wrong.push(format!("{address}: {entry}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// axe-core, of the environment: its licence is not this project's, and it is needed only here.
fn axe() -> Option<String> {
    stage()?;
    let Some(path) = env("CONSTAT_AXE") else {
        skipped("CONSTAT_AXE does not say where axe.min.js is; `npm install axe-core`");
        return None;
    };
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("CONSTAT_AXE={path}: {error}")))
}

/// Runs some rules of axe on every page in one colour scheme; what they find, with the first place of each, and what
/// reaches over the edge of the window.
async fn violations(tab: &Tab, axe: &str, scheme: &str, widths: &[u32], rules: Value) -> Vec<String> {
    const RUN: &str = "const [runOnly, done] = arguments;
        axe.run(document, { runOnly, resultTypes: ['violations'] }).then(
            found => done(found.violations.map(rule => `${rule.id}: ${rule.nodes.length} times, first ` +
                `${rule.nodes[0].html.slice(0, 300)}: ${rule.nodes[0].failureSummary}`)),
            error => done([String(error)]))";
    tab.prefer(scheme).await;
    // Not by a script element, which the pages' policy would refuse.
    tab.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe })).await;
    let mut found = Vec::new();
    for &width in widths {
        tab.resize(width, 900).await;
        for address in addresses() {
            tab.go(&address).await;
            assert_eq!(tab.js(&format!("matchMedia('(prefers-color-scheme: {scheme})').matches")).await, true);
            let Value::Array(broken) = tab.js_async(RUN, vec![rules.clone()]).await else { unreachable!() };
            found.extend(broken.iter().map(|rule| format!("{address} at {width}, {scheme}: {rule}")));
            let over = tab.js(OVER).await;
            if over != "" {
                found.push(format!("{address} at {width}: {over}"));
            }
        }
    }
    found
}

#[tokio::test]
async fn axe_finds_nothing_in_light() {
    let Some(axe) = axe() else { return };
    in_tab(|tab| async move {
        let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
        let rules = json!({ "type": "tag", "values": tags });
        let found = violations(&tab, &axe, "light", &[320, 1280], rules).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark() {
    let Some(axe) = axe() else { return };
    in_tab(|tab| async move {
        // Dark and light differ in colours and in nothing else, and colours do not depend on the width.
        let rules = json!({ "type": "rule", "values": ["color-contrast", "link-in-text-block"] });
        let found = violations(&tab, &axe, "dark", &[1280], rules).await;
        assert!(found.is_empty(), "{}", found.join("\n"));
    })
    .await;
}
