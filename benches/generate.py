"""Rows of the form of UCDP GED, made up: the same rows for the same number, and the first of many are those of few.

Every country, place, group and source in them is invented. The proportions are those of the published dataset, roughly:
some 120 countries and 900 pairs of sides of which a few have most of the events, tolls with a long tail, more events in
later years.
"""

import csv
import random

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
).split(",")

REGIONS = ["Africa", "Americas", "Asia", "Europe", "Middle East"]
COUNTRIES = 120
DYADS = 900
FIRST = ["Ba", "Ko", "Ma", "Dja", "Tin", "Sar", "Nia", "Gor", "Wel", "Tar", "Mbe", "Lu", "Kha", "Zor", "Pa", "Yen"]
MIDDLE = ["ra", "ndi", "lo", "ssa", "gou", "ma", "ri", "nka", "bo", "lé", "shi", "to"]
LAST = ["gara", "kala", "bad", "ville", "ouro", "pur", "dougou", "stan", "wa", "nda", "lan", "mbe", "rio", "ek"]
GROUPS = ["Front", "Army", "Movement", "Brigade", "Council", "Militia", "Alliance", "Guard", "Union", "Resistance"]
OF = ["Liberation of", "Defence of", "Free", "Revolutionary", "People's", "United", "Islamic", "Patriotic", "Young"]
MADE_BY = ["Agency", "Radio", "Daily", "Observer", "Herald", "Wire", "Voice", "Courier"]
WORDS = "attack village market convoy road killed clash camp dead reported police fled night soldiers fighters toll".split()


def place(rng):
    return rng.choice(FIRST) + rng.choice(MIDDLE) * rng.randint(0, 1) + rng.choice(MIDDLE) + rng.choice(LAST)


def heavy(rng, n):
    """From 0 to n - 1, small ones far more often."""
    return min(int(n ** rng.random()) - 1 if rng.random() < 0.8 else rng.randrange(n), n - 1)


class World:
    """What the rows are about."""

    def __init__(self, rng):
        named = {}
        while len(named) < COUNTRIES:
            named.setdefault(f"{rng.choice(FIRST)}{rng.choice(MIDDLE)}{rng.choice(('nia', 'land', 'stan', 'ria', 'via'))}")
        self.countries = [(name, rng.choice(REGIONS)) for name in named]
        self.number = {name: n for n, name in enumerate(named, 1)}
        self.divisions, self.centre = {}, {}
        for name, _ in self.countries:
            self.centre[name] = (rng.uniform(-32, 55), rng.uniform(-100, 140))
            provinces = {place(rng) for _ in range(rng.randint(4, 18))}
            self.divisions[name] = [
                (province, [(place(rng), [place(rng) for _ in range(6)]) for _ in range(rng.randint(2, 14))])
                for province in sorted(provinces)
            ]
        self.dyads = []
        for n in range(DYADS):
            country, region = self.countries[n if n < COUNTRIES else heavy(rng, COUNTRIES)]
            group = f"{rng.choice(OF)} {place(rng)} {rng.choice(GROUPS)}"
            violence = rng.choices((1, 2, 3), (62, 14, 24))[0]
            a, b = (f"Government of {country}", group) if violence == 1 else (group, f"{place(rng)} {rng.choice(GROUPS)}")
            if violence == 3:
                b = "Civilians"
            self.dyads.append((n + 400, violence, a, b, country, region))
        self.by_weight = sorted(self.dyads, key=lambda _: rng.random())


def toll(rng):
    if rng.random() < 0.08:
        return 0
    return min(int(rng.paretovariate(1.05)), 20_000)


def sources(rng, date):
    listed = []
    for _ in range(rng.randint(1, 3)):
        title = " ".join(rng.choice(WORDS) for _ in range(rng.randint(4, 9))).capitalize()
        listed.append(f'"{rng.choice(FIRST)}{rng.choice(LAST)} {rng.choice(MADE_BY)},{date},{title}"')
    return listed


def rows(count, share_of_sources=0.3):
    rng = random.Random(1989)
    world = World(rng)
    for n in range(count):
        number, violence, a, b, country, region = world.by_weight[heavy(rng, DYADS)]
        year = 1989 + int(37 * rng.random() ** 0.7)
        month, day = rng.randint(1, 12), rng.randint(1, 28)
        date_prec = rng.choices((1, 2, 3, 4, 5), (78, 9, 5, 6, 2))[0]
        start = f"{year}-{month:02}-{day:02}"
        until = {1: day, 2: min(day + 3, 28), 3: min(day + 6, 28)}.get(date_prec, 28)
        end = f"{year}-{12 if date_prec == 5 else month:02}-{until:02}"
        province, districts = rng.choice(world.divisions[country])
        district, towns = districts[heavy(rng, len(districts))]
        where_prec = rng.choices((1, 2, 3, 4, 5, 6), (44, 18, 16, 14, 3, 5))[0]
        latitude, longitude = (centre + rng.gauss(0, 2) for centre in world.centre[country])
        best = toll(rng)
        low, high = int(best * rng.choice((1, 1, 1, 0.5))), int(best * rng.choice((1, 1, 1, 1.6))) + (rng.random() < 0.05)
        deaths = [0, 0, 0, 0]
        deaths[2 if violence == 3 else rng.choices((0, 1, 2, 3), (3, 4, 2, 1))[0]] = best
        told = sources(rng, start) if rng.random() < share_of_sources else []
        row = dict.fromkeys(HEADER, "")
        row.update(
            id=100_000 + n, year=year, active_year=1, code_status="Clear", type_of_violence=violence,
            conflict_new_id=number + 10_000, conflict_name=f"{country}: {a} - {b}", dyad_new_id=number + 20_000,
            dyad_name=f"{a} - {b}", side_a_new_id=number + 30_000 if violence != 1 else world.number[country],
            side_a=a, side_b_new_id=9_999 if violence == 3 else number + 40_000, side_b=b,
            number_of_sources=len(told) or -1, source_article=";".join(told), where_prec=where_prec,
            where_coordinates=f"{towns[heavy(rng, 6)]} town" if where_prec < 3 else f"{district} district",
            adm_1=f"{province} province" if where_prec < 5 else "", adm_2=f"{district} district" if where_prec < 4 else "",
            latitude=f"{latitude:.6f}", longitude=f"{longitude:.6f}", country=country, region=region, event_clarity=1,
            date_prec=date_prec, date_start=f"{start} 00:00:00.000", date_end=f"{end} 00:00:00.000",
            deaths_a=deaths[0], deaths_b=deaths[1], deaths_civilians=deaths[2], deaths_unknown=deaths[3],
            best=best, high=high, low=low,
        )
        yield row


def write(path, count, share_of_sources=0.3):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(count, share_of_sources))
