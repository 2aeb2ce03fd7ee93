//! What a script needs to make a drawn map one that can be moved.

use crate::domain::bbox::BBox;
use crate::links;
use crate::query::{EventFilter, EventQuery, ViewMode};
use crate::view::Ctx;
use crate::view::frame::Tiles;
use crate::view::map::world::Frame;

/// Addresses and words, for the attributes of a button.
pub struct MovingMap {
    /// The script, the library and its style sheet.
    pub script: String,
    /// See `script`.
    pub library: String,
    /// See `script`.
    pub style: String,
    /// Outlines for maps of the world, and for closer ones.
    pub far: String,
    /// See `far`.
    pub near: String,
    /// The events of the filter in cells, without its frame.
    pub cells: String,
    /// The page of the filter as a map, without its frame.
    pub page: String,
    /// West, south, east, north of what is shown, in degrees.
    pub frame: String,
    /// Pictures below the outlines, if the operator has some.
    pub tiles: Option<Tiles>,
}

impl MovingMap {
    pub(super) fn new(cx: &Ctx, query: &EventQuery, window: &Frame) -> MovingMap {
        let filter = EventFilter { bbox: None, ..query.filter.clone() };
        let frame = BBox::of([window.west, window.south, window.east, window.north]);
        let files = &cx.assets.moving;
        MovingMap {
            script: files.script.clone(),
            library: files.library.clone(),
            style: files.style.clone(),
            far: files.far.clone(),
            near: files.near.clone(),
            cells: links::cells(&filter, cx.lang),
            page: links::events(&EventQuery { filter, view: ViewMode::Map, after: None, ..query.clone() }, cx.lang),
            frame: frame.map_or_else(|| "-180,-60,180,80".to_owned(), |frame| frame.to_string()),
            tiles: cx.assets.tiles.clone(),
        }
    }
}
