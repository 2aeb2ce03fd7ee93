"""What is asked: filter pages and searches, all different, made from the ids and names in a database."""

import random
import sqlite3
from urllib.parse import quote, urlencode

KINDS = ["massacre", "attack_on_civilians", "armed_clash"]
ROLES = ["perpetrator", "victim", "participant"]
SORTS = ["date", "-killed", "killed"]


class Names:
    """The ids and names of a database, the most frequent first."""

    def __init__(self, path):
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        most = "ORDER BY count(*) DESC, 1 LIMIT 4000"
        of_region = f"SELECT r.id, r.name FROM event e JOIN region r ON r.pk = e.region GROUP BY r.pk {most}"
        of_actor = f"SELECT a.id, a.name FROM event_actor p JOIN actor a ON a.pk = p.actor GROUP BY a.pk {most}"
        self.regions, self.actors = db.execute(of_region).fetchall(), db.execute(of_actor).fetchall()
        self.countries = db.execute("SELECT id, name FROM region WHERE level = 'country' ORDER BY id").fetchall()
        self.datasets = [row[0] for row in db.execute("SELECT id FROM dataset ORDER BY id")]
        # Of a middling number of claims: neither the barest page nor the richest.
        claims = "SELECT count(*) FROM claim c WHERE c.event = e.pk"
        self.event = db.execute(
            f"SELECT e.id FROM event e WHERE e.id LIKE 'ucdp-ged-%' ORDER BY abs(({claims}) - 4), e.pk LIMIT 1"
            if db.execute("SELECT count(*) FROM event").fetchone()[0] < 1_000
            else f"SELECT id FROM (SELECT e.id, ({claims}) AS n, e.pk FROM event e WHERE e.id LIKE 'ucdp-ged-%' "
            "ORDER BY e.pk LIMIT 1000) ORDER BY abs(n - 4), pk LIMIT 1"
        ).fetchone()[0]
        db.close()


def often(rng, values):
    """One of some values; the first ones half of the time."""
    return rng.choice(values[:20]) if rng.random() < 0.5 else rng.choice(values)


def filters(names, count, seed=7):
    """Addresses of different filters: every facet, together with others, in every order."""
    rng = random.Random(seed)

    def some(share):
        return rng.random() < share

    seen = {}
    while len(seen) < count:
        pairs = []
        if some(0.35):
            pairs += [("kind", kind) for kind in rng.sample(KINDS, rng.choice((1, 1, 2)))]
        if some(0.45):
            pairs += [("region", often(rng, names.regions + names.countries)[0]) for _ in range(rng.choice((1, 1, 1, 2, 4)))]
        if some(0.35):
            pairs += [("actor", often(rng, names.actors)[0]) for _ in range(rng.choice((1, 1, 2)))]
            if some(0.3):
                pairs.append(("members", "yes"))
        if some(0.2):
            pairs.append(("role", rng.choice(ROLES)))
        if some(0.1):
            pairs.append(("certainty", "attributed"))
        if some(0.45):
            year = rng.randint(1989, 2024)
            day = rng.choice((f"{year}", f"{year}-{rng.randint(1, 12):02}", f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"))
            pairs.append(("from", day))
            if some(0.6):
                pairs.append(("to", str(rng.randint(year + 1, 2025))))
        if some(0.3):
            least = rng.randint(0, 60)
            pairs.append(("killed_min", least))
            if some(0.5):
                pairs.append(("killed_max", least + rng.randint(0, 400)))
        if some(0.12):
            pairs.append(("accounts", rng.choice(("single", "agree", "differ"))))
        if some(0.1):
            pairs.append(("origin", rng.choice(("media", "government", "witness"))))
        if some(0.12):
            pairs.append(("source", rng.choice(names.datasets)))
        if some(0.15):
            pairs.append(("view", "table"))
        if some(0.4):
            pairs.append(("sort", rng.choice(SORTS)))
        if some(0.1):
            pairs.append(("limit", rng.choice((10, 50, 100, 200))))
        pairs = list(dict.fromkeys(pairs))
        if not pairs:
            continue
        seen[f"{'/fr' if some(0.3) else ''}/events?{urlencode(pairs)}"] = None
    return list(seen)


def searches(names, count, seed=11):
    """Words to search for: frequent and rare ones, names whole, begun and mistyped."""
    rng = random.Random(seed)
    seen = {}
    frequent = ["government", "civilians", "army", "violence", "front", "town", "province", "district", "village attack"]
    while len(seen) < count:
        name = rng.choice((often(rng, names.actors)[1], often(rng, names.regions)[1], rng.choice(names.regions)[1]))
        words = name.split()
        kind = rng.randrange(6)
        if kind == 0:
            text = rng.choice(frequent) + (" " + rng.choice(words) if rng.random() < 0.7 else "")
        elif kind == 1:
            text = name
        elif kind == 2:
            text = rng.choice(words)
        elif kind == 3:
            text = name[: rng.randint(1, max(2, len(name) - 1))]
        elif kind == 4 and len(name) > 5:
            at = rng.randrange(1, len(name) - 2)
            text = rng.choice((name[:at] + name[at + 1 :], name[:at] + name[at + 1] + name[at] + name[at + 2 :], name[:at] + "x" + name[at + 1 :]))
        else:
            text = f"{rng.choice(words)} {rng.randint(1989, 2025)}"
        if text.strip():
            path = "/search" if len(seen) % 2 else "/events"
            seen.setdefault(f"{path}?q={quote(text.strip())}", None)
    return list(seen)


def common(names, count, seed=13):
    """Pairs of the same question to Constat and to Datasette: kind, country, dates, toll."""
    rng = random.Random(seed)
    seen = {}
    while len(seen) < count:
        ours, theirs = [], []
        if rng.random() < 0.6:
            kind = rng.choice(KINDS)
            ours.append(("kind", kind))
            theirs.append(("kind", kind))
        if rng.random() < 0.4:
            country = rng.choice(names.countries)
            ours.append(("region", country[0]))
            theirs.append(("country", country[1]))
        day = f"{rng.randint(1989, 2015)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        ours.append(("from", day))
        theirs.append(("start_date__gte", day))
        if rng.random() < 0.4:
            least = rng.randint(1, 30)
            ours.append(("killed_min", least))
            theirs.append(("killed__gte", least))
        if rng.random() < 0.5:
            ours.append(("sort", "-killed"))
            theirs.append(("_sort_desc", "killed"))
        seen[f"/events?{urlencode(ours)}"] = urlencode(theirs)
    return list(seen), list(seen.values())
