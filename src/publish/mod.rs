//! What goes out besides HTML.

pub mod event;
pub mod list;
pub mod problem;
pub mod things;
