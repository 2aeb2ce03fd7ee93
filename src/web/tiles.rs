//! Pictures for the map that can be moved, if the operator names some: from a PMTiles file that the site serves itself,
//! or from a host that readers' browsers then ask.

use std::path::Path;
use std::str::FromStr;

use axum::extract::{Path as Segments, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use pmtiles::{AsyncPmTilesReader, Compression, MmapBackend, PmtError, TileCoord, TileType};

use crate::links;
use crate::view::frame::Tiles;
use crate::web::cache::CachePolicy;
use crate::web::error::Failure;
use crate::web::state::AppState;

/// Where the pictures come from.
#[derive(Default)]
pub enum MapTiles {
    /// There are none: outlines are enough.
    #[default]
    None,
    /// From a host.
    Host(TileHost),
    /// From a file, with whom the map has to name for it.
    File(TileFile, String),
}

impl MapTiles {
    /// What the map needs to know of them.
    pub fn tiles(&self) -> Option<Tiles> {
        match self {
            MapTiles::None => None,
            MapTiles::Host(host) => Some(Tiles { url: host.template.clone(), attribution: host.attribution.clone() }),
            MapTiles::File(_, attribution) => {
                Some(Tiles { url: links::TILES.to_owned(), attribution: attribution.clone() })
            }
        }
    }

    /// The origin that pages must be allowed to load pictures from.
    pub fn origin(&self) -> Option<&str> {
        match self {
            MapTiles::Host(host) => Some(&host.template_origin),
            _ => None,
        }
    }
}

/// A host of pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileHost {
    template: String,
    template_origin: String,
    attribution: String,
}

/// The text is not the address of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the address of map tiles: http(s)://host/path with {{z}}, {{x}} and {{y}} in the path")]
pub struct BadTemplate;

impl FromStr for TileHost {
    type Err = BadTemplate;

    fn from_str(text: &str) -> Result<TileHost, BadTemplate> {
        let (scheme, rest) = text.split_once("://").ok_or(BadTemplate)?;
        let (host, path) = rest.split_once('/').ok_or(BadTemplate)?;
        // It goes into a header that allows just this host.
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
        let fits = ["https", "http"].contains(&scheme)
            && !host.is_empty()
            && host.bytes().all(plain)
            && ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part));
        let template_origin = format!("{scheme}://{host}");
        fits.then(|| TileHost { template: text.to_owned(), template_origin, attribution: String::new() })
            .ok_or(BadTemplate)
    }
}

impl TileHost {
    /// The same, with whom the map has to name.
    pub fn credited(self, attribution: String) -> TileHost {
        TileHost { attribution, ..self }
    }
}

/// A file of pictures that is read where a tile is asked for.
pub struct TileFile {
    reader: AsyncPmTilesReader<MmapBackend>,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadTileFile {
    /// Not readable, or not PMTiles.
    #[error("it cannot be read as PMTiles: {0}")]
    Unreadable(#[from] PmtError),
    /// Vector tiles, or of unknown content.
    #[error("it holds no pictures (PNG, JPEG, WebP or AVIF) but {0:?}; vector tiles are not drawn")]
    NoPictures(TileType),
}

impl TileFile {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be read, is not PMTiles or holds no pictures.
    pub async fn open(path: &Path) -> Result<TileFile, BadTileFile> {
        let reader = AsyncPmTilesReader::new_with_path(path).await?;
        match reader.get_header().tile_type {
            TileType::Png | TileType::Jpeg | TileType::Webp | TileType::Avif => Ok(TileFile { reader }),
            other => Err(BadTileFile::NoPictures(other)),
        }
    }
}

/// `GET /tiles/{z}/{x}/{y}`: a picture of the operator's file.
pub async fn tile(State(app): State<AppState>, Segments((z, x, y)): Segments<(u8, u32, u32)>) -> Response {
    let MapTiles::File(file, _) = app.tiles() else { return none() };
    let Ok(at) = TileCoord::new(z, x, y) else { return none() };
    let header = file.reader.get_header();
    match file.reader.get_tile(at).await {
        Ok(Some(bytes)) => {
            let mut response =
                (CachePolicy::Tile, [(CONTENT_TYPE, header.tile_type.content_type())], bytes).into_response();
            // Pictures are packed already; a file that packed them again says so.
            if header.tile_compression == Compression::Gzip {
                response.headers_mut().insert(CONTENT_ENCODING, axum::http::HeaderValue::from_static("gzip"));
            }
            response
        }
        Ok(None) => none(),
        Err(error) => {
            tracing::error!(%error, z, x, y, "a tile could not be read");
            Failure::Internal.into_response()
        }
    }
}

fn none() -> Response {
    (StatusCode::NOT_FOUND, CachePolicy::NoStore, "no such tile\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_with_a_place_for_the_tile_is_one() {
        let host: TileHost = "https://tiles.example.org:8443/a/{z}/{x}/{y}.png".parse().expect("a host");
        assert_eq!(host.template_origin, "https://tiles.example.org:8443");
        for wrong in [
            "",
            "tiles.example.org/{z}/{x}/{y}",
            "ftp://a.org/{z}/{x}/{y}",
            "https://a.org/{z}/{x}",
            "https://a.org; script-src */{z}/{x}/{y}",
            "https://{s}.a.org/{z}/{x}/{y}",
            "https:///{z}/{x}/{y}",
        ] {
            assert_eq!(wrong.parse::<TileHost>(), Err(BadTemplate), "{wrong}");
        }
    }
}
