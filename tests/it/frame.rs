//! What stands around every page: headers, caching, limits, assets, health. Called on the production router.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::{Html, Response};
use axum::routing::get;
use constat::store::Store;
use constat::web::cache::CachePolicy;
use constat::web::state::AppState;
use constat::web::{app, assets, framed, limits};
use http_body_util::BodyExt as _;
use sha2::Digest as _;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A site over an empty database, with a few pages of the test's own within the production frame.
struct Site {
    state: AppState,
    router: Router,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// Whether it is the page of an error, as readers see it.
    fn is_error_page(&self, status: u16) -> bool {
        let page = scraper::Html::parse_document(self.text());
        let kicker = scraper::Selector::parse(".error .kicker").expect("a selector");
        let shown = page.select(&kicker).next().map(|element| element.text().collect::<String>());
        self.status == status && shown == Some(status.to_string())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

impl Site {
    async fn new() -> Site {
        Site::at("http://127.0.0.1:8080").await
    }

    async fn at(base_url: &str) -> Site {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(&folder.path().join("constat.db"), Duration::from_secs(5)).await.expect("a store");
        let state = AppState::new(store, base_url.parse().expect("a base url"));
        let pages = Router::new()
            .route("/page", get(async || (CachePolicy::Page { generation: 7 }, Html("<p>page</p>".repeat(100)))))
            .route("/page.json", get(async || (CachePolicy::Page { generation: 7 }, "{}")))
            .route("/bare", get(async || "nobody said how to cache this"))
            .route("/broken", get(async || (StatusCode::INTERNAL_SERVER_ERROR, CachePolicy::Asset, "broken")))
            .route("/panic", get(panics))
            .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(3600)).await));
        let router = framed(state.clone(), pages, Duration::from_millis(200));
        Site { state, router, _folder: folder }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone(), request).await
    }

    async fn get(&self, uri: &str) -> Answer {
        self.send(Request::get(uri).body(Body::empty()).expect("a request")).await
    }

    async fn get_with(&self, uri: &str, header: &str, value: &str) -> Answer {
        self.send(Request::get(uri).header(header, value).body(Body::empty()).expect("a request")).await
    }
}

async fn answer(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn panics() -> Response {
    panic!("the secret of the inside")
}

#[tokio::test]
async fn every_kind_of_response_has_the_security_headers() {
    let site = Site::new().await;
    let paths = [
        ("/page", 200),
        ("/page.json", 200),
        ("/nowhere", 404),
        ("/broken", 500),
        ("/panic", 500),
        ("/slow", 503),
        ("/healthz", 200),
        ("/readyz", 503),
        ("/static/none.css", 404),
        ("/favicon.ico", 307),
        ("/robots.txt", 200),
        (assets::css(), 200),
        (assets::favicon(), 200),
    ];
    for (path, status) in paths {
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_secure(path, &answer);
    }
    let tag = site.get("/page").await.header("etag").to_owned();
    let unchanged = site.get_with("/page", "if-none-match", &tag).await;
    assert_eq!(unchanged.status, 304);
    assert_secure("304", &unchanged);
    let post = Request::post("/page").body(Body::empty()).expect("a request");
    assert_secure("405", &site.send(post).await);
}

fn assert_secure(what: &str, answer: &Answer) {
    let expected = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    for name in ["content-security-policy", "cross-origin-resource-policy", "permissions-policy", "x-request-id"] {
        assert!(!answer.header(name).is_empty(), "{what}: {name}");
    }
    assert!(!answer.header("cache-control").is_empty(), "{what}: cache-control");
    assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1, "{what}");
}

#[tokio::test]
async fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
    let site = Site::new().await;
    let answer = site.get("/page").await;
    let policy = answer.header("content-security-policy");
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    assert_eq!(directives[0], "default-src 'none'");
    for directive in &directives {
        let sources: Vec<&str> = directive.split(' ').skip(1).collect();
        assert!(sources.iter().all(|source| ["'none'", "'self'"].contains(source)), "{directive}");
    }
    for closed in ["base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(directives.contains(&closed), "{closed}");
    }
}

/// Firefox holds a drawing within a page to the policy it came with.
#[tokio::test]
async fn a_drawing_may_use_the_style_it_holds_and_nothing_else() {
    let site = Site::new().await;
    let map = site.get(assets::map()).await;
    let drawing = map.text();
    let style = &drawing[drawing.find("<style>").expect("a style") + 7..drawing.find("</style>").expect("its end")];
    let hash = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, sha2::Sha256::digest(style));
    let expected = format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'");
    assert_eq!(map.header("content-security-policy"), expected);
    assert_secure("a drawing", &map);
    let mark = site.get(assets::favicon()).await;
    assert!(mark.header("content-security-policy").contains("style-src 'none'"));
}

#[tokio::test]
async fn only_a_site_behind_tls_demands_tls() {
    let plain = Site::new().await.get("/page").await;
    assert_eq!(plain.header("strict-transport-security"), "");
    let secure = Site::at("https://constat.example").await.get("/page").await;
    assert_eq!(secure.header("strict-transport-security"), "max-age=63072000");
}

#[tokio::test]
async fn data_and_images_may_be_used_by_other_sites_and_pages_may_not() {
    let site = Site::new().await;
    for (path, resource, origin) in [
        ("/page", "same-origin", ""),
        ("/page.json", "cross-origin", "*"),
        ("/nowhere.geojson", "cross-origin", "*"),
        (assets::favicon(), "cross-origin", ""),
        (assets::css(), "same-origin", ""),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("cross-origin-resource-policy"), resource, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), origin, "{path}");
    }
}

#[tokio::test]
async fn a_script_of_another_site_may_ask_with_a_tag_or_a_moment() {
    let site = Site::new().await;
    for (path, asks) in [
        ("/page.json", "Accept-Datetime, If-None-Match"),
        ("/events/x/timegate", "Accept-Datetime, If-None-Match"),
        ("/page", ""),
    ] {
        let before = Request::options(path)
            .header("origin", "https://elsewhere.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "if-none-match");
        let answer = site.send(before.body(Body::empty()).expect("a request")).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (204, "GET, HEAD, OPTIONS"), "{path}");
        assert_eq!(answer.header("access-control-allow-headers"), asks, "{path}");
        let open = !asks.is_empty();
        assert_eq!(answer.header("access-control-allow-origin"), if open { "*" } else { "" }, "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), if open { "GET, HEAD" } else { "" }, "{path}");
    }
    let read = site.get("/page.json").await;
    for header in ["ETag", "Link", "Memento-Datetime"] {
        assert!(read.header("access-control-expose-headers").contains(header), "{header}");
    }
}

#[tokio::test]
async fn a_page_that_the_reader_has_is_not_sent_again() {
    let site = Site::new().await;
    let first = site.get_with("/page", "accept-encoding", "br").await;
    assert_eq!(first.header("cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!(first.header("content-encoding"), "br");
    assert_eq!(first.header("vary"), "accept-encoding");
    let tag = first.header("etag");
    assert!(tag.starts_with("W/\""), "{tag}");

    let known = format!("\"other\", {tag}");
    let request = Request::get("/page").header("accept-encoding", "br").header("if-none-match", &known);
    let second = site.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(second.status, StatusCode::NOT_MODIFIED);
    assert!(second.body.is_empty());
    for kept in ["etag", "cache-control", "vary"] {
        assert_eq!(second.header(kept), first.header(kept), "{kept}");
    }
    for dropped in ["content-type", "content-encoding"] {
        assert_eq!(second.header(dropped), "", "{dropped}");
    }

    // Another query is another page.
    assert_eq!(site.get_with("/page?actor=a", "if-none-match", tag).await.status, 200);
}

#[tokio::test]
async fn what_no_handler_gave_a_policy_and_every_failure_is_kept_by_nobody() {
    let site = Site::new().await;
    for path in ["/bare", "/broken", "/panic", "/slow", "/nowhere", "/healthz", "/readyz", "/static/none.css"] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("etag"), "", "{path}");
    }
}

#[tokio::test]
async fn assets_are_named_by_content_and_kept_for_good() {
    let site = Site::new().await;
    for (url, stem, kind, file) in [
        // The first of its parts; a test of the assets looks for the others.
        (assets::css(), "constat", "text/css; charset=utf-8", include_bytes!("../../static/css/tokens.css").as_slice()),
        (assets::js(), "constat", "text/javascript; charset=utf-8", include_bytes!("../../static/js/page.js")),
        (assets::favicon(), "favicon", "image/svg+xml", include_bytes!("../../static/favicon.svg")),
    ] {
        let parts: Vec<&str> = url.rsplit('/').next().expect("a name").split('.').collect();
        assert_eq!((parts.len(), parts[0], parts[1].len()), (3, stem, 8), "{url}");
        assert!(parts[1].bytes().all(|b| b.is_ascii_hexdigit()), "{url}");

        let plain = site.get(url).await;
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(plain.header("content-type"), kind);
        assert_eq!(plain.header("vary"), "accept-encoding");
        assert_eq!(plain.header("content-encoding"), "");
        assert!(plain.body.starts_with(file), "{url}");
        for encoding in ["br", "gzip"] {
            let packed = site.get_with(url, "accept-encoding", encoding).await;
            assert_eq!(packed.header("content-encoding"), encoding, "{url}");
            assert_eq!(packed.header("content-type"), kind);
        }

        let old = format!("/static/{}.{}.{}", parts[0], "00000000", parts[2]);
        for wrong in
            [old, format!("/static/{}.{}", parts[0], parts[2]), format!("{url}/x"), "/static/../Cargo.toml".into()]
        {
            assert_eq!(site.get(&wrong).await.status, 404, "{wrong}");
        }
    }
    assert_eq!(site.get("/favicon.ico").await.header("location"), assets::favicon());
}

#[tokio::test]
async fn pages_are_packed_in_the_way_the_reader_asks_for() {
    let site = Site::new().await;
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", ""), ("br;q=0", "")] {
        let answer = site.get_with("/page", "accept-encoding", accepted).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.header("vary"), "accept-encoding", "{accepted}");
    }
}

#[tokio::test]
async fn other_methods_are_refused_and_head_answers_like_get() {
    let site = Site::new().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        for path in ["/page", "/nowhere", "/healthz", assets::css(), "/page.json"] {
            let request = Request::builder().method(&method).uri(path).body(Body::empty()).expect("a request");
            let answer = site.send(request).await;
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
            if path.ends_with(".json") {
                assert_eq!((answer.status.as_u16(), answer.header("content-type")), (405, "application/problem+json"));
            } else {
                assert!(answer.is_error_page(405), "{method} {path}");
            }
        }
    }
    for path in ["/page", "/healthz", "/robots.txt", assets::css()] {
        let head = site.send(Request::head(path).body(Body::empty()).expect("a request")).await;
        let get = site.get(path).await;
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        for same in ["cache-control", "etag", "content-type", "content-security-policy"] {
            assert_eq!(head.header(same), get.header(same), "{path}: {same}");
        }
    }
}

#[tokio::test]
async fn what_is_too_long_too_large_or_too_slow_is_refused_with_a_page() {
    let site = Site::new().await;
    let fits = format!("/page?q={}", "a".repeat(8 * 1024 - "/page?q=".len()));
    assert_eq!(site.get(&fits).await.status, 200);
    assert!(site.get(&format!("{fits}a")).await.is_error_page(414));

    let heavy = Request::get("/page").header("content-length", limits::BODY_BYTES + 1).body(Body::empty());
    assert!(site.send(heavy.expect("a request")).await.is_error_page(413));

    let slow = site.get("/slow").await;
    assert!(slow.is_error_page(503));
    assert_eq!(slow.header("retry-after"), "10");
}

#[tokio::test]
async fn a_panic_is_a_page_that_shows_nothing_of_the_inside() {
    let site = Site::new().await;
    let answer = site.get("/panic").await;
    assert!(answer.is_error_page(500));
    assert!(!answer.text().contains("secret"));
    assert_eq!(site.get("/page").await.status, 200);
}

#[tokio::test]
async fn the_request_id_is_echoed_when_it_is_sane_and_made_when_it_is_not() {
    let site = Site::new().await;
    let given = site.get_with("/page", "x-request-id", "trace-1.2_3").await;
    assert_eq!(given.header("x-request-id"), "trace-1.2_3");
    let long = "a".repeat(65);
    for insane in ["a b", "<script>", "", long.as_str()] {
        let made = site.get_with("/page", "x-request-id", insane).await;
        assert_ne!(made.header("x-request-id"), insane);
        assert!(!made.header("x-request-id").is_empty());
    }
    let (one, two) = (site.get("/page").await, site.get("/page").await);
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
}

#[tokio::test]
async fn the_process_is_alive_at_once_and_ready_once_there_is_something_to_read() {
    let site = Site::new().await;
    let production = app(site.state.clone());
    for router in [site.router.clone(), production] {
        let request = |path| Request::get(path).body(Body::empty()).expect("a request");
        let alive = answer(router.clone(), request("/healthz")).await;
        assert_eq!((alive.status.as_u16(), alive.text()), (200, "ok\n"));
        assert_eq!(alive.header("content-type"), "text/plain; charset=utf-8");
        let ready = answer(router, request("/readyz")).await;
        assert_eq!((ready.status.as_u16(), ready.text()), (503, "no dataset yet\n"));
    }
    let mut writing = site.state.store().write().await.expect("the write lock");
    sqlx::query(
        "INSERT INTO dataset (id, title, title_fr, description, description_fr, source, licence, licence_url, version, imported_at, digest)
         VALUES ('t', 'T', 'T', 'A', 'A', 'test', 'CC-BY-4.0', 'x', '1', '2026-01-01T00:00:00Z', '')",
    )
    .execute(&mut *writing)
    .await
    .expect("a dataset");
    sqlx::query("UPDATE generation SET value = value + 1").execute(&mut *writing).await.expect("a new generation");
    writing.commit().await.expect("a commit");
    let ready = site.get("/readyz").await;
    assert_eq!((ready.status.as_u16(), ready.text()), (200, "ready\n"));
}
