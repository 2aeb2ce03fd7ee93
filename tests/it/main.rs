//! All integration tests, in one binary: it links once.

mod browser;
mod crash;
mod frame;
mod import;
mod interrupt;
mod kit;
mod packages;
mod roundtrip;
mod server;
mod texts;
