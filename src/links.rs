//! Addresses. A URL is built here and nowhere else: a path for each kind of page, in both languages, with its other
//! formats; the address of a filter, and of the same filter with one part less or more.

use crate::domain::lang::Lang;
use crate::query::compare::CompareQuery;
use crate::query::filter::Part;
use crate::query::page::LastChange;
use crate::query::{EventFilter, EventQuery};

/// A page of the site. Its address never changes once it has been given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page<'a> {
    /// `/`
    Front,
    /// `/events`
    Events,
    /// `/events/{id}`
    Event(&'a str),
    /// `/events/{id}/history`
    History(&'a str),
    /// `/events/{id}/versions/{n}`
    Version(&'a str, u32),
    /// `/events/{id}/timegate`
    Timegate(&'a str),
    /// `/events/{id}/timemap`
    Timemap(&'a str),
    /// `/embed/events/{id}`
    EmbeddedEvent(&'a str),
    /// `/actors`
    Actors,
    /// `/actors/{id}`
    Actor(&'a str),
    /// `/regions`
    Regions,
    /// `/regions/{id}`
    Region(&'a str),
    /// `/reports`
    Reports,
    /// `/reports/{id}`
    Report(&'a str),
    /// `/compare`
    Compare,
    /// `/search`
    Search,
    /// `/about`
    About,
    /// `/about/method`
    Method,
    /// `/about/data`
    Data,
    /// `/api`
    Api,
}

impl Page<'_> {
    /// The path without its language.
    fn bare(self) -> String {
        match self {
            Page::Front => String::new(),
            Page::Events => "/events".into(),
            Page::Event(id) => format!("/events/{id}"),
            Page::History(id) => format!("/events/{id}/history"),
            Page::Version(id, n) => format!("/events/{id}/versions/{n}"),
            Page::Timegate(id) => format!("/events/{id}/timegate"),
            Page::Timemap(id) => format!("/events/{id}/timemap"),
            Page::EmbeddedEvent(id) => format!("/embed/events/{id}"),
            Page::Actors => "/actors".into(),
            Page::Actor(id) => format!("/actors/{id}"),
            Page::Regions => "/regions".into(),
            Page::Region(id) => format!("/regions/{id}"),
            Page::Reports => "/reports".into(),
            Page::Report(id) => format!("/reports/{id}"),
            Page::Compare => "/compare".into(),
            Page::Search => "/search".into(),
            Page::About => "/about".into(),
            Page::Method => "/about/method".into(),
            Page::Data => "/about/data".into(),
            Page::Api => "/api".into(),
        }
    }

    /// The path in a language: English at the root, French under `/fr`.
    pub fn path(self, lang: Lang) -> String {
        let bare = self.bare();
        match (lang, bare.is_empty()) {
            (Lang::En, true) => "/".into(),
            (Lang::En, false) => bare,
            (Lang::Fr, _) => format!("/fr{bare}"),
        }
    }

    /// The path of another format of the page: `.json`.
    pub fn format(self, lang: Lang, ending: &str) -> String {
        format!("{}.{ending}", self.path(lang))
    }
}

/// A path with pairs behind it.
pub fn with_pairs<K: AsRef<str>, V: AsRef<str>>(path: &str, pairs: &[(K, V)]) -> String {
    if pairs.is_empty() {
        return path.to_owned();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.iter().map(|(key, value)| (key.as_ref(), value.as_ref())));
    format!("{path}?{}", query.finish())
}

/// The explorer with a query.
pub fn events(query: &EventQuery, lang: Lang) -> String {
    with_pairs(&Page::Events.path(lang), &query.pairs())
}

/// The explorer with a filter, in its usual order.
pub fn filtered(filter: &EventFilter, lang: Lang) -> String {
    with_pairs(&Page::Events.path(lang), &filter.pairs())
}

/// Another format of the explorer with a query.
pub fn events_format(query: &EventQuery, lang: Lang, ending: &str) -> String {
    with_pairs(&Page::Events.format(lang, ending), &query.pairs())
}

/// Two actors or two regions side by side.
pub fn compare(query: &CompareQuery, lang: Lang) -> String {
    with_pairs(&Page::Compare.path(lang), &query.pairs())
}

/// The same as JSON.
pub fn compare_json(query: &CompareQuery, lang: Lang) -> String {
    with_pairs(&Page::Compare.format(lang, "json"), &query.pairs())
}

/// The events of a filter in cells, for maps, as JSON.
pub fn cells(filter: &EventFilter, lang: Lang) -> String {
    with_pairs(&in_language("/cells.json", lang), &filter.pairs())
}

/// The events of a filter on a map for frames of other sites.
pub fn embedded_map(filter: &EventFilter, lang: Lang) -> String {
    with_pairs(&in_language("/embed/map", lang), &filter.pairs())
}

/// How an address of this site, absolute, is embedded (oEmbed).
pub fn oembed(url: &str) -> String {
    with_pairs("/oembed", &[("url", url)])
}

/// What of this site can be embedded.
pub enum Embeddable<'a> {
    /// The explorer, as a map.
    Events,
    /// An event by its id, as it is now.
    Event(&'a str),
}

/// What of it a path shows.
pub fn embeddable(path: &str) -> Option<Embeddable<'_>> {
    let bare = path.strip_prefix("/fr").filter(|bare| bare.starts_with('/')).unwrap_or(path);
    match bare.strip_prefix("/events")? {
        "" => Some(Embeddable::Events),
        rest => rest.strip_prefix('/').filter(|id| !id.contains('/')).map(Embeddable::Event),
    }
}

/// Where the pictures of an operator's own map file are, as Leaflet takes it.
pub const TILES: &str = "/tiles/{z}/{x}/{y}";

/// The whole list of a query as a file: its filter and its order, no page.
pub fn export(query: &EventQuery, lang: Lang, ending: &str) -> String {
    let whole = EventQuery { sort: query.sort, ..EventQuery::of(query.filter.clone()) };
    events_format(&whole, lang, ending)
}

/// The feed of a filter, from behind a change on. An earlier state of the record has none: it does not change.
pub fn feed(filter: &EventFilter, limit: Option<u16>, after: Option<&LastChange>, lang: Lang) -> String {
    let mut pairs = filter.without(&Part::AsOf).pairs();
    pairs.extend(limit.map(|limit| ("limit", limit.to_string())));
    pairs.extend(after.map(|after| ("after", after.to_string())));
    with_pairs(&Page::Events.format(lang, "atom"), &pairs)
}

/// The landing page of OGC API Features. It and all below it are in English: such addresses are kept in programs.
pub const OGC: &str = "/ogc";

/// Its description.
pub const OGC_API: &str = "/ogc/api";

/// What it conforms to.
pub const OGC_CONFORMANCE: &str = "/ogc/conformance";

/// Its collections.
pub const OGC_COLLECTIONS: &str = "/ogc/collections";

/// A collection of it, or what is below that.
pub fn ogc_collection(of: &str, below: &str) -> String {
    format!("{OGC_COLLECTIONS}/{of}{below}")
}

/// A page of the features of a collection.
pub fn ogc_items<K: AsRef<str>, V: AsRef<str>>(of: &str, pairs: &[(K, V)]) -> String {
    with_pairs(&ogc_collection(of, "/items"), pairs)
}

/// A feature of a collection.
pub fn ogc_item(of: &str, id: &str) -> String {
    ogc_collection(of, &format!("/items/{id}"))
}

/// Whether a path is that of OGC API Features, which only programs read.
pub fn is_ogc(path: &str) -> bool {
    path.strip_prefix(OGC).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The index of the maps of the site for search engines.
pub const SITEMAP: &str = "/sitemap.xml";

/// One of these maps: of a kind of thing, from 1.
pub fn sitemap(of: &str, n: usize) -> String {
    format!("/sitemaps/{of}-{n}.xml")
}

/// The results for some words.
pub fn search(words: &str, lang: Lang) -> String {
    with_pairs(&Page::Search.path(lang), &[("q", words)])
}

/// Where names are found while they are typed: of what, as the filter calls it.
pub fn names(of: &str, lang: Lang) -> String {
    with_pairs(&in_language("/names.json", lang), &[("of", of)])
}

/// A claim of an event, within its page.
pub fn claim(event: &str, n: u32, lang: Lang) -> String {
    claim_on(Page::Event(event), n, lang)
}

/// A claim, within a page of its event: of now, or of the event as it was in a version.
pub fn claim_on(page: Page, n: u32, lang: Lang) -> String {
    format!("{}#claim-{n}", page.path(lang))
}

/// A passage of a report, within its page.
pub fn passage(report: &str, passage: &str, lang: Lang) -> String {
    format!("{}#{passage}", Page::Report(report).path(lang))
}

/// How a passage of a report is cited, as a file of a reference manager.
pub fn cite_passage(report: &str, passage: &str, lang: Lang, ending: &str) -> String {
    with_pairs(&Page::Report(report).format(lang, ending), &[("passage", passage)])
}

/// The same address in a language, for pages that are not any [`Page`]: errors.
pub fn in_language(path_and_query: &str, lang: Lang) -> String {
    let bare = match path_and_query.strip_prefix("/fr") {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '.']) => rest,
        _ if path_and_query == "/" => "",
        _ => path_and_query,
    };
    match lang {
        Lang::Fr => format!("/fr{bare}"),
        // Browsers read `//host/` as another site.
        Lang::En if !bare.starts_with('/') || bare.starts_with("//") => format!("/{}", bare.trim_start_matches('/')),
        Lang::En => bare.to_owned(),
    }
}

/// A dataset as a package to download.
pub fn package(dataset: &str) -> String {
    format!("/about/data/{dataset}.zip")
}

/// A report's own address, scrolled to the anchor where a browser can (text fragments, WICG).
pub fn source_at(url: &str, anchor: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');
    let base = url.split('#').next().unwrap_or(url);
    format!("{base}#:~:text={}", utf8_percent_encode(anchor, KEPT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_lives_under_fr() {
        assert_eq!(Page::Front.path(Lang::En), "/");
        assert_eq!(Page::Front.path(Lang::Fr), "/fr");
        assert_eq!(Page::Event("x").format(Lang::Fr, "json"), "/fr/events/x.json");
    }

    #[test]
    fn any_address_has_one_in_the_other_language() {
        for (english, french) in
            [("/", "/fr"), ("/?a=b", "/fr/?a=b"), ("/nowhere?a=b", "/fr/nowhere?a=b"), ("/free", "/fr/free")]
        {
            assert_eq!(in_language(english, Lang::Fr), french);
            assert_eq!(in_language(french, Lang::Fr), french);
            assert_eq!(in_language(french, Lang::En), english);
            assert_eq!(in_language(english, Lang::En), english);
        }
        assert_eq!(in_language("/fr//elsewhere.example/", Lang::En), "/elsewhere.example/");
    }

    #[test]
    fn features_are_for_programs() {
        assert!(is_ogc("/ogc") && is_ogc(&ogc_item("events", "x")));
        assert!(!is_ogc("/ogcx") && !is_ogc("/fr/ogc"));
        assert_eq!(ogc_items("events", &[("datetime", "2022/..")]), "/ogc/collections/events/items?datetime=2022%2F..");
    }

    #[test]
    fn what_is_typed_cannot_break_out_of_an_address() {
        let filter = EventFilter { q: Some("a&b=c #\"<".into()), ..EventFilter::default() };
        assert_eq!(filtered(&filter, Lang::En), "/events?q=a%26b%3Dc+%23%22%3C");
    }

    #[test]
    fn a_text_fragment_escapes_what_has_a_meaning_in_it() {
        assert_eq!(source_at("https://a.org/x#top", "l’an-2, &"), "https://a.org/x#:~:text=l%E2%80%99an%2D2%2C%20%26");
    }
}
