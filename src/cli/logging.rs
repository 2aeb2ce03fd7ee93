//! The log, on standard error: standard output is for what a command was asked for.

use std::io::stderr;

use anyhow::{Context as _, bail};
use tracing_subscriber::EnvFilter;

/// Begins to log. `CONSTAT_LOG` says what (`info` by default, `debug`, `constat=debug,sqlx=warn`), `CONSTAT_LOG_FORMAT`
/// how: `text` for people, `json` for programs.
///
/// # Errors
/// When one of the two holds something else.
pub fn init() -> anyhow::Result<()> {
    // An empty variable is one that a compose file left open.
    let setting = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let level = setting("CONSTAT_LOG").unwrap_or_else(|| "info".into());
    let filter: EnvFilter = level.parse().with_context(|| format!("CONSTAT_LOG is `{level}`"))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match setting("CONSTAT_LOG_FORMAT").as_deref() {
        None | Some("text") => log.with_target(false).init(),
        Some("json") => log.json().flatten_event(true).with_span_list(false).init(),
        Some(other) => bail!("CONSTAT_LOG_FORMAT is `{other}`; it can be `text` or `json`"),
    }
    Ok(())
}
