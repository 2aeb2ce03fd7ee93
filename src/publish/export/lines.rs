//! JSON Lines: on each line the object that `/events/{id}.json` is, with the list it was taken from.

use serde::Serialize;

use super::{About, Failed};
use crate::publish::event::EventJson;
use crate::publish::withheld::Listed;
use crate::store::Snapshot;
use crate::view::Ctx;

/// An event, and which list it was taken from: lines are cut apart and put together, so each says it.
#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(flatten)]
    event: T,
    list: List<'a>,
}

/// A list.
#[derive(Clone, Copy, Serialize)]
struct List<'a> {
    /// The filter in words.
    description: &'a str,
    /// Its address.
    url: &'a str,
    /// The day of the data, ISO 8601.
    data_of: &'a str,
}

/// The lines of some events.
pub(super) async fn piece(
    cx: &Ctx<'_>,
    about: &About,
    snapshot: &mut Snapshot,
    rows: &[i64],
) -> Result<Vec<u8>, Failed> {
    let list = List { description: &about.description, url: &about.url, data_of: &about.day };
    let events = snapshot.events_at(rows).await?;
    let mut linked: Vec<i64> = events.iter().flat_map(|event| event.links.iter().map(|link| link.row)).collect();
    linked.sort_unstable();
    linked.dedup();
    let linked = snapshot.cards(&linked).await?;
    let mut out = Vec::new();
    for event in &events {
        let id = event.record.id.as_str();
        let page = cx.event_page(id, event.version);
        let event = Listed::new(cx, event.dataset, id, page, || EventJson::new(cx, event, &linked));
        line(&mut out, &Line { event, list })?;
    }
    Ok(out)
}

fn line(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Failed> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}
