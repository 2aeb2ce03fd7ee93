//! The pictures that chats show of a page.

use super::pages_kit::{BASE_URL, LANGS, dataset_ids, site};

fn png(path: &str) -> Vec<u8> {
    let raw = site().send(path, &[]);
    assert_eq!((raw.status, raw.header("content-type")), (200, "image/png"), "{path}");
    assert_eq!(raw.header("cross-origin-resource-policy"), "cross-origin", "{path}");
    assert!(raw.body.starts_with(b"\x89PNG\r\n\x1a\n"), "{path}");
    let size = |at: usize| u32::from_be_bytes(raw.body[at..at + 4].try_into().unwrap());
    assert_eq!((size(16), size(20)), (1200, 630), "{path}");
    assert!(raw.body.len() < 300 * 1024, "{path}: {}", raw.body.len());
    raw.body
}

#[test]
fn events_actors_and_regions_name_their_picture_and_it_is_there() {
    for (_, lang) in LANGS {
        for path in ["/events/2022-06-18-diallassagou", "/actors/katiba-macina", "/regions/ml-mopti"] {
            let page = site().get(&format!("{lang}{path}"));
            let image = page.attr("head meta[property='og:image']", "content");
            assert_eq!(image, format!("{BASE_URL}{lang}{path}.png"));
            assert_eq!(page.attr("head meta[name='twitter:card']", "content"), "summary_large_image");
            png(image.strip_prefix(BASE_URL).unwrap());
        }
        for path in ["/events", "/reports", "/about"] {
            let page = site().get(&format!("{lang}{path}"));
            assert_eq!(page.count("head meta[property='og:image']"), 0);
            assert_eq!(page.attr("head meta[name='twitter:card']", "content"), "summary");
        }
    }
}

#[test]
fn a_picture_is_of_its_page_and_its_language_and_nothing_else_has_one() {
    let event = png("/events/2022-06-18-diallassagou.png");
    assert_ne!(event, png("/fr/events/2022-06-18-diallassagou.png"));
    assert_ne!(event, png("/events/2022-03-27-moura.png"));
    assert_eq!(event, png("/events/2022-06-18-diallassagou.png"));
    for none in ["/events/no-such.png", "/events.png", "/actors.png", "/reports/blogen-2022-07-diallassagou.png"] {
        assert_eq!(site().send(none, &[]).status, 404, "{none}");
    }
}

#[test]
fn places_known_to_their_area_only_and_long_titles_are_drawn_too() {
    // Each tenth: all of them would take a minute.
    let ids = dataset_ids("events.csv");
    let drawn = ids.iter().step_by(10).map(|id| png(&format!("/fr/events/{id}.png"))).count();
    assert!(drawn >= 9);
    for id in ["ml", "ml-bankass"] {
        png(&format!("/regions/{id}.png"));
    }
}
