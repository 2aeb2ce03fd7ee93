//! `constat serve`.

use std::path::Path;

use clap::Parser;

/// What `serve` takes.
#[derive(Debug, Parser)]
pub struct ServeArgs {}

/// Serves the site until it is told to stop.
///
/// # Errors
/// When the database or the address cannot be had.
pub async fn run(_db: &Path, _args: ServeArgs) -> anyhow::Result<()> {
    anyhow::bail!("the site is not built yet")
}
