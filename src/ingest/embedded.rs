//! The dataset that ships in the binary.

use std::borrow::Cow;

use include_dir::{Dir, include_dir};

use super::files::{DESCRIPTOR, Files};

static MALI: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/mali");

/// What the dataset says is its source, in the database.
pub const SOURCE: &str = "embedded";

/// The files of the dataset.
pub fn files() -> Files {
    let file = |file: &'static include_dir::File<'static>| {
        Some((file.path().to_str()?.to_owned(), Cow::Borrowed(file.contents())))
    };
    Files::Memory(MALI.files().filter_map(file).collect())
}

/// Its `datapackage.json`, which is also the form of every package that is exported.
pub fn descriptor() -> &'static [u8] {
    MALI.get_file(DESCRIPTOR).map_or(&[], include_dir::File::contents)
}
