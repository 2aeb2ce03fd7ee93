//! Every text of the interface, in English and French, and how numbers and dates are written.

pub mod format;
pub mod labels;
pub mod over_time;
pub mod phrases;
pub mod ui;
