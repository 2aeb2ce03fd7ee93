//! An event as lists and tables show it.

use crate::domain::vocab::{Certainty, Role};
use crate::store::list::Card;
use crate::text::format::{capital, headline, span, toll_range};
use crate::text::labels::Label;

use super::{Ctx, Link};

/// An event in a list.
pub struct CardView {
    /// The event's page.
    pub link: Link,
    /// When.
    pub when: String,
    /// For `<time datetime>`.
    pub datetime: String,
    /// What sort of event.
    pub kind: String,
    /// Where, the smallest place first.
    pub place: Vec<Link>,
    /// How the place is known, where that is less than a locality.
    pub place_note: Option<&'static str>,
    /// The head figure, and the word after it; none: not known.
    pub killed: Option<(String, &'static str)>,
    /// The range of accounts, where they are not one number and the head figure says another thing.
    pub range: Option<String>,
    /// How the accounts stand: class and words.
    pub accounts: Option<(&'static str, &'static str)>,
    /// Who is named as perpetrator, with how sure that is.
    pub perpetrators: Vec<(Link, &'static str)>,
    /// A few sentences.
    pub summary: String,
}

impl CardView {
    /// The card of an event.
    pub fn new(cx: &Ctx, card: &Card) -> CardView {
        let lang = cx.lang;
        let killed = headline(&card.toll, lang);
        let range = toll_range(&card.toll, lang).filter(|range| Some(range) != killed.as_ref());
        CardView {
            link: Link::new(cx.event_page(&card.id, card.version).path(lang), card.title.get(lang)),
            when: span(&card.span, lang),
            datetime: card.start.clone(),
            kind: capital(card.kind.label(lang)),
            place: cx.place_in_short(card.region),
            place_note: place_note(card.place_precision, lang),
            killed: killed.map(|figure| (figure, cx.killed(&card.toll))),
            range,
            accounts: card.toll.accounts.map(|a| (crate::domain::vocab::Vocabulary::as_str(a), a.label(lang))),
            perpetrators: card
                .actors
                .iter()
                .filter(|(_, role, _)| *role == Role::Perpetrator)
                .map(|(actor, _, certainty)| (cx.actor(*actor), certainty_note(*certainty, lang)))
                .collect(),
            summary: card.summary.get(lang).to_owned(),
        }
    }
}

/// How a place is known, where that is less than a locality.
pub fn place_note(
    precision: crate::domain::vocab::PlacePrecision,
    lang: crate::domain::lang::Lang,
) -> Option<&'static str> {
    use crate::domain::vocab::PlacePrecision::{Exact, Place};
    (!matches!(precision, Exact | Place)).then(|| precision.label(lang))
}

fn certainty_note(certainty: Certainty, lang: crate::domain::lang::Lang) -> &'static str {
    certainty.label(lang)
}
