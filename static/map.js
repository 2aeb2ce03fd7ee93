// The map that can be moved: fetched when a reader taps for it. It draws the same outlines as the page's own drawing, and
// asks for the events of what is in view in cells; the address and what stands around the map follow.

const SPOKEN = ["h1", ".list-head .count", ".list-tools", ".filter-body", ".map-steps", ".map-beside", "a.switch", ".years"];

/** A style sheet of our own origin, once it is there. */
function sheet(href) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
    document.head.prepend(link);
  });
}

/** Lines of whole numbers, each point a step from the one before, as latitudes and longitudes. */
function lines(packed, parts) {
  return packed.map((line) => {
    const points = [];
    for (let at = 0, x = 0, y = 0; at < line.length; at += 2) {
      x += line[at];
      y += line[at + 1];
      points.push([y / parts, x / parts]);
    }
    return points;
  });
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Makes the drawing beside a button a map that can be moved. */
export async function start(button) {
  const words = button.dataset;
  const frame = button.closest(".on-map").querySelector(".map-frame");
  const status = button.parentElement.querySelector("[role=status]");
  await Promise.all([sheet(words.sheet), import(words.library)]);
  const L = window.L;

  const box = element("div", { className: "map-moving", role: "region", ariaLabel: words.label });
  const drawing = frame.firstElementChild;
  box.style.height = `${Math.max(320, Math.round(drawing.getBoundingClientRect().height))}px`;
  frame.replaceChildren(box);
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    zoomControl: false, minZoom: 1, maxZoom: 13, zoomSnap: 0.5, maxBounds: [[-86, -200], [86, 200]],
    zoomAnimation: moves, fadeAnimation: moves, markerZoomAnimation: moves, inertia: moves,
    renderer: L.svg({ padding: 0.4 }),
  });
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>').addAttribution(words.sources);
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
  const [west, south, east, north] = words.frame.split(",").map(Number);
  map.fitBounds([[south, west], [north, east]], { animate: false });
  if (words.tiles) {
    box.classList.add("tiled");
    L.tileLayer(words.tiles, { attribution: element("i", { textContent: words.credit }).innerHTML, maxZoom: 13 }).addTo(map);
  }

  const land = L.layerGroup().addTo(map);
  const within = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  const kept = {};
  let shapes = {}, level = "", latest = null;

  /** The outlines for this scale; each file is fetched once. */
  async function outlines() {
    const wanted = map.getZoom() < 5 ? "far" : "near";
    const detail = wanted + (map.getZoom() >= 8);
    if (detail === level) return;
    kept[wanted] ??= fetch(words[wanted]).then((answer) => answer.json());
    const all = await kept[wanted];
    level = detail;
    land.clearLayers();
    const still = { interactive: false, smoothFactor: 0.8 };
    const draw = (layer, className) => layer(className, { ...still, className }).addTo(land);
    draw((_, o) => L.polygon(lines(all.land, all.parts).map((ring) => [ring]), o), "land");
    draw((_, o) => L.polyline(lines(all.borders, all.parts), { ...o, fill: false }), "borders");
    shapes = {};
    for (const [kind, className] of [["countries", "home"], ["regions", "zone"], ["districts", "zone fine"]]) {
      for (const [code, rings] of Object.entries(all[kind] ?? {})) {
        shapes[code] = lines(rings, all.parts).map((ring) => [ring]);
        if (kind === "districts" && map.getZoom() < 8) continue;
        if (kind === "regions" && wanted === "far" || kind === "countries" && wanted === "near") continue;
        draw((_, o) => L.polygon(shapes[code], o), className);
      }
    }
    if (latest) areas(latest);
  }

  function popup(at, cell) {
    const list = element("a", { href: cell.url, textContent: words.list });
    const content = element("div", {}, element("p", { textContent: cell.title }), list);
    if (cell.bbox && cell.events > 1 && map.getZoom() < map.getMaxZoom()) {
      const [w, s, e, n] = cell.bbox;
      const closer = element("button", { type: "button", textContent: words.closer });
      closer.addEventListener("click", () => {
        map.closePopup();
        map.fitBounds([[s, w], [n, e]], { maxZoom: Math.max(map.getZoom() + 2, 9), padding: [30, 30] });
        box.focus();
      });
      content.append(" ", closer);
    }
    const shown = L.popup({ closeButton: false, minWidth: 120 }).setLatLng(at).setContent(content).openOn(map);
    list.focus({ preventScroll: true });
    return shown;
  }

  function mark(at, size, className, content, cell) {
    const side = Math.max(24, size);
    const icon = L.divIcon({ className, html: content, iconSize: [side, side] });
    const marker = L.marker(at, { icon, title: cell.title, riseOnHover: true }).addTo(marks);
    marker.getElement().setAttribute("aria-label", cell.title);
    marker.on("click", () => popup(at, cell));
    marker.getElement().addEventListener("keydown", (press) => {
      if (press.key !== "Enter" && press.key !== " ") return;
      press.preventDefault();
      popup(at, cell);
    });
  }

  function areas(answer) {
    within.clearLayers();
    for (const { pcode } of answer.areas) {
      if (shapes[pcode]) L.polygon(shapes[pcode], { className: "within", interactive: false }).addTo(within);
    }
  }

  function draw(answer) {
    latest = answer;
    // Whoever stands on a mark with the keyboard stays in the map when marks are drawn anew.
    const stood = marks.getLayers().some((marker) => marker.getElement() === document.activeElement);
    marks.clearLayers();
    areas(answer);
    const size = (cell) => Math.max(cell.killed?.high ?? 0, cell.events);
    const most = Math.max(1, ...answer.cells.map(size));
    for (const cell of answer.cells) {
      const across = Math.round(2 * (5 + 15 * Math.sqrt(size(cell) / most)));
      const dot = element("span", {});
      dot.style.width = dot.style.height = `${across}px`;
      mark([cell.latitude, cell.longitude], across, cell.areas === cell.events ? "cell ring" : "cell", dot, cell);
    }
    for (const area of answer.areas) {
      mark([area.latitude, area.longitude], 24, "badge", element("span", { textContent: area.events }), area);
    }
    if (stood) box.focus({ preventScroll: true });
  }

  /** What stands around the map, from the page that the address now names. */
  async function around(address, signal) {
    const answer = await fetch(address, { signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = new Set([...document.querySelectorAll("details.facet[open]")].map((facet) => facet.dataset.facet));
    for (const css of SPOKEN) {
      const [old, now] = [document.querySelector(css), page.querySelector(css)];
      if (old && now) old.replaceWith(now);
      else if (old && css === ".map-beside") old.replaceChildren();
    }
    document.querySelectorAll("ul.chips").forEach((chips) => chips.remove());
    const chips = page.querySelector("ul.chips");
    if (chips) document.querySelector(".with-filter").before(chips);
    for (const facet of document.querySelectorAll("details.facet")) facet.open = open.has(facet.dataset.facet);
    document.title = page.title;
  }

  let asked = new AbortController();
  async function show(moved) {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const seen = map.getBounds();
    const edge = (degrees, most) => Math.max(-most, Math.min(most, degrees)).toFixed(4);
    const address = new URL(words.cells, location.href);
    if (seen.getWest() > -180 || seen.getEast() < 180) {
      const edges = [[seen.getWest(), 180], [seen.getSouth(), 90], [seen.getEast(), 180], [seen.getNorth(), 90]];
      address.searchParams.set("bbox", edges.map(([degrees, most]) => edge(degrees, most)).join(","));
    }
    address.searchParams.set("squares", Math.max(4, Math.min(64, Math.round(box.clientWidth / 34))));
    try {
      const [answer] = await Promise.all([fetch(address, { signal }).then((got) => got.json()), outlines()]);
      if (signal.aborted) return;
      draw(answer);
      status.textContent = answer.count;
      if (!moved) return;
      history.replaceState(null, "", answer.url);
      await around(answer.url, signal);
    } catch (failure) {
      if (failure.name !== "AbortError") status.textContent = words.failed;
    }
  }

  // A window that changes its size moves the map too, but nobody asked for another place.
  let settled, touched = false;
  for (const deed of ["pointerdown", "keydown", "wheel"]) {
    box.addEventListener(deed, () => { touched = true; }, { capture: true, passive: true });
  }
  map.on("movestart", () => asked.abort());
  map.on("moveend", () => {
    clearTimeout(settled);
    settled = setTimeout(() => show(touched), 150);
  });
  button.hidden = true;
  box.focus({ preventScroll: true });
  await show(false);
}
