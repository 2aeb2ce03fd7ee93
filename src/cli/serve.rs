//! `constat serve`: the site.

use std::io::{ErrorKind, Write as _};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use crate::ingest::{keep_embedded, keep_index};
use crate::store::Store;
use crate::web::site::{BaseUrl, ExitUrl};
use crate::web::state::{AppState, Settings};
use crate::web::tiles::{MapTiles, TileFile, TileHost};
use crate::web::{app, assets, server};

/// Where the site is unless it is told otherwise: on this machine only.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 8080));

/// How long the queries of one page may take in all. Half of it would already be a page nobody waits for.
const QUERY_TIME: Duration = Duration::from_secs(5);

/// What the command takes.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The address to listen on; port 0 takes any free one
    #[arg(long, env = "CONSTAT_LISTEN", default_value_t = DEFAULT_LISTEN)]
    pub listen: SocketAddr,
    /// The public address of the site, used in permalinks [default: the address it listens on]
    #[arg(long, env = "CONSTAT_BASE_URL")]
    pub base_url: Option<BaseUrl>,
    /// Where "Exit this page" leads: a page that anybody might be looking at, on another site
    #[arg(long, env = "CONSTAT_EXIT_URL", value_name = "URL", default_value_t)]
    pub exit_url: ExitUrl,
    /// Map pictures from a host that readers' browsers then ask: https://host/{z}/{x}/{y}.png [default: outlines only]
    #[arg(long, env = "CONSTAT_TILES", value_name = "URL_TEMPLATE")]
    pub tiles: Option<TileHost>,
    /// Map pictures from a raster PMTiles file, which the site serves itself
    #[arg(long, env = "CONSTAT_PMTILES", value_name = "FILE", conflicts_with = "tiles")]
    pub pmtiles: Option<PathBuf>,
    /// Whom the map has to name for its pictures
    #[arg(long, env = "CONSTAT_TILES_ATTRIBUTION", value_name = "TEXT", default_value = "")]
    pub tiles_attribution: String,
}

impl ServeArgs {
    async fn map_tiles(&self) -> anyhow::Result<MapTiles> {
        let attribution = self.tiles_attribution.clone();
        Ok(match (&self.tiles, &self.pmtiles) {
            (Some(host), _) => MapTiles::Host(host.clone().credited(attribution)),
            (None, Some(path)) => {
                let file = TileFile::open(path).await;
                MapTiles::File(file.with_context(|| format!("cannot use {} for the map", path.display()))?, attribution)
            }
            (None, None) => MapTiles::None,
        })
    }
}

/// Serves the database until the process is told to stop. A database without any dataset is given the one that came
/// with the program first.
///
/// # Errors
/// When the address cannot be listened on, or the database cannot be opened or filled.
pub async fn serve(db: &Path, args: ServeArgs) -> anyhow::Result<()> {
    // The port first: whoever runs the program twice should learn it before the database is touched.
    let listener = TcpListener::bind(args.listen).map_err(|error| refused(args.listen, &error))?;
    let address = listener.local_addr().context("the listener has no address")?;
    let tiles = args.map_tiles().await?;
    let store = Store::open(db, QUERY_TIME).await.with_context(|| format!("cannot open {}", db.display()))?;
    keep_index(&store).await.context("cannot make the search index anew")?;
    keep_embedded(&store, chrono::Utc::now()).await.context("cannot import the dataset that came with the program")?;
    let base_url = args.base_url.unwrap_or_else(|| BaseUrl::of_listener(address));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %address, %base_url, db = %db.display(), "starting");
    // Nobody waits for it: a request that comes earlier does the part it needs.
    tokio::task::spawn_blocking(assets::prepare);
    let app = app(AppState::with(store.clone(), base_url, Settings { tiles, exit: args.exit_url }));
    let served = server::serve(listener, app, announce, server::told_to_stop()).await;
    store.close().await;
    served.context("the server stopped")
}

fn announce(address: SocketAddr) {
    let mut out = std::io::stdout();
    // Nobody may be reading; the server serves all the same.
    let _ = writeln!(out, "Constat listens on {}/", BaseUrl::of_listener(address)).and_then(|()| out.flush());
}

fn refused(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "{address} is taken by another program, perhaps another Constat. \
             Choose another port with `constat serve --listen {}:{}` (0 takes any free one) or CONSTAT_LISTEN.",
            address.ip(),
            address.port().checked_add(1).unwrap_or(0),
        ),
        ErrorKind::PermissionDenied => {
            anyhow!("{address} may not be listened on: ports below 1024 are for the administrator")
        }
        ErrorKind::AddrNotAvailable => anyhow!("{address} is not an address of this machine"),
        _ => anyhow!("cannot listen on {address}: {error}"),
    }
}
