//! What is said around passkeys.

/// The texts of a language. The field says where a text is used.
pub(crate) struct Passkeys {
    pub(crate) ended: &'static str,
    pub(crate) unproven: &'static str,
    pub(crate) known: &'static str,
    pub(crate) bad: &'static str,
    pub(crate) own: &'static str,
    pub(crate) added: &'static str,
    pub(crate) named: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) taken: &'static str,
}

pub(super) const EN: Passkeys = Passkeys {
    ended: "Five minutes have passed, or it was answered already. Try again.",
    unproven: "This passkey lets nobody in here: it may have been removed, or your device did not make sure that it was you. Sign in another way.",
    known: "This passkey is known already.",
    bad: "A passkey needs a name of at most 60 characters, and nobody has more than ten.",
    own: "You remove your own passkeys on the page of your account, with your password.",
    added: "The passkey is added. From now on you can sign in by it.",
    named: "The passkey has its new name.",
    removed: "The passkey is removed: nobody comes in by it any more. Delete it on your device too.",
    taken: "The passkeys are taken away.",
};

pub(super) const DE: Passkeys = Passkeys {
    ended: "Fünf Minuten sind vergangen, oder die Antwort kam schon einmal. Versuchen Sie es noch einmal.",
    unproven: "Dieser Passkey gilt hier nicht: Vielleicht wurde er entfernt, oder Ihr Gerät hat nicht geprüft, dass Sie es sind. Melden Sie sich auf andere Art an.",
    known: "Dieser Passkey ist schon bekannt.",
    bad: "Ein Passkey braucht einen Namen von höchstens 60 Zeichen, und mehr als zehn hat niemand.",
    own: "Ihre eigenen Passkeys entfernen Sie auf der Seite Ihres Kontos, mit Ihrem Passwort.",
    added: "Der Passkey ist hinzugefügt. Von jetzt an können Sie sich damit anmelden.",
    named: "Der Passkey hat seinen neuen Namen.",
    removed: "Der Passkey ist entfernt: Niemand kommt damit mehr herein. Löschen Sie ihn auch auf Ihrem Gerät.",
    taken: "Die Passkeys sind entfernt.",
};
