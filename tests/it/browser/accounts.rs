//! From a claim to its passage, to the report, and back.

use super::stage::REPORT_WITH_TEXT;
use super::tab::{Tab, in_tab};

const EVENT: &str = "/events/2022-06-18-diallassagou";

/// Waits until what the address points into is unfolded, in sight and where the keyboard goes on.
async fn arrived(tab: &Tab, fragment: &str) {
    let target = "document.querySelector(':target')";
    tab.until(&format!("{target}?.id === {fragment:?}")).await;
    assert!(tab.find(":target").await.is_displayed().await.unwrap(), "{fragment} is folded away");
    let sight =
        format!("(box => box.height > 0 && box.bottom > 0 && box.top < innerHeight)({target}.getBoundingClientRect())");
    tab.until(&sight).await;
    tab.until(&format!("document.activeElement === {target}")).await;
}

#[tokio::test]
async fn a_claim_leads_to_its_passage_to_the_report_and_back() {
    in_tab(|tab| async move {
        tab.go("/events?region=ml-bankass").await;
        tab.click_link("ol.cards", "Massacre at Diallassagou").await;
        tab.at(EVENT).await;
        assert_eq!(tab.text("h1").await, "Massacre at Diallassagou");

        // Unfold the first origin, follow its first report.
        let fold = "#how-many .answer:first-child .voices details:first-child";
        assert!(!tab.find(&format!("{fold} li a")).await.is_displayed().await.unwrap());
        tab.click(&format!("{fold} > summary")).await;
        let link = tab.find(&format!("{fold} li a")).await;
        assert!(link.is_displayed().await.unwrap());
        let passage = link.attr("href").await.unwrap().unwrap();
        link.click().await.unwrap();
        tab.at(&format!("{EVENT}{passage}")).await;
        arrived(&tab, passage.trim_start_matches('#')).await;

        // What it says about the event leads back to a claim.
        tab.click(".passage:target .carries li:first-child a").await;
        tab.until("location.hash.startsWith('#claim-')").await;
        arrived(&tab, tab.address().await.split_once('#').unwrap().1).await;
        tab.back().await;
        arrived(&tab, passage.trim_start_matches('#')).await;

        // To the same passage on the report's own page, and from there back into the folded accounts.
        tab.click(".passage:target .passage-links a").await;
        tab.until("location.pathname.startsWith('/reports/')").await;
        let at = tab.address().await;
        let (report, id) = at.split_once('#').unwrap();
        assert_eq!(passage, format!("#passage-{}-{id}", report.strip_prefix("/reports/").unwrap()));
        arrived(&tab, id).await;
        tab.click(&format!(".passage:target a[href^='{EVENT}#claim-']")).await;
        tab.until(&format!("location.pathname === {EVENT:?}")).await;
        let claim = tab.address().await.split_once('#').unwrap().1.to_owned();
        arrived(&tab, &claim).await;
        assert_eq!(tab.js(&format!("document.getElementById({claim:?}).closest('details').open")).await, true);
    })
    .await;
}

#[tokio::test]
async fn a_passage_in_the_text_of_a_report_leads_back_too() {
    in_tab(|tab| async move {
        tab.go(EVENT).await;
        let passage = format!(".passage[id^='passage-{REPORT_WITH_TEXT}-']");
        let marked = tab.text(&format!("{passage} blockquote mark")).await;
        tab.click(&format!("{passage} .passage-links a")).await;
        tab.until("location.pathname.startsWith('/reports/')").await;
        let id = tab.address().await.split_once('#').unwrap().1.to_owned();
        arrived(&tab, &id).await;
        assert_eq!(tab.text(".paragraph:has(:target) mark").await, marked);
        tab.click(".passage:target .speaks a").await;
        tab.until(&format!("location.pathname === {EVENT:?}")).await;
        let claim = tab.address().await.split_once('#').unwrap().1.to_owned();
        arrived(&tab, &claim).await;
    })
    .await;
}

#[tokio::test]
async fn figures_and_marks_lead_to_their_claims() {
    in_tab(|tab| async move {
        tab.go(EVENT).await;
        for figure in
            [".toll a.figure", ".glance .answer-value", ".toll-chart a.preferred", ".toll-chart a:last-of-type"]
        {
            let claim = tab.find(figure).await.attr("href").await.unwrap().unwrap();
            tab.click(figure).await;
            tab.at(&format!("{EVENT}{claim}")).await;
            arrived(&tab, claim.trim_start_matches('#')).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_permalink_to_a_claim_shows_it() {
    in_tab(|tab| async move {
        // Typed into the address bar, and given to someone who is on the page already.
        tab.go(&format!("{EVENT}#claim-65")).await;
        arrived(&tab, "claim-65").await;
        tab.go(&format!("{EVENT}#claim-64")).await;
        arrived(&tab, "claim-64").await;
    })
    .await;
}

#[tokio::test]
async fn permalink_and_citation_are_copied() {
    in_tab(|tab| async move {
        tab.go(EVENT).await;
        tab.devtools(
            "Browser.grantPermissions",
            serde_json::json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
        )
        .await;
        for copied in ["permalink", "citation"] {
            let text = tab.text(&format!("#{copied}")).await;
            assert!(text.contains(EVENT), "{text}");
            let button = format!("button[data-copy={copied}]");
            tab.click(&button).await;
            tab.until(&format!("document.querySelector({button:?}).textContent === 'Copied'")).await;
            let script = "const done = arguments[0]; navigator.clipboard.readText().then(done, e => done(String(e)))";
            let clipboard = tab.js_async(script, vec![]).await;
            // Its spaces that do not break are shown as plain ones.
            assert_eq!(clipboard.as_str().unwrap().replace('\u{a0}', " "), text);
            tab.until(&format!("document.querySelector({button:?}).textContent === 'Copy'")).await;
        }
    })
    .await;
}
