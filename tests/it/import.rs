//! What an import does to a database: idempotent, versioned, whole.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use constat::ingest::import_embedded;
use constat::store::Store;

fn now() -> DateTime<Utc> {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn the_embedded_dataset_comes_in_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("a.db"), Duration::from_secs(5)).await.unwrap();
    let start = Instant::now();
    let first = import_embedded(&store, now()).await.unwrap();
    println!("{first} in {:?}", start.elapsed());
    assert!(first.changed && first.events.added > 90);
    let start = Instant::now();
    let again = import_embedded(&store, now() + Duration::from_secs(60)).await.unwrap();
    println!("{again} in {:?}", start.elapsed());
    assert!(!again.changed);
    assert_eq!(again.events.unchanged, first.events.added);
}
