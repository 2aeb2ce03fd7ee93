//! Accounts side by side: the claims of an event grouped by question, by answer and by origin, so that an event with
//! 28 reports reads as clearly as one with two. Origins are counted, not reports.

use std::collections::{BTreeMap, BTreeSet};

use super::figure::Figure;
use super::record::{Claim, Part, Value};
use super::toll::{agreement, agreement_by};
use super::vocab::{Accounts, Origin, Stance, Topic, Vocabulary};

/// What is said on one topic.
#[derive(Debug)]
pub struct TopicAccounts<'a> {
    /// The topic.
    pub topic: Topic,
    /// How the answers stand to each other; none where answers of that sort can stand side by side (two motives,
    /// two places that were both hit).
    pub standing: Option<Accounts>,
    /// Answers for the whole event, the preferred and best supported first.
    pub answers: Vec<Answer<'a>>,
    /// Answers limited to a part of the event, by part.
    pub parts: Vec<(&'a Part, Vec<Answer<'a>>)>,
}

/// One distinct answer, and who gives it.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The number, for topics that are numbers.
    pub figure: Option<Figure>,
    /// The answer, for the others.
    pub value: Option<&'a Value>,
    /// Whether a curator stands behind it.
    pub preferred: bool,
    /// Who says so, by kind of source, best supported first.
    pub asserted: Vec<Voice<'a>>,
    /// Who denies it.
    pub denied: Vec<Voice<'a>>,
}

/// One kind of source, and the claims that carry what it says.
#[derive(Debug)]
pub struct Voice<'a> {
    /// The kind of source.
    pub origin: Origin,
    /// How many reports carry it.
    pub reports: usize,
    /// Its claims, in their order.
    pub claims: Vec<&'a Claim>,
}

/// Which origins give figures that can be right if the preferred one is, and which figures cannot.
#[derive(Debug, PartialEq, Eq)]
pub struct BesidePreferred {
    /// The preferred figure.
    pub preferred: Figure,
    /// Origins of figures it does not contradict, its own among them.
    pub fits: Vec<Origin>,
    /// Figures it contradicts, and who gives them; the least first.
    pub against: Vec<(Figure, Vec<Origin>)>,
}

impl TopicAccounts<'_> {
    /// How the figures stand to the one a curator prefers; none where none is, or nothing contradicts it.
    pub fn beside_preferred(&self) -> Option<BesidePreferred> {
        let preferred = self.answers.iter().find(|answer| answer.preferred)?.figure?;
        let mut fits = BTreeSet::new();
        let mut against: BTreeMap<(u32, Figure), Vec<Origin>> = BTreeMap::new();
        for answer in &self.answers {
            let Some(figure) = answer.figure else { continue };
            for voice in &answer.asserted {
                if figure.may_equal(preferred) {
                    fits.insert(voice.origin);
                } else {
                    against.entry((figure.point(), figure)).or_default().push(voice.origin);
                }
            }
        }
        let against: Vec<_> = against.into_iter().map(|((_, figure), origins)| (figure, origins)).collect();
        (!against.is_empty()).then(|| BesidePreferred { preferred, fits: fits.into_iter().collect(), against })
    }
}

impl Answer<'_> {
    /// How many reports carry the answer.
    pub fn reports(&self) -> usize {
        distinct_reports(self.asserted.iter().flat_map(|voice| voice.claims.iter().copied()))
    }

    fn weight(&self) -> (bool, usize, usize) {
        (self.preferred, self.asserted.len(), self.reports())
    }
}

/// What is said on one topic, if anything.
pub fn on_topic(claims: &[Claim], topic: Topic) -> Option<TopicAccounts<'_>> {
    let said: Vec<&Claim> = claims.iter().filter(|claim| claim.topic == topic).collect();
    if said.is_empty() {
        return None;
    }
    let whole: Vec<&Claim> = said.iter().copied().filter(|claim| claim.is_whole()).collect();
    let mut parts: BTreeMap<&Part, Vec<&Claim>> = BTreeMap::new();
    for claim in said {
        if let Some(part) = &claim.part {
            parts.entry(part).or_default().push(claim);
        }
    }
    Some(TopicAccounts {
        topic,
        standing: standing(topic, &whole),
        answers: answers(whole),
        parts: parts.into_iter().map(|(part, claims)| (part, answers(claims))).collect(),
    })
}

fn standing(topic: Topic, claims: &[&Claim]) -> Option<Accounts> {
    let said = || claims.iter().filter(|claim| claim.stance == Stance::Asserts);
    let denied = claims.iter().any(|claim| claim.stance == Stance::Denies);
    match topic {
        topic if topic.is_number() => {
            let found = agreement(said().filter_map(|c| Some((c.origin, c.figure?))));
            if denied { Some(Accounts::Differ) } else { found }
        }
        Topic::When => agreement_by(said().filter_map(|c| Some((c.origin, c.moment()?))), |a, b| a.may_equal(*b)),
        Topic::Perpetrator if denied => Some(Accounts::Differ),
        Topic::Perpetrator => {
            let same = agreement_by(said().map(|c| (c.origin, &c.value)), |a, b| a == b);
            same.filter(|found| *found != Accounts::Differ)
        }
        _ => None,
    }
}

fn answers(claims: Vec<&Claim>) -> Vec<Answer<'_>> {
    let mut grouped: BTreeMap<(Option<Figure>, Option<&Value>), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        // The note of a number does not make it another number.
        let value = claim.value.as_ref().filter(|_| !claim.topic.is_number());
        grouped.entry((claim.figure, value)).or_default().push(claim);
    }
    let mut answers: Vec<Answer> = grouped
        .into_iter()
        .map(|((figure, value), claims)| Answer {
            figure,
            value,
            preferred: claims.iter().any(|claim| claim.preferred),
            asserted: voices(&claims, Stance::Asserts),
            denied: voices(&claims, Stance::Denies),
        })
        .collect();
    answers.sort_by_key(|answer| std::cmp::Reverse(answer.weight()));
    answers
}

fn voices<'a>(claims: &[&'a Claim], stance: Stance) -> Vec<Voice<'a>> {
    let mut voices: Vec<Voice> = Origin::ALL
        .iter()
        .filter_map(|origin| {
            let claims: Vec<&Claim> =
                claims.iter().copied().filter(|c| c.origin == *origin && c.stance == stance).collect();
            let reports = distinct_reports(claims.iter().copied());
            (reports > 0).then_some(Voice { origin: *origin, reports, claims })
        })
        .collect();
    voices.sort_by_key(|voice| std::cmp::Reverse(voice.reports));
    voices
}

fn distinct_reports<'a>(claims: impl Iterator<Item = &'a Claim>) -> usize {
    claims.map(|claim| &claim.report).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(n: u32, topic: Topic, report: &str, origin: Origin) -> Claim {
        Claim {
            n,
            report: report.parse().unwrap(),
            passage: "p1".into(),
            topic,
            part: None,
            figure: None,
            value: None,
            said_by: None,
            origin,
            stance: Stance::Asserts,
            preferred: false,
        }
    }

    fn killed(n: u32, count: u32, report: &str, origin: Origin) -> Claim {
        Claim { figure: Figure::new(Some(count), Some(count), false).ok(), ..claim(n, Topic::Killed, report, origin) }
    }

    fn accused(n: u32, actor: &str, origin: Origin, stance: Stance) -> Claim {
        let value = Some(Value::Actor(actor.parse().unwrap()));
        Claim { value, stance, ..claim(n, Topic::Perpetrator, "a", origin) }
    }

    #[test]
    fn answers_are_grouped_by_origin_and_the_preferred_leads() {
        let mut claims = vec![killed(1, 188, "c", Origin::LocalOfficial)];
        claims.extend((2..5).map(|n| killed(n, 132, &format!("r{n}"), Origin::Government)));
        claims.push(killed(5, 132, "r2", Origin::Government));
        claims[0].preferred = true;
        let killed = on_topic(&claims, Topic::Killed).unwrap();
        assert_eq!(killed.standing, Some(Accounts::Differ));
        assert_eq!(killed.answers.len(), 2);
        assert!(killed.answers[0].preferred);
        let government = &killed.answers[1].asserted;
        assert_eq!((government.len(), government[0].reports, government[0].claims.len()), (1, 3, 4));
    }

    #[test]
    fn what_cannot_be_right_beside_the_preferred_figure_is_told_apart() {
        let mut claims = vec![
            killed(1, 132, "a", Origin::Government),
            killed(2, 188, "b", Origin::Unnamed),
            killed(3, 0, "c", Origin::ArmedGroup),
            killed(4, 100, "d", Origin::Un),
        ];
        claims[3].figure = Figure::new(Some(100), None, false).ok();
        assert_eq!(on_topic(&claims, Topic::Killed).unwrap().beside_preferred(), None, "none is preferred");
        claims[0].preferred = true;
        let beside = on_topic(&claims, Topic::Killed).unwrap().beside_preferred().unwrap();
        assert_eq!((beside.preferred.point(), beside.fits.len()), (132, 2));
        assert!(beside.fits.contains(&Origin::Government) && beside.fits.contains(&Origin::Un));
        let against: Vec<_> = beside.against.iter().map(|(figure, who)| (figure.point(), who[0])).collect();
        assert_eq!(against, [(0, Origin::ArmedGroup), (188, Origin::Unnamed)]);
        claims.truncate(1);
        assert_eq!(on_topic(&claims, Topic::Killed).unwrap().beside_preferred(), None, "nothing contradicts it");
    }

    #[test]
    fn a_denial_stands_beside_what_it_denies() {
        let claims = [
            accused(1, "katiba-macina", Origin::Government, Stance::Asserts),
            accused(2, "katiba-macina", Origin::ArmedGroup, Stance::Denies),
        ];
        let accused = on_topic(&claims, Topic::Perpetrator).unwrap();
        assert_eq!(accused.standing, Some(Accounts::Differ));
        assert_eq!((accused.answers.len(), accused.answers[0].denied[0].origin), (1, Origin::ArmedGroup));
    }

    #[test]
    fn a_part_stands_under_the_whole_and_is_not_its_toll() {
        let mut claims = vec![killed(1, 132, "a", Origin::Government), killed(2, 40, "b", Origin::Un)];
        claims[1].part = Some(Part::Words("at once".into()));
        let killed = on_topic(&claims, Topic::Killed).unwrap();
        assert_eq!((killed.standing, killed.answers.len(), killed.parts.len()), (Some(Accounts::Single), 1, 1));
    }

    #[test]
    fn two_groups_named_do_not_contradict_each_other() {
        let claims = [
            accused(1, "jnim", Origin::Government, Stance::Asserts),
            accused(2, "katiba-macina", Origin::Un, Stance::Asserts),
        ];
        assert_eq!(on_topic(&claims, Topic::Perpetrator).unwrap().standing, None);
    }
}
