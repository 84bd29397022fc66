//! What is said of templates.

use startklar::texts::Plural;

/// Why a template was not published or found.
pub(crate) struct Templates {
    pub(crate) bad: Plural,
    pub(crate) bad_id: &'static str,
    pub(crate) unknown: &'static str,
}

pub(super) const EN: Templates = Templates {
    bad: Plural {
        one: "The template has {n} error.",
        other: "The template has {n} errors.",
    },
    bad_id: "The id of a template has 1 to 64 of a–z, 0–9 and single hyphens.",
    unknown: "There is no template “{id}” here.",
};

pub(super) const DE: Templates = Templates {
    bad: Plural {
        one: "Die Vorlage hat {n} Fehler.",
        other: "Die Vorlage hat {n} Fehler.",
    },
    bad_id: "Die Kennung einer Vorlage hat 1 bis 64 Zeichen aus a–z, 0–9 und einzelnen Bindestrichen.",
    unknown: "Eine Vorlage „{id}“ gibt es hier nicht.",
};
