//! What goes out besides HTML.

pub mod cite;
pub mod documents;
pub mod event;
pub mod linked;
pub mod list;
pub mod names;
pub mod package;
pub mod problem;
pub mod withheld;
