//! The table of operations as a page for people.

use crate::links::{self, Page};
use crate::query::filter::{KEYS, MAX_LIMIT, words_of};
use crate::query::parse::MAX_VALUES;
use crate::text::phrases;
use crate::view::api::{ApiPage, EndingView, InputView, OperationView, PartView};
use crate::view::frame::Nav;
use crate::view::{Ctx, Frame, Link};

use super::answers::{Answer, Body};
use super::keys::{Key, Place};
use super::table::{Operation, Part, operations};
use super::{Examples, example_path};

/// Keys that a form shows even where they are not filled in; of the whole filter the others are folded.
const FIRST: [&str; 5] = ["q", "region", "kind", "from", "to"];

/// What programs may ask for, to be read and tried.
pub fn page(cx: &Ctx, examples: &Examples) -> ApiPage {
    let part = |part: &Part| {
        let rows = operations().filter(|operation| operation.part == *part);
        let title = part.title();
        PartView {
            title: cx.lang.pick(title[0], title[1]),
            operations: rows.map(|operation| view(cx, operation, examples)).collect(),
        }
    };
    let key = |key: &'static str| {
        (key, phrases::filter_key(key, cx.lang), words_of(key).map_or_else(String::new, |words| words.join(", ")))
    };
    ApiPage {
        frame: Frame::new(cx, Nav::About, cx.t.api_title, |lang| Page::Api.path(lang)),
        keys: KEYS.into_iter().map(key).collect(),
        max_limit: MAX_LIMIT,
        max_values: MAX_VALUES,
        lines: lines(cx, examples),
        document: Page::Api.path(cx.lang) + "/openapi.json",
        parts: Part::ALL.iter().map(part).collect(),
        script: cx.assets.trying.clone(),
    }
}

/// One filter in three languages of programming.
fn lines(cx: &Ctx, examples: &Examples) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    pairs.extend(examples.kind.map(|kind| ("kind", kind)));
    pairs.extend(examples.region.as_deref().map(|region| ("region", region)));
    let url =
        |ending: &str| format!("{}{}", cx.base_url, links::with_pairs(&Page::Events.format(cx.lang, ending), &pairs));
    let (csv, json) = (url("csv"), url("json"));
    vec![
        ("curl", format!("curl --compressed '{json}'")),
        ("R", format!("events <- read.csv(\"{csv}\", encoding = \"UTF-8\")\nsum(events$killed_low, na.rm = TRUE)")),
        (
            "Python",
            format!(
                "import requests\n\nurl, events = \"{json}\", []\nwhile url:\n    page = requests.get(url).json()\n    \
                 events += page[\"events\"]\n    url = page[\"next\"] and \"{}\" + page[\"next\"]",
                cx.base_url
            ),
        ),
    ]
}

fn view(cx: &Ctx, operation: &Operation, examples: &Examples) -> OperationView {
    let pick = |words: [&'static str; 2]| cx.lang.pick(words[0], words[1]);
    let keys = (operation.keys)();
    let filled: Vec<(&str, &str)> = keys
        .iter()
        .filter(|key| key.place == Place::Query)
        .filter_map(|key| Some((key.name, (key.example)(examples)?)))
        .collect();
    let ending = |answer: &Answer| {
        let example = example_path(operation, answer, examples, cx.lang);
        let template = format!("{}{}", operation.path, answer.ending);
        EndingView {
            ending: answer.ending,
            says: pick(answer.says),
            action: example.clone().unwrap_or_default(),
            // Where another page is led to, there is nothing to look at.
            example: example.filter(|_| !matches!(answer.body, Body::Elsewhere)).map(|path| {
                let href = links::with_pairs(&path, &filled);
                Link::new(href.clone(), href)
            }),
            template: if operation.is_page() { links::in_language(&template, cx.lang) } else { template },
            text: !matches!(answer.body, Body::Bytes),
        }
    };
    let endings: Vec<EndingView> = operation.answers.iter().map(ending).collect();
    let whole_filter = keys.len() > KEYS.len() / 2;
    let first = |key: &Key| !whole_filter || FIRST.contains(&key.name) || key.shared.is_none();
    let inputs = keys.iter().map(|key| (first(key), input(cx, operation, key, examples)));
    let (first, more): (Vec<_>, Vec<_>) = inputs.partition(|(first, _)| *first);
    OperationView {
        id: operation.name,
        title: pick(operation.title),
        about: pieces(pick(operation.about)),
        path: operation.path,
        // A browser puts the fields in the place of the pairs; robots follow it as it stands.
        action: endings
            .first()
            .map(|ending| ending.example.as_ref().map_or(&ending.action, |link| &link.href).clone())
            .filter(|action| !action.is_empty()),
        endings,
        inputs: first.into_iter().map(|(_, input)| input).collect(),
        more: more.into_iter().map(|(_, input)| input).collect(),
    }
}

fn input(cx: &Ctx, operation: &Operation, key: &Key, examples: &Examples) -> InputView {
    let words = key.schema["enum"].as_array().into_iter().flatten().filter_map(|word| word.as_str());
    InputView {
        id: format!("{}-{}", operation.name, key.name),
        name: key.name,
        place: match key.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        },
        asks: cx.lang.pick(key.asks[0], key.asks[1]),
        words: words.map(str::to_owned).collect(),
        value: (key.example)(examples).unwrap_or_default().to_owned(),
        required: key.required,
        number: key.schema["type"] == "integer",
        repeatable: key.most > 1,
    }
}

/// A text in which code stands between backticks, in pieces.
fn pieces(text: &'static str) -> Vec<(bool, &'static str)> {
    text.split('`').enumerate().map(|(n, piece)| (n % 2 == 1, piece)).filter(|(_, piece)| !piece.is_empty()).collect()
}
