//! What stands in a list for something that may be read here but not passed on.

use schemars::JsonSchema;
use serde::Serialize;

use crate::links::Page;
use crate::store::catalog::Dataset;
use crate::view::Ctx;

/// Its address, and why there is no more of it.
#[derive(JsonSchema, Serialize)]
pub struct Withheld {
    /// Its id.
    pub id: String,
    /// Its page here.
    pub url: String,
    /// The dataset's id.
    pub source: String,
    /// Under which terms it came.
    pub withheld: String,
}

/// An item of a list, or what stands for it.
#[derive(JsonSchema, Serialize)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Listed<T> {
    /// As it is.
    Item(T),
    /// It may not be passed on.
    Withheld(Withheld),
}

impl<T> Listed<T> {
    /// The item if its dataset may be passed on. `row` is that of the dataset, `page` where the item can be read.
    pub fn new(cx: &Ctx, row: i64, id: &str, page: Page<'_>, item: impl FnOnce() -> T) -> Listed<T> {
        match cx.catalog.withheld(row) {
            None => Listed::Item(item()),
            Some(Dataset { id: source, licence, .. }) => Listed::Withheld(Withheld {
                id: id.to_owned(),
                url: format!("{}{}", cx.base_url, page.path(cx.lang)),
                source: source.clone(),
                withheld: licence.clone(),
            }),
        }
    }

    /// The same of something that is made of the item.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Listed<U> {
        match self {
            Listed::Item(item) => Listed::Item(f(item)),
            Listed::Withheld(withheld) => Listed::Withheld(withheld),
        }
    }
}
