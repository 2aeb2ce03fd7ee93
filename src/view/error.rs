//! Pages for what went wrong: they name it, offer the nearest, and keep the reader's filters.

use askama::Template;

use crate::links::{self, Page};

use super::frame::Nav;
use super::{Ctx, Frame, Link};

/// An error page. Nothing of the program's own errors ever reaches it.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The status code.
    pub status: u16,
    /// What was wrong.
    pub detail: String,
    /// The nearest valid choices.
    pub nearest: Vec<Link>,
    /// The same without what was wrong.
    pub without: Option<Link>,
    /// What is possible there.
    pub choices: Vec<String>,
    /// The front page.
    pub home: Link,
}

impl ErrorPage {
    /// A page with a title and a sentence, in answer to an address.
    pub fn new(cx: &Ctx, asked: &str, status: u16, title: &str, detail: impl Into<String>) -> ErrorPage {
        let frame = Frame::new(cx, Nav::None, title, |lang| links::in_language(asked, lang)).unlisted();
        ErrorPage {
            frame,
            status,
            detail: detail.into(),
            nearest: Vec::new(),
            without: None,
            choices: Vec::new(),
            home: Link::new(Page::Front.path(cx.lang), cx.t.error_home),
        }
    }
}
