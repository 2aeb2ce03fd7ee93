//! What changed last in a list, as an Atom feed (RFC 4287), in pages (RFC 5005). An entry's id is the event's permalink
//! and stays; `updated` is when its last version was recorded, and a correction says that it is one.

use askama::Template;

use crate::domain::lang::Lang;
use crate::domain::vocab::Vocabulary as _;
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::query::describe::Names;
use crate::query::page::LastChange;
use crate::store::changes::Change;
use crate::text::format::{capital, headline, span, toll_range};
use crate::text::labels::Label;
use crate::text::phrases;
use crate::view::Ctx;

/// How many entries a page has when it is not said.
pub const USUAL: u16 = 50;

/// A page of the feed.
#[derive(Template)]
#[template(path = "feed.xml")]
pub struct Feed {
    lang: Lang,
    site: &'static str,
    home: String,
    /// The feed's own address, and its id: that of its first page.
    first: String,
    this: String,
    next: Option<String>,
    /// The list.
    list: String,
    title: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    url: String,
    title: String,
    published: String,
    updated: String,
    kind: (&'static str, String),
    corrected: Option<&'static str>,
    summary: String,
    json: Option<String>,
    history: String,
    rights: String,
}

impl Feed {
    /// A page of some changes of a filter; `next` is behind what its next page begins.
    pub fn new(
        cx: &Ctx,
        filter: &EventFilter,
        (limit, after): (u16, Option<&LastChange>),
        names: &dyn Names,
        changes: &[Change],
        next: Option<&LastChange>,
    ) -> Feed {
        let absolute = |path: String| format!("{}{path}", cx.base_url);
        let page = |after: Option<&LastChange>| {
            let limit = Some(limit).filter(|limit| *limit != USUAL);
            absolute(links::feed(filter, limit, after, cx.lang))
        };
        let latest = changes.first().map(|change| change.card.updated.clone());
        Feed {
            lang: cx.lang,
            site: cx.t.site,
            home: absolute(Page::Front.path(cx.lang)),
            first: page(None),
            this: page(after),
            next: next.map(|next| page(Some(next))),
            list: absolute(links::filtered(filter, cx.lang)),
            title: clean(&filter.describe(names, cx.lang)),
            updated: latest.unwrap_or_else(|| cx.catalog.changed_at.clone()),
            entries: changes.iter().map(|change| entry(cx, change)).collect(),
        }
    }
}

fn entry(cx: &Ctx, change: &Change) -> Entry {
    let card = &change.card;
    let page = Page::Event(&card.id);
    let absolute = |path: String| format!("{}{path}", cx.base_url);
    let dataset = cx.catalog.dataset_at(card.dataset);
    let rights = dataset.map_or_else(String::new, |d| format!("{} {}", d.licence, d.licence_url));
    let mut entry = Entry {
        url: absolute(page.path(cx.lang)),
        title: card.id.clone(),
        published: change.added.clone(),
        updated: card.updated.clone(),
        kind: ("", String::new()),
        corrected: (card.version > 1).then_some(cx.t.feed_corrected),
        summary: cx.t.data_withheld.to_owned(),
        json: None,
        history: absolute(Page::History(&card.id).path(cx.lang)),
        rights: clean(rights.trim()),
    };
    // What may not be passed on stands here by its address.
    if cx.catalog.withheld(card.dataset).is_some() {
        return entry;
    }
    entry.title = clean(card.title.get(cx.lang));
    entry.kind = (card.kind.as_str(), capital(card.kind.label(cx.lang)));
    entry.json = Some(absolute(page.format(cx.lang, "json")));
    let place: Vec<String> = cx.place_in_short(card.region).into_iter().map(|link| link.text).collect();
    let mut said = vec![format!("{} · {}", span(&card.span, cx.lang), place.join(", "))];
    if let Some(figure) = headline(&card.toll, cx.lang) {
        let range = toll_range(&card.toll, cx.lang).filter(|range| *range != figure);
        let range = range.map_or_else(String::new, |range| format!(" ({range})"));
        said.push(format!("{figure} {}{range}", cx.killed(&card.toll)));
    }
    if card.version > 1 {
        said.push(phrases::corrected(card.version, cx.lang));
    }
    said.push(card.summary.get(cx.lang).to_owned());
    said.retain(|words| !words.is_empty());
    entry.summary = clean(&said.join("\n"));
    entry
}

/// Without the characters that XML 1.0 has no way to write.
fn clean(text: &str) -> String {
    let fit = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(fit).collect()
}
