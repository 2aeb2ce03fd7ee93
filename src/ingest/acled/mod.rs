//! ACLED as it is exported: one row for each event, whatever its toll. What its columns and codes mean is from ACLED's
//! codebook (<https://acleddata.com/methodology/acled-codebook>). Its terms forbid passing its files on, so the dataset
//! is for reading here unless the operator says under which licence it may go out.

use std::path::Path;

use super::descriptor::Meta;
use super::problem::{Problem, Problems};
use super::rows::layout::{Held, Layout};
use super::rows::records::{Record, Rows};
use super::rows::{Cited, Format, Made, Options, Resolved};
use crate::domain::ids::{BadId, ReportId};
use crate::domain::lang::Bilingual;
use crate::store::StoreError;

pub mod actors;
pub mod dates;
pub mod event;
pub mod keys;
pub mod kinds;
pub mod layout;
pub mod row;

/// See the module's description.
#[derive(Clone, Copy, Debug)]
pub struct Acled;

impl Format for Acled {
    type Row<'a> = row::Row<'a>;

    const DATASET: &'static str = "acled";
    const NAME: &'static str = "ACLED";
    const ID_COLUMN: &'static str = "event_id_cnty";
    const EVENT_PREFIX: &'static str = "acled-";
    const PREFIX: &'static str = "acled";
    const FIRST_SOURCE: u32 = event::FIRST_SOURCE;
    const TRANSLATIONS: &'static [(&'static str, &'static str)] = &event::TRANSLATIONS;

    fn recognise(rows: &mut Rows<'_>, file: &str) -> Result<(Layout, Held), Problems> {
        layout::recognise(rows, file)
    }

    fn read<'a>(record: &'a Record, layout: &Layout, file: &str) -> Result<row::Row<'a>, Vec<Problem>> {
        row::read(record, layout, file)
    }

    fn make(row: &row::Row<'_>, resolved: &Resolved, release: &ReportId) -> Result<Made, BadId> {
        event::make(row, resolved, release)
    }

    fn id_of(key: u64) -> String {
        keys::id_of(key)
    }

    fn key_of(id: &str) -> Option<u64> {
        keys::key_of(id)
    }

    fn release_in_name(_: &Path) -> Option<String> {
        None
    }

    fn meta(release: &str, options: &Options) -> Result<Meta, StoreError> {
        let (licence, licence_url) = options.licence.clone().unwrap_or_else(|| {
            (
                "ACLED terms of use: not for redistribution".to_owned(),
                "https://acleddata.com/terms-and-conditions".to_owned(),
            )
        });
        Ok(Meta {
            id: Self::DATASET.parse().map_err(|_| StoreError::Corrupt(Self::DATASET.to_owned()))?,
            title: Bilingual::new(
                "Armed Conflict Location & Event Data (ACLED)",
                "Données sur les lieux et événements de conflits armés (ACLED)",
            ),
            description: Bilingual::new(
                "Political violence, demonstrations and related events, coded by ACLED from news and other reports. Its figure of deaths is the most conservative one in them; where they give none, or only “tens” or “dozens”, a round figure stands in for it.",
                "Violences politiques, manifestations et événements connexes, codés par ACLED d’après la presse et d’autres documents. Son nombre de morts est le plus prudent de ceux qu’ils donnent\u{a0}; quand ils n’en donnent pas, ou seulement «\u{a0}des dizaines\u{a0}», un chiffre rond en tient lieu.",
            ),
            version: release.to_owned(),
            licence,
            licence_url,
            redistributable: options.licence.is_some(),
        })
    }

    /// None: a row's notes say its figures, and they differ from row to row.
    fn release_report(_: &str) -> Option<Cited> {
        None
    }

    fn own_report(event: &str) -> Option<String> {
        Some(event::own_report(event.strip_prefix(Self::EVENT_PREFIX)?))
    }

    fn side_name(name: &str) -> Bilingual {
        actors::name(name)
    }

    fn known_as(name: &str) -> &str {
        actors::without_years(name)
    }
}
