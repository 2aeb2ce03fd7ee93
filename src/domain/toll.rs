//! The rule that turns the claims on an event into the figure at its head. Nothing is averaged away.

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::vocab::{Accounts, Origin, Stance};

/// One account of the toll of a whole event, as far as the rule needs it.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The claim's number within its event.
    pub n: u32,
    /// What it says.
    pub figure: Figure,
    /// What kind of source says so.
    pub origin: Origin,
    /// Whether the source says so or denies it.
    pub stance: Stance,
    /// Whether a curator stands behind it.
    pub preferred: bool,
}

/// The head figure of an event.
///
/// `low` is the least and `high` the most that any account of the whole event says; denials and figures for a part
/// do not count. `preferred` is the account a curator stands behind, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// The least any account says.
    pub low: Option<u32>,
    /// The most any account says.
    pub high: Option<u32>,
    /// Whether some account puts no upper bound at or above `high` ("more than 200").
    pub open: bool,
    /// The preferred account and its claim's number.
    pub preferred: Option<(u32, Figure)>,
    /// How the accounts stand to each other; none without accounts.
    pub accounts: Option<Accounts>,
    /// How many kinds of source give an account.
    pub origins: u32,
}

impl Toll {
    /// Applies the rule to the accounts of an event.
    pub fn of(accounts: &[Account]) -> Toll {
        let said: Vec<&Account> = accounts.iter().filter(|a| a.stance == Stance::Asserts).collect();
        let figures: Vec<Figure> = said.iter().map(|a| a.figure).collect();
        let high = figures.iter().filter_map(|f| f.high().or(f.low())).max();
        let mut origins: Vec<Origin> = said.iter().map(|a| a.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        Toll {
            low: figures.iter().filter_map(|f| f.low()).min().or(high),
            high,
            open: figures.iter().any(|f| f.high().is_none() && f.low() >= high),
            preferred: said.iter().find(|a| a.preferred).map(|a| (a.n, a.figure)),
            accounts: agreement(said.iter().map(|a| (a.origin, a.figure))),
            origins: origins.len() as u32,
        }
    }

    /// The one number by which events are sorted: the preferred account, or else the most that is said.
    pub fn sort_value(&self) -> Option<u32> {
        self.preferred.map(|(_, figure)| figure.point()).or(self.high)
    }

    /// Whether the toll may lie between the bounds, both included; an unknown toll never does.
    pub fn may_lie(&self, min: Option<u32>, max: Option<u32>) -> bool {
        let (Some(low), Some(high)) = (self.low, self.high) else { return false };
        min.is_none_or(|min| high >= min || self.open) && max.is_none_or(|max| low <= max)
    }
}

/// How figures from several origins stand to each other. One origin that gives two figures which cannot both be
/// right differs with itself, and the page says so.
pub fn agreement(figures: impl IntoIterator<Item = (Origin, Figure)>) -> Option<Accounts> {
    agreement_by(figures, |a, b| a.may_equal(*b))
}

/// The same for values of any sort: `may_equal` tells whether two of them can both be right.
pub fn agreement_by<T>(
    said: impl IntoIterator<Item = (Origin, T)>,
    may_equal: impl Fn(&T, &T) -> bool,
) -> Option<Accounts> {
    let said: Vec<(Origin, T)> = said.into_iter().collect();
    let (first, _) = said.first()?;
    let differ = said.iter().enumerate().any(|(i, (_, a))| said[i + 1..].iter().any(|(_, b)| !may_equal(a, b)));
    Some(if differ {
        Accounts::Differ
    } else if said.iter().all(|(origin, _)| origin == first) {
        Accounts::Single
    } else {
        Accounts::Agree
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(low: u32, high: u32, origin: Origin) -> Account {
        let known = |n| (n > 0).then_some(n);
        let figure = Figure::new(known(low), known(high), false).unwrap();
        Account { n: 1, figure, origin, stance: Stance::Asserts, preferred: false }
    }

    #[test]
    fn the_range_spans_all_accounts_and_the_preferred_one_leads() {
        let preferred = Account { n: 7, preferred: true, ..account(132, 132, Origin::Government) };
        let toll = Toll::of(&[account(40, 0, Origin::Un), preferred, account(200, 0, Origin::LocalOfficial)]);
        assert_eq!((toll.low, toll.high, toll.open), (Some(40), Some(200), true));
        assert_eq!(toll.preferred.map(|(n, figure)| (n, figure.point())), Some((7, 132)));
        assert_eq!((toll.accounts, toll.origins, toll.sort_value()), (Some(Accounts::Differ), 3, Some(132)));
    }

    #[test]
    fn a_denial_is_no_account_and_no_account_is_no_toll() {
        let denial = Account { stance: Stance::Denies, ..account(132, 132, Origin::ArmedGroup) };
        assert_eq!(Toll::of(&[denial]), Toll::default());
        assert!(!Toll::default().may_lie(Some(0), None));
    }

    #[test]
    fn ten_reports_of_one_communique_are_single() {
        let same = [account(132, 132, Origin::Government); 10];
        assert_eq!(Toll::of(&same).accounts, Some(Accounts::Single));
        let two = [account(130, 0, Origin::Government), account(132, 132, Origin::Un)];
        assert_eq!(Toll::of(&two).accounts, Some(Accounts::Agree));
    }

    #[test]
    fn bounds_hold_where_the_range_may_reach() {
        let toll = Toll::of(&[account(10, 20, Origin::Un)]);
        assert!(toll.may_lie(Some(20), None) && toll.may_lie(None, Some(10)) && toll.may_lie(Some(15), Some(16)));
        assert!(!toll.may_lie(Some(21), None) && !toll.may_lie(None, Some(9)));
    }
}
