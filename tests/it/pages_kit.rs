//! What the tests of pages share: the site on the dataset that ships, small sites on packages made in code, and pages
//! that are asked by CSS selector. Tests stay synchronous: one runtime serves all sites, whichever thread asks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use constat::ingest::{import_embedded, import_package};
use constat::store::Store;
use constat::web::app;
use constat::web::state::AppState;
use http_body_util::BodyExt as _;
use scraper::{ElementRef, Html, Selector};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::kit::{Package, at};

/// What the sites of the tests call themselves.
pub const BASE_URL: &str = "https://constat.example";

/// The languages by the beginning of their paths.
pub const LANGS: [(&str, &str); 2] = [("en", ""), ("fr", "/fr")];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

static SITE: LazyLock<Site> = LazyLock::new(|| {
    // A static is never dropped, so its folder stays behind: it is kept where `cargo clean` finds it, and those of
    // earlier runs go first.
    let home = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in std::fs::read_dir(home).unwrap().flatten() {
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if entry.file_name().as_encoded_bytes().starts_with(b"site-") && age > Some(Duration::from_secs(3600)) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let folder = tempfile::Builder::new().prefix("site-").tempdir_in(home).unwrap();
    Site::over(folder, |store| async move {
        import_embedded(&store, at(1)).await.unwrap();
    })
});

/// The site on the dataset that ships in the binary, imported once for all tests of a run.
pub fn site() -> &'static Site {
    &SITE
}

/// A site on a database of its own.
pub struct Site {
    router: Router,
    _folder: tempfile::TempDir,
}

impl Site {
    /// On some packages, imported one after the other, each a minute after the one before.
    pub fn on(packages: &[Package]) -> Site {
        Site::over(tempfile::tempdir().unwrap(), |store| async move {
            for (n, package) in (1..).zip(packages) {
                let folder = tempfile::tempdir().unwrap();
                import_package(&store, &package.write(folder.path()), at(n)).await.unwrap();
            }
        })
    }

    /// On a database that `fill` fills.
    pub fn over<F: Future<Output = ()>>(folder: tempfile::TempDir, fill: impl FnOnce(Store) -> F) -> Site {
        let router = RUNTIME.block_on(async {
            let store = Store::open(&folder.path().join("site.db"), Duration::from_secs(30)).await.unwrap();
            fill(store.clone()).await;
            app(AppState::new(store, BASE_URL.parse().unwrap()))
        });
        Site { router, _folder: folder }
    }

    /// What a request is answered with.
    pub fn send(&self, path: &str, headers: &[(&str, &str)]) -> Raw {
        self.send_as(axum::http::Method::GET, path, headers)
    }

    /// What a request for the headers alone is answered with.
    pub fn head(&self, path: &str) -> Raw {
        self.send_as(axum::http::Method::HEAD, path, &[])
    }

    /// What a request of any method is answered with.
    pub fn send_as(&self, method: axum::http::Method, path: &str, headers: &[(&str, &str)]) -> Raw {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        RUNTIME.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Raw { path: path.to_owned(), status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }

    /// A page, whatever its status, as a browser asks for it.
    pub fn any(&self, path: &str) -> Page {
        Page::of(self.send(path, &[("accept", "text/html,*/*;q=0.8")]))
    }

    /// A page that is there.
    pub fn get(&self, path: &str) -> Page {
        let page = self.any(path);
        assert_eq!(page.status, 200, "{path}");
        page
    }

    /// JSON that is there.
    pub fn json(&self, path: &str) -> serde_json::Value {
        let raw = self.send(path, &[]);
        assert_eq!((raw.status, raw.header("content-type")), (200, "application/json"), "{path}");
        serde_json::from_slice(&raw.body).unwrap()
    }

    /// The ids of the events of a filter, in order, and that the list says how many they are.
    pub fn ids(&self, query: &str) -> Vec<String> {
        let list = self.json(&format!("/events.json?limit=200&{query}"));
        let ids = strings(&list["events"], "id");
        assert_eq!(list["total"], ids.len(), "{query}");
        ids
    }
}

/// The texts of one field of the objects of a list.
pub fn strings(list: &serde_json::Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

/// An answer as it came.
pub struct Raw {
    /// What was asked for.
    pub path: String,
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Raw {
    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A page, to be asked by CSS selector.
pub struct Page {
    /// What was asked for.
    pub path: String,
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The HTML.
    pub body: String,
    /// The same, parsed as a browser would.
    pub doc: Html,
}

impl Page {
    /// An answer, read as HTML.
    pub fn of(raw: Raw) -> Page {
        let body = String::from_utf8(raw.body).unwrap();
        Page { path: raw.path, status: raw.status, headers: raw.headers, doc: Html::parse_document(&body), body }
    }

    /// The elements that match.
    pub fn select(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.doc.select(&selector(css)).collect()
    }

    /// How many match.
    pub fn count(&self, css: &str) -> usize {
        self.select(css).len()
    }

    /// The one element that matches.
    pub fn one(&self, css: &str) -> ElementRef<'_> {
        let found = self.select(css);
        assert_eq!(found.len(), 1, "{}: {css}", self.path);
        found[0]
    }

    /// What a reader reads in the one element that matches.
    pub fn text(&self, css: &str) -> String {
        words(self.one(css))
    }

    /// What a reader reads in each element that matches.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.select(css).into_iter().map(words).collect()
    }

    /// An attribute of the one element that matches.
    pub fn attr(&self, css: &str, name: &str) -> String {
        attr(self.one(css), name)
    }

    /// An attribute of each element that matches.
    pub fn attrs(&self, css: &str, name: &str) -> Vec<String> {
        self.select(css).into_iter().map(|element| attr(element, name)).collect()
    }
}

/// The elements within one that match.
pub fn within<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    element.select(&selector(css)).collect()
}

/// What a reader reads in an element: white space folded, no-break spaces as spaces.
pub fn words(element: ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An attribute; empty where it is missing.
pub fn attr(element: ElementRef, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

/// A selector.
pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// The rows of a table of the dataset that ships, by column.
pub fn dataset(table: &str) -> Vec<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/mali");
    let mut reader = csv::Reader::from_path(folder.join(table)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The ids of a table of the dataset that ships.
pub fn dataset_ids(table: &str) -> Vec<String> {
    dataset(table).into_iter().map(|mut row| row.remove("id").unwrap()).collect()
}

/// A package of events in code: a row of each table, stated as far as it matters.
#[derive(Clone, Default)]
pub struct Few {
    files: BTreeMap<&'static str, String>,
}

const HEADS: [(&str, &str); 11] = [
    ("regions", "id,parent,name,name_fr,level,pcode,latitude,longitude,alt_names"),
    ("actors", "id,name,name_fr,kind,country,active_from,active_until,summary,summary_fr,alt_names"),
    ("actor_links", "actor,relation,other,from,until,report,passage"),
    ("reports", "id,title,publisher,author,published,url,language,kind,agency,note"),
    ("passages", "report,id,anchor,gist,gist_fr"),
    (
        "events",
        "id,title,title_fr,kind,start,end,date_precision,region,latitude,longitude,place_precision,summary,summary_fr",
    ),
    ("event_actors", "event,actor,role,certainty"),
    ("claims", "event,report,passage,topic,part,low,high,about,value,said_by,origin,stance,preferred"),
    ("event_links", "event,relation,other,report,passage"),
    ("translations", "text,fr"),
    ("mentions", "report,passage,actor,region"),
];

impl Few {
    /// With a row of a table.
    pub fn row(mut self, table: &'static str, row: &str) -> Few {
        let text = self.files.entry(table).or_default();
        text.push_str(row);
        text.push('\n');
        self
    }

    /// With a region, its parent (or none) and level.
    pub fn region(self, id: &str, parent: &str, level: &str) -> Few {
        self.row("regions", &format!("{id},{parent},Place {id},Lieu {id},{level},,,,"))
    }

    /// With an actor.
    pub fn actor(self, id: &str) -> Few {
        self.row("actors", &format!("{id},Actor {id},Acteur {id},rebel_group,,,,,,"))
    }

    /// With a report of one passage, `p1`.
    pub fn report(self, id: &str) -> Few {
        self.row("reports", &format!("{id},Report {id},Agency,,2020-01-01,https://example.org/{id},en,news,,"))
            .row("passages", &format!("{id},p1,words of {id},Gist of {id}.,Teneur de {id}."))
    }

    /// With an event on a date at a place, and one claim by which it is known.
    pub fn event(self, id: &str, kind: &str, (start, end, precision): (&str, &str, &str), region: &str) -> Few {
        self.row(
            "events",
            &format!("{id},Event {id},Événement {id},{kind},{start},{end},{precision},{region},,,place,,"),
        )
    }

    /// With a massacre of one day at a point, or at none where its degrees are empty.
    pub fn placed(self, id: &str, (latitude, longitude, precision): (&str, &str, &str), region: &str) -> Few {
        let row = format!(
            "{id},Event {id},Événement {id},massacre,2020-06-15,,day,{region},{latitude},{longitude},{precision},,"
        );
        self.row("events", &row)
    }

    /// Three events and their tolls in two reports, of 2015, of the turn of 2018 and of some day of 2019.
    pub fn of_three_years() -> Few {
        let mut few = Few::default().region("land", "", "country").report("paper").report("radio");
        for (id, when) in [
            ("spring", ("2015-04-02", "", "day")),
            ("new-year", ("2018-12-31", "2019-01-02", "day")),
            ("that-year", ("2019", "", "year")),
        ] {
            few = few.event(id, "massacre", when, "land").context(id, "paper", "media");
        }
        few.killed("spring", "paper", "10", "10", "media")
            .killed("spring", "radio", "14", "14", "witness")
            .killed("new-year", "paper", "20", "20", "media")
            .killed("that-year", "paper", "1000", "", "media")
    }

    /// With an actor's part.
    pub fn part(self, event: &str, actor: &str, role: &str, certainty: &str) -> Few {
        self.row("event_actors", &format!("{event},{actor},{role},{certainty}"))
    }

    /// With a claim of words, which says nothing of the toll.
    pub fn context(self, event: &str, report: &str, origin: &str) -> Few {
        self.row("claims", &format!("{event},{report},p1,context,,,,,as it was,,{origin},asserts,"))
    }

    /// With a claim on the toll of the whole event.
    pub fn killed(self, event: &str, report: &str, low: &str, high: &str, origin: &str) -> Few {
        self.row("claims", &format!("{event},{report},p1,killed,,{low},{high},,,,{origin},asserts,"))
    }

    /// The package, as a dataset of that name.
    pub fn package(&self, name: &str) -> Package {
        let mut package = Package::base().edit("datapackage.json", "\"base\"", &format!("\"{name}\""));
        package = package.edit("datapackage.json", "A small dataset", &format!("Dataset {name}"));
        package = package.edit("datapackage.json", "Un petit jeu de données", &format!("Données {name}"));
        for (table, head) in HEADS {
            let rows = self.files.get(table).map_or("", String::as_str);
            package = package.with(&format!("{table}.csv"), &format!("{head}\n{rows}"));
        }
        package
    }
}
