//! The command line.

pub mod health;
pub mod logging;
pub mod serve;
