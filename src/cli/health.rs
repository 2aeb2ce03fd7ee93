//! `constat health`: asks a running server whether it may take traffic. For the health check of a container, which has
//! no other program to ask with.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct HealthArgs {
    /// The address the server listens on
    #[arg(long, env = "CONSTAT_LISTEN", default_value_t = super::serve::DEFAULT_LISTEN)]
    pub listen: SocketAddr,
}

/// How long the server has for its answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks `/readyz`.
///
/// # Errors
/// When the answer is not 200, with what it was; or when there is none.
pub async fn health(args: &HealthArgs) -> anyhow::Result<()> {
    let mut address = args.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let answer = tokio::time::timeout(PATIENCE, ask(address)).await.context("no answer in time")??;
    if !answer.starts_with("HTTP/1.1 200 ") {
        bail!("{}", answer.lines().next().unwrap_or("an empty answer"));
    }
    Ok(())
}

async fn ask(address: SocketAddr) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await.with_context(|| format!("nothing listens on {address}"))?;
    stream
        .write_all(format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
        .await?;
    let mut answer = Vec::new();
    stream.take(16 * 1024).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
