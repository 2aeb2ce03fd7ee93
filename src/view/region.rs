//! Regions: the tree, and one of them.

use askama::Template;

use crate::domain::names::fold;
use crate::domain::vocab::Level;
use crate::domain::vocab::Role;
use crate::links::{self, Page};
use crate::query::EventFilter;
use crate::query::compare::CompareQuery;
use crate::query::filter::Part;
use crate::store::facets::{Facets, Value};
use crate::store::regions::RegionFull;
use crate::text::format::{capital, number};
use crate::text::labels::Label;
use crate::text::phrases;

use super::actor::{MentionView, filter_link};
use super::explorer::ListView;
use super::frame::Nav;
use super::mapview::SmallMap;
use super::{Ctx, Frame, Link};

/// The tree of places.
#[derive(Template)]
#[template(path = "regions.html")]
pub struct RegionsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// How many.
    pub total: String,
    /// Where two are compared.
    pub compare: Link,
    /// Countries.
    pub roots: Vec<BranchView>,
}

/// A region in the tree.
pub struct BranchView {
    /// The region.
    pub link: Link,
    /// What it is.
    pub level: &'static str,
    /// How many events in it and below it; empty: none.
    pub events: String,
    /// The regions below it.
    pub children: Vec<BranchView>,
    /// Whether it is unfolded.
    pub open: bool,
}

impl BranchView {
    fn new(cx: &Ctx, row: i64) -> BranchView {
        let events = cx.catalog.index.region.get(&row).map_or(0, |set| set.len());
        let level = cx.catalog.region_at(row).map(|r| r.level);
        let name = fold(&cx.region(row).text);
        BranchView {
            link: cx.region(row),
            // "Mopti region" says it already.
            level: level.map(|level| level.label(cx.lang)).filter(|word| !name.contains(&fold(word))).unwrap_or(""),
            events: if events == 0 { String::new() } else { number(events, cx.lang) },
            children: cx.catalog.children(row).map(|child| BranchView::new(cx, child.row)).collect(),
            open: events > 0 && level.is_some_and(|level| level <= Level::Country),
        }
    }

    /// The branch and its own branches, as HTML: a tree has no fixed depth, and a template cannot call itself. `parts` is
    /// what the branches below one are called.
    pub fn html(&self, parts: &str) -> String {
        use super::svg::escape;
        let name = format!(
            r#"<a href="{}">{}</a> <span class="note">{}</span>{}"#,
            escape(&self.link.href),
            escape(&self.link.text),
            escape(self.level),
            if self.events.is_empty() {
                String::new()
            } else {
                format!(r#" <span class="n">{}</span>"#, escape(&self.events))
            }
        );
        if self.children.is_empty() {
            return format!("<li>{name}</li>");
        }
        let below: String = self.children.iter().map(|child| child.html(parts)).collect();
        let open = if self.open { " open" } else { "" };
        // The link stands beside the summary: within it, neither could be reached by every screen reader.
        let label = format!("{} ({})", escape(parts), escape(&self.link.text));
        format!(
            r#"<li class="branch"><p>{name}</p><details{open}><summary aria-label="{label}"></summary><ul>{below}</ul></details></li>"#
        )
    }
}

impl RegionsPage {
    /// The whole tree.
    pub fn new(cx: &Ctx) -> RegionsPage {
        RegionsPage {
            frame: Frame::new(cx, Nav::Regions, cx.t.regions_title, |lang| Page::Regions.path(lang))
                .described(cx.t.regions_intro)
                .with_json(Page::Regions.format(cx.lang, "json")),
            compare: Link::new(Page::Compare.path(cx.lang), cx.t.compare_title),
            total: phrases::regions(cx.catalog.regions().count() as u64, cx.lang),
            roots: cx.catalog.roots().map(|root| BranchView::new(cx, root.row)).collect(),
        }
    }
}

/// One region.
#[derive(Template)]
#[template(path = "region.html")]
pub struct RegionPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What it is.
    pub level: String,
    /// What it lies in, the largest first.
    pub path: Vec<Link>,
    /// Other names and spellings.
    pub names: Vec<String>,
    /// Its P-code.
    pub pcode: Option<String>,
    /// The map of its parts, or of itself.
    pub map: Option<String>,
    /// Its events on a map, where there are any.
    pub events_map: Option<SmallMap>,
    /// The regions below it, with how many events each.
    pub parts: Vec<(Link, String)>,
    /// Where two are compared.
    pub compare: Link,
    /// Who is named as perpetrator here.
    pub who: Vec<(Link, String)>,
    /// How many events.
    pub total: String,
    /// Its events.
    pub list: ListView,
    /// Passages that name it without a claim on an event.
    pub mentions: Vec<MentionView>,
}

impl RegionPage {
    /// A region, with the facets of its events. `perpetrators` are the facet of actors among perpetrators.
    #[allow(clippy::too_many_arguments, reason = "the parts of one page")]
    pub fn new(
        cx: &Ctx,
        region: &RegionFull,
        filter: &EventFilter,
        total: u64,
        perpetrators: &Facets,
        list: ListView,
        map: Option<String>,
        events_map: Option<SmallMap>,
    ) -> Option<RegionPage> {
        let known = cx.catalog.region_at(region.row)?;
        let name = known.name.get(cx.lang);
        let mut path: Vec<Link> = cx.place(known.row);
        path.remove(0);
        path.reverse();
        let mut names: Vec<String> = vec![known.name.get(cx.lang.other()).to_owned()];
        names.extend(known.alt_names.iter().cloned());
        names.retain(|other| other != name);
        names.dedup();
        let mut parts: Vec<(u64, Link)> = cx
            .catalog
            .children(known.row)
            .map(|child| (cx.catalog.index.region.get(&child.row).map_or(0, |set| set.len()), cx.region(child.row)))
            .collect();
        parts.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        Some(RegionPage {
            frame: Frame::new(cx, Nav::Regions, name, |lang| Page::Region(&known.id).path(lang))
                .speaking_of_killings()
                .described(format!("{name} – {}", phrases::events(total, cx.lang)))
                .with_json(Page::Region(&known.id).format(cx.lang, "json"))
                .with_feed(filter)
                .pictured(Page::Region(&known.id)),
            level: capital(known.level.label(cx.lang)),
            path,
            names,
            pcode: known.pcode.clone(),
            map,
            events_map,
            parts: parts.into_iter().map(|(n, link)| (link, number(n, cx.lang))).collect(),
            compare: Link::new(links::compare(&CompareQuery::of(&known.id), cx.lang), cx.t.compare_with),
            who: who(cx, filter, &perpetrators.actor),
            total: phrases::events(total, cx.lang),
            list,
            mentions: region.mentions.iter().map(|m| MentionView::new(cx, m)).collect(),
        })
    }
}

/// Actors named as perpetrators, most often first, each as a filter.
pub fn who(cx: &Ctx, filter: &EventFilter, facet: &[Value<i64>]) -> Vec<(Link, String)> {
    facet
        .iter()
        .filter_map(|v| {
            let actor = cx.catalog.actor_at(v.value).filter(|a| a.live)?;
            let with = filter.with(&Part::Actor(actor.id.parse().ok()?)).with(&Part::Role(Role::Perpetrator));
            Some(filter_link(cx, &with, actor.name.get(cx.lang), v.count))
        })
        .take(10)
        .collect()
}
