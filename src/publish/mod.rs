//! What goes out besides HTML.

pub mod event;
pub mod list;
pub mod package;
pub mod problem;
pub mod things;
