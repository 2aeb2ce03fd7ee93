#!/usr/bin/env python3
"""Makes world.bin, the land of the world and its borders: run by hand, never by the build.

    python3 data/geo/build_world.py ../shared/samples/geo

reads countries-50m.json (npm world-atlas, from Natural Earth 1:50m) from that folder. Its arcs are stretches of coast or
of border between the same two countries, each once, so that neighbours share a line. They are written as they are, on a
grid of 16 bits, where 32767 is 180 and 90 degrees (a step is 0.0055 by 0.0027 degrees, 600 by 300 m at the equator);
little-endian:

- the number of arcs as u16; for each the number of points as u16, with the highest bit set where it is a border between
  two countries and the next where one of these is Mali, then longitude and latitude of each point as i16;
- the number of rings around land as u16; for each the number of its arcs as u16, then their numbers as i16, where -1
  stands for arc 0 run backwards, -2 for arc 1, and so on.
"""

import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
source = json.loads((pathlib.Path(sys.argv[1]) / "countries-50m.json").read_text())
(kx, ky), (x0, y0) = source["transform"]["scale"], source["transform"]["translate"]


def lines(arcs):
    """The rings within nested lists of arcs."""
    if arcs and not isinstance(arcs[0], list):
        yield arcs
        return
    for inner in arcs:
        yield from lines(inner)


land = [ring for shape in source["objects"]["land"]["geometries"] for ring in lines(shape["arcs"])]
owners = {}
for number, country in enumerate(source["objects"]["countries"]["geometries"]):
    for ring in lines(country.get("arcs", [])):
        for arc in ring:
            owners.setdefault(max(arc, ~arc), set()).add(number)
coast = {max(arc, ~arc) for ring in land for arc in ring}
mali = next(n for n, c in enumerate(source["objects"]["countries"]["geometries"]) if c["properties"]["name"] == "Mali")
kept = sorted(coast | {arc for arc, both in owners.items() if len(both) > 1})
place = {arc: n for n, arc in enumerate(kept)}

out = bytearray(struct.pack("<H", len(kept)))
for number in kept:
    x = y = 0
    points = []
    for dx, dy in source["arcs"][number]:
        x, y = x + dx, y + dy
        lon, lat = x * kx + x0, y * ky + y0
        point = round(lon / 180 * 32767), round(lat / 90 * 32767)
        if not points or points[-1] != point:
            points.append(point)
    out += struct.pack("<H", len(points) | (0 if number in coast else 0x8000) | (0x4000 if mali in owners.get(number, ()) else 0))
    for point in points:
        out += struct.pack("<hh", *point)
out += struct.pack("<H", len(land))
for ring in land:
    out += struct.pack("<H", len(ring))
    for arc in ring:
        out += struct.pack("<h", place[arc] if arc >= 0 else ~place[~arc])
(HERE / "world.bin").write_bytes(out)
print(len(kept), "arcs,", len(land), "rings,", len(out), "bytes")
