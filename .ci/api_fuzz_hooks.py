"""What schemathesis must know that a description cannot say; see api-fuzz. Of a site that runs already:

    SCHEMATHESIS_HOOKS=.ci/api_fuzz_hooks.py schemathesis run http://127.0.0.1:8080/api/openapi.json
"""
import base64
import io
import json
import re
import urllib.request
import zipfile
from urllib.parse import unquote

import schemathesis

KNOWN = {}

FILTER = {"region": "region", "actor": "actor", "source": "dataset", "report": "report", "after": "after"}
THINGS = {"/events/": "event", "/actors/": "actor", "/regions/": "region", "/reports/": "report"}


def ask(address):
    """Some ids of each kind, and cursors of each order, as the site gives them out."""
    get = lambda url: json.load(urllib.request.urlopen(url))
    of = lambda path, name: [item["id"] for item in get(f"{address}/{path}.json")[name]][:12]
    after = []
    for sort in ("-date", "date", "-killed", "killed"):
        after.append(re.search(r"after=([^&]+)", get(f"{address}/events.json?sort={sort}&limit=20")["next"])[1])
    report = get(f"{address}/reports.json")["reports"][0]["id"]
    feed = urllib.request.urlopen(f"{address}/events.atom?limit=3").read().decode()
    return {
        "event": of("events", "events"),
        "actor": of("actors", "actors"),
        "region": of("regions", "regions"),
        "report": [report],
        "passage": [passage["id"] for passage in get(f"{address}/reports/{report}.json")["passages"]],
        "dataset": [value["id"] for value in get(f"{address}/events.json?limit=1")["facets"]["source"]],
        "after": after,
        "after_change": re.findall(r"after=([^&\"]+)", feed)[:1],
        "after_report": [unquote(re.search(r"after=([^&]+)", get(f"{address}/reports.json")["next"])[1])],
        "language": sorted({report["language"] for report in get(f"{address}/reports.json")["reports"]}),
    }


@schemathesis.hook
def before_load_schema(context, schema):
    """The ids and cursors that there are in the place of their pattern."""
    KNOWN.update(ask(schema["servers"][0]["url"]))
    for key, of in FILTER.items():
        parameter = schema["components"]["parameters"][key]
        one = parameter["schema"].get("items", parameter["schema"])
        one.clear()
        one.update({"type": "string", "enum": [*KNOWN[of], ""]})
    for path, item in schema["paths"].items():
        thing = next((of for start, of in THINGS.items() if path.startswith(start)), None)
        for parameter in item["get"].get("parameters", []):
            name = parameter.get("name")
            if parameter.get("$ref", "").endswith("/after") and path == "/events.atom":
                del parameter["$ref"]
                parameter |= {"name": "after", "in": "query"}
                words = KNOWN["after_change"]
            elif name == "after":
                words = KNOWN["after_report"]
            elif name == "id":
                words = KNOWN[thing]
            elif name in ("a", "b"):
                # Two different ones of a kind.
                words = KNOWN["actor"][:6] if name == "a" else KNOWN["actor"][6:]
            elif name == "url":
                # Addresses of this site; those of others are nothing to it.
                pages = [f"/events/{KNOWN['event'][0]}", f"/fr/events/{KNOWN['event'][1]}", "/events?kind=massacre"]
                words = [schema["servers"][0]["url"] + page for page in pages]
            elif name in ("dataset", "passage", "language"):
                words = KNOWN[name]
            elif name == "Accept-Datetime":
                # No pattern knows on which day of the week a date falls.
                words = ["Thu, 31 May 2007 20:35:00 GMT", "Tue, 01 Sep 2026 12:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"]
            else:
                continue
            if parameter["in"] == "query" and not parameter.get("required"):
                words = [*words, ""]
            parameter["schema"] = {"type": "string", "enum": words}


@schemathesis.hook
def filter_case(context, case):
    """Values that are sound, but not together: the site refuses them, and rightly."""
    if case.meta is None or case.meta.generation.mode.is_negative:
        return True
    query = case.query or {}
    one = lambda key: str(query.get(key) or "")
    begin, end = one("from"), one("to")
    if begin and end and begin > end.ljust(10, "9"):
        return False
    least, most = one("killed_min"), one("killed_max")
    if least and most and int(least) > int(most):
        return False
    words = one("q").strip()
    if one("sort") == "relevance" and not words:
        return False
    frame = one("bbox").split(",")
    if len(frame) == 4 and float(frame[1]) > float(frame[3]):
        return False
    if (after := one("after")) in KNOWN["after"]:
        order = base64.urlsafe_b64decode(after + "==").decode().split("/")[0]
        return order == (one("sort") or ("relevance" if words else "-date"))
    return True


@schemathesis.deserializer("application/zip")
def zipped(context, response):
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        if broken := archive.testzip():
            raise ValueError(f"{broken} is broken")
    return len(response.content)


@schemathesis.deserializer("image/png")
def picture(context, response):
    if not response.content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("no PNG")
    return len(response.content)


@schemathesis.deserializer("application/geopackage+sqlite3")
def geopackage(context, response):
    if not response.content.startswith(b"SQLite format 3\x00"):
        raise ValueError("no GeoPackage")
    return len(response.content)
