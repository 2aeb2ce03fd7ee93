//! JSON Lines: on each line the object that `/events/{id}.json` is.

use serde::Serialize;

use super::Failed;
use crate::publish::event::EventJson;
use crate::publish::withheld::Listed;
use crate::store::Snapshot;
use crate::view::Ctx;

/// The lines of some events.
pub(super) async fn piece(cx: &Ctx<'_>, snapshot: &mut Snapshot, rows: &[i64]) -> Result<Vec<u8>, Failed> {
    let events = snapshot.events_at(rows).await?;
    let mut linked: Vec<i64> = events.iter().flat_map(|event| event.links.iter().map(|link| link.row)).collect();
    linked.sort_unstable();
    linked.dedup();
    let linked = snapshot.cards(&linked).await?;
    let mut out = Vec::new();
    for event in &events {
        let id = event.record.id.as_str();
        let page = cx.event_page(id, event.version);
        line(&mut out, &Listed::new(cx, event.dataset, id, page, || EventJson::new(cx, event, &linked)))?;
    }
    Ok(out)
}

fn line(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Failed> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}
