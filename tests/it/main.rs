//! All integration tests, in one binary: it links once.

mod frame;
mod import;
mod interrupt;
mod server;
