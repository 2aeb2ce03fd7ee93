//! What pages are made of: structs from domain values, ready for templates.

pub mod map;
