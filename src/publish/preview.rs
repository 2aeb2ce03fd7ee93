//! Previews as PNG, with fonts of the program's own: the server may have none.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

use crate::view::preview::{HEIGHT, WIDTH};

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for font in [
        include_bytes!("../../data/fonts/NotoSerif-Bold.ttf").as_slice(),
        include_bytes!("../../data/fonts/NotoSans-Regular.ttf"),
    ] {
        fonts.load_font_data(font.to_vec());
    }
    Arc::new(fonts)
});

/// A drawing as PNG, 1200 by 630 pixels; none where it is not one, which would be a fault of `view::preview`. Takes tens
/// of milliseconds: not for a thread that serves others.
pub fn png(svg: &str) -> Option<Vec<u8>> {
    let options = usvg::Options { fontdb: FONTS.clone(), font_family: "Noto Sans".to_owned(), ..Default::default() };
    let tree = usvg::Tree::from_str(svg, &options).inspect_err(|error| tracing::error!(%error, "a preview")).ok()?;
    let mut canvas = tiny_skia::Pixmap::new(WIDTH, HEIGHT)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut canvas.as_mut());
    canvas.encode_png().ok()
}
