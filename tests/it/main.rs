//! All integration tests, in one binary: it links once.

mod browser;
mod crash;
mod frame;
mod import;
mod interrupt;
mod kit;
mod packages;
mod policy;
mod readme;
mod roundtrip;
mod server;
mod texts;
