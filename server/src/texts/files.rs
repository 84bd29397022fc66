//! The words about files that come in.

use startklar::files::Unfit;

/// The texts of a language. The field says where a text is used.
pub(crate) struct Files {
    empty: &'static str,
    too_large: &'static str,
    kind: &'static str,
    pretends: &'static str,
    macros: &'static str,
    pub(crate) none: &'static str,
    pub(crate) other: &'static str,
    pub(crate) no_content: &'static str,
    pub(crate) full: &'static str,
}

impl Files {
    /// Why a file is not taken.
    pub(crate) fn unfit(&self, why: Unfit) -> &'static str {
        match why {
            Unfit::Empty => self.empty,
            Unfit::TooLarge => self.too_large,
            Unfit::Kind => self.kind,
            Unfit::Pretends { .. } => self.pretends,
            Unfit::Macros => self.macros,
        }
    }
}

pub(super) const EN: Files = Files {
    empty: "“{name}” is empty, so it was not attached. Allowed: {allowed}.",
    too_large: "“{name}” is too large, so it was not attached. Allowed: {allowed}.",
    kind: "“{name}” is of no kind that is taken, whatever its name says, so it was not attached. Allowed: {allowed}.",
    pretends: "“{name}” is not what its name says: by its content it is a file “.{ending}”. It was not attached. Give it the name that fits, and attach it again.",
    macros: "“{name}” holds macros, so it was not attached. Save it without them, or as a PDF, and attach it again.",
    none: "Choose a file first. Allowed: {allowed}.",
    other: "What arrived has the SHA-256 {found}, not {said}: it changed on the way. Nothing was attached; send it again.",
    no_content: "Nobody has put the content of “{name}” in: this launch has nothing with the SHA-256 {sum}, or of another size or kind. Send the file itself first.",
    full: "All files of a launch may have {max} MB together, those that were taken off included; with “{name}” they would have more. It was not attached. A link to where it stands is evidence too.",
};

pub(super) const DE: Files = Files {
    empty: "„{name}“ ist leer und wurde deshalb nicht angehängt. Erlaubt: {allowed}.",
    too_large: "„{name}“ ist zu groß und wurde deshalb nicht angehängt. Erlaubt: {allowed}.",
    kind: "„{name}“ ist von keiner Art, die angenommen wird, was immer der Name sagt, und wurde deshalb nicht angehängt. Erlaubt: {allowed}.",
    pretends: "„{name}“ ist nicht, was der Name sagt: Dem Inhalt nach ist es eine Datei „.{ending}“. Sie wurde nicht angehängt. Geben Sie ihr den passenden Namen und hängen Sie sie noch einmal an.",
    macros: "„{name}“ enthält Makros und wurde deshalb nicht angehängt. Speichern Sie die Datei ohne Makros oder als PDF und hängen Sie sie noch einmal an.",
    none: "Wählen Sie erst eine Datei. Erlaubt: {allowed}.",
    other: "Was ankam, hat den SHA-256 {found}, nicht {said}: Es hat sich unterwegs verändert. Nichts wurde angehängt; senden Sie es noch einmal.",
    no_content: "Den Inhalt von „{name}“ hat niemand hochgeladen: Dieser Start hat nichts mit dem SHA-256 {sum}, oder in anderer Größe oder Art. Senden Sie erst die Datei selbst.",
    full: "Alle Dateien eines Starts dürfen zusammen {max} MB haben, entfernte eingeschlossen; mit „{name}“ wären es mehr. Sie wurde nicht angehängt. Ein Link dorthin, wo sie liegt, ist auch ein Nachweis.",
};
