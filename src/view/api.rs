//! `/api`: what programs may ask for, to be read and tried.

use askama::Template;

use super::{Frame, Link};

/// The page.
#[derive(Template)]
#[template(path = "api.html")]
pub struct ApiPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The keys of the filter: name, what it asks, the words it takes.
    pub keys: Vec<(&'static str, &'static str, String)>,
    /// The most events one page may ask for.
    pub max_limit: u16,
    /// The most values one key takes.
    pub max_values: usize,
    /// A filter as lines of a program: its language, and the lines.
    pub lines: Vec<(&'static str, String)>,
    /// The document.
    pub document: String,
    /// What is asked for, by what goes together.
    pub parts: Vec<PartView>,
    /// The script that shows answers in place.
    pub script: String,
}

/// Operations that go together.
pub struct PartView {
    /// Its heading.
    pub title: &'static str,
    /// The operations.
    pub operations: Vec<OperationView>,
}

/// One thing that can be asked for.
pub struct OperationView {
    /// Its place on the page.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// More about it: pieces of text, and whether each is code.
    pub about: Vec<(bool, &'static str)>,
    /// The address without its ending.
    pub path: &'static str,
    /// What it can be answered with.
    pub endings: Vec<EndingView>,
    /// What it takes, first what is filled in.
    pub inputs: Vec<InputView>,
    /// The rest of the filter.
    pub more: Vec<InputView>,
    /// Where the form leads without a script; none where there is no example.
    pub action: Option<String>,
}

/// One ending.
pub struct EndingView {
    /// With its dot.
    pub ending: &'static str,
    /// What it is.
    pub says: &'static str,
    /// An address that works.
    pub example: Option<Link>,
    /// The same without its query: where the form leads.
    pub action: String,
    /// The address with what is filled in still to be put in.
    pub template: String,
    /// Whether it can be shown in place: text, or where it leads.
    pub text: bool,
}

/// A field of the form.
pub struct InputView {
    /// Its place on the page.
    pub id: String,
    /// What it is called.
    pub name: &'static str,
    /// `query`, `path` or `header`; only the first can be sent without a script.
    pub place: &'static str,
    /// What it asks.
    pub asks: &'static str,
    /// The words it takes; none where it takes any.
    pub words: Vec<String>,
    /// What it is filled in with.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it takes a number.
    pub number: bool,
    /// Whether it may be repeated.
    pub repeatable: bool,
}
