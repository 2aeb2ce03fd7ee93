//! Pages as structs, ready for templates: made from domain values and names, with every text, number, date and link in
//! the reader's language. Knows no HTTP and no SQL.

pub mod about;
pub mod accounts;
pub mod actor;
pub mod api;
pub mod card;
pub mod cite;
pub mod compare;
pub mod embed;
pub mod error;
pub mod event;
pub mod explorer;
pub mod facets;
pub mod frame;
pub mod front;
pub mod history;
pub mod lanes;
pub mod ld;
pub mod map;
pub mod mapview;
pub mod place;
pub mod preview;
pub mod region;
pub mod report;
pub mod search;
pub mod svg;
pub mod ties;
pub mod timechart;
pub mod timeline;

pub use frame::{Ctx, Frame, Link};
