//! The words of the interface: all are used, none is missing, and French looks like French.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use constat::text::{labels, ui};
use scraper::{Html, Node};

use super::pages_kit::{Page, site};

/// Texts that are the same in both languages, and are meant to be.
const SAME: [&str; 7] =
    ["site", "cite_passage", "column_date", "field_date", "field_passages", "region_pcode", "search_passages"];

/// Labels that are the same in both languages.
const SAME_LABELS: [(&str, &str); 5] =
    [("Level", "Admin2"), ("Level", "Admin3"), ("EventKind", "Massacre"), ("Role", "Participant"), ("Topic", "When")];

fn read_all(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// Whether a text is named as `t.name`, with no letter on either side.
fn uses(code: &str, name: &str) -> bool {
    let wanted = format!("t.{name}");
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(&wanted)
        .any(|(at, _)| !letter(code[..at].chars().next_back()) && !letter(code[at + wanted.len()..].chars().next()))
}

#[test]
fn every_text_is_used() {
    let mut all = read_all("src", "rs");
    all.retain(|(path, _)| !path.ends_with("text/ui.rs"));
    all.extend(read_all("templates", "html"));
    let unused: Vec<&str> =
        ui::ALL.iter().map(|(name, ..)| *name).filter(|name| !all.iter().any(|(_, code)| uses(code, name))).collect();
    assert!(unused.is_empty(), "{unused:?}");
    assert!(ui::ALL.len() > 150);
}

#[test]
fn every_text_stands_in_both_languages() {
    for (name, en, fr) in ui::ALL {
        assert!(!en.trim().is_empty() && !fr.trim().is_empty(), "{name}");
        assert_eq!(en == fr, SAME.contains(name), "{name}: {en} | {fr}");
    }
    for (list, word, en, fr) in labels::all() {
        assert!(!en.trim().is_empty() && !fr.trim().is_empty(), "{list} {word}");
        assert_eq!(en == fr, SAME_LABELS.contains(&(list, word)), "{list} {word}: {en} | {fr}");
    }
}

/// What is wrong with a French text: the marks that take a no-break space before them or after, apostrophes, quotation
/// marks, dots.
fn french_faults(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut faults = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let free = |c: Option<char>| c.is_none_or(|c| c != '\u{a0}');
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let wrong = match c {
            '\'' | '"' => true,
            ':' if digits => false,
            ';' | ':' | '?' | '!' | '»' | '%' => free(before),
            '«' => free(after),
            '.' => after == Some('.'),
            _ => false,
        };
        if wrong {
            let (from, to) = match c {
                '«' => (at, at + 8),
                '\'' | '"' => (at - chars[..at].iter().rev().take_while(|c| c.is_alphanumeric()).count(), at + 6),
                _ => (at.saturating_sub(8), at + 1),
            };
            faults.push(chars[from..to.min(chars.len())].iter().collect());
        }
    }
    faults
}

#[test]
fn french_texts_are_set_as_french() {
    let mut faults = Vec::new();
    for (name, _, fr) in ui::ALL {
        faults.extend(french_faults(fr).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    for (list, word, _, fr) in labels::all() {
        faults.extend(french_faults(fr).into_iter().map(|fault| format!("{list} {word}: {fault}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn english_texts_have_round_quotation_marks() {
    for (name, en, _) in ui::ALL {
        assert!(!en.contains(['\'', '"', '«', '\u{202f}']) && !en.contains("..."), "{name}: {en}");
    }
    for (path, text) in read_all("templates/about", "html") {
        let read: String = Html::parse_fragment(&text).root_element().text().collect();
        assert!(!read.contains(['\'', '"']), "{}", path.display());
    }
}

/// What a reader reads on a page, piece by piece, in the language of the page: texts and the attributes that are read
/// aloud. Without what stands in another language, code and addresses.
fn read(page: &Page, lang: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for node in page.doc.tree.nodes() {
        let elements = || node.ancestors().chain([node]).filter_map(|node| node.value().as_element());
        let own = node.ancestors().find_map(|node| node.value().as_element().and_then(|e| e.attr("lang")));
        let skipped =
            elements().any(|e| ["code", "script", "style"].contains(&e.name()) || e.id() == Some("permalink"));
        match node.value() {
            Node::Text(text) if own == Some(lang) && !skipped => pieces.push(text.to_string()),
            Node::Element(element) if own == Some(lang) && element.attr("lang").is_none_or(|own| own == lang) => {
                let named = ["aria-label", "title", "placeholder", "alt", "data-done"];
                pieces.extend(named.iter().filter_map(|name| element.attr(name)).map(str::to_owned));
                if element.name() == "meta" && element.attr("property") != Some("og:url") {
                    pieces.extend(element.attr("content").map(str::to_owned));
                }
            }
            _ => {}
        }
    }
    pieces
}

const PAGES: [&str; 25] = [
    "/",
    "/events",
    "/events?view=table&kind=massacre&q=motos&killed_min=10&killed_max=2000&certainty=disputed&origin=media&report=24newshd-2020-10-14-23-killed",
    "/events?view=map",
    "/events?view=timeline",
    "/events?q=zzzz&kind=massacre",
    "/events?kind=masacre",
    "/events?q=%C3%A0+la+fois&from=2030&to=2012",
    "/events/2022-06-18-diallassagou",
    "/events/2022-03-27-moura",
    "/events/2021-08-08-karou",
    "/events/2022-06-18-diallassagou/history",
    "/events/2022-06-18-diallassagou/versions/1",
    "/events/none",
    "/actors",
    "/actors/katiba-macina",
    "/regions",
    "/regions/ml-mopti",
    "/reports",
    "/reports/24newshd-2020-10-14-23-killed",
    "/search?q=Mopti",
    "/about",
    "/about/method",
    "/about/data",
    "/api",
];

#[test]
fn french_pages_are_set_as_french() {
    // The dataset's own sentences are set as its editors typed them.
    let dataset: String = ["csv", "json"]
        .iter()
        .flat_map(|ending| read_all("data/mali", ending))
        .map(|(_, text)| text.replace("\"\"", "\""))
        .collect();
    let mut faults = BTreeSet::new();
    for path in PAGES {
        let page = site().any(&format!("/fr{}", if path == "/" { "" } else { path }));
        for piece in read(&page, "fr") {
            // An address within a text is no French.
            let address = |word: &str| word.contains("://") || word.starts_with('/');
            let words = piece.split([' ', '\n']).filter(|word| !address(word)).collect::<Vec<_>>().join(" ");
            let own = french_faults(&words).into_iter().filter(|fault| !dataset.contains(fault.trim()));
            faults.extend(own.map(|fault| format!("/fr{path}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} {:#?}", faults.len(), faults.iter().take(60).collect::<Vec<_>>());
}

#[test]
fn no_word_of_one_language_stands_on_a_page_of_the_other() {
    // Texts long enough to be no name and no word of both.
    let long = |text: &&str| text.split(' ').count() >= 3;
    for path in PAGES {
        for (own, lang, other) in [("en", "", 2), ("fr", "/fr", 1)] {
            let page = site().any(&if path == "/" && own == "fr" { "/fr".to_owned() } else { format!("{lang}{path}") });
            let all = read(&page, own).join("\n");
            for text in ui::ALL {
                let foreign = [text.0, text.1, text.2][other];
                assert!(!long(&foreign) || !all.contains(foreign), "{lang}{path}: {foreign}");
            }
        }
    }
}
