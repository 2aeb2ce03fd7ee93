//! Where everything is, for search engines (sitemaps.org 0.9, with the languages of a page as Google reads them): an index,
//! and files of a stretch of pages each.

use std::fmt::Write as _;

use crate::domain::lang::Lang;
use crate::links::{self, Page};
use crate::store::addresses::Address;
use crate::view::Ctx;
use crate::view::svg::escape;

/// So many things are in a file: with two languages each 20,000 addresses, of the 50,000 that are allowed, and some 10 MB.
pub const EACH: i64 = 10_000;

/// What the files are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The pages there are one of.
    Pages,
    /// Events.
    Events,
    /// Actors.
    Actors,
    /// Regions.
    Regions,
    /// Reports.
    Reports,
}

impl Of {
    /// All of them, in the order of the index.
    pub const ALL: [Of; 5] = [Of::Pages, Of::Events, Of::Actors, Of::Regions, Of::Reports];

    /// As the file is called.
    pub fn name(self) -> &'static str {
        match self {
            Of::Pages => "pages",
            Of::Events => "events",
            Of::Actors => "actors",
            Of::Regions => "regions",
            Of::Reports => "reports",
        }
    }

    /// The file of this name, `events-3.xml`: what it is of, and which stretch, from 1.
    pub fn parse(file: &str) -> Option<(Of, usize)> {
        let (name, n) = file.strip_suffix(".xml")?.rsplit_once('-')?;
        let n = n.parse().ok().filter(|n| *n > 0)?;
        Some((Of::ALL.into_iter().find(|of| of.name() == name)?, n))
    }

    fn page(self, id: &str) -> Page<'_> {
        match self {
            Of::Events => Page::Event(id),
            Of::Actors => Page::Actor(id),
            Of::Regions => Page::Region(id),
            Of::Reports | Of::Pages => Page::Report(id),
        }
    }
}

/// The index: of each kind, how many files.
pub fn index(cx: &Ctx, files: &[(Of, usize)]) -> String {
    let mut xml = String::from(HEAD);
    xml.push_str(r#"<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">"#);
    for (of, count) in files {
        for n in 1..=*count {
            let _ = write!(
                xml,
                "<sitemap><loc>{}{}</loc><lastmod>{}</lastmod></sitemap>",
                escape(cx.base_url),
                links::sitemap(of.name(), n),
                escape(&cx.catalog.changed_at)
            );
        }
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// A file of things with pages of their own.
pub fn things(cx: &Ctx, of: Of, addresses: &[Address]) -> String {
    file(cx, addresses.iter().map(|(id, updated)| (of.page(id), updated.as_deref())))
}

/// The file of the pages there are one of.
pub fn pages(cx: &Ctx) -> String {
    let pages = [
        Page::Front,
        Page::Events,
        Page::Actors,
        Page::Regions,
        Page::Reports,
        Page::About,
        Page::Method,
        Page::Data,
        Page::Api,
    ];
    file(cx, pages.into_iter().map(|page| (page, None)))
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn file<'a>(cx: &Ctx, pages: impl Iterator<Item = (Page<'a>, Option<&'a str>)>) -> String {
    let mut xml = String::from(HEAD);
    xml.push_str(
        r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">"#,
    );
    for (page, updated) in pages {
        let at = |lang: Lang| escape(&format!("{}{}", cx.base_url, page.path(lang)));
        let (english, french) = (at(Lang::En), at(Lang::Fr));
        let modified = updated.map_or_else(String::new, |on| format!("<lastmod>{}</lastmod>", escape(on)));
        for address in [&english, &french] {
            let _ = write!(
                xml,
                r#"<url><loc>{address}</loc>{modified}<xhtml:link rel="alternate" hreflang="en" href="{english}"/><xhtml:link rel="alternate" hreflang="fr" href="{french}"/><xhtml:link rel="alternate" hreflang="x-default" href="{english}"/></url>"#
            );
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
