//! What surrounds every page, and what every page needs to be written.

use crate::domain::date::PartialDate;
use crate::domain::lang::Lang;
use crate::domain::toll::Toll;
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::store::catalog::Catalog;
use crate::text::format::{date, headline_is_one};
use crate::text::phrases;
use crate::text::ui::{Text, texts};

/// Addresses that every page names and the web layer knows: of the files it loads, by content, and of the way out.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The script; pages work without it.
    pub js: String,
    /// The style sheet of pages for frames on other sites.
    pub embed: String,
    /// The script that must run before the page is drawn.
    pub theme: String,
    /// Where *Exit this page* leads: a site that says nothing of what was read here.
    pub exit: String,
    /// The icon.
    pub icon: String,
    /// The map's background.
    pub map: String,
    /// Files of the map that can be moved.
    pub moving: MovingFiles,
    /// The script of the page on which the API is tried.
    pub trying: String,
    /// Pictures for that map, if the operator has some.
    pub tiles: Option<Tiles>,
}

/// Addresses of the files that a map needs to be moved; fetched when a reader asks for it.
#[derive(Clone, Debug, Default)]
pub struct MovingFiles {
    /// The script.
    pub script: String,
    /// Leaflet.
    pub library: String,
    /// Leaflet's style sheet.
    pub style: String,
    /// Outlines for the world.
    pub far: String,
    /// Outlines for closer maps.
    pub near: String,
}

/// Pictures to lie below the outlines of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// Their address, with `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// Whom the map has to name.
    pub attribution: String,
}

/// What is needed to put domain values into words.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// The fixed texts in it.
    pub t: &'static Text,
    /// Names.
    pub catalog: &'a Catalog,
    /// The site's own address, without a slash at its end.
    pub base_url: &'a str,
    /// The files.
    pub assets: &'a Assets,
    /// Whether events are shown as they were on record at some time (`as_of`), which their own pages may no longer say.
    pub past: bool,
}

impl<'a> Ctx<'a> {
    /// A context in a language.
    pub fn new(lang: Lang, catalog: &'a Catalog, base_url: &'a str, assets: &'a Assets) -> Ctx<'a> {
        Ctx { lang, t: texts(lang), catalog, base_url, assets, past: false }
    }

    /// The same in the other language.
    pub fn in_lang(self, lang: Lang) -> Ctx<'a> {
        Ctx { lang, t: texts(lang), ..self }
    }

    /// The same for the events of a filter.
    pub fn of(self, filter: &EventFilter) -> Ctx<'a> {
        Ctx { past: filter.as_of.is_some(), ..self }
    }

    /// The page that says of an event what is shown here of it.
    pub fn event_page<'b>(&self, id: &'b str, version: u32) -> Page<'b> {
        if self.past { Page::Version(id, version) } else { Page::Event(id) }
    }

    /// The word after the figure at the head of an event: "killed".
    pub fn killed(&self, toll: &Toll) -> &'static str {
        if headline_is_one(toll) { self.t.event_killed_one } else { self.t.event_killed }
    }

    /// A link to an actor by its row.
    pub fn actor(&self, row: i64) -> Link {
        let Some(actor) = self.catalog.actor_at(row) else { return Link::text("?") };
        if !actor.live {
            return Link::text(actor.name.get(self.lang));
        }
        Link::new(Page::Actor(&actor.id).path(self.lang), actor.name.get(self.lang))
    }

    /// A link to an actor by its id.
    pub fn actor_by_id(&self, id: &str) -> Link {
        self.catalog.actor(id).map_or_else(|| Link::text(id), |actor| self.actor(actor.row))
    }

    /// A link to a region by its row.
    pub fn region(&self, row: i64) -> Link {
        let Some(region) = self.catalog.region_at(row) else { return Link::text("?") };
        if !region.live {
            return Link::text(region.name.get(self.lang));
        }
        Link::new(Page::Region(&region.id).path(self.lang), region.name.get(self.lang))
    }

    /// A link to a region by its id.
    pub fn region_by_id(&self, id: &str) -> Link {
        self.catalog.region(id).map_or_else(|| Link::text(id), |region| self.region(region.row))
    }

    /// Links to a place in a list: like [`Ctx::place`], without the commune a locality lies in, which few readers need.
    pub fn place_in_short(&self, row: i64) -> Vec<Link> {
        use crate::domain::vocab::Level;
        let mut path = self.catalog.path(row);
        path.reverse();
        let short = path.into_iter().enumerate().filter(|(at, region)| *at == 0 || region.level != Level::Admin3);
        short.map(|(_, region)| self.region(region.row)).collect()
    }

    /// Links to a region and all it lies in, the smallest first: how a reader names a place.
    pub fn place(&self, row: i64) -> Vec<Link> {
        let mut path: Vec<Link> = self.catalog.path(row).into_iter().map(|r| self.region(r.row)).collect();
        path.reverse();
        path
    }
}

/// A link, or a text where there is nothing to link to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to; empty: nowhere.
    pub href: String,
    /// What it says.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Link {
        Link { href: href.into(), text: text.into() }
    }

    /// A text alone.
    pub fn text(text: impl Into<String>) -> Link {
        Link { href: String::new(), text: text.into() }
    }
}

/// Which entry of the main navigation a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// None of them.
    None,
    /// Events.
    Events,
    /// Actors.
    Actors,
    /// Regions.
    Regions,
    /// Reports.
    Reports,
    /// About.
    About,
}

/// What surrounds a page.
pub struct Frame {
    /// The language.
    pub lang: Lang,
    /// The fixed texts.
    pub t: &'static Text,
    /// The title, without the site's name.
    pub title: String,
    /// A sentence for search engines and previews.
    pub description: String,
    /// The same page in this language, absolute.
    pub canonical: String,
    /// The same page in English, absolute.
    pub english: String,
    /// The same page in French, absolute.
    pub french: String,
    /// The same page in the other language, a path.
    pub switch: String,
    /// The main navigation.
    pub nav: Vec<(Link, bool)>,
    /// Where the front page is.
    pub home: String,
    /// Where the search form leads.
    pub search: String,
    /// What stands in the search form.
    pub words: String,
    /// The page as JSON, if it has it.
    pub json: Option<String>,
    /// The feed of what changes in its list, if it has one.
    pub atom: Option<String>,
    /// How other sites embed it (oEmbed), if they can.
    pub oembed: Option<String>,
    /// The picture that a chat shows of the page, absolute.
    pub image: Option<String>,
    /// What the page says, as JSON-LD, ready to be embedded.
    pub ld: Option<String>,
    /// What the page is about for reference managers (Highwire's tags): name and content.
    pub highwire: Vec<(&'static str, String)>,
    /// Under which terms the data are, in words.
    pub licence: &'static str,
    /// About pages, for the foot.
    pub foot: Vec<Link>,
    /// The files.
    pub css: String,
    /// See `css`.
    pub js: String,
    /// See `css`.
    pub theme: String,
    /// See `css`.
    pub icon: String,
    /// Where *Exit this page* leads.
    pub exit: String,
    /// What sort of content follows, for readers who want to know first; empty where there is nothing to say.
    pub content_note: &'static str,
    /// For paper: the address of the page, and of which day the data are.
    pub on_paper: String,
    /// Search engines should not keep it (errors, filtered lists).
    pub noindex: bool,
}

impl Frame {
    /// The frame of a page. `path` gives its address in each language.
    pub fn new(cx: &Ctx, nav: Nav, title: impl Into<String>, path: impl Fn(Lang) -> String) -> Frame {
        let (lang, t) = (cx.lang, cx.t);
        let absolute = |lang: Lang| format!("{}{}", cx.base_url, path(lang));
        let entry = |page: Page, text: &str, this: Nav| (Link::new(page.path(lang), text), this == nav);
        Frame {
            lang,
            t,
            title: title.into(),
            description: t.tagline.to_owned(),
            canonical: absolute(lang),
            english: absolute(Lang::En),
            french: absolute(Lang::Fr),
            switch: path(lang.other()),
            nav: vec![
                entry(Page::Events, t.nav_events, Nav::Events),
                entry(Page::Actors, t.nav_actors, Nav::Actors),
                entry(Page::Regions, t.nav_regions, Nav::Regions),
                entry(Page::Reports, t.nav_reports, Nav::Reports),
                entry(Page::About, t.nav_about, Nav::About),
            ],
            home: Page::Front.path(lang),
            search: Page::Search.path(lang),
            words: String::new(),
            json: None,
            image: None,
            ld: None,
            highwire: Vec::new(),
            atom: None,
            oembed: None,
            licence: match cx.catalog.datasets.iter().all(|dataset| dataset.redistributable) {
                true => t.footer_licence,
                false => t.footer_licences,
            },
            foot: vec![
                Link::new(Page::Method.path(lang), t.method_title),
                Link::new(Page::Data.path(lang), t.data_title),
                Link::new(Page::Api.path(lang), t.api_title),
            ],
            css: cx.assets.css.clone(),
            js: cx.assets.js.clone(),
            theme: cx.assets.theme.clone(),
            icon: cx.assets.icon.clone(),
            exit: cx.assets.exit.clone(),
            content_note: "",
            on_paper: phrases::on_paper(&absolute(lang), data_of(cx).as_deref(), lang),
            noindex: false,
        }
    }

    /// The same with a description.
    pub fn described(mut self, description: impl Into<String>) -> Frame {
        self.description = description.into();
        self
    }

    /// The same with a picture for chats: that of an event, an actor or a region.
    pub fn pictured(mut self, page: Page) -> Frame {
        let site = self.canonical.strip_suffix(&page.path(self.lang));
        self.image = site.map(|site| format!("{site}{}", page.format(self.lang, "png")));
        self
    }

    /// The same with its JSON form.
    pub fn with_json(mut self, href: String) -> Frame {
        self.json = Some(href);
        self
    }

    /// The same, saying first that it speaks of people killed.
    pub fn speaking_of_killings(mut self) -> Frame {
        self.content_note = self.t.content_note_text;
        self
    }

    /// The same with the feed of its list.
    pub fn with_feed(mut self, filter: &EventFilter) -> Frame {
        self.atom = Some(links::feed(filter, None, None, self.lang));
        self
    }

    /// The same, which other sites may embed.
    pub fn embeddable(mut self) -> Frame {
        self.oembed = Some(links::oembed(&self.canonical));
        self
    }

    /// The same, not for search engines.
    pub fn unlisted(mut self) -> Frame {
        self.noindex = true;
        self
    }

    /// What stands in `<title>`.
    pub fn full_title(&self) -> String {
        if self.title.is_empty() {
            format!("{} – {}", self.t.site, self.t.tagline)
        } else {
            format!("{} – {}", self.title, self.t.site)
        }
    }
}

/// The day on which the data last changed.
fn data_of(cx: &Ctx) -> Option<String> {
    let day: PartialDate = cx.catalog.changed_at.get(..10)?.parse().ok()?;
    Some(date(day, cx.lang))
}
