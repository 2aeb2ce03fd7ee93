//! With which statuses an operation answers, and what stands beside the body.

use serde_json::{Map, Value, json};

use super::answers::Answer;
use super::table::{Operation, Part};

/// What errors are sent as.
const PROBLEM: &str = "application/problem+json";

/// The responses that operations share: the problems, and that nothing has changed.
pub fn shared(problem: &Value) -> Value {
    let problem_of = |says: &str| json!({ "description": says, "content": { PROBLEM: { "schema": problem } } });
    let mut responses = Map::new();
    for (status, says) in PROBLEMS {
        responses.insert(name(status).to_owned(), problem_of(says));
    }
    responses.insert(
        "NotModified".into(),
        json!({
            "description": "What `If-None-Match` names is still so.",
            "headers": { "ETag": { "$ref": "#/components/headers/ETag" } },
        }),
    );
    responses.insert(
        "Merged".into(),
        json!({
            "description": "It was merged with another; `Location` is the address of that one.",
            "headers": { "Location": { "$ref": "#/components/headers/Location" } },
        }),
    );
    responses["MethodNotAllowed"]["headers"] = json!({ "Allow": { "$ref": "#/components/headers/Allow" } });
    responses["Trouble"]["headers"] = json!({ "Retry-After": { "$ref": "#/components/headers/Retry-After" } });
    Value::Object(responses)
}

const PROBLEMS: [(&str, &str); 8] = [
    ("400", "A part of the address cannot be used; `field` names it, `suggestion` the nearest valid choice."),
    ("403", "It may be read here, but its licence forbids passing it on."),
    ("404", "There is no such thing; `suggestion` is the address of what is near."),
    ("405", "Only GET and HEAD."),
    ("410", "It was withdrawn; `detail` says why."),
    ("413", "A body of more than 64 KB was sent."),
    ("414", "The address is longer than 8 KB."),
    ("5XX", "It took too long, too much is asked for at once (503), or something went wrong (500)."),
];

fn name(status: &str) -> &'static str {
    match status {
        "304" => "NotModified",
        "308" => "Merged",
        "400" => "BadRequest",
        "403" => "Withheld",
        "404" => "NotFound",
        "405" => "MethodNotAllowed",
        "410" => "Gone",
        "413" => "BodyTooLarge",
        "414" => "AddressTooLong",
        _ => "Trouble",
    }
}

/// The headers that are described.
pub fn headers() -> Value {
    let text = |says: &str| json!({ "description": says, "schema": { "type": "string" } });
    json!({
        "ETag": text("Changes with the data, the program and the address; weak."),
        "Link": text("Where else this is, under which licence, and its versions (RFC 8288)."),
        "Location": text("The address it leads to."),
        "Memento-Datetime": text("When this version was recorded."),
        "Content-Disposition": text("A name for the file."),
        "Allow": text("The methods there are."),
        "Retry-After": { "description": "After how many seconds to ask again.", "schema": { "type": "integer" } },
    })
}

/// The responses of an operation with one of its endings.
pub fn of(operation: &Operation, answer: &Answer, content: Option<Value>) -> Value {
    let by_name = |status: &str| json!({ "$ref": format!("#/components/responses/{}", name(status)) });
    let beside = |names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })))
            .collect::<Map<_, _>>()
            .into()
    };
    let mut responses = Map::new();
    match content {
        None => {
            let found = json!({ "description": "To the version that held.", "headers": beside(&["Location", "Link"]) });
            responses.insert("302".into(), found);
        }
        Some(content) => {
            let mut headers = Vec::new();
            if operation.is_page() {
                headers.push("ETag");
                responses.insert("304".into(), by_name("304"));
            }
            let cited = [".bib", ".ris", ".csl.json"].contains(&answer.ending);
            let list = operation.part == Part::Events && ![".json", ".atom"].contains(&answer.ending);
            if cited || list || operation.part == Part::Data {
                headers.push("Content-Disposition");
            }
            if list && !cited {
                headers.push("Link");
            }
            if operation.name == "version" {
                headers.extend(["Link", "Memento-Datetime"]);
            }
            let ok = json!({ "description": answer.says[0], "content": content, "headers": beside(&headers) });
            responses.insert("200".into(), ok);
        }
    }
    for status in operation.may {
        responses.insert(status.to_string(), by_name(&status.to_string()));
    }
    responses.insert("405".into(), by_name("405"));
    if operation.is_page() {
        for status in ["413", "414", "5XX"] {
            responses.insert(status.into(), by_name(status));
        }
    } else if operation.may.contains(&503) {
        let words =
            json!({ "description": "Not yet.", "content": { answer.media_type: { "schema": { "type": "string" } } } });
        responses.insert("503".into(), words);
    }
    Value::Object(responses)
}
