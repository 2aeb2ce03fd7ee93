
// Light, dark, or as the device has it. Only a choice is kept, and only in this browser.
{
  const root = document.documentElement, field = document.querySelector(".scheme");
  const bars = [...document.querySelectorAll("meta[name=theme-color]")];
  const own = bars.map(bar => bar.content);
  const show = () => {
    const chosen = root.dataset.theme || "";
    for (const input of field.querySelectorAll("input")) input.checked = input.value === chosen;
    bars.forEach((bar, at) => { bar.content = chosen ? own[chosen === "light" ? 0 : 1] : own[at]; });
  };
  const read = () => {
    try { return localStorage.getItem("scheme") || ""; } catch { return root.dataset.theme || ""; }
  };
  const apply = chosen => {
    if (chosen) root.dataset.theme = chosen; else delete root.dataset.theme;
    show();
  };
  field.hidden = false;
  show();
  field.addEventListener("change", event => {
    const chosen = event.target.value;
    try { if (chosen) localStorage.setItem("scheme", chosen); else localStorage.removeItem("scheme"); } catch { /* For this page only. */ }
    apply(chosen);
  });
  // Chosen in another window, or on a page that is come back to.
  addEventListener("storage", event => { if (event.key === "scheme") apply(read()); });
  addEventListener("pageshow", event => { if (event.persisted) apply(read()); });
}
