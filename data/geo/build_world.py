#!/usr/bin/env python3
"""Makes world.bin, the coasts and borders of the world: run by hand, never by the build.

    python3 data/geo/build_world.py ../shared/samples/geo

reads countries-50m.json (npm world-atlas, from Natural Earth 1:50m) from that folder. Its arcs are stretches of coast or
of border between the same two countries, each once, so that neighbours share a line. They are written as they are, on a
grid of 16 bits: for each arc the number of points as u16, then longitude and latitude of each as i16, where 32767 is 180
and 90 degrees; little-endian. A step is 0.0055 by 0.0027 degrees, 600 by 300 m at the equator.
"""

import json
import pathlib
import struct
import sys

HERE = pathlib.Path(__file__).resolve().parent
source = json.loads((pathlib.Path(sys.argv[1]) / "countries-50m.json").read_text())
(kx, ky), (x0, y0) = source["transform"]["scale"], source["transform"]["translate"]
used = set()


def walk(arcs):
    for arc in arcs:
        if isinstance(arc, list):
            walk(arc)
        else:
            used.add(~arc if arc < 0 else arc)


for country in source["objects"]["countries"]["geometries"]:
    walk(country.get("arcs", []))

out = bytearray()
for number in sorted(used):
    x = y = 0
    points = []
    for dx, dy in source["arcs"][number]:
        x, y = x + dx, y + dy
        lon, lat = x * kx + x0, y * ky + y0
        point = round(lon / 180 * 32767), round(lat / 90 * 32767)
        if not points or points[-1] != point:
            points.append(point)
    # What frames the sheet along the 180th meridian is no coast.
    on_edge = all(abs(px) >= 32766 for px, _ in points)
    if len(points) > 1 and not on_edge:
        out += struct.pack("<H", len(points))
        for point in points:
            out += struct.pack("<hh", *point)
(HERE / "world.bin").write_bytes(out)
print(len(used), "arcs,", len(out), "bytes")
