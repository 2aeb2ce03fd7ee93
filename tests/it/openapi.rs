//! The description of the API and the API: each says what the other does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use axum::http::Method;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::acled_site::site_with;
use super::pages_kit::{BASE_URL, LANGS, Raw, Site, attr, dataset_ids, site, within};

const DOCUMENT: &str = "/api/openapi.json";

/// The description of a site.
struct Described {
    document: Value,
    /// With every object closed: what the description does not name must not be there.
    components: Value,
}

impl Described {
    fn of(site: &Site) -> Described {
        let document = site.json(DOCUMENT);
        let mut components = document["components"].clone();
        for (name, schema) in components["schemas"].as_object_mut().unwrap() {
            // These two are also parts of a larger object, which closes itself.
            if schema.get("properties").is_some() && !["ActorInList", "RegionInList"].contains(&name.as_str()) {
                schema["unevaluatedProperties"] = json!(false);
            }
        }
        Described { document, components }
    }

    fn operations(&self) -> Vec<(&str, &Value)> {
        let paths = self.document["paths"].as_object().unwrap();
        paths.iter().map(|(path, item)| (path.as_str(), &item["get"])).collect()
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(to) => self.document.pointer(&to[1..]).unwrap_or_else(|| panic!("{to}")),
            None => value,
        }
    }

    fn keys<'a>(&'a self, operation: &'a Value) -> Vec<&'a Value> {
        operation["parameters"].as_array().into_iter().flatten().map(|key| self.resolve(key)).collect()
    }

    /// The response that is described for a status.
    fn response<'a>(&'a self, operation: &'a Value, status: u16) -> Option<&'a Value> {
        let responses = &operation["responses"];
        let found = responses.get(status.to_string());
        found.or_else(|| responses.get(format!("{}XX", status / 100))).map(|found| self.resolve(found))
    }

    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.clone();
        whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        whole["components"] = self.components.clone();
        jsonschema::validator_for(&whole).unwrap()
    }

    /// That an answer is as the description of an operation says.
    fn check(&self, operation: &Value, raw: &Raw) {
        let what = format!("{} {}", raw.path, raw.status);
        let said = self.response(operation, raw.status).unwrap_or_else(|| panic!("{what} is not described"));
        let Some(content) = said.get("content") else {
            assert!(raw.body.is_empty(), "{what}");
            return;
        };
        let kind = raw.header("content-type");
        let said = content.get(kind).unwrap_or_else(|| panic!("{what}: {kind} is not described"));
        if kind.contains("json") && !kind.contains("jsonl") {
            let value: Value = serde_json::from_slice(&raw.body).unwrap();
            let wrong: Vec<String> = self
                .validator(&said["schema"])
                .iter_errors(&value)
                .map(|e| format!("{}: {e}", e.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{what}: {:#?}", &wrong[..wrong.len().min(5)]);
        }
    }

    /// The address of an operation: with its examples, or with other values for what is in its path.
    fn address(&self, lang: &str, path: &str, operation: &Value, other: Option<&str>) -> String {
        let (mut path, mut pairs) = (path.to_owned(), Vec::new());
        for key in self.keys(operation) {
            let (name, example) = (key["name"].as_str().unwrap(), key.get("example"));
            let example = example.map(|example| example.as_array().map_or(example, |values| &values[0]));
            let example = example.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            match key["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), other.unwrap_or(&example.expect("an example"))),
                "query" => pairs.extend(example.map(|value| format!("{name}={value}"))),
                _ => {}
            }
        }
        let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
        format!("{lang}{path}{query}")
    }
}

/// Whether it is in both languages.
fn in_both(path: &str) -> bool {
    !["/healthz", "/readyz"].contains(&path)
}

#[test]
fn every_operation_answers_as_it_is_described() {
    let api = Described::of(site());
    assert_eq!(api.document["openapi"], "3.1.1");
    let servers = [&api.document["servers"][0]["url"], &api.document["servers"][1]["url"]];
    assert_eq!(servers, [&json!(BASE_URL), &json!(format!("{BASE_URL}/fr"))]);
    let mut names = BTreeSet::new();
    for (path, operation) in api.operations() {
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{path}");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{path}");
        for (_, lang) in LANGS.into_iter().filter(|(_, lang)| lang.is_empty() || in_both(path)) {
            let raw = site().send(&api.address(lang, path, operation, None), &[]);
            assert!(matches!(raw.status, 200 | 302), "{path}: {}", raw.status);
            api.check(operation, &raw);
            for header in api.response(operation, raw.status).unwrap()["headers"].as_object().into_iter().flatten() {
                assert!(!raw.header(header.0).is_empty(), "{path}: {}", header.0);
            }
            let tag = raw.header("etag");
            if !tag.is_empty() {
                api.check(operation, &site().send(&raw.path, &[("if-none-match", tag)]));
            }
        }
    }
    assert!(names.len() > 40, "{}", names.len());
}

#[test]
fn what_goes_wrong_is_described_too() {
    let api = Described::of(site());
    for (path, operation) in api.operations() {
        let keys = api.keys(operation);
        let send = |address: &str| {
            let raw = site().send(address, &[]);
            api.check(operation, &raw);
            raw.status
        };
        let post = site().send_as(Method::POST, &api.address("", path, operation, None), &[]);
        assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD, OPTIONS"), "{path}");
        if in_both(path) {
            api.check(operation, &post);
        }
        if path.contains('{') {
            assert_eq!(send(&api.address("", path, operation, Some("nowhere"))), 404, "{path}");
            assert!([400, 404].contains(&send(&api.address("", path, operation, Some("%FF%00")))), "{path}");
        } else if operation["responses"].get("400").is_some() {
            let address = api.address("", path, operation, None);
            let sign = if address.contains('?') { '&' } else { '?' };
            assert_eq!(send(&format!("{address}{sign}knid=x")), 400, "{path}");
            for key in keys.iter().filter(|key| key["required"] == true) {
                let name = key["name"].as_str().unwrap();
                assert_eq!(send(&format!("{path}?{name}=")), 400, "{path}: {name}");
            }
            let text = address.split_once('?').map_or("", |(_, query)| query);
            assert_eq!(send(&format!("{path}?{text}&q={}", "a".repeat(9_000))), 414, "{path}");
        }
    }
}

#[test]
fn every_key_that_an_operation_names_is_taken_by_it() {
    let api = Described::of(site());
    let mut looked = 0;
    for (path, operation) in api.operations().into_iter().filter(|(path, _)| !path.contains('{')) {
        let keys = api.keys(operation);
        let must: Vec<String> = keys
            .iter()
            .filter(|key| key["required"] == true)
            .map(|key| format!("{}={}", key["name"].as_str().unwrap(), key["example"].as_str().unwrap()))
            .collect();
        for key in keys.iter().filter(|key| key["in"] == "query" && key["required"] != true) {
            // What is left blank asks nothing, and the description says that it may be.
            let one = key["schema"].get("items").unwrap_or(&key["schema"]);
            assert!(api.validator(one).is_valid(&json!("")), "{path}: {key}");
            let address = format!("{path}?{}&{}=", must.join("&"), key["name"].as_str().unwrap());
            assert_eq!(site().send(address.replace("?&", "?").as_str(), &[]).status, 200, "{address}");
            looked += 1;
        }
    }
    assert!(looked > 100, "{looked}");
    let named = api.keys(&api.document["paths"]["/events.json"]["get"]);
    let named: Vec<&str> = named.into_iter().map(|key| key["name"].as_str().unwrap()).collect();
    assert_eq!(named, constat::query::filter::KEYS);
}

#[test]
fn all_that_there_is_fits_its_schema() {
    let api = Described::of(site());
    let event = api.validator(&json!({ "$ref": "#/components/schemas/Event" }));
    let lines = site().send("/events.jsonl", &[]);
    let mut events = 0;
    for line in std::str::from_utf8(&lines.body).unwrap().lines() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        assert!(value.as_object_mut().unwrap().remove("list").is_some(), "which list it is of");
        assert!(
            event.is_valid(&value),
            "{}: {:?}",
            value["id"],
            event.iter_errors(&value).next().map(|e| e.to_string())
        );
        events += 1;
    }
    assert_eq!(events, dataset_ids("events.csv").len());
    let mut validators: BTreeMap<&str, Validator> = BTreeMap::new();
    for (kind, table, name) in
        [("actors", "actors.csv", "Actor"), ("regions", "regions.csv", "Region"), ("reports", "reports.csv", "Report")]
    {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let validator = validators.entry(name).or_insert_with(|| api.validator(&schema));
        for id in dataset_ids(table) {
            let value = site().json(&format!("/{kind}/{id}.json"));
            let wrong = validator.iter_errors(&value).next().map(|e| e.to_string());
            assert!(wrong.is_none(), "{kind} {id}: {wrong:?}");
        }
    }
    for query in ["view=timeline", "limit=200", "q=nothing+has+this", "sort=-killed&killed_min=50"] {
        api.check(&api.document["paths"]["/events.json"]["get"], &site().send(&format!("/events.json?{query}"), &[]));
    }
    for query in ["a=ml-mopti&b=ml-gao", "a=jnim&b=katiba-macina&from=2022"] {
        api.check(&api.document["paths"]["/compare.json"]["get"], &site().send(&format!("/compare.json?{query}"), &[]));
    }
}

#[test]
fn what_may_not_be_passed_on_is_described_as_it_stands_in_lists() {
    let site = site_with(None);
    let api = Described::of(&site);
    for path in [
        "/events.json?limit=200",
        "/events.geojson?source=acled",
        "/cells.json",
        "/search.json?q=armed",
        "/reports.json?kind=dataset",
    ] {
        let described = &api.document["paths"][path.split('?').next().unwrap()]["get"];
        let raw = site.send(path, &[]);
        assert_eq!(raw.status, 200, "{path}");
        api.check(described, &raw);
    }
    for (path, operation) in api.operations().into_iter().filter(|(path, _)| path.starts_with("/events/{id}")) {
        let raw = site.send(&api.address("", &path.replace("{n}", "1"), operation, Some("acled-mli1")), &[]);
        api.check(operation, &raw);
        assert_eq!(raw.status == 403, operation["responses"].get("403").is_some(), "{path}");
    }
    // What is an example may be passed on.
    assert!(!api.document["paths"].to_string().contains("acled"));
}

/// The routes as they stand in the code.
fn routes() -> Vec<String> {
    let source =
        |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web").join(file)).unwrap();
    let text = source("mod.rs") + &source("pages/mod.rs");
    let found = text.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    found.filter(|route| !route.starts_with("/fr")).collect()
}

/// Whether a route answers a path of the description.
fn answers(route: &str, path: &str) -> bool {
    let (route, path): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    let fits = |(of, at): (&&str, &&str)| of == at || of.starts_with('{') && at.starts_with('{');
    route.len() == path.len() && route.iter().zip(&path).all(fits)
}

/// A route is described, or it is a page for people, or one of a few files that only browsers and search engines ask for.
#[test]
fn no_route_that_answers_programs_is_missing() {
    const FILES: [&str; 6] =
        ["/sitemap.xml", "/sitemaps/{file}", "/static/{name}", "/tiles/{z}/{x}/{y}", "/favicon.ico", "/robots.txt"];
    let api = Described::of(site());
    let routes = routes();
    assert!(routes.len() > 40, "{routes:?}");
    for route in &routes {
        let described = api.operations().iter().any(|(path, _)| answers(route, path));
        let file = FILES.contains(&route.as_str());
        if !described && !file {
            let path = route.replace("{id}", &dataset_ids("events.csv")[0]).replace("{n}", "1");
            let kind = site().send(&path, &[]).header("content-type").to_owned();
            assert!(
                kind.starts_with("text/html"),
                "{route} answers {kind:?} and is in no row of publish::openapi::rows"
            );
        }
        assert!(!(described && file), "{route}");
    }
    for (path, _) in api.operations() {
        assert!(routes.iter().any(|route| answers(route, path)), "{path} is described, and there is no such route");
    }
    // One route may answer with many endings: of each thing exactly those that are described are there.
    for kind in ["events", "actors", "regions", "reports"] {
        let json = format!("/{kind}/{{id}}.json");
        let example = api.keys(&api.document["paths"][&json]["get"])[0]["example"].as_str().unwrap().to_owned();
        for ending in [
            "json",
            "geojson",
            "jsonld",
            "bib",
            "ris",
            "csl.json",
            "png",
            "csv",
            "claims.csv",
            "atom",
            "jsonl",
            "gpkg",
            "zip",
        ] {
            let mut paths = vec![(format!("/{kind}/{example}"), format!("/{kind}/{{id}}"))];
            if kind == "events" {
                paths.push((format!("/events/{example}/versions/1"), "/events/{id}/versions/{n}".to_owned()));
                paths.push((format!("/events/{example}/history"), "/events/{id}/history".to_owned()));
            }
            for (path, row) in paths {
                let there = site().send(&format!("{path}.{ending}"), &[]).status == 200;
                let described = api.document["paths"].get(format!("{row}.{ending}")).is_some();
                assert_eq!(there, described, "{row}.{ending}");
            }
        }
    }
}

#[test]
fn the_page_shows_every_operation_and_its_forms_work_without_a_script() {
    let api = Described::of(site());
    for (_, lang) in LANGS {
        let page = site().get(&format!("{lang}/api"));
        let shown: BTreeSet<String> = page.texts(".endings code").into_iter().collect();
        let described: BTreeSet<String> = api
            .operations()
            .iter()
            .map(|(path, _)| if in_both(path) { format!("{lang}{path}") } else { (*path).to_owned() })
            .collect();
        assert_eq!(shown, described);
        for href in page.attrs(".endings a, .prose a.download", "href") {
            assert!([200, 302].contains(&site().send(&href, &[]).status), "{href}");
        }
        let forms = page.select(".try form");
        assert!(forms.len() > 15, "{}", forms.len());
        for form in forms {
            // As a browser sends it: blank fields too.
            let mut pairs = Vec::new();
            for field in within(form, "input[name], select[name]") {
                let chosen = within(field, "option[selected]").into_iter().map(|option| option.text().collect()).next();
                let first = within(field, "option").into_iter().map(|option| option.text().collect()).next();
                let value = chosen.or(first).unwrap_or_else(|| attr(field, "value"));
                pairs.push((attr(field, "name"), value));
            }
            for button in within(form, "button") {
                let mut address = url::form_urlencoded::Serializer::new(format!("{}?", attr(button, "formaction")));
                let address = address.extend_pairs(&pairs).finish();
                assert!([200, 302].contains(&site().send(&address, &[]).status), "{address}");
            }
        }
        // What can be copied asks for something real.
        for line in page.texts(".code code") {
            let at = line.find(BASE_URL).unwrap();
            let address: String = line[at + BASE_URL.len()..].chars().take_while(|c| !"'\"".contains(*c)).collect();
            let raw = site().send(&address, &[]);
            assert_eq!(raw.status, 200, "{address}");
            assert!(raw.body.len() > 500, "{address}");
        }
    }
}

#[test]
fn a_site_without_data_is_described_without_examples() {
    let empty = Site::on(&[]);
    let api = Described::of(&empty);
    assert_eq!(api.operations().len(), Described::of(site()).operations().len());
    assert!(api.document["components"]["parameters"]["region"].get("example").is_none());
    assert!(empty.get("/fr/api").count(".try form") > 5);
}
