//! UCDP GED as it is published: one row for each event with at least one death.

use std::path::Path;

use super::descriptor::Meta;
use super::problem::{Problem, Problems};
use super::rows::layout::{Held, Layout};
use super::rows::records::{Record, Rows};
use super::rows::{Cited, Format, Made, Options, Resolved, slug};
use crate::domain::ids::{BadId, ReportId};
use crate::domain::lang::Bilingual;
use crate::domain::vocab::ReportKind;
use crate::store::StoreError;

pub mod actors;
pub mod event;
pub mod layout;
pub mod row;
pub mod sources;

/// See the module's description.
#[derive(Clone, Copy, Debug)]
pub struct Ged;

impl Format for Ged {
    type Row<'a> = row::Row<'a>;

    const DATASET: &'static str = "ucdp-ged";
    const NAME: &'static str = "GED";
    const ID_COLUMN: &'static str = "id";
    const EVENT_PREFIX: &'static str = "ucdp-ged-";
    const PREFIX: &'static str = "ucdp";
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
        key.to_string()
    }

    fn key_of(id: &str) -> Option<u64> {
        id.parse().ok()
    }

    fn release_in_name(path: &Path) -> Option<String> {
        layout::release_in_name(path)
    }

    fn meta(release: &str, _: &Options) -> Result<Meta, StoreError> {
        Ok(Meta {
            id: Self::DATASET.parse().map_err(|_| StoreError::Corrupt(Self::DATASET.to_owned()))?,
            title: Bilingual::new("UCDP Georeferenced Event Dataset", "Jeu d’évènements géoréférencés de l’UCDP (GED)"),
            description: Bilingual::new(
                "Events of organised violence with at least one death, coded by the Uppsala Conflict Data Program from news and other reports; each row has a low, a best and a high estimate of deaths.",
                "Évènements de violence organisée ayant fait au moins un mort, codés par l’Uppsala Conflict Data Program d’après la presse et d’autres documents ; chaque ligne donne une estimation basse, une meilleure et une haute du nombre de morts.",
            ),
            version: release.to_owned(),
            licence: "CC-BY-4.0".to_owned(),
            licence_url: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
            redistributable: true,
        })
    }

    fn release_report(release: &str) -> Option<Cited> {
        Some(Cited {
            report: format!("ucdp-ged-{}", slug(release)).parse().ok()?,
            own: false,
            title: format!("UCDP GED {release}"),
            publisher: "Uppsala Conflict Data Program".to_owned(),
            published: None,
            url: Some("https://ucdp.uu.se/downloads/".to_owned()),
            language: "en",
            kind: ReportKind::Dataset,
            anchor: "UCDP Georeferenced Event Dataset".to_owned(),
            gist: Bilingual::new(
                "A row of the dataset for each event, with UCDP’s low, best and high estimate of deaths.",
                "Une ligne du jeu de données par évènement, avec les estimations basse, meilleure et haute de l’UCDP.",
            ),
        })
    }

    fn own_report(_: &str) -> Option<String> {
        None
    }

    fn side_name(name: &str) -> Bilingual {
        actors::name(name)
    }
}
