//! Placeholder until the frame lands.
use axum::response::{IntoResponseParts, ResponseParts};

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// A page.
    Page {
        /// Generation.
        generation: i64,
    },
    /// Asset.
    Asset,
    /// Never.
    NoStore,
}
impl IntoResponseParts for CachePolicy {
    type Error = std::convert::Infallible;
    fn into_response_parts(self, mut res: ResponseParts) -> Result<ResponseParts, Self::Error> {
        res.extensions_mut().insert(self);
        Ok(res)
    }
}
