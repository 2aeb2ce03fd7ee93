//! Constat: a web explorer of conflict events in which every figure is tied to the report passages that say so.
//!
//! The layers stand in one order and each may use only those before it (a test holds it): [`domain`], [`text`],
//! [`query`], [`links`], [`store`], [`search`], [`ingest`], [`view`], [`publish`], [`web`], [`cli`].
//! ARCHITECTURE.md walks one request through them.

pub mod cli;
pub mod domain;
pub mod ingest;
pub mod links;
pub mod publish;
pub mod query;
pub mod search;
pub mod store;
pub mod text;
pub mod view;
pub mod web;
