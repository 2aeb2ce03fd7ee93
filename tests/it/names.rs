//! Names found while they are typed, and names that a form sends where an address has ids.

use super::kit::Package;
use super::pages_kit::{Site, site, strings};

fn ids(path: &str) -> Vec<String> {
    strings(&site().json(path)["names"], "id")
}

#[test]
fn a_name_is_found_by_its_beginning_a_word_a_spelling_and_with_a_slip() {
    assert_eq!(ids("/names.json?of=region&q=mop")[0], "ml-mopti");
    assert_eq!(ids("/names.json?of=region&q=MOP"), ids("/fr/names.json?of=region&q=mop"));
    assert_eq!(ids("/names.json?of=region&q=segou")[0], "ml-segou");
    assert_eq!(ids("/names.json?of=actor&q=maci"), ["katiba-macina"]);
    assert_eq!(ids("/names.json?of=actor&q=gsim")[0], "jnim");
    assert_eq!(ids("/names.json?of=actor&q=katiba+masina"), ["katiba-macina"]);
    assert_eq!(ids("/names.json?of=actor&q=masina"), ["katiba-macina"]);
    // Each kind has its own.
    assert!(ids("/names.json?of=actor&q=ogossagou").is_empty());
    assert!(ids("/names.json?of=region&q=katiba").is_empty());
    assert!(ids("/names.json?of=region&q=xyzzy").is_empty());
    assert!(ids("/names.json?of=region&q=").is_empty());
    assert!(ids("/names.json?of=region").is_empty());
}

#[test]
fn what_begins_with_the_letters_comes_before_what_holds_them() {
    let names = strings(&site().json("/names.json?of=region&q=ban")["names"], "name");
    let begin = |name: &String| name.split([' ', '-']).any(|word| word.to_lowercase().starts_with("ban"));
    assert!(names.iter().any(begin), "{names:?}");
    assert!(names.is_sorted_by_key(|name| !begin(name)), "{names:?}");
    assert!(ids("/names.json?of=region&q=a").len() == 10);
}

#[test]
fn each_says_what_it_is_and_in_how_many_events() {
    let mopti = &site().json("/names.json?of=region&q=bankass")["names"][0];
    assert_eq!(
        (&mopti["id"], &mopti["name"], &mopti["what"]),
        (&"ml-bankass".into(), &"Bankass cercle".into(), &"cercle, Mopti region, Mali".into())
    );
    assert_eq!(mopti["events"], site().json("/events.json?region=ml-bankass")["total"]);
    let french = &site().json("/fr/names.json?of=actor&q=katiba+macina");
    assert_eq!(french["names"][0]["what"], "groupe djihadiste");
    assert!(french["names"][0]["count"].as_str().unwrap().ends_with("\u{a0}événements"));
    assert_eq!(french["status"], "1 nom, à choisir avec la flèche du bas");
}

#[test]
fn what_is_asked_wrongly_is_named() {
    for (path, field) in [
        ("/names.json?q=mop", "of"),
        ("/names.json?of=report&q=mop", "of"),
        ("/names.json?of=region&q=mop&limit=3", "limit"),
    ] {
        let raw = site().send(path, &[]);
        let problem: serde_json::Value = serde_json::from_slice(&raw.body).unwrap();
        assert_eq!((raw.status, problem["field"].as_str()), (400, Some(field)), "{path}");
    }
}

#[test]
fn a_name_sent_by_a_form_becomes_the_id_in_the_address() {
    let to = |path: &str| {
        let raw = site().send(path, &[]);
        (raw.status, raw.header("location").to_owned())
    };
    assert_eq!(to("/events?from=2019&region_name=S%C3%A9gou"), (307, "/events?region=ml-segou&from=2019".into()));
    assert_eq!(to("/fr/events?actor_name=masina&region=ml-mopti").1, "/fr/events?region=ml-mopti&actor=katiba-macina");
    assert_eq!(to("/events?region_name=&region=ml-mopti").1, "/events?region=ml-mopti");
    // A name of nothing is an error that names it, and keeps the rest.
    assert_eq!(to("/events?from=2019&region_name=xyzzy").1, "/events?region=xyzzy&from=2019");
    let error = site().any("/events?region=xyzzy&from=2019");
    assert_eq!(error.status, 400);
    assert!(error.text(".error").contains("xyzzy"));
    assert_eq!(error.attr(".error .without", "href"), "/events?from=2019");
    // It is a way to fill in a form, no key of the filter.
    assert_eq!(site().send("/events.json?region_name=Mopti", &[]).status, 400);
}

#[test]
fn where_there_are_too_many_for_a_list_a_name_is_typed() {
    let few = site().get("/events");
    assert!(few.count("[data-facet=region] select option") > 20);
    assert_eq!(few.attr("[data-facet=region] form.other", "data-names"), "/names.json?of=region");
    let base = Package::base();
    let (mut actors, mut parts) = (base.text("actors.csv"), base.text("event_actors.csv"));
    for n in 0..250 {
        actors += &format!("militia-{n},Militia {n},Milice {n},unidentified,,,,,,\n");
        parts += &format!("2019-06-09-sangha,militia-{n},responder,suspected\n");
    }
    let many = Site::on(&[base.with("actors.csv", &actors).with("event_actors.csv", &parts)]);
    let page = many.get("/events");
    assert_eq!(page.count("[data-facet=actor] select"), 0);
    assert_eq!(page.attr("[data-facet=actor] form.other input#other-actor", "name"), "actor_name");
    let found = many.send("/events?actor_name=milice+249", &[]);
    assert_eq!(found.header("location"), "/events?actor=militia-249");
}
