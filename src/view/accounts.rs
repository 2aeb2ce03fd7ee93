//! Accounts side by side, put into words.

use crate::domain::accounts::{Answer, TopicAccounts, Voice, on_topic};
use crate::domain::date::PartialDate;
use crate::domain::figure::Figure;
use crate::domain::record::{Claim, Part, Value};
use crate::domain::vocab::{Accounts, Origin, Question, Stance, Topic, Vocabulary};
use crate::links;
use crate::store::events::{EventFull, ReportBrief};
use crate::text::format::{capital, colon, date, figure, moment};
use crate::text::labels::Label;
use crate::text::phrases;

use super::{Ctx, Link};

/// One question and what is said on it.
pub struct QuestionView {
    /// For the address within the page.
    pub slug: &'static str,
    /// The question.
    pub title: &'static str,
    /// Its topics.
    pub topics: Vec<TopicView>,
}

/// One topic and its answers.
pub struct TopicView {
    /// What it is about; empty where the question says it already.
    pub title: String,
    /// The word of the vocabulary, a class.
    pub word: &'static str,
    /// How the answers stand to each other: class and words.
    pub standing: Option<(&'static str, &'static str)>,
    /// Which sources give figures that can be right if the preferred one is, and which figures cannot: a heading and words.
    pub beside: Vec<(String, String)>,
    /// For the whole event.
    pub answers: Vec<AnswerView>,
    /// For parts of it: which part, and the answers.
    pub parts: Vec<(Link, Vec<AnswerView>)>,
}

/// One answer and who gives it.
pub struct AnswerView {
    /// What it says.
    pub value: Link,
    /// The language the words are in, where it is not the page's.
    pub foreign: Option<&'static str>,
    /// Whether it is a number, a date or a name (set large) or words.
    pub short: bool,
    /// Whether a curator stands behind it.
    pub preferred: bool,
    /// Who says so.
    pub asserted: Vec<VoiceView>,
    /// Who denies it.
    pub denied: Vec<VoiceView>,
}

/// One kind of source and the claims that carry it.
pub struct VoiceView {
    /// The dataset whose record says so, where it is another one than the event's.
    pub dataset: Option<String>,
    /// `government`, with a capital; empty where another dataset speaks in its own voice.
    pub origin: String,
    /// `15 reports`.
    pub reports: String,
    /// The claims.
    pub claims: Vec<ClaimView>,
}

/// One claim.
pub struct ClaimView {
    /// Its address within this page.
    pub anchor: String,
    /// Whom the report gives as its source, if it names one.
    pub said_by: Option<String>,
    /// The passage within this page; of another dataset's record, the claim on its own page.
    pub href: String,
    /// The report's publisher and date.
    pub report: String,
    /// The note of a number.
    pub note: Option<String>,
}

/// The address of a passage within an event's page.
pub fn passage_anchor(report: &str, passage: &str) -> String {
    format!("passage-{report}-{passage}")
}

/// All questions that have an answer: the event's own, then those of the records that are the same event, marked with
/// their dataset. How accounts stand to each other is said of the event's own alone, as its toll is: a dataset counts
/// what the same reports told, and its figure would count twice. What else stands around it (the background) is left
/// to the record's own page.
pub fn questions(cx: &Ctx, event: &EventFull) -> Vec<QuestionView> {
    let view = |question: Question| {
        let topics = question.topics().iter().filter_map(|topic| topic_view(cx, question, *topic, event)).collect();
        QuestionView { slug: question.slug(), title: question.label(cx.lang), topics }
    };
    Question::ALL.into_iter().map(view).filter(|view| !view.topics.is_empty()).collect()
}

fn topic_view(cx: &Ctx, question: Question, topic: Topic, event: &EventFull) -> Option<TopicView> {
    let own = on_topic(&event.record.claims, topic);
    let others = event.same.iter().filter(|same| same.curated && question != Question::Background);
    let others: Vec<_> =
        others.filter_map(|same| Some((&same.event, on_topic(&same.event.record.claims, topic)?))).collect();
    if own.is_none() && others.is_empty() {
        return None;
    }
    let mut answers = Answers::default();
    let mut parts: Vec<(&Part, Answers)> = Vec::new();
    let of_own = own.iter().map(|said| (event, said, false));
    for (of, said, other) in of_own.chain(others.iter().map(|(of, said)| (*of, said, true))) {
        let speaker = Speaker { event: of, other };
        answers.add(cx, topic, &said.answers, &speaker);
        for (part, said) in &said.parts {
            let at = parts.iter().position(|(known, _)| known == part).unwrap_or_else(|| {
                parts.push((part, Answers::default()));
                parts.len() - 1
            });
            parts[at].1.add(cx, topic, said, &speaker);
        }
    }
    let alone = question.topics().len() == 1;
    Some(TopicView {
        title: if alone { String::new() } else { capital(topic.label(cx.lang)) },
        word: topic.as_str(),
        standing: own.as_ref().and_then(|own| own.standing).map(|standing| standing_view(cx, standing)),
        beside: own.as_ref().map(|own| beside(cx, own)).unwrap_or_default(),
        answers: answers.views,
        parts: parts.into_iter().map(|(part, said)| (part_link(cx, part), said.views)).collect(),
    })
}

fn beside(cx: &Ctx, said: &TopicAccounts) -> Vec<(String, String)> {
    let Some(found) = said.beside_preferred() else { return Vec::new() };
    let who = |origins: &[Origin]| {
        phrases::and(&origins.iter().map(|origin| origin.label(cx.lang).to_owned()).collect::<Vec<_>>(), cx.lang)
    };
    let against: Vec<String> = found
        .against
        .iter()
        .map(|(number, origins)| format!("{} ({})", figure(*number, cx.lang), who(origins)))
        .collect();
    vec![
        (phrases::fits(&figure(found.preferred, cx.lang), cx.lang), who(&found.fits)),
        (cx.t.event_against.to_owned(), phrases::and(&against, cx.lang)),
    ]
}

/// Whose claims they are.
struct Speaker<'a> {
    event: &'a EventFull,
    /// Whether it is another dataset's record of the event at hand.
    other: bool,
}

/// Answers as they are gathered from several records: the same answer stands once.
#[derive(Default)]
struct Answers<'a> {
    said: Vec<(Option<Figure>, Option<&'a Value>)>,
    views: Vec<AnswerView>,
}

impl<'a> Answers<'a> {
    fn add(&mut self, cx: &Ctx, topic: Topic, answers: &[Answer<'a>], speaker: &Speaker) {
        for answer in answers {
            let view = answer_view(cx, topic, answer, speaker);
            let said = (answer.figure, answer.value);
            match self.said.iter().position(|known| *known == said) {
                Some(at) => {
                    self.views[at].asserted.extend(view.asserted);
                    self.views[at].denied.extend(view.denied);
                }
                None => {
                    self.said.push(said);
                    self.views.push(view);
                }
            }
        }
    }
}

/// How accounts stand to each other: a class and words.
pub fn standing_view(cx: &Ctx, standing: Accounts) -> (&'static str, &'static str) {
    (standing.as_str(), standing.label(cx.lang))
}

fn answer_view(cx: &Ctx, topic: Topic, answer: &Answer, speaker: &Speaker) -> AnswerView {
    let value = match (answer.figure, answer.value) {
        (Some(number), _) => Link::text(figure(number, cx.lang)),
        (None, Some(value)) => value_link(cx, topic, value),
        (None, None) => Link::text(""),
    };
    let words = matches!(answer.value, Some(Value::Words(_))) && topic != Topic::When;
    let voices = |voices: &[Voice]| voices.iter().map(|voice| voice_view(cx, voice, speaker)).collect();
    AnswerView {
        value,
        foreign: foreign(cx, answer.value),
        short: answer.figure.is_some() || !words,
        preferred: answer.preferred && !speaker.other,
        asserted: voices(&answer.asserted),
        denied: voices(&answer.denied),
    }
}

/// A text that was never translated stands in English on a French page, and says so to a screen reader.
fn foreign(cx: &Ctx, value: Option<&Value>) -> Option<&'static str> {
    use crate::domain::lang::Lang;
    match value {
        Some(Value::Words(words))
            if cx.lang == Lang::Fr
                && !cx.catalog.has_french(words)
                && words.parse::<crate::domain::date::Moment>().is_err() =>
        {
            Some("en")
        }
        _ => None,
    }
}

/// What a claim says, other than a number, with a link where it names something.
pub fn value_link(cx: &Ctx, topic: Topic, value: &Value) -> Link {
    match value {
        Value::Region(id) => cx.region_by_id(id.as_str()),
        Value::Actor(id) => cx.actor_by_id(id.as_str()),
        Value::Words(words) => match (topic, words.parse()) {
            (Topic::When, Ok(at)) => Link::text(moment(at, cx.lang)),
            _ => Link::text(cx.catalog.translated(words, cx.lang)),
        },
    }
}

/// What part of an event a figure is limited to.
pub fn part_link(cx: &Ctx, part: &Part) -> Link {
    match part {
        Part::Region(id) => cx.region_by_id(id.as_str()),
        Part::Actor(id) => cx.actor_by_id(id.as_str()),
        Part::Words(words) => Link::text(cx.catalog.translated(words, cx.lang)),
    }
}

fn voice_view(cx: &Ctx, voice: &Voice, speaker: &Speaker) -> VoiceView {
    VoiceView {
        dataset: speaker.other.then(|| dataset_title(cx, speaker.event)),
        origin: match voice.origin {
            // The dataset speaks for itself.
            Origin::Media if speaker.other => String::new(),
            origin => capital(origin.label(cx.lang)),
        },
        reports: phrases::reports(voice.reports as u64, cx.lang),
        claims: voice.claims.iter().map(|claim| claim_view(cx, claim, speaker)).collect(),
    }
}

fn claim_view(cx: &Ctx, claim: &Claim, speaker: &Speaker) -> ClaimView {
    let note = claim.value.as_ref().filter(|_| claim.topic.is_number());
    let event = speaker.event;
    let id = event.record.id.as_str();
    // The numbers of claims are the event's own; another record's stand on its page, where their passages are.
    let (anchor, href) = match speaker.other {
        false => (format!("claim-{}", claim.n), format!("#{}", passage_anchor(claim.report.as_str(), &claim.passage))),
        true => (format!("same-{id}-{}", claim.n), links::claim(id, claim.n, cx.lang)),
    };
    ClaimView {
        anchor,
        said_by: claim.said_by.as_ref().map(|by| cx.catalog.translated(by, cx.lang).to_owned()),
        href,
        report: event.reports.get(claim.report.as_str()).map_or_else(String::new, |report| report_name(cx, report)),
        note: note.map(|value| value_link(cx, claim.topic, value).text),
    }
}

/// What the dataset of an event is called.
pub fn dataset_title(cx: &Ctx, event: &EventFull) -> String {
    cx.catalog.dataset_at(event.dataset).map_or_else(String::new, |dataset| dataset.title.get(cx.lang).to_owned())
}

/// `RFI, 21 June 2022`.
pub fn report_name(cx: &Ctx, report: &ReportBrief) -> String {
    let published = report.published.as_deref().and_then(|text| text.parse::<PartialDate>().ok());
    match published {
        Some(on) => format!("{}, {}", report.publisher, date(on, cx.lang)),
        None => format!("{}, {}", report.publisher, cx.t.report_undated),
    }
}

/// A claim in a few words, for the passage that makes it: `killed: 132`, `denies: perpetrator named: Katiba Macina`.
pub fn in_short(cx: &Ctx, claim: &Claim) -> String {
    let says = match (claim.figure, &claim.value) {
        (Some(number), _) => figure(number, cx.lang),
        (None, Some(value)) => value_link(cx, claim.topic, value).text,
        (None, None) => String::new(),
    };
    let part = claim.part.as_ref().map_or_else(String::new, |part| format!(" ({})", part_link(cx, part).text));
    let denies = if claim.stance == Stance::Denies { cx.lang.pick("denied – ", "démenti – ") } else { "" };
    format!("{denies}{}{part}{} {says}", claim.topic.label(cx.lang), colon(cx.lang))
}

/// A row of the summary at the head of an event: a question and the best supported answers.
pub struct GlanceRow {
    /// Where the whole answer is.
    pub slug: &'static str,
    /// The question.
    pub title: &'static str,
    /// Answers: what, who says so, who denies it.
    pub answers: Vec<GlanceAnswer>,
    /// How many more there are.
    pub more: usize,
    /// How the answers stand to each other.
    pub standing: Option<(&'static str, &'static str)>,
}

/// An answer in the summary.
pub struct GlanceAnswer {
    /// What.
    pub value: Link,
    /// The language of the words, where it is not the page's.
    pub foreign: Option<&'static str>,
    /// Whether a curator stands behind it.
    pub preferred: bool,
    /// Who says so, in words.
    pub by: String,
    /// Who denies it, in words.
    pub denied: Option<String>,
    /// The first claim that carries it.
    pub claim: u32,
}

/// The summary at the head of an event: who says what, in one screen.
pub fn glance(cx: &Ctx, claims: &[Claim]) -> Vec<GlanceRow> {
    let wanted = [
        (Topic::Killed, Question::HowMany, 4),
        (Topic::When, Question::When, 3),
        (Topic::Where, Question::Where, 4),
        (Topic::Perpetrator, Question::Who, 3),
        (Topic::Motive, Question::Why, 3),
    ];
    wanted
        .into_iter()
        .filter_map(|(topic, question, most)| {
            let said = on_topic(claims, topic)?;
            if said.answers.is_empty() {
                return None;
            }
            let answers =
                said.answers.iter().take(most).filter_map(|answer| glance_answer(cx, topic, answer)).collect();
            Some(GlanceRow {
                slug: question.slug(),
                title: question.label(cx.lang),
                answers,
                more: said.answers.len().saturating_sub(most),
                standing: said.standing.map(|standing| standing_view(cx, standing)),
            })
        })
        .collect()
}

fn glance_answer(cx: &Ctx, topic: Topic, answer: &Answer) -> Option<GlanceAnswer> {
    let claims = || answer.asserted.iter().chain(&answer.denied).flat_map(|voice| &voice.claims);
    let first = claims().find(|claim| claim.preferred).or_else(|| claims().next())?;
    let by = |voices: &[Voice]| {
        let words: Vec<String> = voices.iter().map(|voice| voice.origin.label(cx.lang).to_owned()).collect();
        phrases::and(&words, cx.lang)
    };
    let value = match (answer.figure, answer.value) {
        (Some(number), _) => Link::text(figure(number, cx.lang)),
        (None, Some(value)) => value_link(cx, topic, value),
        (None, None) => return None,
    };
    let reports = phrases::reports(answer.reports() as u64, cx.lang);
    Some(GlanceAnswer {
        value,
        foreign: foreign(cx, answer.value),
        preferred: answer.preferred,
        by: if answer.asserted.is_empty() {
            cx.t.event_denied_only.to_owned()
        } else {
            format!("{}, {} {reports}", by(&answer.asserted), cx.lang.pick("in", "dans"))
        },
        denied: (!answer.denied.is_empty()).then(|| format!("{} {}", cx.t.event_denied, by(&answer.denied))),
        claim: first.n,
    })
}
