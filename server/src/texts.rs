//! The server's own words: what goes wrong around the rules, and never in the browser. They stand
//! here and not in the library's catalogue, so that the browser does not load them. A language is
//! one constant; one that lacks a text does not compile.

mod access;
mod backtest;
mod factor;
mod files;
mod mail;
mod passkeys;
mod print;
mod providers;
mod templates;
mod verify;

use startklar::{Locale, texts::Plural};

pub(crate) use access::Access;
pub(crate) use backtest::Backtest;
pub(crate) use factor::Factor;
pub(crate) use files::Files;
pub(crate) use mail::Mail;
pub(crate) use passkeys::Passkeys;
pub(crate) use print::Print;
pub(crate) use providers::Providers;
pub(crate) use templates::Templates;
pub(crate) use verify::Verify;

/// All texts of a language. The field says where a text is used.
pub(crate) struct Texts {
    pub(crate) changed: &'static str,
    pub(crate) stale: &'static str,
    pub(crate) id_used: &'static str,
    pub(crate) no_launch: &'static str,
    pub(crate) nothing_here: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) not_sample: &'static str,
    pub(crate) bad_plan: Plural,
    pub(crate) plan_line: &'static str,
    pub(crate) line: &'static str,
    pub(crate) column: &'static str,
    pub(crate) field: &'static str,
    pub(crate) found: &'static str,
    pub(crate) allowed: &'static str,
    pub(crate) more: Plural,
    pub(crate) bad_person: &'static str,
    pub(crate) unknown_person: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) store: &'static str,
    pub(crate) broken: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) too_large: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) method: &'static str,
    pub(crate) foreign_site: &'static str,
    pub(crate) foreign_host: &'static str,
    pub(crate) too_slow: &'static str,
    pub(crate) too_many_streams: &'static str,
    pub(crate) precondition: &'static str,
    pub(crate) title_missing: &'static str,
    pub(crate) date_missing: &'static str,
    pub(crate) plan_missing: &'static str,
    pub(crate) plan_twice: &'static str,
    pub(crate) discarded: &'static str,
    pub(crate) access: Access,
    pub(crate) backtest: Backtest,
    pub(crate) factor: Factor,
    pub(crate) files: Files,
    pub(crate) mail: Mail,
    pub(crate) passkeys: Passkeys,
    pub(crate) print: Print,
    pub(crate) providers: Providers,
    pub(crate) templates: Templates,
    pub(crate) verify: Verify,
}

/// The texts of a language.
pub(crate) fn of(locale: Locale) -> &'static Texts {
    match locale {
        Locale::En => &EN,
        Locale::De => &DE,
    }
}

const EN: Texts = Texts {
    changed: "{who} changed this on {when}. What you wrote was not saved, so that theirs is not lost: look at both and send yours again.",
    stale: "The launch is at revision {revision} by now.",
    id_used: "This command has the id of another one that happened before. Nothing was changed; give it an id of its own.",
    no_launch: "There is no launch with this id.",
    nothing_here: "Nothing has this address.",
    taken: "There is a launch with the id “{id}” already.",
    not_sample: "Only the sample can be thrown away: what happened in a launch stays.",
    bad_plan: Plural {
        one: "The plan has {n} error.",
        other: "The plan has {n} errors.",
    },
    plan_line: "Line {line}, column {column}: {text}",
    line: "Line",
    column: "Column",
    field: "Field",
    found: "Found",
    allowed: "What is allowed",
    more: Plural {
        one: "And {n} more.",
        other: "And {n} more.",
    },
    bad_person: "A name has 1 to 200 characters on one line.",
    unknown_person: "Nobody is known as “{found}”.",
    busy: "Too much at once. Nothing was changed; try again in a moment.",
    store: "This could not be stored. Try again in a moment; nothing happens twice.",
    broken: "Something went wrong here, and it is not your fault.",
    unreadable: "This cannot be read: {reason}",
    too_large: "This is too large: a request may have 1 MiB, a plan file 8 MiB, a file as evidence 10 MB.",
    media_type: "This is taken as {allowed}.",
    method: "This address does not take {found}.",
    foreign_site: "This was sent from another site, so nothing was done.",
    foreign_host: "“{found}” is no name of this server. It answers to localhost.",
    too_slow: "The answer took too long.",
    too_many_streams: "Too many pages follow live. This one goes on without; try again later.",
    precondition: "If-Match takes the ETag of a launch, such as \"42\".",
    title_missing: "Say what is launched.",
    date_missing: "Say on which day and at what time.",
    plan_missing: "Choose a plan file, or paste one.",
    plan_twice: "A file was chosen and a text was pasted: please send one of the two. What was pasted stands below.",
    discarded: "The sample is gone. You can load it again at any time.",
    access: access::EN,
    backtest: backtest::EN,
    factor: factor::EN,
    files: files::EN,
    mail: mail::EN,
    passkeys: passkeys::EN,
    print: Print::EN,
    providers: providers::EN,
    templates: templates::EN,
    verify: verify::EN,
};

const DE: Texts = Texts {
    changed: "{who} hat das am {when} geändert. Ihr Text ist nicht gespeichert, damit der andere nicht verloren geht: Sehen Sie sich beide an und senden Sie Ihren noch einmal.",
    stale: "Der Start ist inzwischen bei Stand {revision}.",
    id_used: "Dieser Befehl trägt die Kennung eines anderen, der schon geschehen ist. Nichts wurde geändert; geben Sie ihm eine eigene.",
    no_launch: "Einen Start mit dieser Kennung gibt es nicht.",
    nothing_here: "Unter dieser Adresse gibt es nichts.",
    taken: "Es gibt schon einen Start mit der Kennung „{id}“.",
    not_sample: "Nur das Beispiel lässt sich wegwerfen: Was in einem Start geschehen ist, bleibt.",
    bad_plan: Plural {
        one: "Der Plan hat {n} Fehler.",
        other: "Der Plan hat {n} Fehler.",
    },
    plan_line: "Zeile {line}, Spalte {column}: {text}",
    line: "Zeile",
    column: "Spalte",
    field: "Feld",
    found: "Gefunden",
    allowed: "Was erlaubt ist",
    more: Plural {
        one: "Und {n} weiterer.",
        other: "Und {n} weitere.",
    },
    bad_person: "Ein Name hat 1 bis 200 Zeichen in einer Zeile.",
    unknown_person: "Niemand ist als „{found}“ bekannt.",
    busy: "Zu viel auf einmal. Nichts wurde geändert; versuchen Sie es gleich noch einmal.",
    store: "Das ließ sich nicht speichern. Versuchen Sie es gleich noch einmal; nichts geschieht doppelt.",
    broken: "Hier ist etwas schiefgegangen, und es liegt nicht an Ihnen.",
    unreadable: "Das ist nicht lesbar: {reason}",
    too_large: "Das ist zu groß: Eine Anfrage darf 1 MiB haben, eine Plandatei 8 MiB, eine Datei als Nachweis 10 MB.",
    media_type: "Angenommen wird {allowed}.",
    method: "Diese Adresse nimmt {found} nicht an.",
    foreign_site: "Das kam von einer anderen Website, deshalb ist nichts geschehen.",
    foreign_host: "„{found}“ ist kein Name dieses Servers. Er hört auf localhost.",
    too_slow: "Die Antwort hat zu lange gedauert.",
    too_many_streams: "Zu viele Seiten werden live verfolgt. Diese bleibt, wie sie ist; versuchen Sie es später.",
    precondition: "If-Match nimmt das ETag eines Starts, etwa \"42\".",
    title_missing: "Sagen Sie, was gestartet wird.",
    date_missing: "Sagen Sie, an welchem Tag und um welche Uhrzeit.",
    plan_missing: "Wählen Sie eine Plandatei oder fügen Sie einen Plan ein.",
    plan_twice: "Es wurde eine Datei gewählt und ein Text eingefügt: Bitte senden Sie eines von beiden. Der eingefügte Text steht unten.",
    discarded: "Das Beispiel ist weg. Sie können es jederzeit wieder laden.",
    access: access::DE,
    backtest: backtest::DE,
    factor: factor::DE,
    files: files::DE,
    mail: mail::DE,
    passkeys: passkeys::DE,
    print: Print::DE,
    providers: providers::DE,
    templates: templates::DE,
    verify: verify::DE,
};
