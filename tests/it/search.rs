//! The search: whatever is typed is answered, and what is there is found by any of its names.

use super::pages_kit::{Few, LANGS, Site, dataset, site, strings};

fn path(words: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", words);
    format!("/search?{}", query.finish())
}

fn found(words: &str, kind: &str) -> Vec<String> {
    let json = site().json(&path(words).replacen('?', ".json?", 1));
    strings(&json[kind], if kind == "passages" { "passage" } else { "id" })
}

#[test]
fn whatever_is_typed_is_answered_and_stays_in_the_field() {
    let long = "massacre ".repeat(80);
    let typed = [
        "",
        " ",
        "l'armée",
        "l’armée",
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "a-b",
        "-",
        "\"",
        "\"\"\"",
        "'",
        "*",
        "^a",
        "a*",
        "col:a",
        "title: x",
        "(",
        "((",
        ")",
        "{a b}",
        "+",
        "%",
        "_",
        "\\",
        "<script>alert(1)</script>",
        "&amp;",
        "\0",
        "a\0b",
        "\u{1}",
        "\n",
        "😀",
        "😀 Mopti",
        "كتيبة ماسينا",
        "موبتي",
        "\u{202e}abc",
        "é",
        "e\u{301}",
        "ﬁn",
        "ß",
        "ǆ",
        "𝕸ali",
        "ꙮ",
        "\u{e000}",
        "\u{fffd}",
        "1,000",
        "2022-06-18",
        "a.b.c",
        "…",
        "–",
        long.as_str(),
    ];
    for words in typed {
        for (_, lang) in LANGS {
            let page = site().get(&format!("{lang}{}", path(words)));
            let expected: String = words.trim().chars().take(300).collect();
            let shown = page.attr("form.big-search input[name=q]", "value");
            // A browser reads NUL and line ends in its own way.
            if !words.contains(['\0', '\n']) {
                assert_eq!(shown, expected, "{words:?}");
            }
            assert_eq!(page.count("main script"), 0, "{words:?}");
            let q = path(&expected);
            let json = site().json(&format!("{lang}{}", q.replacen('?', ".json?", 1)));
            assert_eq!(json.as_object().unwrap().len(), 6);
            // As a filter the same words do no harm either; nothing at all is dropped from the address.
            let filtered = site().any(&format!("{lang}{}", q.replacen("/search", "/events", 1)));
            assert_eq!(filtered.status, if expected.is_empty() { 307 } else { 200 }, "{words:?}");
        }
    }
    // Bytes that are no text.
    for raw in
        ["/search?q=%FF%FE", "/search?q=%", "/search?q=%zz", "/search?q", "/search?", "/search?q=a&", "/events?q=%C3"]
    {
        assert_eq!(site().any(raw).status, 200, "{raw}");
    }
}

#[test]
fn nothing_asked_and_nothing_found_are_told_apart() {
    let empty = site().get("/search");
    assert_eq!(empty.text("form.big-search + p"), "Type a word, a name or a place.");
    let nothing = site().get(&path("zzzzqqq"));
    assert_eq!(nothing.text("p[role=status]"), "Nothing found. Try fewer or other words, or a part of a name.");
    assert_eq!(nothing.count("section"), 0);
    let french = site().get("/fr/search?q=zzzzqqq");
    assert!(french.text("p[role=status]").starts_with("Aucun résultat."));
    // Signs alone ask nothing that a list could be of.
    assert_eq!(site().get(&path("\" - *")).count("section"), 0);
}

#[test]
fn accents_case_and_apostrophes_do_not_matter() {
    for (kind, spellings) in [
        ("regions", &["Sévaré", "sevare", "SEVARE", "SÉVARÉ", "Se\u{301}vare\u{301}"][..]),
        ("events", &["l'armée malienne", "L’ARMEE MALIENNE"]),
        ("passages", &["élu local", "elu local", "ÉLU LOCAL"]),
        ("actors", &["Casques bleus", "casques-bleus", "CASQUES BLEUS"]),
    ] {
        let first = found(spellings[0], kind);
        assert!(!first.is_empty(), "{kind}: {}", spellings[0]);
        for spelling in spellings {
            assert_eq!(found(spelling, kind), first, "{kind}: {spelling}");
        }
    }
}

#[test]
fn an_actor_is_found_by_any_of_its_names_and_a_region_by_any_of_its_own() {
    for (table, kind) in [("actors.csv", "actors"), ("regions.csv", "regions")] {
        for row in dataset(table) {
            let names = [row["name"].as_str(), &row["name_fr"]].into_iter().chain(row["alt_names"].split('|'));
            for name in names.filter(|name| !name.is_empty()) {
                let ids = found(name, kind);
                assert!(ids.contains(&row["id"]), "{name}: {ids:?}");
            }
        }
    }
    assert_eq!(found("katiba macina", "actors")[0], "katiba-macina");
    assert_eq!(found("كتيبة ماسينا", "actors"), ["katiba-macina"]);
    let page = site().get(&path("FLM"));
    assert_eq!(page.texts(".found-actors li .alt").first().map(String::as_str), Some("FLM"));
    assert!(!found("Timbuktu", "actors").contains(&"katiba-macina".to_owned()));
}

#[test]
fn an_event_and_a_passage_are_found_by_what_they_say() {
    let page = site().get(&path("Diallassagou"));
    let events = page.attrs(".found-events ol.cards h3 a", "href");
    assert!(events.contains(&"/events/2022-06-18-diallassagou".to_owned()), "{events:?}");
    let all = page.attr(".found-events > p[role=status] a", "href");
    assert_eq!(all, "/events?q=Diallassagou");
    let said = page.text(".found-events > p[role=status]");
    assert!(site().get(&all).text("p.count").starts_with(said.split_whitespace().next().unwrap()));
    // The first passage that only the words of its gist and anchor tell apart.
    let row = &dataset("passages.csv")[1];
    for words in ["earlier army statement three soldiers ambush", row["anchor"].as_str(), row["gist_fr"].as_str()] {
        let page = site().get(&path(words));
        let passages = page.attrs(".found-passages li a", "href");
        assert!(passages.contains(&format!("/reports/{}#{}", row["report"], row["id"])), "{words}: {passages:?}");
    }
    let marked = site().get(&path("earlier statement")).texts(".found-passages mark");
    assert!(marked.iter().any(|word| word.trim() == "statement"), "{marked:?}");
}

#[test]
fn a_slip_in_a_name_finds_what_was_meant_and_says_so() {
    for (typed, meant, event) in [
        ("Dialassagu", "dialassagou", "2022-06-18-diallassagou"),
        ("Ogosagou", "ogossagou", "2019-03-23-ogossagou"),
        ("Katiba Massina", "katiba macina", "2022-06-18-diallassagou"),
    ] {
        let page = site().get(&format!("{}&limit=100", path(typed).replacen("/search", "/events", 1)));
        let links = page.attrs("ol.cards h3 a", "href");
        assert!(links.contains(&format!("/events/{event}")), "{typed}: {links:?}");
        assert_eq!(
            page.text(".result > p.instead"),
            format!("Nothing has “{typed}”. These are the events with “{meant}”.")
        );
        let search = site().get(&format!("/fr{}", path(typed)));
        let said = search.text(".found-events p.instead");
        assert!(said.starts_with("Rien ne contient") && said.contains(meant), "{said}");
        assert!(search.count(".found-actors li, .found-regions li") > 0, "{typed}: no name is like it");
        assert_eq!(site().json(&path(typed).replacen('?', ".json?", 1))["instead"], meant);
    }
    // A spelling that the dataset knows is none.
    assert!(found("Diallasagou", "events").contains(&"2022-06-18-diallassagou".to_owned()));
    // A word that is there is looked for as it stands, and one that is like none is not replaced.
    assert_eq!(site().get("/events?q=Diallassagou").count("p.instead"), 0);
    let nothing = site().get("/events?q=zzzzqqq");
    assert_eq!((nothing.count("p.instead"), nothing.count("ol.cards li")), (0, 0));
}

#[test]
fn an_exact_name_comes_first_and_a_title_before_what_is_only_said() {
    assert_eq!(found("mopti", "regions")[0], "ml-mopti");
    assert_eq!(found("Macina katiba", "actors")[0], "katiba-macina", "words in any order");
    let all = site().get("/events?q=diallassagou&limit=100");
    let titles = all.texts("ol.cards h3");
    let has: Vec<bool> = titles.iter().map(|title| title.contains("Diallassagou")).collect();
    assert!(has[0] && !has[has.len() - 1], "{titles:?}");
    assert!(has.is_sorted_by(|a, b| a >= b), "{titles:?}");
    // Page by page they are the same, each once.
    let mut paged = Vec::new();
    let mut next = "/events?q=diallassagou&limit=2".to_owned();
    loop {
        let page = site().get(&next);
        paged.extend(page.texts("ol.cards h3"));
        match page.attrs("a[rel~=next]", "href").first() {
            Some(href) => next = href.clone(),
            None => break,
        }
    }
    assert_eq!(paged, titles);
}

#[test]
fn the_beginning_of_the_last_word_is_enough_and_a_particle_is_none() {
    for typed in ["di", "dia", "dial", "diallass", "massacre dial"] {
        let page = site().get(&format!("{}&limit=100", path(typed).replacen("/search", "/events", 1)));
        let links = page.attrs("ol.cards h3 a", "href");
        assert!(links.contains(&"/events/2022-06-18-diallassagou".to_owned()), "{typed}: {links:?}");
    }
    // Only the last: a word with another behind it is meant whole.
    assert!(found("dial massacre", "events").is_empty());
    let events = |words: &str| site().json(&path(words).replacen('?', ".json?", 1))["total"].clone();
    assert_eq!(events("l'armée"), events("armée"));
    assert_eq!(events("d’armée"), events("armee"));
    // The year of an event is one of its words.
    let moura = "/events?q=moura+2022&limit=100";
    assert!(site().get(moura).attrs("ol.cards h3 a", "href").contains(&"/events/2022-03-27-moura".to_owned()));
    assert!(found("moura 1999", "events").is_empty());
}

#[test]
fn the_id_of_an_event_finds_it() {
    for typed in ["2022-06-18-diallassagou", " 2022-06-18-DIALLASSAGOU "] {
        assert_eq!(found(typed, "events")[0], "2022-06-18-diallassagou");
    }
}

#[test]
fn passages_are_those_of_the_words_that_were_typed_where_there_are_any() {
    // A word that stands in the paragraphs of a report alone, and is a slip away from the name of a place.
    let few = Few::default()
        .region("bandia", "", "country")
        .report("paper")
        .event("one", "massacre", ("2020-06-15", "", "day"), "bandia")
        .row("regions", "bandiagara,bandia,Bandiagara,Bandiagara,place,,,,")
        .row("passages", "paper,p2,other words of paper,The word bandiagora is said.,Le mot bandiagora est dit.")
        .row("events", "two,Event two,Événement two,massacre,2020-06-15,,day,bandiagara,,,place,,")
        .context("one", "paper", "media")
        .context("two", "paper", "media");
    let site = Site::on(&[few.package("one")]);
    let page = site.get("/search?q=bandiagora");
    assert_eq!(page.attrs(".found-events h3 a", "href"), ["/events/two"]);
    assert_eq!(page.attrs(".found-passages .note a:first-child", "href"), ["/reports/paper#p2"]);
    assert_eq!(page.texts(".found-passages mark"), ["bandiagora"]);
}
