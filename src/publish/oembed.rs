//! oEmbed 1.0 (oembed.com): how an address of this site is put into a page of another one, for programs that turn pasted
//! addresses into frames.

use schemars::JsonSchema;
use serde::Serialize;

use crate::view::Ctx;
use crate::view::embed::Embed;
use crate::view::preview::{HEIGHT, WIDTH};
use crate::view::svg::escape;

/// How long it holds, in seconds.
const A_DAY: u32 = 86_400;

/// What may be embedded, as `type: rich`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OEmbed {
    /// Of oEmbed.
    pub version: &'static str,
    /// HTML of one's own.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What is shown.
    pub title: String,
    /// The site.
    pub provider_name: &'static str,
    /// Its address.
    pub provider_url: String,
    /// For how many seconds the answer may be kept.
    pub cache_age: u32,
    /// The frame.
    pub html: String,
    /// How wide, in pixels.
    pub width: u32,
    /// How high, in pixels.
    pub height: u32,
    /// A picture of it, where there is one.
    #[serde(flatten)]
    pub thumbnail: Option<Thumbnail>,
}

/// A picture.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Thumbnail {
    /// Its address.
    pub thumbnail_url: String,
    /// How wide, in pixels.
    pub thumbnail_width: u32,
    /// How high, in pixels.
    pub thumbnail_height: u32,
}

impl OEmbed {
    /// What may be embedded, no larger than asked for. `picture` is the absolute address of its preview.
    pub fn new(cx: &Ctx, embed: Embed, picture: Option<String>, most: [Option<u32>; 2]) -> OEmbed {
        let [width, height] = [(embed.width, most[0]), (embed.height, most[1])]
            .map(|(usual, most)| most.map_or(usual, |most| usual.min(most)));
        let embed = Embed { width, height, ..embed };
        OEmbed {
            version: "1.0",
            kind: "rich",
            html: embed.code(),
            title: embed.title,
            provider_name: cx.t.site,
            provider_url: cx.base_url.to_owned(),
            cache_age: A_DAY,
            width,
            height,
            thumbnail: picture.map(|thumbnail_url| Thumbnail {
                thumbnail_url,
                thumbnail_width: WIDTH,
                thumbnail_height: HEIGHT,
            }),
        }
    }

    /// The same as XML, which older consumers ask for.
    pub fn xml(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n".to_owned();
        // The same fields by the same names: from the JSON, so that neither form can have one the other lacks.
        if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) {
            for (name, value) in fields {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                out.push_str(&format!("  <{name}>{}</{name}>\n", escape(&text)));
            }
        }
        out.push_str("</oembed>\n");
        out
    }
}
