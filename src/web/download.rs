//! Files too large to be made before they are sent. The answer begins at once; a task reads a batch, writes it, and
//! waits until the reader has room for it.
//!
//! A slow reader must cost nobody anything: between two batches no transaction is open, so that neither a connection is
//! taken nor an import kept from tidying up behind it. Each batch begins a snapshot of its own and looks that it is of
//! the same moment still. When an import came in between, the file is broken off, visibly, and can be asked for again;
//! none is half of one moment and half of another.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, timeout};

use super::state::AppState;
use crate::domain::lang::Lang;
use crate::publish::export::{Export, Failed};
use crate::store::Store;
use crate::view::Ctx;

/// How many may be under way at a time. What waits for its reader holds the numbers of its rows and a batch or two.
const OPEN: usize = 32;

/// How many may read from the database at a time: a third of the connections, so that pages have the others.
const READING: usize = 2;

/// How many batches wait for the reader.
const AHEAD: usize = 2;

/// How long a reader may take for a batch: a few hundred kilobytes, less when packed.
const STALLED: Duration = Duration::from_secs(60);

/// How long a download may take in all.
const LONGEST: Duration = Duration::from_secs(2 * 60 * 60);

/// What all downloads share.
pub struct Downloads {
    open: Arc<Semaphore>,
    reading: Semaphore,
}

impl Default for Downloads {
    fn default() -> Downloads {
        Downloads { open: Arc::new(Semaphore::new(OPEN)), reading: Semaphore::new(READING) }
    }
}

impl Downloads {
    /// A place for one more; none when there are enough.
    pub fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.open.clone().try_acquire_owned().ok()
    }
}

/// Why a download was broken off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("the data changed meanwhile")]
    Changed,
    #[error("the reader took too long")]
    Stalled,
    #[error(transparent)]
    Failed(#[from] Failed),
}

/// A piece of the file, or that it is whole.
enum Piece {
    Bytes(Bytes),
    End,
}

/// What a download reads.
pub struct Source {
    /// The database, or an earlier state of it.
    pub store: Store,
    /// The generation it must still be of.
    pub generation: i64,
    /// Whether it is an earlier state.
    pub past: bool,
    /// The language of the file.
    pub lang: Lang,
}

/// The body of a download. Nothing is read before it is asked for, as it is not for HEAD.
pub fn body(app: AppState, source: Source, export: Export, place: OwnedSemaphorePermit) -> Body {
    let begin = async move {
        let (out, pieces) = mpsc::channel(AHEAD);
        tokio::spawn(async move {
            let _place = place;
            if let Err(why) = write(&app, &source, export, &out).await {
                tracing::warn!(%why, "a download was broken off");
            }
        });
        stream::unfold(Some(pieces), |pieces| async {
            let mut pieces = pieces?;
            match pieces.recv().await {
                Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(pieces))),
                Some(Piece::End) => None,
                // The connection is cut, so that nobody takes what there is for the whole.
                None => Some((Err(io::Error::other("the download was broken off")), None)),
            }
        })
    };
    Body::from_stream(stream::once(begin).flatten())
}

async fn write(app: &AppState, source: &Source, mut export: Export, out: &mpsc::Sender<Piece>) -> Result<(), Broken> {
    let end = Instant::now() + LONGEST;
    loop {
        if out.is_closed() {
            return Ok(());
        }
        let piece = {
            let _turn = app.downloads().reading.acquire().await;
            let mut snapshot = source.store.read().await.map_err(Failed::from)?;
            if snapshot.catalog.generation != source.generation {
                return Err(Broken::Changed);
            }
            let catalog = snapshot.catalog.clone();
            let cx = Ctx { past: source.past, ..app.context(source.lang, &catalog) };
            export.next(&mut snapshot, &cx).await?
        };
        let whole = piece.is_none();
        let piece = match piece {
            Some(bytes) if bytes.is_empty() => continue,
            Some(bytes) => Piece::Bytes(bytes.into()),
            None => Piece::End,
        };
        match timeout(STALLED.min(end - Instant::now()), out.send(piece)).await {
            Ok(Ok(())) if whole => return Ok(()),
            Ok(Ok(())) => {}
            // The reader went away.
            Ok(Err(_)) => return Ok(()),
            Err(_) => return Err(Broken::Stalled),
        }
    }
}
