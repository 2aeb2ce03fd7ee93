
// A name typed into the filter: an editable combobox with a list, as the ARIA Authoring Practices describe it. Without
// scripts the form has a list to choose from, or a field whose name the server finds; both still work.
for (const form of document.querySelectorAll("form[data-names]")) {
  const DEBOUNCE = 120;
  const old = form.querySelector("select, input:not([type=hidden])");
  const key = old.id.replace("other-", "");
  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const input = make("input", {
    id: old.id, name: `${key}_name`, type: "text", maxlength: "300", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", placeholder: old.dataset.hint || old.placeholder, role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `options-${key}`,
  });
  const list = make("ul", { id: `options-${key}`, class: "options", role: "listbox", "aria-label": form.querySelector("label").textContent });
  const said = make("span", { class: "said", role: "status" });
  const id = make("input", { type: "hidden", name: key });
  const combo = make("div", { class: "combo" });
  list.hidden = id.disabled = true;
  combo.append(input, list);
  old.replaceWith(combo);
  form.append(id, said);

  let names = [], at = -1, timer, request;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const move = to => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    list.replaceChildren(...names.map((name, n) => {
      const option = make("li", { id: `option-${key}-${n}`, role: "option", "aria-selected": "false" });
      const text = make("span", {}), count = make("span", { class: "n" }), what = make("small", {});
      text.textContent = name.name;
      count.textContent = name.count;
      what.textContent = name.what;
      option.append(text, " ", count, " ", what);
      option.addEventListener("click", () => choose(n));
      return option;
    }));
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    list.scrollIntoView({ block: "nearest" });
  };
  const choose = n => {
    close();
    input.value = names[n].name;
    input.removeAttribute("name");
    id.value = names[n].id;
    id.disabled = false;
    form.submit();
  };
  const look = async () => {
    // What an older request still brings is of no use any more.
    request?.abort();
    const words = input.value.trim();
    if (!words) {
      names = [];
      said.textContent = "";
      return close();
    }
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.names}&q=${encodeURIComponent(words)}`, { signal: request.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      if (document.activeElement !== input) return;
      // The same names again stay as they are, with the one that is chosen.
      const same = !list.hidden && String(names.map(name => name.id)) === String(found.names.map(name => name.id));
      names = found.names;
      said.textContent = found.status;
      if (!same) open();
    } catch { /* Given up for a newer one, or no network: the form works without. */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, DEBOUNCE);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    const last = names.length - 1, shown = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!names.length) return;
      event.preventDefault();
      if (!shown) open();
      if (event.altKey) return;
      const down = event.key === "ArrowDown";
      move(down ? (at < last ? at + 1 : 0) : (at > 0 ? at - 1 : last));
    } else if (event.key === "Enter" && shown && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      if (shown) close();
      else {
        input.value = "";
        names = [];
        said.textContent = "";
      }
      event.preventDefault();
    }
  });
  // The list is not a stop of its own: a press on it leaves the focus where it is.
  list.addEventListener("pointerdown", event => event.preventDefault());
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    request?.abort();
    close();
  });
  // A page that is come back to begins anew.
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    id.disabled = true;
    input.name = `${key}_name`;
  });
}
