//! The columns of GED, which has had 41, 42 and 49 of them in different orders.

use std::path::Path;

use crate::ingest::problem::{Problem, Problems};
use crate::ingest::rows::layout::{Held, Layout, after_header, columns, delimiter};
use crate::ingest::rows::records::{Record, Rows};

columns! {
    id, type_of_violence, conflict_name, side_a_dset_id, side_a_new_id, side_a, side_b_dset_id, side_b_new_id, side_b,
    number_of_sources, source_article, source_original, where_prec, where_coordinates, where_description, adm_1, adm_2,
    latitude, longitude, country, date_prec, date_start, date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown,
    best, high, low,
}

/// Without these a row is no event.
const REQUIRED: [Column; 14] = [
    Column::id,
    Column::type_of_violence,
    Column::side_a,
    Column::side_b,
    Column::where_prec,
    Column::latitude,
    Column::longitude,
    Column::country,
    Column::date_prec,
    Column::date_start,
    Column::date_end,
    Column::best,
    Column::high,
    Column::low,
];

/// The order of columns since 20.1, for files without a header.
const COLUMNS_49: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";
/// The order in 19.1.
const COLUMNS_42: &str = "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,gwnoa,side_a,side_b_new_id,gwnob,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,low,best,high";

/// Recognises the layout from the first rows. Also returns a row that was read for it but is one of data.
pub(super) fn recognise(rows: &mut Rows<'_>, name: &str) -> Result<(Layout, Held), Problems> {
    let first = rows.header(&[','])?;
    let header: Vec<String> = first.cells().map(|cell| cell.trim().to_lowercase()).collect();
    if header.first().is_some_and(|cell| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())) {
        return Ok((without_header(&first, name)?, Some(Ok(first))));
    }
    delimiter(&header, name, "commas were expected, as UCDP publishes it")?;
    let mut layout = Layout::of_header::<Column>(header, ',', &REQUIRED, "GED", (name, first.line))?;
    let (held, tags) = after_header(rows)?;
    layout.title = title(&layout, if tags { &["a row of HXL tags is passed over"] } else { &[] });
    Ok((layout, held))
}

fn title(layout: &Layout, notes: &[&str]) -> String {
    let like = match layout.header.len() {
        49 => "GED of 49 columns, as since 20.1",
        42 if layout.header.iter().map(String::as_str).eq(COLUMNS_42.split(',')) => "GED of 42 columns, as 19.1",
        _ => "GED",
    };
    let mut title = like.to_owned();
    if like == "GED" {
        title = format!("GED of {} columns", layout.header.len());
    }
    for note in notes {
        title = format!("{title}; {note}");
    }
    title
}

/// A file that starts with data: its columns are known only by their number, and by whether the cells fit.
fn without_header(first: &Record, name: &str) -> Result<Layout, Problems> {
    let columns = match first.len() {
        49 => COLUMNS_49,
        42 => COLUMNS_42,
        n => {
            let expected =
                format!("has no header, and {n} cells in its first row; without a header 42 or 49 were expected");
            return Err(Problem::file(name, expected).at(first.line).into());
        }
    };
    let mut layout = Layout::of::<Column>(columns.split(',').map(str::to_owned).collect(), ',');
    if let Err(problems) = super::row::read(first, &layout, name) {
        let what = problems.first().map(ToString::to_string).unwrap_or_default();
        let expected = format!("has no header, and its first row does not have GED's usual columns ({what})");
        return Err(Problem::file(name, expected).at(first.line).into());
    }
    layout.title = format!("GED of {} columns without a header, taken for its usual ones", first.len());
    Ok(layout)
}

/// The version in the name of a file: `GEDEvent_v21_1.csv` is 21.1, `ged251-csv.zip` is 25.1, `GEDEvent_v25_0_9.csv`
/// the ninth candidate of 2025.
pub fn release_in_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let numbers = |text: &str| -> Vec<String> {
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.')).unwrap_or(text.len());
        let pieces = text[..end].split(['_', '.']).filter(|piece| !piece.is_empty());
        pieces
            .map(|piece| piece.trim_start_matches('0'))
            .map(|n| if n.is_empty() { "0" } else { n }.to_owned())
            .collect()
    };
    if let Some((_, after)) = name.split_once("_v") {
        let numbers = numbers(after);
        if numbers.len() >= 2 {
            return Some(numbers.join("."));
        }
    }
    let (_, after) = name.split_once("ged")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    if digits.len() == 3 { Some(format!("{}.{}", &digits[..2], &digits[2..])) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_release() {
        let of = |name: &str| release_in_name(Path::new(name));
        assert_eq!(of("/x/GEDEvent_v21_1_volume.csv").as_deref(), Some("21.1"));
        assert_eq!(of("GEDEvent_v25_0_9.csv").as_deref(), Some("25.0.9"));
        assert_eq!(of("ged251-csv.zip").as_deref(), Some("25.1"));
        assert_eq!(of("GEDEvent_v23_01_22_12.csv").as_deref(), Some("23.1.22.12"));
        assert_eq!(of("ged-myanmar.csv"), None);
    }
}
