//! The shape of the program: what each layer may use, where SQL and addresses are written. Reads the sources as text,
//! without comments and without the unit tests at the end of a file.

use std::path::{Path, PathBuf};

/// The layers, each of which may use those before it.
const ORDER: [&str; 11] =
    ["domain", "text", "query", "links", "store", "search", "ingest", "view", "publish", "web", "cli"];

/// A source file: its path under `src`, and its code.
struct Source {
    path: String,
    code: String,
}

impl Source {
    fn layer(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&root, "rs", &mut paths);
    assert!(paths.len() > 60);
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path: path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"), code }
    };
    paths.into_iter().map(read).collect()
}

/// The layers a piece of code names: `crate::x`, and each `x` of `crate::{x, y}`.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let inner: String = group
                    .chars()
                    .take_while(|c| {
                        depth += i32::from(*c == '{') - i32::from(*c == '}');
                        depth >= 0
                    })
                    .collect();
                found.extend(inner.split(',').map(|item| word(item.trim())));
            }
            None => found.push(word(rest)),
        }
    }
    found
}

fn place(layer: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == layer)
}

#[test]
fn each_layer_uses_only_those_before_it() {
    let mut wrong = Vec::new();
    let mut looked = 0;
    for source in sources() {
        let Some(own) = place(source.layer()) else {
            assert!(["lib", "main"].contains(&source.layer()), "{} is in no layer", source.path);
            continue;
        };
        for name in named(&source.code) {
            looked += 1;
            match place(&name) {
                Some(used) if used <= own => {}
                Some(_) => wrong.push(format!("{} uses {name}", source.path)),
                None => wrong.push(format!("{} uses {name}, which is no layer", source.path)),
            }
        }
    }
    assert!(looked > 200, "{looked}");
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_words_of_the_program_know_no_sql_and_no_http() {
    let foreign =
        ["sqlx", "axum", "tower", "hyper", "tokio", "std::fs", "std::net", "Utc::now", "SystemTime", "SELECT "];
    for source in sources().iter().filter(|s| ["domain", "text", "query", "links", "view"].contains(&s.layer())) {
        for word in foreign {
            assert!(!source.code.contains(word), "{} knows {word}", source.path);
        }
    }
    for source in sources().iter().filter(|s| ["store", "search", "ingest", "publish"].contains(&s.layer())) {
        for word in ["axum", "hyper", "tower"] {
            assert!(!source.code.contains(word), "{} knows {word}", source.path);
        }
    }
    for source in sources().iter().filter(|s| s.layer() == "web") {
        assert!(!source.code.contains("sqlx"), "{} knows SQL", source.path);
    }
}

#[test]
fn nothing_is_spliced_into_sql() {
    // A macro takes a literal, and sqlx's functions a `&'static str`: these are the ways around that.
    let ways_around = ["AssertSqlSafe", "QueryBuilder", ".leak()", "SqlStr", "raw_sql"];
    let mut queries = 0;
    for source in sources() {
        queries += source.code.matches("sqlx::query").count();
        for way in ways_around {
            assert!(!source.code.contains(way), "{} has {way}", source.path);
        }
    }
    assert!(queries > 60, "{queries}");
}

#[test]
fn addresses_are_written_in_one_place() {
    let sections = ["events", "actors", "regions", "reports", "compare", "search", "about", "api", "fr", "ogc"];
    // The routes, the paths by which an error tells what was asked for, and the description of the routes, which a test
    // holds to them.
    let exempt = [
        "links.rs",
        "web/mod.rs",
        "web/pages/mod.rs",
        "web/pages/ogc.rs",
        "web/extract.rs",
        "publish/openapi/rows/events.rs",
        "publish/openapi/rows/others.rs",
    ];
    let mut routes = 0;
    for source in sources() {
        for section in sections {
            for text in [format!("\"/{section}"), format!("/{section}/{{")] {
                let there = source.code.contains(&text);
                routes += usize::from(there);
                assert!(!there || exempt.contains(&source.path.as_str()), "{} writes {text}", source.path);
            }
        }
    }
    assert!(routes > 10);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut templates = Vec::new();
    files(&root, "html", &mut templates);
    for path in templates {
        let text = std::fs::read_to_string(&path).unwrap();
        for attribute in ["href=\"/", "action=\"/", "src=\"/"] {
            assert!(!text.contains(attribute), "{} writes {attribute}", path.display());
        }
    }
}
