//! Tables: a row for each event, or for each claim. Cells that a spreadsheet would take for a formula begin with an
//! apostrophe, which spreadsheets do not show; numbers are numbers.

use std::borrow::Cow;

use super::About;
use crate::domain::vocab::Vocabulary;
use crate::links;
use crate::publish::event::{ClaimJson, EventJson};
use crate::publish::list::EventItem;
use crate::store::catalog::Dataset;
use crate::store::events::EventFull;
use crate::store::list::Card;
use crate::text::format::capital;
use crate::text::labels::Label;
use crate::view::Ctx;

/// A column: its name, its type in a Table Schema, and what it holds in English and French.
pub(super) type Column = (&'static str, &'static str, &'static str, &'static str);

/// The columns of the table of events.
pub(super) const EVENTS: &[Column] = &[
    ("id", "string", "The event's permanent id", "Identifiant permanent de l’événement"),
    ("url", "string", "Its permalink", "Son permalien"),
    ("title", "string", "What it is called", "Son titre"),
    ("kind", "string", "What sort of event, as a code", "Type d’événement, en code"),
    ("kind_name", "string", "What sort of event, in words", "Type d’événement, en toutes lettres"),
    ("start", "string", "Start, ISO 8601, maybe cut short", "Début, ISO 8601, parfois abrégé"),
    ("end", "string", "End, where it differs", "Fin, si elle diffère"),
    ("date_precision", "string", "How closely the date is known", "Précision de la date"),
    ("region", "string", "Id of the smallest place it is known to be in", "Identifiant du plus petit lieu connu"),
    (
        "place",
        "string",
        "That place and all it lies in, the smallest first",
        "Ce lieu et ceux qui le contiennent, du plus petit au plus grand",
    ),
    ("latitude", "number", "WGS 84, degrees", "WGS 84, degrés"),
    ("longitude", "number", "WGS 84, degrees", "WGS 84, degrés"),
    ("place_precision", "string", "How closely the place is known", "Précision du lieu"),
    (
        "killed_low",
        "integer",
        "The least any account of the whole event says",
        "Le moins qu’indique un récit de l’ensemble",
    ),
    ("killed_high", "integer", "The most any account says", "Le plus qu’indique un récit"),
    ("killed_open", "boolean", "Whether some account sets no upper bound", "Si un récit ne fixe pas de maximum"),
    ("killed_preferred", "integer", "The figure a curator stands behind", "Le chiffre retenu par la rédaction"),
    ("accounts", "string", "How the accounts of the toll stand to each other", "Rapport entre les récits du bilan"),
    ("actors", "string", "Ids of who took part, separated by |", "Identifiants des acteurs, séparés par |"),
    ("actor_names", "string", "Their names, in the same order", "Leurs noms, dans le même ordre"),
    ("roles", "string", "Their roles, in the same order", "Leurs rôles, dans le même ordre"),
    ("certainties", "string", "How sure that is, in the same order", "Degré de certitude, dans le même ordre"),
    ("summary", "string", "A few sentences", "Quelques phrases"),
    ("version", "integer", "Which version of the event this is", "Version de l’événement"),
    ("updated", "string", "When that version was recorded", "Date d’enregistrement de cette version"),
];

/// The columns of the table of claims.
pub(super) const CLAIMS: &[Column] = &[
    ("event", "string", "The event's id", "Identifiant de l’événement"),
    (
        "n",
        "integer",
        "The claim's permanent number within the event",
        "Numéro permanent de l’affirmation au sein de l’événement",
    ),
    ("url", "string", "The claim's permalink", "Permalien de l’affirmation"),
    ("title", "string", "What the event is called", "Titre de l’événement"),
    ("start", "string", "When it began", "Début de l’événement"),
    ("topic", "string", "What the claim is about", "Objet de l’affirmation"),
    ("part", "string", "What a figure is limited to", "Ce à quoi un chiffre se limite"),
    ("low", "integer", "The least", "Au moins"),
    ("high", "integer", "The most", "Au plus"),
    ("about", "boolean", "Whether the figure is rounded", "Si le chiffre est arrondi"),
    (
        "value",
        "string",
        "What it says: a date, an id or words",
        "Ce qu’elle dit : une date, un identifiant ou des mots",
    ),
    ("said_by", "string", "Whom the report cites", "Qui le document cite"),
    ("origin", "string", "What kind of source that is", "Type de cette source"),
    ("stance", "string", "Whether it says so or denies it", "Si elle l’affirme ou le nie"),
    ("preferred", "boolean", "Whether a curator stands behind it", "Si la rédaction la retient"),
    ("report", "string", "The report's id", "Identifiant du document"),
    ("report_title", "string", "The report's title", "Titre du document"),
    ("publisher", "string", "Who published it", "Éditeur"),
    ("published", "string", "When", "Date de publication"),
    ("report_url", "string", "The report's own address", "Adresse du document"),
    ("passage", "string", "The passage's id within the report", "Identifiant du passage dans le document"),
    ("passage_url", "string", "The passage's permalink", "Permalien du passage"),
    ("anchor", "string", "The report's own few words", "Quelques mots du document"),
    ("gist", "string", "What the passage says", "Ce que dit le passage"),
    ("version", "integer", "Which version of the event this is", "Version de l’événement"),
];

/// The columns at the end of both: where a row comes from.
pub(super) const ORIGIN: &[Column] = &[
    ("source", "string", "The dataset's id", "Identifiant du jeu de données"),
    ("source_version", "string", "The dataset's version", "Version du jeu de données"),
    ("licence", "string", "Under which terms the row may be used", "Conditions d’utilisation de la ligne"),
    (
        "withheld",
        "boolean",
        "Whether those terms forbid passing on more than the address",
        "Si ces conditions interdisent de transmettre plus que l’adresse",
    ),
    ("filter", "string", "What was asked for, in words", "Ce qui a été demandé, en toutes lettres"),
    ("filter_url", "string", "Where the same can be asked for again", "Où le demander à nouveau"),
    ("data_of", "string", "The day on which the data were so", "Jour où les données étaient ainsi"),
];

/// A text as a spreadsheet may have it.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}").into()
        }
        _ => text.into(),
    }
}

/// A row on its way into the table.
struct Row {
    cells: Vec<String>,
    guard: Guard,
}

/// What is done with texts on their way into a cell.
type Guard = for<'a> fn(&'a str) -> Cow<'a, str>;

impl Row {
    fn text(&mut self, text: &str) {
        self.cells.push((self.guard)(text).into_owned());
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or_default());
    }

    /// A number or a switch: what the program itself writes.
    fn value(&mut self, value: Option<impl ToString>) {
        self.cells.push(value.map_or_else(String::new, |value| value.to_string()));
    }

    fn word(&mut self, word: impl Vocabulary) {
        self.text(word.as_str());
    }

    fn empty_up_to(&mut self, count: usize) {
        self.cells.resize(count, String::new());
    }

    fn origin(&mut self, about: &About, dataset: Option<&Dataset>) {
        self.maybe(dataset.map(|d| d.id.as_str()));
        self.maybe(dataset.map(|d| d.version.as_str()));
        self.maybe(dataset.map(|d| d.licence.as_str()));
        self.value(dataset.map(|d| !d.redistributable));
        self.text(&about.description);
        self.text(&about.url);
        self.text(&about.day);
    }
}

struct Table {
    csv: ::csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(columns: &[Column], with_head: bool) -> Table {
        let mut csv = ::csv::WriterBuilder::new().from_writer(Vec::new());
        if with_head {
            // Into memory, and each row is as wide as the header: nothing of this can fail.
            let _ = csv.write_record(columns.iter().chain(ORIGIN).map(|column| column.0));
        }
        Table { csv }
    }

    fn push(&mut self, row: Row) {
        let _ = self.csv.write_record(row.cells.iter().map(|cell| cell.as_bytes()));
    }

    fn finish(self) -> Vec<u8> {
        self.csv.into_inner().unwrap_or_default()
    }
}

/// Rows of the table of events.
pub(super) fn events(cx: &Ctx, about: &About, cards: &[Card], with_head: bool) -> Vec<u8> {
    let mut table = Table::new(EVENTS, with_head);
    for card in cards {
        table.push(row_of(cx, about, card, safe));
    }
    table.finish()
}

/// The cells of a row as they are, for files that no spreadsheet opens.
pub(super) fn event_cells(cx: &Ctx, about: &About, card: &Card) -> Vec<String> {
    row_of(cx, about, card, |text| text.into()).cells
}

fn row_of(cx: &Ctx, about: &About, card: &Card, guard: Guard) -> Row {
    let mut row = Row { cells: Vec::with_capacity(EVENTS.len() + ORIGIN.len()), guard };
    row.text(&card.id);
    row.text(&format!("{}{}", cx.base_url, cx.event_page(&card.id, card.version).path(cx.lang)));
    if cx.catalog.withheld(card.dataset).is_none() {
        event(cx, card, &mut row);
    }
    row.empty_up_to(EVENTS.len());
    row.origin(about, cx.catalog.dataset_at(card.dataset));
    row
}

fn event(cx: &Ctx, card: &Card, row: &mut Row) {
    let item = EventItem::new(cx, card);
    row.text(&item.title);
    row.word(item.kind);
    row.text(&capital(item.kind.label(cx.lang)));
    row.text(&item.start);
    row.maybe(item.end.as_deref());
    row.word(item.date_precision);
    row.text(&item.region.id);
    let place: Vec<String> = cx.place(card.region).into_iter().map(|link| link.text).collect();
    row.text(&place.join(", "));
    row.value(card.point.map(|(latitude, _)| latitude));
    row.value(card.point.map(|(_, longitude)| longitude));
    row.word(card.place_precision);
    row.value(item.killed.low);
    row.value(item.killed.high);
    row.value(item.killed.high.map(|_| item.killed.open));
    row.value(item.killed.preferred);
    row.maybe(item.accounts.map(Vocabulary::as_str));
    let list = |of: &dyn Fn(&crate::publish::event::ActorRef) -> String| {
        item.actors.iter().map(of).collect::<Vec<_>>().join("|")
    };
    row.text(&list(&|actor| actor.id.clone()));
    row.text(&list(&|actor| actor.name.replace('|', "/")));
    row.text(&list(&|actor| actor.role.to_string()));
    row.text(&list(&|actor| actor.certainty.to_string()));
    row.text(card.summary.get(cx.lang));
    row.value(Some(card.version));
    row.text(&card.updated);
}

/// Rows of the table of claims. An event that may not be passed on has one row, of its address.
pub(super) fn claims(cx: &Ctx, about: &About, events: &[EventFull], with_head: bool) -> Vec<u8> {
    let mut table = Table::new(CLAIMS, with_head);
    for event in events {
        let dataset = cx.catalog.dataset_at(event.dataset);
        let id = event.record.id.as_str();
        if cx.catalog.withheld(event.dataset).is_some() {
            let mut row = Row { cells: Vec::new(), guard: safe };
            row.text(id);
            row.text("");
            row.text(&format!("{}{}", cx.base_url, cx.event_page(id, event.version).path(cx.lang)));
            row.empty_up_to(CLAIMS.len());
            row.origin(about, dataset);
            table.push(row);
            continue;
        }
        for said in EventJson::new(cx, event, &[]).claims {
            let mut row = Row { cells: Vec::with_capacity(CLAIMS.len() + ORIGIN.len()), guard: safe };
            claim(cx, event, said, &mut row);
            row.origin(about, dataset);
            table.push(row);
        }
    }
    table.finish()
}

fn claim(cx: &Ctx, event: &EventFull, claim: ClaimJson, row: &mut Row) {
    let id = event.record.id.as_str();
    row.text(id);
    row.value(Some(claim.n));
    row.text(&format!("{}{}", cx.base_url, links::claim_on(cx.event_page(id, event.version), claim.n, cx.lang)));
    row.text(event.record.title.get(cx.lang));
    row.text(&event.record.start);
    row.word(claim.topic);
    row.maybe(claim.part.as_deref());
    row.value(claim.low);
    row.value(claim.high);
    row.value(claim.low.or(claim.high).map(|_| claim.about));
    row.maybe(claim.value.as_deref());
    row.maybe(claim.said_by.as_deref());
    row.word(claim.origin);
    row.word(claim.stance);
    row.value(Some(claim.preferred));
    let report = claim.report.as_ref();
    row.maybe(report.map(|report| report.id.as_str()));
    row.maybe(report.map(|report| report.title.as_str()));
    row.maybe(report.map(|report| report.publisher.as_str()));
    row.maybe(report.and_then(|report| report.published.as_deref()));
    row.maybe(report.and_then(|report| report.url.as_deref()));
    let passage = claim.passage.as_ref();
    row.maybe(passage.map(|passage| passage.id.as_str()));
    let at = report.zip(passage).map(|(report, passage)| links::passage(&report.id, &passage.id, cx.lang));
    row.maybe(at.map(|at| format!("{}{at}", cx.base_url)).as_deref());
    row.maybe(passage.map(|passage| passage.anchor.as_str()));
    row.maybe(passage.map(|passage| passage.gist.as_str()));
    row.value(Some(event.version));
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+223 66", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1"] {
            assert_eq!(safe(text), format!("'{text}"));
        }
        for text in ["", "a=b", "’armée", "5-6", " x"] {
            assert_eq!(safe(text), text);
        }
    }
}
