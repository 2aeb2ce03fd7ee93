//! The tables of the data package and their columns, as `data/mali/datapackage.json` describes them (a test
//! compares the two).

/// A table.
#[derive(Debug)]
pub struct TableSpec {
    /// Its name as a resource.
    pub name: &'static str,
    /// The columns it must have.
    pub columns: &'static [&'static str],
    /// The columns it may have besides.
    pub optional: &'static [&'static str],
    /// Whether a package must have it.
    pub required: bool,
}

const fn table(name: &'static str, columns: &'static [&'static str]) -> TableSpec {
    TableSpec { name, columns, optional: &[], required: true }
}

/// All tables, in the order of the documentation.
pub const TABLES: &[TableSpec] = &[
    table("regions", &["id", "parent", "name", "name_fr", "level", "pcode", "latitude", "longitude", "alt_names"]),
    table(
        "actors",
        &[
            "id",
            "name",
            "name_fr",
            "kind",
            "country",
            "active_from",
            "active_until",
            "summary",
            "summary_fr",
            "alt_names",
        ],
    ),
    table("actor_links", &["actor", "relation", "other", "from", "until", "report", "passage"]),
    table("reports", &["id", "title", "publisher", "author", "published", "url", "language", "kind", "agency", "note"]),
    table("passages", &["report", "id", "anchor", "gist", "gist_fr"]),
    table(
        "events",
        &[
            "id",
            "title",
            "title_fr",
            "kind",
            "start",
            "end",
            "date_precision",
            "region",
            "latitude",
            "longitude",
            "place_precision",
            "summary",
            "summary_fr",
        ],
    ),
    table("event_actors", &["event", "actor", "role", "certainty"]),
    TableSpec {
        name: "claims",
        columns: &[
            "event",
            "report",
            "passage",
            "topic",
            "part",
            "low",
            "high",
            "about",
            "value",
            "said_by",
            "origin",
            "stance",
            "preferred",
        ],
        // The claim's number within its event, where it is not simply its place in the file.
        optional: &["n"],
        required: true,
    },
    table("event_links", &["event", "relation", "other", "report", "passage"]),
    table("translations", &["text", "fr"]),
    table("mentions", &["report", "passage", "actor", "region"]),
    TableSpec {
        name: "retired",
        columns: &["kind", "id", "successor", "reason", "reason_fr"],
        optional: &[],
        required: false,
    },
    // Why an event was changed by a version of the dataset.
    TableSpec { name: "corrections", columns: &["event", "version", "why", "why_fr"], optional: &[], required: false },
];

/// The names of all tables.
pub fn names() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).collect()
}

/// The names of the tables that every package has.
pub fn required() -> Vec<&'static str> {
    TABLES.iter().filter(|table| table.required).map(|table| table.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::embedded;

    #[test]
    fn the_tables_are_those_of_the_published_description() {
        let json: serde_json::Value = serde_json::from_slice(embedded::descriptor()).unwrap();
        let described: Vec<(String, Vec<String>)> = json["resources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|resource| {
                let fields = resource["schema"]["fields"].as_array().unwrap();
                let text = |json: &serde_json::Value| json["name"].as_str().unwrap().to_owned();
                (text(resource), fields.iter().map(text).collect())
            })
            .collect();
        assert_eq!(described.len(), required().len());
        for (name, columns) in described {
            let table = TABLES.iter().find(|table| table.name == name).unwrap();
            assert_eq!(table.columns, columns, "{name}");
        }
    }
}
