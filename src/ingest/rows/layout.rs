//! Which column is where. Datasets have had their columns in different orders, so columns are found by name.

use super::records::{Record, Rows};
use crate::domain::names::nearest;
use crate::ingest::problem::{Problem, Problems, shown};

/// The columns of a dataset that are used here.
pub trait Column: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// The name in the header.
    fn name(self) -> &'static str;
    /// Its place in [`Column::ALL`].
    fn index(self) -> usize;
}

macro_rules! columns {
    ($($name:ident),+ $(,)?) => {
        /// A column that is used here.
        #[allow(non_camel_case_types)] // they are the names in the files
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Column { $($name),+ }

        impl $crate::ingest::rows::layout::Column for Column {
            const ALL: &'static [Column] = &[$(Column::$name),+];
            fn name(self) -> &'static str {
                match self { $(Column::$name => stringify!($name)),+ }
            }
            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(in crate::ingest) use columns;

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Its header, or what stands for it.
    pub header: Vec<String>,
    /// What it was recognised as, in words.
    pub title: String,
    /// What stands between its cells.
    pub delimiter: char,
    at: Vec<Option<usize>>,
}

/// A row that was read to recognise the layout but is one of data, or what is wrong with it.
pub type Held = Option<Result<Record, Problem>>;

impl Layout {
    /// Of a header in lower case.
    pub fn of<C: Column>(header: Vec<String>, delimiter: char) -> Layout {
        let at = C::ALL.iter().map(|column| header.iter().position(|name| name == column.name())).collect();
        Layout { header, title: String::new(), delimiter, at }
    }

    /// Where a column is, if the file has it.
    pub fn at(&self, column: impl Column) -> Option<usize> {
        self.at.get(column.index()).copied().flatten()
    }

    /// Where the column of a name is.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Of a first row that is a header: no column twice, and none of the needed ones missing. `dataset` is its name in
    /// messages.
    ///
    /// # Errors
    /// When it is no header of the dataset.
    pub fn of_header<C: Column>(
        header: Vec<String>,
        delimiter: char,
        needed: &[C],
        dataset: &str,
        (file, line): (&str, u64),
    ) -> Result<Layout, Problems> {
        let twice = header.iter().enumerate().find(|(i, name)| !name.is_empty() && header[..*i].contains(name));
        if let Some((_, twice)) = twice {
            return Err(Problem::file(file, format!("has the column \"{twice}\" twice")).at(line).into());
        }
        let layout = Layout::of::<C>(header, delimiter);
        let missing: Vec<&str> = needed.iter().filter(|c| layout.at(**c).is_none()).map(|c| c.name()).collect();
        let Some(first) = missing.first() else { return Ok(layout) };
        let problem = if missing.len() > needed.len() / 2 {
            let starts = shown(&layout.header.join(","));
            let missing = missing.join("\", \"");
            let expected =
                format!("does not have {dataset}'s columns (\"{missing}\" are missing): its first row is {starts}");
            Problem::file(file, expected).at(line)
        } else {
            let known = nearest(first, layout.header.iter().map(String::as_str)).map(str::to_owned);
            let problem = Problem::file(file, format!("has no column \"{}\"", missing.join("\", \""))).at(line);
            Problem { suggestion: known, ..problem }
        };
        Err(problem.into())
    }
}

/// That the cells of a header are separated by what was expected (in words).
///
/// # Errors
/// When it is one cell, with another sign in it time and again.
pub fn delimiter(header: &[String], file: &str, expected: &str) -> Result<(), Problems> {
    let [only] = header else { return Ok(()) };
    for (sign, word) in [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars")] {
        if only.split(sign).count() > 10 {
            let expected = format!("has its cells separated by {word}; {expected}");
            return Err(Problem::file(file, expected).at(1).into());
        }
    }
    Ok(())
}

/// The row after the header: one of data, unless it is a row of HXL tags; whether that was passed over.
///
/// # Errors
/// When it makes no sense to go on reading.
pub fn after_header(rows: &mut Rows<'_>) -> Result<(Held, bool), Problems> {
    let second = match rows.next_row()? {
        Some(Ok(second)) => second,
        bad_or_none => return Ok((bad_or_none, false)),
    };
    let tags = second.cells().filter(|cell| cell.starts_with('#')).count();
    if tags > 0 && tags >= second.cells().filter(|cell| !cell.is_empty()).count() {
        return Ok((None, true));
    }
    Ok((Some(Ok(second)), false))
}
