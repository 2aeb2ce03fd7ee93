// Runs before anything is drawn: a page chosen to be dark must not flash in white first, and a filter that will be folded
// on a phone must not push the list down and let it up again.
"use strict";
{
  const root = document.documentElement;
  try {
    const chosen = localStorage.getItem("scheme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch { /* A browser that keeps nothing: the device decides. */ }
  root.dataset.folding = "";
  // Whatever becomes of the other script, the filter can be opened.
  addEventListener("load", () => { delete root.dataset.folding; });
}
