//! What goes out besides HTML.

pub mod package;
