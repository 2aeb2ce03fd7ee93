//! The rows of the table of operations. What is added here is described, shown on the page, tested and fuzzed.

pub mod events;
pub mod others;
