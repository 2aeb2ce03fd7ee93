//! What a reader asks for: the filter of `/events`, its order, its page.

pub mod as_of;
pub mod compare;
pub mod describe;
pub mod explain;
pub mod filter;
pub mod ogc;
pub mod page;
pub mod parse;

pub use as_of::AsOf;
pub use filter::{EventFilter, EventQuery, Sort, ViewMode};
pub use page::{Cursor, Page};
pub use parse::QueryError;
