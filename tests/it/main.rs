//! All integration tests, in one binary: it links once.

mod crash;
mod import;
mod kit;
mod packages;
mod roundtrip;
mod texts;
