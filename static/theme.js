// Runs before anything is drawn: a page chosen to be dark must not flash in white first.
"use strict";
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* A browser that keeps nothing: the device decides. */ }
