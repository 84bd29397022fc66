//! What stands on printed pages and nowhere else.

/// Texts of printed pages.
pub(crate) struct Print {
    pub(crate) title: &'static str,
    pub(crate) undecided: &'static str,
    pub(crate) quoted: &'static str,
    pub(crate) when_decided: &'static str,
    pub(crate) link: &'static str,
    pub(crate) moment: &'static str,
    pub(crate) sign: [&'static str; 3],
    pub(crate) page: &'static str,
    pub(crate) shapeless: &'static str,
    pub(crate) plain: &'static str,
}

impl Print {
    pub(super) const EN: Self = Self {
        title: "{launch}: go or no-go, minutes of poll {n}",
        undecided: "Not decided yet",
        quoted: "{who}: “{reason}”",
        when_decided: "When decided",
        link: "This page is as true as the journal that it was written from. Whether that is still the same: startklar verify --expect {link}",
        moment: "Launch moment",
        sign: ["Name", "Place and date", "Signature"],
        page: "Page {n} of {m} · {title}",
        shapeless: "no font has a shape for {found}: there is an empty box instead. A font that has it can be given by --font FILE",
        plain: "the file is plain PDF and not PDF/A and PDF/UA: something that was written has no place there",
    };

    pub(super) const DE: Self = Self {
        title: "{launch}: Go oder No-Go, Protokoll der Abstimmung {n}",
        undecided: "Noch nicht entschieden",
        quoted: "{who}: „{reason}“",
        when_decided: "Bei der Entscheidung",
        link: "Diese Seite ist so wahr wie das Journal, aus dem sie geschrieben ist. Ob das noch dasselbe ist: startklar verify --expect {link}",
        moment: "Starttermin",
        sign: ["Name", "Ort und Datum", "Unterschrift"],
        page: "Seite {n} von {m} · {title}",
        shapeless: "keine Schrift hat ein Zeichen für {found}: dort steht ein leeres Kästchen. Eine Schrift, die es hat, lässt sich mit --font DATEI angeben",
        plain: "die Datei ist einfaches PDF statt PDF/A und PDF/UA: Etwas, das geschrieben wurde, hat dort keinen Platz",
    };
}
