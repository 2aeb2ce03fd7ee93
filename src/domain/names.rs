//! Comparing names as people type them: without accents, case or hyphens, and finding the nearest of many.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text for comparing: lower case, no accents, every run of other signs one space. `Ségou` and `SEGOU` are one,
/// `l'armée` is `l armee`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The candidate most like `wanted`, if any is like enough to be what was meant.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_by(wanted, candidates.into_iter().map(|c| (c, c))).map(|(c, _)| c)
}

/// The same where each candidate stands for something: `(name, thing)`.
pub fn nearest_by<'a, T>(wanted: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<(&'a str, T)> {
    let folded = fold(wanted);
    if folded.is_empty() {
        return None;
    }
    // Signs count between candidates that are equally like: `-date` and `date` are one when folded.
    candidates
        .into_iter()
        .map(|(name, thing)| (likeness(&folded, &fold(name)), name, thing))
        .filter(|(score, ..)| *score > 0.72)
        .map(|(score, name, thing)| ((score, strsim::jaro_winkler(wanted, name)), name, thing))
        // Among equals the first: callers put what is more likely meant (the larger region) before the rest.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name, thing)| (name, thing))
}

/// From 0 to 1. A name that holds the whole of what was typed is nearer than one that differs by letters.
fn likeness(wanted: &str, name: &str) -> f64 {
    if wanted == name {
        return 1.0;
    }
    let by_letters = strsim::normalized_damerau_levenshtein(wanted, name).max(strsim::jaro_winkler(wanted, name) * 0.9);
    let held = wanted.len() >= 3 && name.split(' ').any(|word| word == wanted);
    if held { by_letters.max(0.9) } else { by_letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_hyphens_do_not_count() {
        assert_eq!(fold("Ségou"), "segou");
        assert_eq!(fold("  L’ARMÉE – Dan-Na  "), "l armee dan na");
        assert_eq!(fold("Cœur"), "coeur");
        assert_eq!(fold("!?"), "");
    }

    #[test]
    fn a_slip_finds_what_was_meant() {
        let ids = ["katiba-macina", "katiba-serma", "jnim", "ml-mopti"];
        assert_eq!(nearest("katiba-massina", ids), Some("katiba-macina"));
        assert_eq!(nearest("mopti", ids), Some("ml-mopti"));
        assert_eq!(nearest("zzz", ids), None);
        assert_eq!(nearest("", ids), None);
        assert_eq!(nearest("-dates", ["-date", "date"]), Some("-date"));
        assert_eq!(nearest("dates", ["-date", "date"]), Some("date"));
    }
}
