//! The fixed texts of the interface. A text is used as `t.name` in templates and code; one that is missing in a
//! language does not compile, and a test finds those that nobody uses.

use crate::domain::lang::Lang;

macro_rules! texts {
    ($($name:ident: $en:literal | $fr:literal;)+) => {
        /// All fixed texts, in one language.
        pub struct Text { $(
            #[doc = $en]
            pub $name: &'static str,
        )+ }

        static EN: Text = Text { $($name: $en),+ };
        static FR: Text = Text { $($name: $fr),+ };

        /// Every text by name, in English and French, for the test that reads them all.
        pub const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $fr)),+];
    };
}

/// The texts in a language.
pub fn texts(lang: Lang) -> &'static Text {
    lang.pick(&EN, &FR)
}

texts! {
    // The frame of every page.
    site: "Constat" | "Constat";
    tagline: "What reports say about violence in Mali, side by side" | "Ce que les sources disent des violences au Mali, côte à côte";
    skip: "Skip to content" | "Aller au contenu";
    nav_label: "Main" | "Principale";
    nav_events: "Events" | "Événements";
    nav_actors: "Actors" | "Acteurs";
    nav_regions: "Regions" | "Régions";
    nav_reports: "Reports" | "Documents";
    nav_about: "About" | "À propos";
    other_language: "Français" | "English";
    search: "Search" | "Rechercher";
    search_label: "Search events, actors, places and passages" | "Rechercher des événements, acteurs, lieux et passages";
    footer_text: "Every figure here is a claim made by a passage of a report. Where reports differ, all are shown." | "Ici, chaque chiffre est une affirmation tirée d’un document, passage à l’appui. Quand les récits divergent, tous sont présentés.";
    footer_licence: "Dataset under CC BY 4.0" | "Données sous licence CC BY 4.0";
    footer_licences: "Each dataset under its own terms" | "Chaque jeu de données sous ses propres conditions";
    footer_json: "This page as JSON" | "Cette page en JSON";
    // For previews elsewhere: language and territory, as Open Graph writes them.
    og_locale: "en_GB" | "fr_FR";
    og_locale_other: "fr_FR" | "en_GB";
    // Leaving, the content note, light and dark.
    top_label: "Language and way out" | "Langue et sortie";
    exit: "Exit this page" | "Quitter cette page";
    exit_keys: "or press Shift three times" | "ou appuyez trois fois sur Maj";
    exit_two: "Press Shift twice more to leave" | "Encore deux fois Maj pour quitter";
    exit_one: "Press Shift once more to leave" | "Encore une fois Maj pour quitter";
    exit_expired: "Not left: Shift was not pressed again" | "Page non quittée\u{a0}: Maj n’a pas été pressée de nouveau";
    exit_leaving: "Leaving" | "Sortie en cours";
    content_note: "Content note" | "Avertissement";
    content_note_text: "This page speaks of people killed or harmed, in sober words. It shows no pictures, and no victim is named." | "Cette page parle de personnes tuées ou blessées, en termes sobres. Elle ne montre aucune image et ne nomme aucune victime.";
    scheme: "Appearance" | "Apparence";
    scheme_auto: "as on this device" | "comme sur cet appareil";
    scheme_light: "light" | "clair";
    scheme_dark: "dark" | "sombre";
    filter_name_hint: "Type a name" | "Saisir un nom";

    breadcrumb: "You are here" | "Vous êtes ici";
    semicolon: "; " | "\u{a0}; ";

    // Front door.
    front_title: "Who says so, and do others say otherwise?" | "Qui le dit, et que disent les autres\u{a0}?";
    front_lead: "Constat records massacres and other violence in Mali since 2012 as reports tell it." | "Constat consigne les massacres et autres violences au Mali depuis 2012 tels que les rapportent les sources.";
    front_promise: "Each number, date and attribution is tied to the passage that makes it and to the source it cites; where accounts part, the page shows how." | "Chaque chiffre, date ou attribution renvoie au passage qui l’affirme et à la source qu’il cite\u{a0}; quand les récits divergent, la page montre en quoi.";
    front_search_hint: "A place, a group, a word: Diallassagou, Katiba Macina, motorbikes …" | "Un lieu, un groupe, un mot\u{a0}: Diallassagou, Katiba Macina, motos…";
    front_latest: "Latest events" | "Événements les plus récents";
    front_gravest: "Gravest massacres" | "Massacres les plus meurtriers";
    front_all_gravest: "All massacres, gravest first" | "Tous les massacres, du plus meurtrier au moins meurtrier";
    front_years: "By year" | "Par année";
    front_places: "Places most often named" | "Lieux les plus souvent cités";
    front_groups: "Named most often as perpetrators" | "Le plus souvent désignés comme auteurs";
    front_differ: "Where accounts differ on the toll" | "Quand les récits divergent sur le bilan";
    front_map: "Events by region" | "Événements par région";
    front_map_world: "Events on the map" | "Les événements sur la carte";
    front_all: "All events" | "Tous les événements";
    front_read: "How to read a page" | "Comment lire une page";
    front_read_text: "The large figure is the account a curator stands behind, or else the range of all accounts. Beside each answer stands the kind of source that gives it; fifteen outlets repeating one communiqué count as one. Unfold it to see the reports, and follow any of them to the passage." | "Le grand chiffre est celui du récit que retient la rédaction, ou à défaut la fourchette de tous les récits. À côté de chaque réponse figure le type de source qui la donne\u{a0}; quinze médias qui reprennent un même communiqué comptent pour une seule origine. Dépliez-la pour voir les documents, et suivez-les jusqu’au passage.";

    // Lists and filters.
    filter_title: "Filter" | "Filtrer";
    filter_chosen: "Chosen filters" | "Filtres choisis";
    filter_clear: "Clear all" | "Tout effacer";
    filter_apply: "Apply" | "Appliquer";
    filter_words: "Words" | "Mots";
    filter_words_hint: "in titles, summaries, names and passages" | "dans les titres, résumés, noms et passages";
    filter_from: "From" | "À partir de";
    filter_to: "To" | "Jusqu’à";
    filter_date_hint: "2022, 2022-06 or 2022-06-18" | "2022, 2022-06 ou 2022-06-18";
    filter_killed_min: "Killed, at least" | "Tués, au moins";
    filter_as_of: "As recorded by" | "État enregistré au";
    filter_killed_max: "Killed, at most" | "Tués, au plus";
    filter_kind: "Kind of event" | "Type d’événement";
    filter_region: "Region" | "Région";
    filter_region_other: "Another place" | "Un autre lieu";
    filter_actor: "Actor" | "Acteur";
    filter_actor_other: "Another actor" | "Un autre acteur";
    filter_members: "Include groups that are part of it" | "Inclure les groupes qui en font partie";
    filter_role: "Role of the actor" | "Rôle de l’acteur";
    filter_certainty: "Certainty of that role" | "Certitude de ce rôle";
    filter_accounts: "Accounts of the toll" | "Récits sur le bilan";
    filter_origin: "Kind of source" | "Type de source";
    filter_source: "Dataset" | "Jeu de données";
    filter_any: "Choose …" | "Choisir…";
    filter_count_note: "The figure beside a value says how many events the list would hold with it." | "Le nombre à côté de chaque valeur indique combien d’événements compterait la liste si on l’ajoutait.";
    sort_label: "Order" | "Ordre";
    sort_date_desc: "newest first" | "plus récents d’abord";
    sort_date: "oldest first" | "plus anciens d’abord";
    sort_killed_desc: "highest toll" | "bilan décroissant";
    sort_killed: "lowest toll" | "bilan croissant";
    sort_relevance: "best match" | "pertinence";
    view_label: "Show as" | "Afficher en";
    view_list: "list" | "liste";
    view_table: "table" | "tableau";
    view_map: "map" | "carte";
    map_of_events: "Map of these events" | "Carte de ces événements";
    map_out: "Show more around it" | "Élargir la carte";
    map_whole: "All of these events on the map" | "Tous ces événements sur la carte";
    map_hint_killed: "A mark is sized by the toll of its events." | "La taille d’un repère suit le bilan de ses événements.";
    map_hint_events: "A mark is sized by the number of its events." | "La taille d’un repère suit le nombre de ses événements.";
    map_hint_link: "It leads closer, or to their list." | "Il mène à une vue rapprochée ou à leur liste.";
    map_hint_area: "A dashed area with a figure: so many events are known to have been somewhere in it, and no closer." | "Une zone en tirets avec un nombre\u{a0}: autant d’événements y ont eu lieu, sans qu’on sache où exactement.";
    map_hint_ring: "A ring stands where only an area is known, in the middle of it." | "Un anneau marque une zone dont on ne connaît pas le lieu exact, en son milieu.";
    map_everywhere: "All places" | "Tous les lieux";
    map_larger: "These events on the large map" | "Ces événements sur la grande carte";
    map_where: "Where the events were" | "Où les événements ont eu lieu";
    map_zoom: "Closer or farther" | "Plus près ou plus loin";
    map_unplaced: "The first of them:" | "Les premiers\u{a0}:";
    map_all_unplaced: "List them all" | "Les voir tous en liste";
    // The map that can be moved.
    map_move: "Move the map" | "Déplacer la carte";
    map_moved: "Map of these events. Arrow keys move it, plus and minus change its scale, Tab goes from mark to mark." | "Carte de ces événements. Les flèches la déplacent, plus et moins changent l’échelle, Tab passe d’un repère à l’autre.";
    map_closer: "Closer" | "Plus près";
    map_farther: "Farther" | "Plus loin";
    map_list: "List" | "Liste";
    map_failed: "The map could not be loaded." | "La carte n’a pas pu être chargée.";
    map_sources: "Outlines: Natural Earth; OCHA COD-AB (Mali)" | "Contours\u{a0}: Natural Earth\u{a0}; OCHA COD-AB (Mali)";
    map_regions: "The same events by region" | "Les mêmes événements par région";
    view_timeline: "time line" | "frise";
    timeline_period: "When" | "Quand";
    timeline_uncertain: "The solid part of a bar is sure, the faint part may be more: an event whose date leaves it open may lie in two periods, and the accounts of a toll may say less or more." | "La partie pleine d’une barre est certaine, la partie estompée s’y ajoute peut-être\u{a0}: un événement daté de façon imprécise peut relever de deux périodes, et les récits peuvent donner un bilan plus ou moins lourd.";
    timeline_one_dataset: "Two datasets may hold the same event, so those killed are summed up within one dataset only. Choose one:" | "Deux jeux de données peuvent contenir le même événement\u{a0}; les bilans ne sont donc additionnés qu’au sein d’un seul. Choisissez-en un\u{a0}:";
    list_next: "Next page" | "Page suivante";
    list_first: "Back to the first page" | "Retour à la première page";
    list_empty: "No event matches all of this." | "Aucun événement ne répond à tous ces critères.";
    list_loosen: "Without one of the filters there would be:" | "Sans l’un des filtres, il y aurait\u{a0}:";
    list_toll_unknown: "toll not known" | "bilan inconnu";
    column_date: "Date" | "Date";
    column_event: "Event" | "Événement";
    column_kind: "Kind" | "Type";
    column_place: "Place" | "Lieu";
    column_killed: "Killed" | "Tués";
    column_range: "Range of accounts" | "Fourchette des récits";
    column_accounts: "Accounts" | "Récits";
    column_actors: "Named as perpetrators" | "Désignés comme auteurs";

    // An event.
    event_glance: "At a glance" | "En bref";
    event_accounts: "Accounts side by side" | "Les récits côte à côte";
    event_accounts_intro: "One row for each distinct answer, with the kinds of source that give it. Unfold a source to see the reports that carry it; each leads to its passage." | "Une ligne par réponse distincte, avec les types de source qui la donnent. Dépliez un type de source pour voir les documents concernés\u{a0}; chacun mène au passage cité.";
    event_same_note: "Answers marked with the name of another dataset come from its record of the same event. They do not enter the figure and the range above." | "Les réponses qui portent le nom d’un autre jeu de données viennent de sa fiche sur le même événement. Elles n’entrent ni dans le chiffre ni dans la fourchette ci-dessus.";
    event_killed: "killed" | "tués";
    event_killed_one: "killed" | "tué";
    event_preferred: "preferred by the dataset" | "retenu par le jeu de données";
    event_preferred_short: "preferred" | "retenu";
    event_no_toll: "No report gives a toll for the whole event." | "Aucun document ne donne de bilan pour l’ensemble de l’événement.";
    event_parts: "For a part of the event" | "Pour une partie de l’événement";
    event_denied: "denied by" | "démenti par";
    event_denied_only: "stated only by those who deny it" | "rapporté seulement par ceux qui le démentent";
    event_actors: "Who took part" | "Qui était impliqué";
    event_actor_column: "Actor" | "Acteur";
    event_role_column: "Role" | "Rôle";
    event_certainty_column: "Certainty" | "Certitude";
    event_chain: "What it answered, what answered it" | "Ce qui l’a précédé, ce qui l’a suivi";
    event_passages: "Passages, report by report" | "Les passages, document par document";
    event_passages_intro: "What each passage says, in our words; the few words in quotation marks are the report’s own and find the paragraph." | "Ce que dit chaque passage, reformulé par nos soins\u{a0}; les quelques mots entre guillemets sont ceux du document et permettent de retrouver le paragraphe.";
    event_chart_label: "Who gives which number of people killed. Each mark is one claim; the list below says the same in words." | "Qui donne quel nombre de tués. Chaque repère est une affirmation\u{a0}; la liste ci-dessous dit la même chose en mots.";
    event_against: "Cannot be:" | "Incompatibles\u{a0}:";
    chart_exact: "a figure" | "un chiffre";
    chart_about: "a rounded figure" | "un chiffre arrondi";
    chart_open: "“… or more”" | "«\u{a0}… ou plus\u{a0}»";
    chart_preferred: "the preferred account" | "le récit retenu";
    chart_against: "cannot be right beside it" | "incompatible avec lui";
    chart_denied: "denied" | "démenti";
    chart_other: "another dataset" | "un autre jeu de données";
    event_share: "Permalink and citation" | "Lien permanent et citation";
    event_permalink: "Permalink" | "Lien permanent";
    event_cite: "Cite as" | "Citer ainsi";
    event_cite_files: "For reference managers" | "Pour les logiciels bibliographiques";
    cite_this_passage: "Cite this passage (BibTeX)" | "Citer ce passage (BibTeX)";
    cite_report: "Cite this report" | "Citer ce document";
    cite_passage: "passage" | "passage";
    event_copy: "Copy" | "Copier";
    event_copied: "Copied" | "Copié";
    event_history: "History of this page" | "Historique de cette page";
    event_carries: "Says about this event" | "Ce qu’il dit de l’événement";
    event_source: "Read the original" | "Lire l’original";
    event_report_page: "This report’s page" | "La page de ce document";
    event_at_source_missing: "no address is known" | "adresse inconnue";
    event_more: "more" | "de plus";
    event_jump: "On this page" | "Sur cette page";

    // History.
    history_title: "History" | "Historique";
    history_intro: "Every version of this event that this site has held." | "Toutes les versions de cet événement conservées par ce site.";
    history_current: "current version" | "version actuelle";
    history_added: "added" | "ajouté";
    history_changed: "changed" | "modifié";
    history_withdrawn: "withdrawn" | "retiré";
    history_restored: "restored" | "rétabli";
    history_why: "Why:" | "Pourquoi\u{a0}:";
    history_dataset: "with dataset version" | "avec la version du jeu de données";
    history_before: "before" | "avant";
    history_after: "after" | "après";
    history_claims_added: "claims added" | "affirmations ajoutées";
    history_claims_removed: "claims removed" | "affirmations retirées";
    history_claims_changed: "claims changed" | "affirmations modifiées";
    embed_title: "Embed this in a page of yours" | "Intégrer ceci dans une page";
    embed_event: "All accounts, with their passages" | "Tous les récits, avec leurs passages";
    embed_front: "To the site" | "Aller au site";
    embed_map: "These events on Constat" | "Ces événements sur Constat";
    past_now: "The record as it is now" | "Le registre tel qu’il est aujourd’hui";
    version_old: "This is an earlier version of the page, kept as it was." | "Ceci est une version antérieure de la page, conservée telle quelle.";
    version_newest: "This is the newest version, under an address that will go on showing it." | "Ceci est la version la plus récente, à une adresse qui continuera de la montrer.";
    version_withdrawn: "With this version the event was withdrawn; it is shown as it last was." | "Avec cette version, l’événement a été retiré\u{a0}; il est montré dans son dernier état.";
    version_others: "Other versions" | "Autres versions";
    history_merged: "Merged into another event:" | "Fusionné avec un autre événement\u{a0}:";
    history_gone: "Withdrawn:" | "Retiré\u{a0}:";
    history_last: "last version" | "dernière version";
    history_said_by: "said by" | "selon";
    history_origin: "kind of source" | "type de source";
    field_passages: "passages" | "passages";
    history_preferred: "preferred" | "retenue";
    history_passages_added: "passages added" | "passages ajoutés";
    history_passages_removed: "passages removed" | "passages retirés";
    history_passages_changed: "passages changed" | "passages modifiés";
    version_see_current: "See the current one" | "Voir la version actuelle";
    field_title: "title" | "titre";
    field_kind: "kind" | "type";
    field_date: "date" | "date";
    field_place: "place" | "lieu";
    field_summary: "summary" | "résumé";
    field_actors: "actors" | "acteurs";
    field_links: "linked events" | "événements liés";

    // Actors.
    actors_title: "Actors" | "Acteurs";
    actors_intro: "Armed groups, forces, communities and institutions that reports name, with the events in which each is named." | "Groupes armés, forces, communautés et institutions que nomment les sources, avec les événements où chacun est cité.";
    actor_names: "Also written" | "Autres noms et graphies";
    actor_ties: "Ties to other actors" | "Liens avec d’autres acteurs";
    actor_ties_intro: "Each tie is what a passage says, for the time it speaks of." | "Chaque lien est ce que dit un passage, pour l’époque dont il parle.";
    actor_roles: "Named as" | "Désigné comme";
    actor_where: "Where" | "Où";
    actor_with: "Named in the same events" | "Cités dans les mêmes événements";
    actor_events: "Events in which it is named" | "Événements où il est cité";
    actor_mentions: "Passages that name it" | "Passages qui le citent";
    actor_no_events: "No event of this site names it." | "Aucun événement de ce site ne le cite.";
    tie_undated: "no date given" | "sans date";
    years_label: "By year" | "Par année";

    // Charts over time.
    time_by_month: "By month" | "Par mois";
    time_sure: "sure" | "certain";
    time_may: "may be: the date or the toll is left open" | "possible\u{a0}: la date ou le bilan reste incertain";
    time_open: "a report says there were more" | "un document en signale davantage";
    time_from: "From" | "De";
    time_to: "to" | "à";
    time_earliest: "the beginning" | "l’origine";
    time_latest: "the end" | "la fin";
    time_show: "Show" | "Afficher";
    time_all: "All dates" | "Toutes les dates";
    time_drag: "or drag across the columns" | "ou faites glisser le pointeur sur les colonnes";
    chain_strip: "These events on a line of time" | "Ces événements sur une ligne du temps";
    time_table: "The same as a table" | "Les mêmes chiffres en tableau";

    // Two side by side.
    compare_title: "Compare two actors or two regions" | "Comparer deux acteurs ou deux régions";
    compare_intro: "Events, those killed, and who is named, side by side and on one scale." | "Les événements, les tués et les acteurs cités, côte à côte et à la même échelle.";
    compare_with: "Compare with another" | "Faire une comparaison";
    compare_first: "First" | "Premier élément";
    compare_second: "Second" | "Second élément";
    compare_choose: "Compare" | "Comparer";
    compare_most_named: "The lists hold those with most events. Any other can be compared from its own page." | "Les listes contiennent ceux qui ont le plus d’événements. Tout autre se compare depuis sa propre page.";
    compare_what: "What it is" | "Nature";
    compare_in: "Lies in" | "Se trouve dans";
    compare_killed_untold: "toll not known" | "bilan inconnu";
    compare_two_datasets: "not summed up: two datasets may hold the same event" | "non additionnés\u{a0}: deux jeux de données peuvent contenir le même événement";
    compare_over_time: "Over time, on one scale" | "Dans le temps, à la même échelle";
    compare_shared: "Events of both" | "Événements communs";
    compare_none_shared: "No event is of both." | "Aucun événement n’est commun aux deux.";
    compare_ties: "Ties between the two" | "Liens entre les deux";
    compare_kinds: "Kinds of event" | "Types d’événement";
    compare_any_kind: "Any kind" | "Tous les types";
    compare_swap: "Other way round" | "Inverser";
    compare_nothing: "none" | "rien";

    // Regions.
    regions_title: "Regions" | "Régions";
    regions_intro: "The tree of places; each with the events in it and below it." | "L’arborescence des lieux, chacun avec les événements qui s’y sont produits, subdivisions comprises.";
    region_names: "Also written" | "Autres noms et graphies";
    region_pcode: "P-code" | "P-code";
    region_parts: "Its parts" | "Subdivisions";
    region_events: "Events here and below" | "Événements ici, subdivisions comprises";
    region_who: "Named as perpetrators here" | "Désignés ici comme auteurs";
    region_mentions: "Passages that name it" | "Passages qui citent ce lieu";
    region_no_events: "No event of this site took place here." | "Aucun événement de ce site n’a eu lieu ici.";
    region_pcode_note: "of the division in force in 2021" | "du découpage en vigueur en 2021";
    map_of: "Map of" | "Carte\u{a0}:";

    // Reports.
    reports_title: "Reports" | "Documents";
    reports_intro: "The documents behind the claims, newest first." | "Les documents d’où viennent les affirmations, du plus récent au plus ancien.";
    report_language: "Language" | "Langue";
    report_kind: "Kind" | "Type";
    report_author: "by" | "par";
    report_agency: "with" | "avec";
    report_undated: "no date" | "sans date";
    report_passages: "What it says, passage by passage" | "Ce qu’il dit, passage par passage";
    report_text: "The report’s text" | "Le texte du document";
    report_text_intro: "Shown by leave of whoever holds it; the words by which a passage is found are marked." | "Reproduit avec l’accord de l’ayant droit\u{a0}; les mots qui permettent de repérer un passage sont surlignés.";
    report_speaks_of: "Speaks of" | "Parle de";
    report_events: "Events it speaks of" | "Événements dont il parle";
    report_none: "No event" | "Aucun événement";
    report_original: "Open the original" | "Ouvrir l’original";

    // Search.
    search_title: "Search" | "Recherche";
    search_events: "Events" | "Événements";
    search_actors: "Actors" | "Acteurs";
    search_regions: "Places" | "Lieux";
    search_passages: "Passages" | "Passages";
    search_nothing: "Nothing found. Try fewer or other words, or a part of a name." | "Aucun résultat. Essayez moins de mots, d’autres mots ou une partie d’un nom.";
    search_empty: "Type a word, a name or a place." | "Saisissez un mot, un nom ou un lieu.";
    search_all_events: "All matching events, with filters" | "Tous les événements trouvés, avec filtres";

    // About.
    about_title: "About" | "À propos";
    method_title: "Method" | "Méthode";
    data_title: "Data and licence" | "Données et licence";
    api_title: "For programs" | "Accès par programme";
    api_operations: "What can be asked for" | "Ce qui peut être demandé";
    api_try: "Try it" | "Essayer";
    api_rest: "The rest of the filter" | "Le reste du filtre";
    api_repeatable: "may be repeated" | "peut être répété";
    api_more: "The first lines of {}" | "Les premières lignes sur {}";
    api_failed: "The site could not be reached." | "Le site n’a pas pu être atteint.";
    data_withheld: "For reading only: its terms forbid giving it out as a file." | "À consulter seulement\u{a0}: ses conditions d’utilisation interdisent de le diffuser sous forme de fichier.";
    data_download: "Download the dataset" | "Télécharger le jeu de données";

    // Lists and events to take along.
    take_title: "Take this list along" | "Emporter cette liste";
    take_intro: "Every event of this filter, on all pages, with its dataset and licence." | "Tous les événements de ce filtre, toutes pages comprises, avec leur jeu de données et leur licence.";
    take_csv: "Spreadsheet (CSV), a row for each event" | "Tableur (CSV), une ligne par événement";
    take_claims: "Spreadsheet (CSV), a row for each claim" | "Tableur (CSV), une ligne par affirmation";
    take_geojson: "Map data (GeoJSON)" | "Données de carte (GeoJSON)";
    take_gpkg: "For QGIS and R (GeoPackage)" | "Pour QGIS et R (GeoPackage)";
    take_jsonl: "Events with all claims (JSON Lines)" | "Événements avec toutes les affirmations (JSON Lines)";
    take_zip: "Both tables, described (Data Package)" | "Les deux tableaux, décrits (Data Package)";
    take_bib: "This list as a citation (BibTeX)" | "Référence de cette liste (BibTeX)";
    take_ris: "This list as a citation (RIS)" | "Référence de cette liste (RIS)";
    take_csl: "This list as a citation (CSL-JSON)" | "Référence de cette liste (CSL-JSON)";
    take_atom: "Follow changes (Atom feed)" | "Suivre les modifications (flux Atom)";
    feed_corrected: "corrected" | "corrigé";
    package_intro: "Events and the claims made on them, each claim with the passage that makes it. An empty cell means unknown, never zero. Where the data come from, and under which terms:" | "Des événements et les affirmations qui les concernent, chacune avec le passage dont elle est tirée. Une cellule vide signifie inconnu, jamais zéro. Provenance et conditions des données\u{a0}:";

    // Errors.
    error_400: "This address asks for something that does not exist" | "Cette adresse demande quelque chose qui n’existe pas";
    error_403: "These data may be read here but not passed on" | "Ces données peuvent être lues ici, mais pas redistribuées";
    error_403_text: "The terms under which they came forbid giving them out as files or JSON." | "Les conditions sous lesquelles elles ont été obtenues interdisent de les diffuser sous forme de fichiers ou en JSON.";
    error_404: "There is nothing at this address" | "Il n’y a rien à cette adresse";
    error_404_text: "It may have been mistyped or cut off when it was copied." | "Elle a peut-être été mal saisie ou tronquée lors de la copie.";
    error_410: "This page was withdrawn" | "Cette page a été retirée";
    error_405: "This address can only be read" | "Cette adresse est en lecture seule";
    error_405_text: "The site takes no other requests." | "Le site n’accepte aucune autre requête.";
    error_413: "The request is too large" | "La requête est trop volumineuse";
    error_414: "The address is too long" | "L’adresse est trop longue";
    error_too_long_text: "Choose fewer filters or shorter words." | "Choisissez moins de filtres ou des mots plus courts.";
    error_500: "Something went wrong on our side" | "Un problème est survenu de notre côté";
    error_500_text: "It has been noted. Trying again in a moment may help." | "Il a été consigné. Réessayez dans un instant.";
    error_503: "This took too long" | "Cela a pris trop de temps";
    error_making: "This earlier state is being made ready" | "Cet état antérieur est en préparation";
    error_making_text: "The record as it stood then is put together when somebody asks for it. Try again in half a minute." | "L’état du registre à cette date est reconstitué à la demande. Réessayez dans une demi-minute.";
    error_503_text: "The site is busy, or the question was too large. Try again, or narrow it." | "Le site est très sollicité, ou la question trop large. Réessayez ou précisez-la.";
    error_nearest: "Did you mean" | "Vouliez-vous dire";
    error_without: "Go on without it, keeping the other filters" | "Continuer sans cela, en gardant les autres filtres";
    error_home: "Go to the front page" | "Aller à la page d’accueil";
    error_choices: "What is possible there:" | "Ce qui est possible\u{a0}:";
}
