//! How an event, a list, a report and a passage are cited: lines to copy, files for reference managers, tags and linked
//! data. Files are read with the parsers of others.

use biblatex::{Bibliography, ChunksExt as _};

use super::pages_kit::{BASE_URL, LANGS, Site, dataset, site};

const EVENT: &str = "2022-06-18-diallassagou";

fn file(site: &Site, path: &str, kind: &str) -> String {
    let raw = site.send(path, &[]);
    assert_eq!((raw.status, raw.header("content-type")), (200, kind), "{path}");
    assert_eq!(raw.header("access-control-allow-origin"), "*", "{path}");
    String::from_utf8(raw.body).unwrap()
}

fn bib(path: &str) -> biblatex::Entry {
    let text = file(site(), path, "application/x-bibtex; charset=utf-8");
    let parsed = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
    assert_eq!(parsed.len(), 1, "{text}");
    parsed.into_iter().next().unwrap()
}

fn field(entry: &biblatex::Entry, name: &str) -> String {
    entry.get(name).map(|chunks| chunks.format_verbatim()).unwrap_or_default()
}

fn ris(path: &str) -> Vec<(String, String)> {
    let text = file(site(), path, "application/x-research-info-systems; charset=utf-8");
    let lines = text.lines().map(|line| line.split_once("  - ").expect(line));
    lines.map(|(tag, value)| (tag.to_owned(), value.to_owned())).collect()
}

fn csl(path: &str) -> serde_json::Value {
    let text = file(site(), path, "application/vnd.citationstyles.csl+json");
    let items: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(items.as_array().unwrap().len(), 1);
    items[0].clone()
}

#[test]
fn an_event_is_cited_with_its_version_its_day_and_an_address_that_will_not_change() {
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/events/{EVENT}"));
        let address = format!("{BASE_URL}{lang}/events/{EVENT}/versions/1");
        for line in ["#citation", "#chicago"] {
            let text = page.text(line);
            assert!(text.contains("(version 1)") && text.contains(&address), "{text}");
            assert!(text.starts_with("Constat") && text.contains("2026"), "{text}");
        }
        let files = page.attrs("#share a[href*=\".\"]", "href");
        for ending in ["bib", "ris", "csl.json"] {
            assert!(files.contains(&format!("{lang}/events/{EVENT}.{ending}")), "{files:?}");
        }
        let entry = bib(&format!("{lang}/events/{EVENT}.bib"));
        assert_eq!(field(&entry, "url"), address);
        assert!(field(&entry, "title").starts_with(&page.text("h1")), "{}", field(&entry, "title"));
        let tags = ris(&format!("{lang}/events/{EVENT}.ris"));
        assert_eq!((tags[0].1.as_str(), tags.last().unwrap().0.as_str()), ("ELEC", "ER"));
        assert!(tags.contains(&("UR".into(), address.clone())), "{tags:?}");
        let item = csl(&format!("{lang}/events/{EVENT}.csl.json"));
        assert_eq!((item["type"].as_str(), item["URL"].as_str()), (Some("webpage"), Some(address.as_str())));
        assert_eq!(item["issued"]["date-parts"][0].as_array().unwrap().len(), 3, "the day: {item}");
    }
    for ending in ["bib", "ris", "csl.json", "jsonld"] {
        assert_eq!(site().send(&format!("/events/no-such.{ending}"), &[]).status, 404, "{ending}");
        assert_eq!(site().send(&format!("/actors/jnim.{ending}"), &[]).status, 404, "{ending}");
    }
}

#[test]
fn a_list_is_cited_with_its_filter_in_words_and_a_fault_in_it_is_named() {
    let item = csl("/events.csl.json?kind=massacre&region=ml-mopti");
    let page = site().get("/events?kind=massacre&region=ml-mopti");
    let title = item["title"].as_str().unwrap();
    assert!(title.starts_with(&page.text("h1")), "{title}");
    assert!(title.replace('\u{a0}', " ").contains(&page.text("p.count").replace('\u{a0}', " ")), "{title}");
    let url = item["URL"].as_str().unwrap();
    assert!(url.starts_with(&format!("{BASE_URL}/events?kind=massacre&region=ml-mopti&as_of=2026-11-18T")), "{url}");
    assert!(page.attrs(".take a", "href").contains(&"/events.bib?kind=massacre&region=ml-mopti".to_owned()));
    let french = bib("/fr/events.bib?kind=massacre");
    assert!(field(&french, "url").starts_with(&format!("{BASE_URL}/fr/events?kind=massacre&as_of=2026-11-18T")));
    let wrong = site().send("/events.ris?kind=masacre", &[]);
    assert_eq!((wrong.status, wrong.header("content-type")), (400, "application/problem+json"));
    let problem: serde_json::Value = serde_json::from_slice(&wrong.body).unwrap();
    assert_eq!((problem["field"].as_str(), problem["suggestion"].as_str()), (Some("kind"), Some("massacre")));
}

#[test]
fn every_report_has_a_citation_that_can_be_read_and_tags_for_zotero() {
    for row in dataset("reports.csv") {
        let id = &row["id"];
        let entry = bib(&format!("/reports/{id}.bib"));
        let plain = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(plain(field(&entry, "title")), plain(row["title"].clone()), "{id}");
        let item = csl(&format!("/reports/{id}.csl.json"));
        assert_eq!(item["title"].as_str(), Some(row["title"].as_str()), "{id}");
        assert_eq!(item["URL"].as_str().unwrap_or_default(), row["url"], "{id}");
        let parts = item["issued"]["date-parts"][0].as_array().map_or(0, Vec::len);
        assert_eq!(parts, row["published"].split('-').filter(|part| !part.is_empty()).count(), "{id}");
    }
    let row = dataset("reports.csv").into_iter().find(|row| row["id"] == "blogen-2022-07-diallassagou").unwrap();
    let page = site().get(&format!("/reports/{}", row["id"]));
    let tag = |name: &str| page.attrs(&format!("head meta[name={name}]"), "content");
    assert_eq!(tag("citation_title"), [row["title"].clone()]);
    assert_eq!(tag("citation_public_url"), [row["url"].clone()]);
    assert_eq!(tag("citation_publication_date"), [row["published"].replace('-', "/")]);
    assert_eq!(tag("citation_language"), [row["language"].clone()]);
    assert!(page.text("#citation").contains(&row["title"]) && page.text("#chicago").contains(&row["title"]));
}

#[test]
fn a_passage_is_cited_with_its_own_address() {
    let row = dataset("passages.csv").into_iter().next().unwrap();
    let (report, id) = (&row["report"], &row["id"]);
    let page = site().get(&format!("/fr/reports/{report}"));
    let href = format!("/fr/reports/{report}.bib?passage={id}");
    assert!(page.attrs(".passage-links a", "href").contains(&href));
    assert!(field(&bib(&href), "note").contains(&format!("{BASE_URL}/fr/reports/{report}#{id}")));
    assert_eq!(field(&bib(&format!("/reports/{report}.bib")), "note"), "");
    let wrong = site().send(&format!("/reports/{report}.bib?passage=p99"), &[]);
    let problem: serde_json::Value = serde_json::from_slice(&wrong.body).unwrap();
    assert_eq!((wrong.status, problem["field"].as_str()), (400, Some("passage")));
}

#[test]
fn an_event_and_its_claims_are_linked_data() {
    let page = site().get(&format!("/fr/events/{EVENT}"));
    let embedded: serde_json::Value =
        serde_json::from_str(&page.one("head script[type='application/ld+json']").inner_html()).unwrap();
    let event = &embedded["@graph"][0];
    assert_eq!((event["@type"].as_str(), event["name"].as_str()), (Some("Event"), Some(page.text("h1").as_str())));
    assert_eq!(event["location"]["geo"]["@type"], "GeoCoordinates");
    let text = file(site(), &format!("/events/{EVENT}.jsonld"), "application/ld+json");
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    let of = |kind: &str| whole["@graph"].as_array().unwrap().iter().filter(|thing| thing["@type"] == kind).count();
    let claims = dataset("claims.csv").iter().filter(|row| row["event"] == EVENT).count();
    assert_eq!((of("Event"), of("Claim"), of("Dataset")), (1, claims, 1));
    let claim = whole["@graph"].as_array().unwrap().iter().find(|thing| thing["@type"] == "Claim").unwrap();
    assert!(claim["@id"].as_str().unwrap().starts_with(&format!("{BASE_URL}/events/{EVENT}#claim-")), "{claim}");
    assert!(claim["appearance"]["isPartOf"]["publisher"]["name"].is_string(), "{claim}");
    let data = site().get("/about/data");
    let described: serde_json::Value =
        serde_json::from_str(&data.one("head script[type='application/ld+json']").inner_html()).unwrap();
    assert_eq!(described["@graph"][0]["@type"], "Dataset");
    assert_eq!(described["@graph"][0]["distribution"][0]["contentUrl"], format!("{BASE_URL}/about/data/mali.zip"));
}

#[test]
fn passages_are_annotations_that_select_their_words() {
    let report = "blogen-2022-07-diallassagou";
    let text = file(site(), &format!("/reports/{report}.jsonld"), "application/ld+json");
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = whole["first"]["items"].as_array().unwrap();
    let passages: Vec<_> = dataset("passages.csv").into_iter().filter(|row| row["report"] == report).collect();
    assert_eq!((whole["total"].as_u64(), items.len()), (Some(passages.len() as u64), passages.len()));
    let row = dataset("reports.csv").into_iter().find(|row| row["id"] == report).unwrap();
    for passage in passages {
        let id = format!("{BASE_URL}/reports/{report}#{}", passage["id"]);
        let item = items.iter().find(|item| item["id"] == id).expect(&id);
        let target = &item["target"][0];
        assert_eq!(target["source"], row["url"]);
        assert_eq!(target["selector"]["type"], "TextQuoteSelector");
        assert_eq!(target["selector"]["exact"], passage["anchor"]);
        assert_eq!(item["body"][0]["value"], passage["gist"]);
    }
}
