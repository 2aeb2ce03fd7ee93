//! All integration tests, in one binary: it links once.

mod browser;
mod budgets;
mod crash;
mod crawl;
mod errors;
mod filters;
mod frame;
mod ged;
mod import;
mod interrupt;
mod json;
mod kit;
mod layers;
mod lists;
mod packages;
mod pages;
mod pages_event;
mod pages_kit;
mod policy;
mod readme;
mod roundtrip;
mod same;
mod search;
mod server;
mod texts;
mod words;
