// What a page can do a little better with a script. Everything works without it.
"use strict";

// On a phone the filter is folded: the list comes first, as its reader wants it.
const filter = document.querySelector("details.filter");
if (filter && matchMedia("(max-width: 60rem)").matches) filter.open = false;
delete document.documentElement.dataset.folding;

// Copy the permalink or the citation.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// A map that can be moved is a tap away: only who taps loads it.
for (const button of document.querySelectorAll("button[data-map]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await (await import(button.dataset.map)).start(button);
    } catch {
      button.disabled = false;
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.failed;
    }
  });
}

// Browsers that do not unfold what an address points into.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}
addEventListener("hashchange", unfold);
unfold();

// On paper all is unfolded, also where the style sheet cannot do it; afterwards all is as it was.
{
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open]):not(.filter):not(.content-note)")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });
}
