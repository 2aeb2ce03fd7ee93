//! What sets one dataset of rows apart from another.

use std::path::Path;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::Options;
use super::actors::Side;
use super::layout::{Held, Layout};
use super::place::Place;
use super::records::{Record, Rows};
use crate::domain::ids::{ActorId, BadId, RegionId, ReportId};
use crate::domain::lang::Bilingual;
use crate::domain::record::{EventRecord, Passage};
use crate::domain::vocab::ReportKind;
use crate::ingest::descriptor::Meta;
use crate::ingest::problem::{Problem, Problems};
use crate::store::StoreError;

/// A dataset of one row for each event.
pub trait Format: Send + Sync + Sized + 'static {
    /// A well-formed row.
    type Row<'a>: RowOf;

    /// The dataset's id.
    const DATASET: &'static str;
    /// What it is called in messages.
    const NAME: &'static str;
    /// The column that holds a row's id.
    const ID_COLUMN: &'static str;
    /// What the ids of its events start with.
    const EVENT_PREFIX: &'static str;
    /// What the ids of its actors, regions and sources start with.
    const PREFIX: &'static str;
    /// Claims below this number mean the same in every version of every event; sources come from it on.
    const FIRST_SOURCE: u32;
    /// Short texts of its events, with their French.
    const TRANSLATIONS: &'static [(&'static str, &'static str)];

    /// Recognises the layout from the first rows. Also returns a row that was read for it but is one of data.
    ///
    /// # Errors
    /// When it is no file of this dataset.
    fn recognise(rows: &mut Rows<'_>, file: &str) -> Result<(Layout, Held), Problems>;

    /// Reads a row.
    ///
    /// # Errors
    /// All that is wrong with it.
    fn read<'a>(record: &'a Record, layout: &Layout, file: &str) -> Result<Self::Row<'a>, Vec<Problem>>;

    /// Makes the event. `release` is the id of the report that stands for this release, where there is one.
    ///
    /// # Errors
    /// Never, in truth: ids that are made here have the form of ids.
    fn make(row: &Self::Row<'_>, resolved: &Resolved, release: &ReportId) -> Result<Made, BadId>;

    /// The event id of a row's key, without the prefix.
    fn id_of(key: u64) -> String;

    /// The key of an event id without its prefix, if it is one of this dataset's.
    fn key_of(id: &str) -> Option<u64>;

    /// The version in the name of a file, if it tells.
    fn release_in_name(path: &Path) -> Option<String>;

    /// What the dataset says of itself.
    ///
    /// # Errors
    /// Never, in truth: its id has the form of one.
    fn meta(release: &str, options: &Options) -> Result<Meta, StoreError>;

    /// The report that stands for a release, if figures cite the release and not their own row.
    fn release_report(release: &str) -> Option<Cited>;

    /// The id of the report that stands for an event's row alone, if this dataset has such.
    fn own_report(event: &str) -> Option<String>;

    /// A side's name in both languages.
    fn side_name(name: &str) -> Bilingual;

    /// The name by which the table of same actors knows a side.
    fn known_as(name: &str) -> &str {
        name
    }
}

/// What the two passes must know of a row, whatever its dataset.
pub trait RowOf {
    /// The line it starts on.
    fn line(&self) -> u64;
    /// Its id as a number, a different one for each id.
    fn key(&self) -> u64;
    /// Where it was.
    fn place(&self) -> Place;
    /// Who was there.
    fn sides(&self) -> Vec<Side>;
    /// Its last day.
    fn last_day(&self) -> NaiveDate;
}

/// Who the places and sides of a row are.
pub struct Resolved {
    /// The region.
    pub region: RegionId,
    /// The sides, in the order of the row.
    pub sides: Vec<ActorId>,
}

/// A row as an event.
pub struct Made {
    /// The event; its claims have their first numbers, its passages are not filled in.
    pub record: EventRecord,
    /// The reports its claims cite, but for that of the release.
    pub cited: Vec<Cited>,
    /// Changes when anything of the event does but the release that says so.
    pub digest: i64,
    /// The French of texts that only this event has.
    pub notes: Vec<(String, String)>,
}

/// A report behind a row, with its one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub report: ReportId,
    /// Whether it stands for this row alone, and changes and goes with it; other rows may name the others.
    pub own: bool,
    /// Its title.
    pub title: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// When, ISO 8601, maybe cut short.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47; `und` where it is not known.
    pub language: &'static str,
    /// What sort of document.
    pub kind: ReportKind,
    /// A few words of it, by which it is found again.
    pub anchor: String,
    /// What its passage says.
    pub gist: Bilingual,
}

impl Cited {
    /// The passage every such report has.
    pub const PASSAGE: &'static str = "p1";

    /// The passage as events cite it.
    pub fn passage(&self) -> Passage {
        Passage {
            report: self.report.clone(),
            id: Self::PASSAGE.to_owned(),
            anchor: self.anchor.clone(),
            gist: self.gist.clone(),
        }
    }

    /// The id of the report of a source that rows name: made from what it is, so that it is the same in every row
    /// and release.
    ///
    /// # Errors
    /// When the prefix has not the form of an id.
    pub fn source_id(prefix: &str, what: &str) -> Result<ReportId, BadId> {
        let digest = Sha256::digest(what);
        let hex: String = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        format!("{prefix}-src-{hex}").parse()
    }

    /// The first words of a text.
    pub fn first_words(text: &str) -> String {
        text.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
    }
}

impl Made {
    /// With the digest of the event and of what stands for its row alone. `release` is left out of it: an unchanged
    /// row of a new release is the same event.
    ///
    /// # Errors
    /// Never, in truth: the id that stands for any release has the form of one.
    pub fn new(
        mut record: EventRecord,
        cited: Vec<Cited>,
        notes: Vec<(String, String)>,
        release: &ReportId,
    ) -> Result<Made, BadId> {
        let any: ReportId = "any-release".parse()?;
        let of_release: Vec<usize> =
            (0..record.claims.len()).filter(|at| record.claims[*at].report == *release).collect();
        for at in &of_release {
            record.claims[*at].report = any.clone();
        }
        let mut hash = Sha256::new();
        hash.update(serde_json::to_vec(&record).unwrap_or_default());
        for own in cited.iter().filter(|cited| cited.own) {
            hash.update(&own.title);
            hash.update(&own.gist.en);
        }
        for at in of_release {
            record.claims[at].report = release.clone();
        }
        let digest: [u8; 32] = hash.finalize().into();
        let digest = i64::from_le_bytes(std::array::from_fn(|i| digest[i]));
        Ok(Made { record, cited, digest, notes })
    }
}
