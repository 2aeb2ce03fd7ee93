#!/usr/bin/env python3
"""Makes the map files of Constat: run by hand, never by the build.

    python3 data/geo/build.py ../shared/samples/geo

reads mli_adm1_10regions_simplified.geojson, mli_adm2_simplified.geojson (OCHA COD-AB) and countries-50m.json
(world-atlas) from that folder and writes, beside itself, mali-country.txt, mali-admin1.txt, mali-admin2.txt, and
static/mali.svg. Python's standard library only; the same input gives the same bytes. README.md says what is in them.

How: the cercles' rings are cut into arcs, each arc being a stretch of border between the same two neighbours. Every
arc is thinned once for each level of detail by Visvalingam's rule (drop the point whose triangle with its two
neighbours is smallest, until all are larger than a threshold), so that a shared border stays the same line on both
sides. Regions and the country are put together from the arcs on their outside, so they lie exactly on the cercles.
"""

import heapq
import json
import math
import pathlib
import sys
from collections import defaultdict

# The projection, the same as `project` in src/view/map/geo.rs (a test there compares): equirectangular, true to
# scale at 17 degrees north, 354 units for a degree of latitude (one unit is 314 m), on a sheet of 6000 by 5700.
LON0, LAT0, KX, KY = -12.85, 25.6, 338.5, 354.0
WIDTH, HEIGHT = 6000, 5700
assert abs(KX / KY - math.cos(math.radians(17))) < 0.001

# Smallest triangle kept, in square units, for each level of detail.
COUNTRY, ADMIN1, ADMIN2, SHEET = 1500, 180, 60, 60
# A neighbour's border is only a hint.
NEIGHBOURS = 1500

HERE = pathlib.Path(__file__).resolve().parent


def project(lon, lat):
    return ((lon - LON0) * KX, (LAT0 - lat) * KY)


def rings_of(path, key):
    """(P-code, ring) for every ring of the file, closed: the first point is the last."""
    for feature in json.loads(path.read_text())["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in polygons:
            for ring in polygon:
                yield feature["properties"][key], [project(*point[:2]) for point in ring]


def visvalingam(points, smallest, keep=2):
    """The line without the points whose triangle is smaller than `smallest`; its ends stay."""
    n = len(points)
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    alive, left = [True] * n, n

    def area(i):
        (ax, ay), (bx, by), (cx, cy) = points[before[i]], points[i], points[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    areas = {i: area(i) for i in range(1, n - 1)}
    heap = [(a, i) for i, a in areas.items()]
    heapq.heapify(heap)
    while heap and left > keep:
        a, i = heapq.heappop(heap)
        if not alive[i] or a != areas[i]:
            continue
        if a >= smallest:
            break
        alive[i] = False
        left -= 1
        before[after[i]], after[before[i]] = before[i], after[i]
        for j in (before[i], after[i]):
            if 0 < j < n - 1:
                # Never less than what was just dropped, so that points go in order of their weight.
                areas[j] = max(area(j), a)
                heapq.heappush(heap, (areas[j], j))
    return [p for p, here in zip(points, alive) if here]


class Topology:
    """The borders of a set of units as arcs, each with the units on its two sides (one for an outside border)."""

    def __init__(self, rings):
        sides = defaultdict(set)
        touching = defaultdict(set)
        for unit, ring in rings:
            for a, b in zip(ring, ring[1:]):
                sides[frozenset((a, b))].add(unit)
                touching[a].add(b)
                touching[b].add(a)
        nodes = {p for p, others in touching.items() if len({frozenset(sides[frozenset((p, q))]) for q in others}) > 1}
        nodes |= {p for p, others in touching.items() if len(others) != 2}
        self.arcs = []  # (points, units on both sides)
        self.use = defaultdict(list)  # unit -> (arc, True if the ring runs with it)
        known = {}
        for unit, ring in rings:
            ring = ring[:-1]
            start = next((i for i, p in enumerate(ring) if p in nodes), None)
            if start is None:  # an island: begin where its other side would too
                start = ring.index(min(ring))
            ring = ring[start:] + ring[:start] + [ring[start]]
            arc = [ring[0]]
            for p in ring[1:]:
                arc.append(p)
                if p in nodes or p == ring[0]:
                    forward = tuple(arc)
                    if forward in known:
                        self.use[unit].append((known[forward], True))
                    elif forward[::-1] in known:
                        self.use[unit].append((known[forward[::-1]], False))
                    else:
                        known[forward] = len(self.arcs)
                        self.use[unit].append((len(self.arcs), True))
                        self.arcs.append((list(arc), sides[frozenset(arc[:2])]))
                    arc = [p]

    def thinned(self, smallest):
        """Every arc at a level of detail, in whole units."""
        out = []
        for points, _ in self.arcs:
            line = visvalingam(points, smallest, keep=5 if points[0] == points[-1] else 2)
            out.append([(round(x), round(y)) for x, y in line])
        return out

    def outline(self, units, arcs):
        """The rings around these units together, out of thinned arcs."""
        inside = set(units)
        pieces = []
        for unit in units:
            for index, forward in self.use[unit]:
                if len(self.arcs[index][1] & inside) == 1:
                    pieces.append(arcs[index] if forward else arcs[index][::-1])
        starts = defaultdict(list)
        for piece in pieces:
            starts[piece[0]].append(piece)
        rings = []
        while any(starts.values()):
            ring = list(next(v for v in starts.values() if v).pop())
            while ring[-1] != ring[0]:
                ring += starts[ring[-1]].pop()[1:]
            rings.append(ring)
        return sorted(rings, key=lambda r: -abs(signed_area(r)))


def signed_area(ring):
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:])) / 2


def svg_line(points, closed):
    """`M1 2l3-4 5 6z`: whole numbers, relative, no point said twice."""
    text, last = f"M{points[0][0]} {points[0][1]}l", points[0]
    numbers = []
    for p in points[1:-1] if closed else points[1:]:
        if p != last:
            numbers += [p[0] - last[0], p[1] - last[1]]
            last = p
    body = ""
    for n in numbers:
        body += str(n) if n < 0 or not body else f" {n}"
    return text + body + ("z" if closed else "")


def svg_path(rings):
    return "".join(svg_line(ring, True) for ring in rings)


def inside(x, y, rings):
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def distance(x, y, rings):
    """To the nearest border; a name is wider than it is high, so height counts for more."""
    best = math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            dx, dy = bx - ax, by - ay
            t = max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy or 1)))
            best = min(best, math.hypot((ax + t * dx - x), 1.6 * (ay + t * dy - y)))
    return best


def label_point(rings):
    """Where a name stands best: the point inside that is farthest from every border, on a grid, then a finer one."""
    xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
    x0, y0, w, h = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    best = (-1, 0, 0)
    for _ in range(4):
        for i in range(25):
            for j in range(25):
                x, y = x0 + w * (i + 0.5) / 25, y0 + h * (j + 0.5) / 25
                if inside(x, y, rings):
                    best = max(best, (round(distance(x, y, rings), 3), x, y))
        w, h = w / 6, h / 6
        x0, y0 = best[1] - w / 2, best[2] - h / 2
    return round(best[1]), round(best[2])


def write_units(name, title, units):
    lines = [
        f"# {title}. Made by build.py; see README.md for sources and rights.",
        f"# projection {LON0} {LAT0} {KX} {KY} sheet {WIDTH} {HEIGHT}",
        "# code, label x, label y, left, top, right, bottom, outline",
    ]
    for code, rings in units:
        xs, ys = [p[0] for r in rings for p in r], [p[1] for r in rings for p in r]
        label = " ".join(map(str, label_point(rings)))
        lines.append(f"{code} {label} {min(xs)} {min(ys)} {max(xs)} {max(ys)} {svg_path(rings)}")
    text = "\n".join(lines) + "\n"
    (HERE / name).write_text(text)
    points = sum(len(r) - 1 for _, rings in units for r in rings)
    longest = max(len(svg_path(r)) for _, r in units)
    print(f"{name}: {len(units)} units, {points} points, {len(text)} bytes, longest outline {longest}")


def crossings(lines):
    """Pairs of segments that cross: thinning must not have made any."""
    segments = [(a, b) for line in lines for a, b in zip(line, line[1:])]
    segments.sort(key=lambda s: min(s[0][0], s[1][0]))

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    found = []
    for i, (a, b) in enumerate(segments):
        right = max(a[0], b[0])
        for c, d in segments[i + 1 :]:
            if min(c[0], d[0]) > right:
                break
            if side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0:
                found.append((a, b, c, d))
    return found


def neighbour_borders(path, outline):
    """Lines between neighbours on the sheet, without Mali's own outline (OCHA's is used for that)."""
    world = json.loads(path.read_text())
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    owners = defaultdict(set)
    for country in world["objects"]["countries"]["geometries"]:
        stack = [country["arcs"]] if country["type"] in ("Polygon", "MultiPolygon") else []
        while stack:
            for item in stack.pop():
                if isinstance(item, list):
                    stack.append(item)
                else:
                    owners[item if item >= 0 else ~item].add(country["properties"]["name"])
    lines = []
    for index, arc in enumerate(world["arcs"]):
        if "Mali" in owners[index] or not owners[index]:
            continue
        x = y = 0
        run, runs = [], []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            p = project(x * sx + tx, y * sy + ty)
            if -100 < p[0] < WIDTH + 100 and -100 < p[1] < HEIGHT + 100:
                run.append(p)
            else:
                # One point beyond the edge, so that the line reaches it.
                run.append(p)
                if len(run) > 1:
                    runs.append(run)
                run = [p]
        if len(run) > 1:
            runs.append(run)
        for run in runs:
            line = [(round(a), round(b)) for a, b in visvalingam(run, NEIGHBOURS)]
            if not any(0 <= a <= WIDTH and 0 <= b <= HEIGHT for a, b in line):
                continue
            # Natural Earth's Mali is not quite OCHA's: a border that ends short of it is drawn to it.
            for end in (0, -1):
                x, y = line[end]
                near = min(outline[0], key=lambda p: math.hypot(p[0] - x, p[1] - y))
                if math.hypot(near[0] - x, near[1] - y) < 150 and not inside(x, y, outline):
                    line = [near] + line if end == 0 else line + [near]
            lines.append(line)
    return lines


# A picture cannot know how much it is enlarged, so the page says so in the address: `mali.svg#near` has thinner lines,
# for maps of a part, and `mali.svg#far` the outline only, for the small map in a corner. Presentation attributes carry
# the light colours for whoever does not apply the style sheet.
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" id="near">
<!-- Mali: OCHA COD-AB, CC BY-IGO. Neighbours: Natural Earth, public domain. Made by data/geo/build.py. -->
<style>
.s{{fill:#efece4}}.n{{stroke:#cbc5b6}}.m{{fill:#faf9f6}}.r{{stroke:#c3beb1}}.o{{stroke:#827e74}}
@media (prefers-color-scheme:dark){{.s{{fill:#1b1f23}}.n{{stroke:#3a4046}}.m{{fill:#262b30}}.r{{stroke:#4b525a}}.o{{stroke:#8b8f90}}}}
#near:target .n,#near:target .r{{stroke-width:5}}#near:target .o{{stroke-width:7}}
#far:target .n,#far:target .r{{stroke:none}}#far:target .o{{stroke-width:50}}
</style>
<g id="far" fill="none" stroke-linejoin="round">
<path class="s" fill="#efece4" d="M0 0h{w}v{h}H0z"/>
<path class="n" stroke="#cbc5b6" stroke-width="10" d="{neighbours}"/>
<path class="m" fill="#faf9f6" d="{country}"/>
<path class="r" stroke="#c3beb1" stroke-width="9" d="{regions}"/>
<path class="o" stroke="#827e74" stroke-width="14" d="{country}"/>
</g>
</svg>
"""


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1])
    cercles = list(rings_of(source / "mli_adm2_simplified.geojson", "adm2_pcode"))
    topology = Topology(cercles)
    codes = sorted(topology.use)

    # Which region a cercle is in is read from the regions' own file: Ménaka's old cercle ML0704 is now region ML10.
    regions = defaultdict(list)
    for code, ring in rings_of(source / "mli_adm1_10regions_simplified.geojson", "adm1_pcode"):
        regions[code].append(ring)
    members = defaultdict(list)
    coarse = topology.thinned(ADMIN1)
    for code in codes:
        x, y = label_point(topology.outline([code], coarse))
        members[next(r for r in sorted(regions) if inside(x, y, regions[r]))].append(code)
    region_of = {cercle: region for region, all_of in members.items() for cercle in all_of}

    fine = topology.thinned(ADMIN2)
    for what, arcs in (("admin2", fine), ("admin1", coarse)):
        bad = crossings(arcs)
        print(f"{what}: {sum(len(a) for a in arcs)} points, {len(bad)} crossings")
    write_units("mali-admin2.txt", "The 50 cercles of Mali by P-code", [(c, topology.outline([c], fine)) for c in codes])
    write_units(
        "mali-admin1.txt",
        "The ten regions of Mali by P-code",
        [(r, topology.outline(members[r], coarse)) for r in sorted(regions)],
    )
    whole = topology.outline(codes, topology.thinned(COUNTRY))
    write_units("mali-country.txt", "Mali as a whole", [("ML", whole)])

    sheet = topology.thinned(SHEET)
    outline = topology.outline(codes, sheet)
    borders = [
        line
        for line, (_, units) in zip(sheet, topology.arcs)
        if len(units) == 2 and len({region_of[u] for u in units}) == 2
    ]
    svg = SVG.format(
        w=WIDTH,
        h=HEIGHT,
        neighbours="".join(
            svg_line(line, False) for line in neighbour_borders(source / "countries-50m.json", outline)
        ),
        country=svg_path(outline),
        regions="".join(svg_line(line, False) for line in borders),
    )
    target = HERE.parent.parent / "static" / "mali.svg"
    target.write_text(svg)
    print(f"{target.name}: {len(svg)} bytes")


if __name__ == "__main__":
    main()
