//! What goes out besides HTML.

pub mod cells;
pub mod cite;
pub mod compare;
pub mod documents;
pub mod event;
pub mod export;
pub mod feed;
pub mod linked;
pub mod list;
pub mod memento;
pub mod names;
pub mod oembed;
pub mod ogc;
pub mod openapi;
pub mod package;
pub mod parameters;
pub mod preview;
pub mod problem;
pub mod sitemap;
pub mod withheld;
