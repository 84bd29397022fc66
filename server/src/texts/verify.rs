//! The words of `verify`.

use startklar::texts::Plural;

/// The texts of a language. The field says where a text is used.
pub(crate) struct Verify {
    pub(crate) whole: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) streams: Plural,
    pub(crate) of_streams: Plural,
    pub(crate) records: Plural,
    pub(crate) flaw: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) misfit: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) payload: &'static str,
    pub(crate) number: &'static str,
    pub(crate) held: &'static str,
    pub(crate) other: &'static str,
    pub(crate) absent: &'static str,
    pub(crate) not_shown: Plural,
    pub(crate) files: Plural,
    pub(crate) files_whole: &'static str,
    pub(crate) files_broken: &'static str,
    pub(crate) file: &'static str,
    pub(crate) file_missing: &'static str,
    pub(crate) file_another: &'static str,
}

pub(super) const EN: Verify = Verify {
    whole: "Every link fits: {streams}, {records}.",
    broken: "The chain is broken in {broken} of {streams}:",
    streams: Plural {
        one: "{n} stream",
        other: "{n} streams",
    },
    of_streams: Plural {
        one: "{n} stream",
        other: "{n} streams",
    },
    records: Plural {
        one: "{n} record",
        other: "{n} records",
    },
    flaw: "{stream}, record {seq}: {what}",
    missing: "it is missing, the next one is {next}.",
    misfit: "its link does not fit. It carries {found}; its content and the record before give {due}.",
    unreadable: "it cannot be read: {reason}",
    payload: "its content is not the event of this record: {reason}",
    number: "it says of itself that it is number {found}",
    held: "{stream}@{seq} is as expected.",
    other: "{stream}@{seq} is not as expected: its link is {found}.",
    absent: "{stream}@{seq} is not as expected: there is no such record that could be read.",
    not_shown: Plural {
        one: "The last link of {n} stream is shown with --links.",
        other: "The last links of {n} streams are shown with --links.",
    },
    files: Plural {
        one: "{n} file",
        other: "{n} files",
    },
    files_whole: "Attached, there and as they were: {files}.",
    files_broken: "Not as they were attached: {broken} of {files}:",
    file: "{stream}, record {seq}, “{name}”: {what}",
    file_missing: "it is missing.",
    file_another: "what is there has another SHA-256.",
};

pub(super) const DE: Verify = Verify {
    whole: "Jedes Glied passt: {streams}, {records}.",
    broken: "Die Kette ist in {broken} von {streams} gebrochen:",
    streams: Plural {
        one: "{n} Strom",
        other: "{n} Ströme",
    },
    of_streams: Plural {
        one: "{n} Strom",
        other: "{n} Strömen",
    },
    records: Plural {
        one: "{n} Eintrag",
        other: "{n} Einträge",
    },
    flaw: "{stream}, Eintrag {seq}: {what}",
    missing: "Er fehlt, der nächste ist {next}.",
    misfit: "Sein Glied passt nicht. Er trägt {found}; sein Inhalt und der Eintrag davor ergeben {due}.",
    unreadable: "Er ist nicht lesbar: {reason}",
    payload: "Sein Inhalt ist nicht das Ereignis dieses Eintrags: {reason}",
    number: "Er nennt sich selbst Nummer {found}",
    held: "{stream}@{seq} ist wie erwartet.",
    other: "{stream}@{seq} ist nicht wie erwartet: Das Glied ist {found}.",
    absent: "{stream}@{seq} ist nicht wie erwartet: Einen lesbaren Eintrag dieser Nummer gibt es nicht.",
    not_shown: Plural {
        one: "Das letzte Glied von {n} Strom zeigt --links.",
        other: "Die letzten Glieder von {n} Strömen zeigt --links.",
    },
    files: Plural {
        one: "{n} Datei",
        other: "{n} Dateien",
    },
    files_whole: "Angehängt und unverändert da: {files}.",
    files_broken: "Nicht, wie angehängt: {broken} von {files}:",
    file: "{stream}, Eintrag {seq}, „{name}“: {what}",
    file_missing: "Sie fehlt.",
    file_another: "Was da ist, hat einen anderen SHA-256.",
};
