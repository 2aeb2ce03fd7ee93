//! The columns of ACLED's exports, which have had more and fewer of them, in lower and upper case, with commas or
//! semicolons between them.

use super::dates;
use crate::ingest::problem::Problems;
use crate::ingest::rows::layout::{Held, Layout, after_header, columns, delimiter};
use crate::ingest::rows::records::Rows;

columns! {
    event_id_cnty, event_date, time_precision, disorder_type, event_type, sub_event_type, actor1, assoc_actor_1, inter1,
    actor2, assoc_actor_2, inter2, civilian_targeting, country, admin1, admin2, admin3, location, latitude, longitude,
    geo_precision, source, notes, fatalities, tags,
}

/// Without these a row is no event.
const REQUIRED: [Column; 12] = [
    Column::event_id_cnty,
    Column::event_date,
    Column::event_type,
    Column::actor1,
    Column::country,
    Column::location,
    Column::latitude,
    Column::longitude,
    Column::geo_precision,
    Column::time_precision,
    Column::notes,
    Column::fatalities,
];

/// Those that only some exports have, and that change what can be said.
const SOMETIMES: [Column; 8] = [
    Column::disorder_type,
    Column::sub_event_type,
    Column::civilian_targeting,
    Column::assoc_actor_1,
    Column::inter1,
    Column::admin3,
    Column::source,
    Column::tags,
];

/// Names of columns in older exports, with those of today.
const RENAMED: [(&str, &str); 4] = [
    ("ally_actor_1", "assoc_actor_1"),
    ("ally_actor_2", "assoc_actor_2"),
    ("time_precis", "time_precision"),
    ("geo_precis", "geo_precision"),
];

/// Recognises the layout from the first rows. Also returns a row that was read for it but is one of data.
pub(super) fn recognise(rows: &mut Rows<'_>, name: &str) -> Result<(Layout, Held), Problems> {
    let first = rows.header(&[',', ';'])?;
    let header = first.cells().map(|cell| {
        let name = cell.trim().to_lowercase();
        RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| (*new).to_owned())
    });
    let header: Vec<String> = header.collect();
    delimiter(&header, name, "commas or semicolons were expected, as ACLED exports it")?;
    let sign = rows.delimiter();
    let mut layout = Layout::of_header::<Column>(header, sign, &REQUIRED, "ACLED", (name, first.line))?;
    let (held, tags) = after_header(rows)?;
    use crate::ingest::rows::layout::Column as _;
    let with: Vec<&str> = SOMETIMES.iter().filter(|c| layout.at(**c).is_some()).map(|c| c.name()).collect();
    let without: Vec<&str> = SOMETIMES.iter().filter(|c| layout.at(**c).is_none()).map(|c| c.name()).collect();
    let mut title = format!("ACLED of {} columns", layout.header.len());
    for (word, columns) in [("with", with), ("without", without)] {
        if !columns.is_empty() {
            title = format!("{title}, {word} {}", columns.join(" "));
        }
    }
    title.push_str(if sign == ';' { "; semicolons between cells" } else { "; commas between cells" });
    let date = held.as_ref().and_then(|held| held.as_ref().ok());
    let date = date.zip(layout.at(Column::event_date)).and_then(|(row, at)| dates::parse(row.cell(at).trim()));
    if let Some((_, style)) = date {
        title = format!("{title}; dates as {}", style.example());
    }
    if tags {
        title.push_str("; a row of HXL tags is passed over");
    }
    layout.title = title;
    Ok((layout, held))
}
