//! The files of `static/`, within the binary and named by their content: a changed file has a new address, so the old
//! one can be kept for good. A file that is missing does not compile, and neither does a page that names one.

use std::io::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use sha2::{Digest, Sha256};

use crate::view::map::outlines::{Detail, outlines};
use crate::web::cache::CachePolicy;

/// One file.
struct Asset {
    /// `/static/constat.1a2b3c4d.css`
    url: String,
    kind: &'static str,
    /// What a drawing may do, see [`drawing_policy`].
    policy: Option<String>,
    bytes: &'static [u8],
    /// Both are made once, and only of text.
    brotli: Option<Vec<u8>>,
    gzip: Option<Vec<u8>>,
}

/// An accessor for each file, which gives its address, and the list of all.
macro_rules! assets {
    ($($(#[$doc:meta])* $name:ident = $stem:literal . $ending:ident $([$($part:literal)+])?;)*) => {
        $(
            $(#[$doc])*
            pub fn $name() -> &'static str {
                static URL: LazyLock<String> = LazyLock::new(|| {
                    address($stem, stringify!($ending), assets!(@bytes $stem $ending $([$($part)+])?))
                });
                &URL
            }
        )*

        static ALL: LazyLock<Vec<Asset>> = LazyLock::new(|| {
            let mut all =
                vec![$(Asset::new($name(), stringify!($ending), assets!(@bytes $stem $ending $([$($part)+])?)),)*];
            let made: [&'static (String, Vec<u8>); 2] = [&FAR, &NEAR];
            all.extend(made.map(|(url, bytes)| Asset::new(url, "json", bytes)));
            all
        });
    };
    (@bytes $stem:literal $ending:ident) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/", $stem, ".", stringify!($ending)))
    };
    // One file for the reader, several in the folder of its ending.
    (@bytes $stem:literal $ending:ident [$($part:literal)+]) => {
        concat!($(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/static/", stringify!($ending), "/", $part, ".", stringify!($ending)
        ))),+).as_bytes()
    };
}

assets! {
    /// The style sheet.
    css = "constat".css [
        "tokens" "frame" "parts" "explorer" "combobox" "event" "subjects" "versions" "front" "time" "compare"
        "prose" "api" "map" "mapview" "take" "embed" "narrow" "modes" "print"
    ];
    /// The script. Every page works without it.
    js = "constat".js ["page" "brush" "scheme" "exit" "combobox"];
    /// The style sheet of pages for frames on other sites.
    embed = "embed".css ["tokens" "parts" "event" "mapview" "narrow" "modes" "embed"];
    /// What must be known before anything is drawn: whether the reader chose light or dark.
    theme = "theme".js;
    /// The mark of the site: two accounts that face each other.
    favicon = "favicon".svg;
    /// The background of the maps.
    map = "mali".svg;
    /// The script of the map that can be moved; fetched when a reader asks for it.
    moving = "map".js;
    /// The script of the page on which the API is tried.
    trying = "try".js;
    /// Leaflet 1.9.4, for that map.
    leaflet = "leaflet/leaflet".js;
    /// Its style sheet.
    leaflet_css = "leaflet/leaflet".css;
}

/// The outlines for that map, made from the geometry that the drawn maps have.
static FAR: LazyLock<(String, Vec<u8>)> = LazyLock::new(|| made("outlines-far", Detail::Far));
static NEAR: LazyLock<(String, Vec<u8>)> = LazyLock::new(|| made("outlines-near", Detail::Near));

fn made(stem: &str, detail: Detail) -> (String, Vec<u8>) {
    let bytes = outlines(detail).into_bytes();
    (address(stem, "json", &bytes), bytes)
}

/// Outlines for maps of the world.
pub fn outlines_far() -> &'static str {
    &FAR.0
}

/// Outlines for closer maps.
pub fn outlines_near() -> &'static str {
    &NEAR.0
}

/// Changes whenever the program may answer differently from the same data.
static BUILD: LazyLock<[u8; 32]> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    ALL.iter().for_each(|asset| hash.update(&asset.url));
    // The version and the assets do not tell a changed template. A release is known by what the executable holds, so
    // that two servers with the same one agree; while developing it is large, and when it was built says enough.
    if let Ok(executable) = std::env::current_exe() {
        if cfg!(debug_assertions) {
            let built = executable.metadata().and_then(|file| file.modified()).ok();
            let age = built.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            hash.update(age.map_or(0, |age| age.as_nanos()).to_be_bytes());
        } else {
            hash.update(std::fs::read(executable).unwrap_or_default());
        }
    }
    hash.finalize().into()
});

/// What the program is: equal for two runs of one build.
pub fn build_id() -> &'static [u8; 32] {
    &BUILD
}

/// Does now what the first request would have to wait for: hashing and compressing.
pub fn prepare() {
    LazyLock::force(&ALL);
    LazyLock::force(&BUILD);
}

/// `GET /static/{name}`: the file of exactly this name and hash, in the smallest form the reader takes.
pub async fn serve(Path(name): Path<String>, request: HeaderMap) -> Response {
    let found = ALL.iter().find(|asset| asset.url.strip_prefix("/static/") == Some(&name));
    let Some(asset) = found else { return not_found() };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, asset.kind.parse().expect("a content type of ours"));
    if let Some(policy) = &asset.policy {
        headers.insert(CONTENT_SECURITY_POLICY, policy.parse().expect("a policy of ours"));
    }
    let body = match (&asset.brotli, &asset.gzip) {
        (Some(brotli), _) if accepts(&request, "br") => Some(("br", brotli)),
        (_, Some(gzip)) if accepts(&request, "gzip") => Some(("gzip", gzip)),
        _ => None,
    };
    if asset.brotli.is_some() {
        headers.insert(VARY, "accept-encoding".parse().expect("a header name"));
    }
    match body {
        Some((encoding, bytes)) => {
            headers.insert(CONTENT_ENCODING, encoding.parse().expect("an encoding"));
            (CachePolicy::Asset, headers, bytes.as_slice()).into_response()
        }
        None => (CachePolicy::Asset, headers, asset.bytes).into_response(),
    }
}

/// Browsers ask for this by themselves where no page has told them of the mark.
pub async fn favicon_ico() -> Response {
    (CachePolicy::NoStore, Redirect::temporary(favicon())).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, CachePolicy::NoStore, "no such file\n").into_response()
}

fn address(stem: &str, ending: &str, bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    // The address has no folder.
    let stem = stem.rsplit('/').next().unwrap_or(stem);
    format!("/static/{stem}.{}.{ending}", hex(&hash[..4]))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Asset {
    fn new(url: &str, ending: &str, bytes: &'static [u8]) -> Asset {
        let (kind, text) = match ending {
            "css" => ("text/css; charset=utf-8", true),
            "js" => ("text/javascript; charset=utf-8", true),
            "json" => ("application/json", true),
            "svg" => ("image/svg+xml", true),
            "png" => ("image/png", false),
            "woff2" => ("font/woff2", false),
            _ => ("application/octet-stream", false),
        };
        let policy = (ending == "svg").then(|| drawing_policy(bytes));
        let (brotli, gzip) = (text.then(|| brotli(bytes)), text.then(|| gzip(bytes)));
        Asset { url: url.to_owned(), kind, policy, bytes, brotli, gzip }
    }
}

/// Firefox holds a drawing within a page to the policy it came with (nextcloud/server#18140), which for a page forbids
/// style elements. Of ours it allows just the one in the file, by its hash, and nothing else at all.
fn drawing_policy(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let style = text.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let style = style.map_or("'none'".to_owned(), |(style, _)| {
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style)))
    });
    format!("default-src 'none'; style-src {style}; base-uri 'none'; frame-ancestors 'none'")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes).expect("memory takes all that is written");
    drop(writer);
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).and_then(|()| writer.finish()).expect("memory takes all that is written")
}

/// Whether `Accept-Encoding` names the encoding and does not refuse it with `q=0`.
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let lists = request.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0)));
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_packed_forms_hold_the_file() {
        for asset in ALL.iter() {
            let mut plain = Vec::new();
            let brotli = asset.brotli.as_deref().expect("every asset so far is text");
            brotli::Decompressor::new(brotli, 4096).read_to_end(&mut plain).expect("brotli");
            assert_eq!(plain, asset.bytes, "{}", asset.url);
            plain.clear();
            let gzip = asset.gzip.as_deref().expect("every asset so far is text");
            flate2::read::GzDecoder::new(gzip).read_to_end(&mut plain).expect("gzip");
            assert_eq!(plain, asset.bytes, "{}", asset.url);
        }
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_wanted() {
        let with = |list: &'static str| HeaderMap::from_iter([(ACCEPT_ENCODING, list.parse().expect("a header"))]);
        assert!(accepts(&with("gzip, deflate, br"), "br"));
        assert!(accepts(&with("BR;q=0.5"), "br"));
        assert!(!accepts(&with("br;q=0, gzip"), "br"));
        assert!(!accepts(&with("gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[test]
    fn every_file_in_the_folder_is_served() {
        let folder = |name| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(name);
        let count = |name| std::fs::read_dir(folder(name)).expect("the folder").count();
        // The style sheet and the script are a folder of parts each; of the library two files are served, and its licence
        // lies beside them; of the parts a second style sheet is put together, for frames; two more files are made.
        assert_eq!(count(".") - 1 + count("leaflet") - 1 + 1 + 2, ALL.len(), "a file in static/ has no accessor");
        for (whole, parts) in [(css(), "css"), (js(), "js")] {
            let whole = ALL.iter().find(|asset| asset.url == whole).expect("an asset");
            let text = std::str::from_utf8(whole.bytes).expect("text");
            for part in std::fs::read_dir(folder(parts)).expect("the folder") {
                let part = std::fs::read_to_string(part.expect("a file").path()).expect("text");
                assert!(text.contains(&part), "a part of {} is not in it", whole.url);
            }
        }
    }
}
