//! A query that takes too long is stopped in SQLite itself: abandoning the future alone would leave it running on its
//! connection, and eight of those are the whole pool.

use std::time::Duration;

use constat::store::{Store, StoreError};
use tempfile::TempDir;

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

/// More than the pool has connections.
const MANY: usize = 12;

async fn store(folder: &TempDir) -> Store {
    Store::open(&folder.path().join("constat.db"), Duration::from_millis(50)).await.expect("a store")
}

async fn run_endless(store: &Store) -> Result<i64, StoreError> {
    let mut snapshot = store.read().await?;
    Ok(sqlx::query_scalar::<_, i64>(ENDLESS).fetch_one(snapshot.as_mut()).await?)
}

async fn assert_answers(store: &Store) {
    for _ in 0..MANY {
        let mut snapshot = store.read().await.expect("a snapshot");
        let one: i64 = sqlx::query_scalar("SELECT 1").fetch_one(snapshot.as_mut()).await.expect("an answer");
        assert_eq!(one, 1);
    }
}

#[tokio::test]
async fn an_endless_query_ends_and_its_connection_can_be_used_again() {
    let folder = TempDir::new().expect("a folder");
    let store = store(&folder).await;
    for _ in 0..MANY {
        let ended = run_endless(&store).await;
        assert!(matches!(ended, Err(StoreError::Interrupted)), "{ended:?}");
    }
    assert_answers(&store).await;
    store.close().await;
}

#[tokio::test]
async fn endless_queries_that_nobody_waits_for_do_not_hold_the_pool() {
    let folder = TempDir::new().expect("a folder");
    let store = store(&folder).await;
    let abandoned: Vec<_> = (0..MANY)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { tokio::time::timeout(Duration::from_millis(5), run_endless(&store)).await })
        })
        .collect();
    for task in abandoned {
        let _ = task.await.expect("no panic");
    }
    assert_answers(&store).await;
    // Ends only once no connection is busy any more.
    store.close().await;
}

#[tokio::test]
async fn a_writer_is_not_held_to_the_limit_of_readers() {
    let folder = TempDir::new().expect("a folder");
    let store = store(&folder).await;
    for _ in 0..MANY {
        let ended = run_endless(&store).await;
        assert!(matches!(ended, Err(StoreError::Interrupted)), "{ended:?}");
    }
    let mut writing = store.write().await.expect("the write lock");
    // Some hundred times as many steps as pass between two looks at the clock, after the limit of the last reader.
    let counted: i64 = sqlx::query_scalar(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT count(*) FROM n",
    )
    .fetch_one(&mut *writing)
    .await
    .expect("the handler of the reader is gone");
    assert_eq!(counted, 200_000);
}
