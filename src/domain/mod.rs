//! What the words mean. Pure: no I/O, no clock, no SQL, no HTTP.

pub mod accounts;
pub mod bbox;
pub mod date;
pub mod figure;
pub mod ids;
pub mod lang;
pub mod names;
pub mod outline;
pub mod record;
pub mod same;
pub mod toll;
pub mod vocab;
