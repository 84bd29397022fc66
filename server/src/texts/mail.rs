//! The words of mails, and of what is said around them.

use startklar::texts::Plural;

/// The texts of a language. The field says where a text is used.
pub(crate) struct Mail {
    pub(crate) hello: &'static str,
    pub(crate) digest_subject: &'static str,
    pub(crate) late: Plural,
    pub(crate) waiting: Plural,
    pub(crate) this_week: Plural,
    pub(crate) digest_lead: &'static str,
    pub(crate) digest_why: &'static str,
    pub(crate) digest_stop: &'static str,
    pub(crate) notice_subject: Plural,
    pub(crate) notice_lead: &'static str,
    pub(crate) changed_subject: Plural,
    pub(crate) changed_lead: &'static str,
    pub(crate) notice_why: &'static str,
    pub(crate) notice_stop: &'static str,
    pub(crate) open_week: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) off: &'static str,
    pub(crate) bad_address: &'static str,
    pub(crate) bad_language: &'static str,
    pub(crate) bad_zone: &'static str,
    pub(crate) bad_times: &'static str,
}

pub(super) const EN: Mail = Mail {
    hello: "Hello {name},",
    digest_subject: "Your week: {parts}",
    late: Plural {
        one: "{n} late",
        other: "{n} late",
    },
    waiting: Plural {
        one: "{n} waits for your word",
        other: "{n} wait for your word",
    },
    this_week: Plural {
        one: "{n} this week",
        other: "{n} this week",
    },
    digest_lead: "This is your week, across all launches.",
    digest_why: "You receive this on Mondays because your account says so.",
    digest_stop: "No more weekly mail",
    notice_subject: Plural {
        one: "Waits for your word: {title}",
        other: "{n} things wait for your word",
    },
    notice_lead: "This is new, and waits for your signature, answer or vote.",
    changed_subject: Plural {
        one: "Changed: {title}",
        other: "{n} items that you follow have changed",
    },
    changed_lead: "Others did something to what you follow.",
    notice_why: "You receive this, at most once an hour, because your account says so.",
    notice_stop: "No more notices",
    open_week: "All of it on one page",
    settings: "Settings",
    saved: "Saved.",
    off: "This server sends no mail.",
    bad_address: "“{found}” is no mail address. Allowed is one such as name@example.com, in plain letters.",
    bad_language: "“{found}” is none of the languages. Choose one of the list.",
    bad_zone: "“{found}” is no time zone. Allowed are names such as Europe/Berlin or UTC.",
    bad_times: "“{found}” are no times of the day. Allowed are times such as 20:00.",
};

pub(super) const DE: Mail = Mail {
    hello: "Guten Tag, {name},",
    digest_subject: "Ihre Woche: {parts}",
    late: Plural {
        one: "{n} zu spät",
        other: "{n} zu spät",
    },
    waiting: Plural {
        one: "{n} wartet auf Ihr Wort",
        other: "{n} warten auf Ihr Wort",
    },
    this_week: Plural {
        one: "{n} diese Woche",
        other: "{n} diese Woche",
    },
    digest_lead: "Das ist Ihre Woche, über alle Starts.",
    digest_why: "Sie erhalten diese Mail montags, weil es in Ihrem Konto so eingestellt ist.",
    digest_stop: "Keine Wochenmail mehr",
    notice_subject: Plural {
        one: "Wartet auf Ihr Wort: {title}",
        other: "{n} Sachen warten auf Ihr Wort",
    },
    notice_lead: "Das ist neu und wartet auf Ihre Unterschrift, Antwort oder Stimme.",
    changed_subject: Plural {
        one: "Geändert: {title}",
        other: "{n} Punkte, denen Sie folgen, haben sich geändert",
    },
    changed_lead: "Andere haben etwas an dem getan, dem Sie folgen.",
    notice_why: "Sie erhalten diese Mail, höchstens einmal in der Stunde, weil es in Ihrem Konto so eingestellt ist.",
    notice_stop: "Keine Hinweise mehr",
    open_week: "Alles auf einer Seite",
    settings: "Einstellungen",
    saved: "Gespeichert.",
    off: "Dieser Server verschickt keine Mail.",
    bad_address: "„{found}“ ist keine Mailadresse. Erlaubt ist eine wie name@example.com, ohne Umlaute.",
    bad_language: "„{found}“ ist keine der Sprachen. Wählen Sie eine aus der Liste.",
    bad_zone: "„{found}“ ist keine Zeitzone. Erlaubt sind Namen wie Europe/Berlin oder UTC.",
    bad_times: "„{found}“ sind keine Uhrzeiten. Erlaubt sind Zeiten wie 20:00.",
};
