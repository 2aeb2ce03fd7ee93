//! What is pressed is large enough, or far enough from the next: WCAG 2.2, 2.5.8.

use super::every_page::addresses;
use super::tab::in_tab;

/// Targets smaller than 24 px on a side whose circle of 24 px meets another target or its circle. Links in a sentence
/// are exempt, and so are marks of maps and charts, which have their equivalent in words.
const SMALL: &str = "(() => {
    const boxes = [];
    for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [role=option]')) {
        if (!e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
        // A mark stands where its number or its place is; the list or table beside it leads to the same.
        if (e.closest('.skip, svg')) continue;
        const label = e.matches('input[type=radio]') ? e.closest('label') : null;
        const box = (label || e).getBoundingClientRect();
        if (box.width === 0 || box.height === 0) continue;
        const around = e.parentElement.closest('p, li, td, th, dd, div, h1, h2, h3, figcaption');
        const inline = getComputedStyle(e).display === 'inline';
        const text = around ? around.textContent.trim().length : 0;
        const sentence = inline && text > e.textContent.trim().length + 1;
        boxes.push({ e, box, small: box.width < 24 || box.height < 24, sentence });
    }
    const middle = b => [b.x + b.width / 2, b.y + b.height / 2];
    const meets = (a, b) => {
        const [x, y] = middle(a.box);
        if (b.small) { const [u, v] = middle(b.box); return Math.hypot(x - u, y - v) < 24; }
        const dx = Math.max(b.box.x - x, 0, x - b.box.right), dy = Math.max(b.box.y - y, 0, y - b.box.bottom);
        return Math.hypot(dx, dy) < 12;
    };
    const wrong = boxes.filter(a => a.small && !a.sentence)
        .filter(a => boxes.some(b => b !== a && !b.e.contains(a.e) && !a.e.contains(b.e) && meets(a, b)));
    return wrong.slice(0, 3).map(({ e, box }) => `${e.outerHTML.slice(0, 140)} ${box.width.toFixed(1)}x${box.height.toFixed(1)}`).join(' | ');
})()";

#[tokio::test]
async fn targets_are_large_or_apart() {
    in_tab(|tab| async move {
        let mut wrong = Vec::new();
        for width in [320, 1280] {
            tab.resize(width, 900).await;
            for address in addresses() {
                tab.go(&address).await;
                let small = tab.js(SMALL).await;
                if small != "" {
                    wrong.push(format!("{address} at {width}: {small}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
