//! The results of a search.

use askama::Template;

use crate::domain::date::PartialDate;
use crate::domain::names::fold;
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::search::{NamesFound, PassageHit};
use crate::store::list::Card;
use crate::text::format::{colon, date};
use crate::text::phrases;

use super::card::CardView;
use super::frame::Nav;
use super::{Ctx, Frame, Link};

/// The page of `/search`.
#[derive(Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The words.
    pub words: String,
    /// Actors, with the name that was found if it is another one.
    pub actors: Vec<(Link, String)>,
    /// Regions, likewise with what they lie in.
    pub regions: Vec<(Link, String)>,
    /// That the events are those of other words.
    pub instead: Option<String>,
    /// The best events.
    pub events: Vec<CardView>,
    /// How many events in all, and the explorer with the words.
    pub all: Option<(String, Link)>,
    /// Passages.
    pub passages: Vec<PassageView>,
}

/// A passage that was found.
pub struct PassageView {
    /// The passage on its report's page.
    pub link: Link,
    /// What it says, with the words marked.
    pub pieces: Vec<(String, bool)>,
    /// The events it speaks of.
    pub events: Vec<Link>,
}

/// What was found.
pub struct Found<'a> {
    /// Actors and regions.
    pub names: &'a NamesFound,
    /// The best events.
    pub events: &'a [Card],
    /// How many events there are in all.
    pub total: u64,
    /// Passages.
    pub passages: &'a [PassageHit],
    /// The words for which the events are, where nothing has those that were typed.
    pub instead: Option<&'a str>,
}

impl SearchPage {
    /// The results for some words; none found yet where there are no words.
    pub fn new(cx: &Ctx, words: &str, found: &Found) -> SearchPage {
        let path = |lang| if words.is_empty() { Page::Search.path(lang) } else { links::search(words, lang) };
        let title = if words.is_empty() {
            cx.t.search_title.to_owned()
        } else {
            format!("{}{} {words}", cx.t.search_title, colon(cx.lang))
        };
        let mut frame = Frame::new(cx, Nav::None, title, path).unlisted();
        if !words.is_empty() {
            frame.json = Some(links::with_pairs(&Page::Search.format(cx.lang, "json"), &[("q", words)]));
        }
        frame.words = words.to_owned();
        let mut tokens = crate::search::tokens(words);
        tokens.extend(found.instead.map(crate::search::tokens).unwrap_or_default());
        let filter = EventFilter { q: Some(words.to_owned()), ..EventFilter::default() };
        SearchPage {
            words: words.to_owned(),
            actors: found.names.actors.iter().map(|row| (cx.actor(*row), other_name(cx, *row, &tokens))).collect(),
            regions: found.names.regions.iter().map(|row| (cx.region(*row), within(cx, *row))).collect(),
            instead: found.instead.map(|instead| phrases::instead(words, instead, cx.lang)),
            events: found.events.iter().map(|card| CardView::new(cx, card)).collect(),
            all: (found.total > 0).then(|| {
                (
                    phrases::events(found.total, cx.lang),
                    Link::new(links::filtered(&filter, cx.lang), cx.t.search_all_events),
                )
            }),
            passages: found.passages.iter().map(|hit| passage_view(cx, hit, &tokens)).collect(),
            frame,
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.regions.is_empty() && self.events.is_empty() && self.passages.is_empty()
    }
}

/// The name by which an actor was found, where it is not the one shown.
fn other_name(cx: &Ctx, row: i64, tokens: &[String]) -> String {
    let Some(actor) = cx.catalog.actor_at(row) else { return String::new() };
    let has = |name: &str| {
        let folded = fold(name);
        tokens.iter().all(|token| folded.contains(token.as_str()))
    };
    if has(actor.name.get(cx.lang)) {
        return String::new();
    }
    actor.alt_names.iter().find(|name| has(name)).cloned().unwrap_or_default()
}

fn within(cx: &Ctx, row: i64) -> String {
    cx.place(row).into_iter().skip(1).map(|link| link.text).collect::<Vec<_>>().join(", ")
}

fn passage_view(cx: &Ctx, hit: &PassageHit, tokens: &[String]) -> PassageView {
    let on = hit.published.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
    let on = on.map_or_else(|| cx.t.report_undated.to_owned(), |on| date(on, cx.lang));
    PassageView {
        link: Link::new(
            links::passage(&hit.report, &hit.id, cx.lang),
            format!("{} – {}, {on}", hit.title, hit.publisher),
        ),
        pieces: marked(hit.gist.get(cx.lang), tokens),
        events: hit
            .events
            .iter()
            .map(|(id, title)| Link::new(Page::Event(id).path(cx.lang), title.get(cx.lang)))
            .collect(),
    }
}

/// A text in pieces, those marked that begin with one of the words.
pub fn marked(text: &str, tokens: &[String]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let folded = fold(piece);
        let hit = !folded.is_empty() && tokens.iter().any(|token| folded.starts_with(token.as_str()));
        match pieces.last_mut().filter(|(_, was)| *was == hit) {
            Some((last, _)) => last.push_str(piece),
            None => pieces.push((piece.to_owned(), hit)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_whatever_their_accents() {
        let pieces = marked("L’armée à Ségou", &["armee".into(), "seg".into()]);
        let hits: Vec<&str> = pieces.iter().filter(|(_, hit)| *hit).map(|(text, _)| text.trim()).collect();
        assert_eq!(hits, ["armée", "Ségou"]);
        assert_eq!(pieces.iter().map(|(text, _)| text.as_str()).collect::<String>(), "L’armée à Ségou");
    }
}
