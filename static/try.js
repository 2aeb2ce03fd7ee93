// Trying the API in place: the address is built from the form, and the first lines of the answer are shown below it.
// Without this script the form leads to the answer itself.
"use strict";
{
  const LINES = 60, WIDEST = 400, ENOUGH = 65536;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  }

  /** The address of a button, and what is sent beside it. */
  function asked(form, button) {
    let path = button.dataset.path;
    const pairs = new URLSearchParams(), headers = {};
    for (const field of form.querySelectorAll("input, select")) {
      const value = field.value.trim();
      if (field.dataset.path) path = path.replace(`{${field.dataset.path}}`, encodeURIComponent(value));
      else if (!value) continue;
      else if (field.dataset.header) headers[field.dataset.header] = value;
      else pairs.append(field.name, value);
    }
    const query = pairs.toString();
    return { address: query ? `${path}?${query}` : path, headers };
  }

  /** The beginning of a text, as it comes; no more of it is fetched. */
  async function beginning(answer) {
    const reader = answer.body.getReader(), decoder = new TextDecoder();
    let text = "", done = false;
    while (!done && text.length < ENOUGH) {
      const piece = await reader.read();
      done = piece.done;
      text += decoder.decode(piece.value, { stream: !done });
    }
    if (!done) reader.cancel();
    return { text, whole: done };
  }

  /** JSON is set on lines, if it is whole. */
  function set(text, whole, kind) {
    if (!whole || !/json/.test(kind) || /jsonl/.test(kind)) return text;
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  }

  async function show(form, button) {
    const { address, headers } = asked(form, button);
    form.querySelector(".answered")?.remove();
    const link = element("a", "", address), status = element("p", "", link), lines = element("pre", "");
    link.href = address;
    status.setAttribute("role", "status");
    const shown = element("div", "answered", status);
    form.append(shown);
    try {
      const answer = await fetch(address, { headers });
      const kind = answer.headers.get("content-type") ?? "";
      status.append(` – ${answer.status} ${kind.split(";")[0]}`);
      if (answer.redirected) status.append(` (${answer.url})`);
      // Led to a page: its address is the answer.
      if (kind.startsWith("text/html")) return;
      const { text, whole } = await beginning(answer);
      const all = set(text, whole, kind).split("\n");
      const first = all.slice(0, LINES).map(line => line.length > WIDEST ? line.slice(0, WIDEST) + "…" : line);
      if (all.length > LINES || !whole) first.push("…");
      lines.tabIndex = 0;
      lines.append(element("code", "", first.join("\n")));
      lines.setAttribute("aria-label", form.dataset.more.replace("{}", address));
      shown.append(lines);
    } catch {
      status.append(` – ${form.dataset.failed}`);
    }
  }

  for (const form of document.querySelectorAll(".try form")) {
    for (const field of form.querySelectorAll("[data-path], [data-header]")) {
      if (field.tagName === "INPUT") field.closest(".field").hidden = false;
    }
    form.addEventListener("submit", event => {
      const button = event.submitter ?? form.querySelector("button");
      event.preventDefault();
      if ("text" in button.dataset) show(form, button);
      else location.assign(asked(form, button).address);
    });
  }
}
