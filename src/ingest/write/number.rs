//! The numbers of claims: in permalinks, so a claim keeps its own and a removed one's is never given again.

use std::collections::BTreeSet;

use crate::domain::record::Claim;

/// How a claim of the new package is known to be one of the stored ones, the surest first.
const SAME: [fn(&Claim, &Claim) -> bool; 3] = [
    |a, b| Claim { n: 0, ..a.clone() } == Claim { n: 0, ..b.clone() },
    |a, b| passage_and_topic(a, b) && a.part == b.part && a.said_by == b.said_by,
    passage_and_topic,
];

fn passage_and_topic(a: &Claim, b: &Claim) -> bool {
    a.topic == b.topic && a.passage == b.passage && a.report == b.report
}

/// Gives claims without a number the number of the stored claim that each one is. Whether some are left without.
pub fn from_stored(claims: &mut [Claim], stored: &[Claim]) -> bool {
    let taken: BTreeSet<u32> = claims.iter().map(|claim| claim.n).collect();
    let mut free: Vec<&Claim> = stored.iter().filter(|claim| !taken.contains(&claim.n)).collect();
    for same in SAME {
        for claim in claims.iter_mut().filter(|claim| claim.n == 0) {
            if let Some(i) = free.iter().position(|stored| same(claim, stored)) {
                claim.n = free.remove(i).n;
            }
        }
    }
    claims.iter().any(|claim| claim.n == 0)
}

/// Numbers what is left above `highest`, the highest number the event ever used, and sorts the claims by number.
pub fn rest(claims: &mut [Claim], highest: u32) {
    let mut n = claims.iter().map(|claim| claim.n).max().unwrap_or_default().max(highest);
    for claim in claims.iter_mut().filter(|claim| claim.n == 0) {
        n += 1;
        claim.n = n;
    }
    claims.sort_by_key(|claim| claim.n);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figure::Figure;
    use crate::domain::vocab::{Origin, Stance, Topic};

    fn killed(n: u32, count: u32, passage: &str, said_by: &str) -> Claim {
        Claim {
            n,
            report: "r".parse().unwrap(),
            passage: passage.into(),
            topic: Topic::Killed,
            part: None,
            figure: Figure::new(Some(count), Some(count), false).ok(),
            value: None,
            said_by: Some(said_by.into()),
            origin: Origin::Media,
            stance: Stance::Asserts,
            preferred: false,
        }
    }

    fn numbers(claims: &[Claim]) -> Vec<(u32, u32)> {
        claims.iter().map(|claim| (claim.n, claim.figure.unwrap().point())).collect()
    }

    #[test]
    fn claims_keep_their_numbers_whatever_their_order() {
        let stored = [killed(1, 10, "p1", "a"), killed(2, 20, "p1", "b"), killed(3, 30, "p2", "a")];
        // One is corrected, one moved up, one new, and one (3) gone.
        let mut new = vec![killed(0, 20, "p1", "b"), killed(0, 5, "p3", "c"), killed(0, 11, "p1", "a")];
        assert!(from_stored(&mut new, &stored));
        rest(&mut new, 7);
        assert_eq!(numbers(&new), [(1, 11), (2, 20), (8, 5)]);
    }

    #[test]
    fn the_packages_own_numbers_stand() {
        let stored = [killed(1, 10, "p1", "a"), killed(2, 20, "p1", "b")];
        let mut new = vec![killed(2, 10, "p1", "a"), killed(0, 20, "p1", "b")];
        // Number 2 is taken by the package; the second claim is most like the stored claim 1.
        assert!(!from_stored(&mut new, &stored));
        rest(&mut new, 2);
        assert_eq!(numbers(&new), [(1, 20), (2, 10)]);
        let mut fresh = vec![killed(0, 1, "p1", "a"), killed(0, 2, "p1", "b")];
        rest(&mut fresh, 0);
        assert_eq!(numbers(&fresh), [(1, 1), (2, 2)]);
    }
}
