//! The search of the palette: a few letters find what they stand for. Plain functions.

/// What kind of thing was found; also the order of equally good hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Page,
    Item,
    Epic,
    Story,
    Action,
    Launch,
    Person,
}

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) href: String,
}

/// Most hits shown.
const MOST: usize = 24;

/// The best hits for what was typed; before anything is typed, where one can go from here.
pub(super) fn find<'a>(entries: &'a [Entry], typed: &str) -> Vec<&'a Entry> {
    let words: Vec<String> = typed.split_whitespace().map(fold).collect();
    let mut hits: Vec<_> = entries
        .iter()
        .filter(|e| !words.is_empty() || matches!(e.kind, Kind::Page | Kind::Action | Kind::Launch))
        .filter_map(|e| Some((score(&fold(&e.title), &words)?, e)))
        .collect();
    // Stable: what was listed first stays first among equals.
    startklar::order::sort_by_key(&mut hits, |(score, e)| (*score, e.kind));
    hits.into_iter().take(MOST).map(|(_, e)| e).collect()
}

/// How well a title fits, 0 best; none when a word is missing. A title that begins with what was
/// typed beats one with a word that begins with it, and that beats one that merely contains it.
fn score(title: &str, words: &[String]) -> Option<usize> {
    let mut worst = 0;
    for word in words {
        let place = title.find(word.as_str())?;
        let before = title.get(..place).and_then(|head| head.chars().next_back());
        let level = match before {
            None => 0,
            Some(c) if !c.is_alphanumeric() => 1,
            Some(_) => 2,
        };
        worst = worst.max(level);
    }
    Some(worst)
}

/// Capitals and accents do not count: “prufung” finds “Prüfung”.
fn fold(text: &str) -> String {
    text.chars()
        .map(startklar::letters::small)
        .map(|c| match c {
            'ä' | 'á' | 'à' | 'â' | 'å' => 'a',
            'ö' | 'ó' | 'ò' | 'ô' | 'ø' => 'o',
            'ü' | 'ú' | 'ù' | 'û' => 'u',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ç' => 'c',
            'ñ' => 'n',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let entry = |kind, title: &str| Entry {
            kind,
            title: title.to_owned(),
            href: String::new(),
        };
        vec![
            entry(Kind::Page, "Plan"),
            entry(Kind::Item, "Campaign plan"),
            entry(Kind::Item, "Prüfung der Preisliste"),
            entry(Kind::Story, "Explanations"),
            entry(Kind::Person, "Mehmet Yıldız"),
        ]
    }

    fn titles(typed: &str) -> Vec<String> {
        find(&entries(), typed)
            .into_iter()
            .map(|e| e.title.clone())
            .collect()
    }

    #[test]
    fn the_beginning_counts_most() {
        assert_eq!(titles("plan"), ["Plan", "Campaign plan", "Explanations"]);
    }

    #[test]
    fn capitals_and_accents_do_not_count() {
        assert_eq!(titles("PRUFUNG preis"), ["Prüfung der Preisliste"]);
        assert_eq!(titles("yildiz"), ["Mehmet Yıldız"]);
    }

    #[test]
    fn every_word_must_be_there() {
        assert!(titles("plan nowhere").is_empty());
    }

    #[test]
    fn before_anything_is_typed_it_shows_where_to_go() {
        assert_eq!(titles(" "), ["Plan"]);
    }
}
