//! Citations as files of reference managers: BibTeX, RIS and CSL-JSON, each made of the same [`Work`] as the lines a reader
//! copies (`view::cite`).

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::date::PartialDate;
use crate::view::cite::{CiteFormat, Work, WorkKind};

/// One work as a file of a reference manager.
pub fn file(form: CiteFormat, work: &Work) -> String {
    match form {
        CiteFormat::Bib => bibtex(work),
        CiteFormat::Ris => ris(work),
        CiteFormat::Csl => serde_json::to_string_pretty(&[csl(work)]).unwrap_or_default(),
    }
}

/// Year, month and day of a date, as far as it is known.
fn numbers(on: PartialDate) -> Vec<u32> {
    on.to_string().split('-').filter_map(|part| part.parse().ok()).collect()
}

/// What TeX would take for more than a letter.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '\u{a0}' | '\u{202f}' => out.push('~'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn bibtex(work: &Work) -> String {
    let entry = match work.kind {
        WorkKind::Report => "techreport",
        WorkKind::News => "article",
        WorkKind::Page | WorkKind::Web | WorkKind::Dataset => "misc",
    };
    let holder = match work.kind {
        WorkKind::Report => "institution",
        WorkKind::News => "journal",
        WorkKind::Page | WorkKind::Web | WorkKind::Dataset => "howpublished",
    };
    // An article without a journal, a report without an institution would be faults: there the author published it.
    let published = work.container.as_deref().or((entry != "misc").then_some(work.author.as_str()));
    let mut out = format!("@{entry}{{{},\n", work.key);
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    };
    // Two pairs of braces: an organisation is one name, a title keeps its capitals.
    field("author", &format!("{{{}}}", tex(&work.author)));
    field("title", &format!("{{{}}}", tex(&work.title)));
    if let Some(published) = published {
        field(holder, &tex(published));
    }
    if let Some(on) = work.issued {
        let numbers = numbers(on);
        field("year", &format!("{:04}", numbers.first().unwrap_or(&0)));
        if let Some(month) = numbers.get(1) {
            field("month", &month.to_string());
        }
        field("date", &on.to_string());
    }
    if let Some(url) = &work.url {
        // Not TeX's: `url` is read letter by letter. Only braces would end it.
        field("url", &url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"));
    }
    if let Some(language) = &work.language {
        field("language", &tex(language));
    }
    if let Some(note) = &work.note {
        field("note", &tex(note));
    }
    out.push_str("}\n");
    out
}

fn ris(work: &Work) -> String {
    let kind = match work.kind {
        WorkKind::Page | WorkKind::Web => "ELEC",
        WorkKind::News => "NEWS",
        WorkKind::Report => "RPRT",
        WorkKind::Dataset => "DATA",
    };
    let mut out = String::new();
    let mut tag = |name: &str, value: &str| {
        // One tag a line; a line break in a value would begin another.
        let value = value.replace(['\r', '\n'], " ");
        let _ = write!(out, "{name}  - {value}\r\n");
    };
    tag("TY", kind);
    tag("ID", &work.key);
    tag("AU", &work.author);
    tag("TI", &work.title);
    if let Some(container) = &work.container {
        tag(if work.kind == WorkKind::Report { "PB" } else { "T2" }, container);
    }
    if let Some(on) = work.issued {
        let numbers = numbers(on);
        tag("PY", &format!("{:04}", numbers.first().unwrap_or(&0)));
        let part = |at: usize| numbers.get(at).map_or_else(String::new, |n| format!("{n:02}"));
        tag("DA", &format!("{:04}/{}/{}/", numbers.first().unwrap_or(&0), part(1), part(2)));
    }
    if let Some(url) = &work.url {
        tag("UR", url);
    }
    if let Some(language) = &work.language {
        tag("LA", language);
    }
    if let Some(note) = &work.note {
        tag("N1", note);
    }
    out.push_str("ER  - \r\n");
    out
}

/// An item of CSL-JSON.
#[derive(JsonSchema, Serialize)]
pub struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    author: [CslName<'a>; 1],
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    container: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "CslDate")]
    issued: Option<CslDate>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "&str")]
    note: Option<&'a str>,
}

/// A name that is not split into parts: most are of organisations.
#[derive(JsonSchema, Serialize)]
struct CslName<'a> {
    literal: &'a str,
}

#[derive(JsonSchema, Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    parts: [Vec<u32>; 1],
}

fn csl(work: &Work) -> CslItem<'_> {
    let report = matches!(work.kind, WorkKind::Report | WorkKind::Dataset);
    CslItem {
        id: &work.key,
        kind: match work.kind {
            WorkKind::Page | WorkKind::Web => "webpage",
            // Without a newspaper that it is in, styles take an article for a book.
            WorkKind::News if work.container.is_none() => "webpage",
            WorkKind::News => "article-newspaper",
            WorkKind::Report => "report",
            WorkKind::Dataset => "dataset",
        },
        title: &work.title,
        author: [CslName { literal: &work.author }],
        container: work.container.as_deref().filter(|_| !report),
        publisher: work.container.as_deref().filter(|_| report),
        issued: work.issued.map(|on| CslDate { parts: [numbers(on)] }),
        url: work.url.as_deref(),
        language: work.language.as_deref(),
        note: work.note.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lang::Lang;

    fn work() -> Work {
        Work {
            kind: WorkKind::News,
            key: "rfi-2022".into(),
            author: "RFI".into(),
            title: "50 % of {all} & more_or_less \\ #1".into(),
            container: None,
            issued: Some(PartialDate::Month(2022, 6)),
            url: Some("https://rfi.fr/a_b?x={1}&y=2#z".into()),
            language: Some("fr".into()),
            note: Some("two\nlines".into()),
        }
    }

    #[test]
    fn a_title_cannot_break_out_of_any_format() {
        let bib = file(CiteFormat::Bib, &work());
        assert!(bib.contains(r"title = {{50 \% of \{all\} \& more\_or\_less \textbackslash{} \#1}}"), "{bib}");
        assert!(bib.contains("url = {https://rfi.fr/a_b?x=%7B1%7D&y=2#z}") && bib.contains("month = {6}"), "{bib}");
        assert_eq!(bib.matches('{').count(), bib.matches('}').count(), "{bib}");
        let ris = file(CiteFormat::Ris, &work());
        assert!(ris.lines().all(|line| line.get(2..6) == Some("  - ")), "{ris}");
        assert!(
            ris.contains("N1  - two lines\r\n") && ris.contains("DA  - 2022/06//\r\n") && ris.ends_with("ER  - \r\n")
        );
        let csl: serde_json::Value = serde_json::from_str(&file(CiteFormat::Csl, &work())).unwrap();
        assert_eq!(csl[0]["issued"]["date-parts"][0], serde_json::json!([2022, 6]));
        assert_eq!(csl[0]["title"], work().title);
    }

    #[test]
    fn lines_name_author_date_title_and_address() {
        let mut work =
            Work { title: "Mali: 132 dead".into(), url: Some("https://rfi.fr/x".into()), note: None, ..work() };
        assert_eq!(work.apa(Lang::En), "RFI. (2022, June). Mali: 132 dead. https://rfi.fr/x");
        assert_eq!(work.apa(Lang::Fr), "RFI. (2022, juin). Mali: 132 dead. https://rfi.fr/x");
        assert_eq!(work.chicago(Lang::En), "RFI. 2022. “Mali: 132 dead.” June. https://rfi.fr/x.");
        work.issued = Some(PartialDate::Day(chrono::NaiveDate::from_ymd_opt(2022, 6, 21).unwrap()));
        work.container = Some("Le Monde".into());
        work.author = "A. Person".into();
        assert_eq!(work.apa(Lang::En), "A. Person. (2022, June 21). Mali: 132 dead. Le Monde. https://rfi.fr/x");
        assert_eq!(work.chicago(Lang::En), "A. Person. 2022. “Mali: 132 dead.” Le Monde, June 21. https://rfi.fr/x.");
        assert_eq!(
            work.chicago(Lang::Fr),
            "A. Person. 2022. «\u{a0}Mali: 132 dead\u{a0}». Le Monde, 21\u{a0}juin. https://rfi.fr/x."
        );
        work.kind = WorkKind::Report;
        work.issued = None;
        work.note = Some("passage p3: https://constat.example/reports/x#p3".into());
        let passage = "A. Person. (n.d.). Mali: 132 dead. Le Monde. https://rfi.fr/x (passage p3: https://constat.example/reports/x#p3)";
        assert_eq!(work.apa(Lang::En), passage);
        assert!(work.chicago(Lang::Fr).starts_with("A. Person. s.\u{a0}d. Mali: 132 dead. Le Monde."));
    }
}
