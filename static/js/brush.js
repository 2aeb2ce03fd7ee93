// Dragging across the columns of a chart over time chooses from the first to the last of them; a finger scrolls instead.
for (const chart of document.querySelectorAll("[data-brush]")) {
  const form = chart.querySelector("form.range");
  const scroll = chart.querySelector(".time-scroll");
  // The newest is what most come for.
  const chosen = chart.querySelector(".col.chosen");
  scroll.scrollLeft = chosen ? chosen.getBoundingClientRect().left - scroll.getBoundingClientRect().left - 48 : scroll.scrollWidth;
  if (!form) continue;
  form.querySelector(".brush-hint").hidden = !matchMedia("(pointer: fine)").matches;
  const columns = [...chart.querySelectorAll("[data-when]")];
  const at = (x) => {
    const found = columns.findIndex((column) => x < column.querySelector(".hit").getBoundingClientRect().right);
    return found < 0 ? columns.length - 1 : found;
  };
  let first = null, last = null;
  const mark = () => columns.forEach((column, n) => {
    const within = first !== null && first !== last && n >= Math.min(first, last) && n <= Math.max(first, last);
    column.classList.toggle("brushed", within);
  });
  const stop = () => { first = last = null; mark(); };
  const svg = chart.querySelector(".time-columns");
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" && event.button === 0 && event.isPrimary) first = last = at(event.clientX);
  });
  addEventListener("pointermove", (event) => {
    if (first === null) return;
    last = at(event.clientX);
    mark();
  });
  addEventListener("pointercancel", stop);
  addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
  addEventListener("pointerup", () => {
    if (first === null || first === last) return stop();
    const choose = (name, n) => {
      const select = form.elements.namedItem(name), value = columns[n].dataset.when;
      if (![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
      select.value = value;
    };
    choose("from", Math.min(first, last));
    choose("to", Math.max(first, last));
    // The click that follows would open one column.
    addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    form.requestSubmit();
  });
}
