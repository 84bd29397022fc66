//! What is said around signing in by the word of another.

/// The texts of a language. The field says where a text is used.
pub(crate) struct Providers {
    pub(crate) unreachable: &'static str,
    pub(crate) denied: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) untrue: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) forged: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) last_way: &'static str,
    pub(crate) linked: &'static str,
    pub(crate) unlinked: &'static str,
}

pub(super) const EN: Providers = Providers {
    unreachable: "{title} does not answer as it should, so nobody can be signed in by it now. Try again in a moment, or sign in another way; whoever runs this server finds the reason in its log.",
    denied: "{title} let nobody in, or you said no there. Nothing was changed.",
    refused: "{title} refused. Begin again; if that does not help, whoever runs this server finds the reason in its log.",
    untrue: "What came back from {title} does not prove who you are, so nobody was signed in. Begin again; if it happens once more, tell whoever runs this server: the reason stands in its log.",
    ended: "This way to {title} was taken before, has waited too long, or was begun in another browser. Begin again, at {base}.",
    forged: "This did not come from the page of your account, so nothing was linked. Link it there.",
    taken: "Who you are there is linked to an account here already.",
    last_way: "Without it you could not sign in any more. Link another one first, or have an administrator give you a link to choose a password.",
    linked: "{title} is linked: from now on you can sign in with it.",
    unlinked: "Unlinked.",
};

pub(super) const DE: Providers = Providers {
    unreachable: "{title} antwortet nicht, wie es sollte; anmelden lässt sich damit gerade niemand. Versuchen Sie es gleich noch einmal oder melden Sie sich anders an; wer diesen Server betreibt, findet den Grund in dessen Protokoll.",
    denied: "{title} hat niemanden eingelassen, oder Sie haben dort abgelehnt. Nichts wurde geändert.",
    refused: "{title} hat abgelehnt. Beginnen Sie noch einmal; hilft das nicht, findet den Grund, wer diesen Server betreibt, in dessen Protokoll.",
    untrue: "Was von {title} zurückkam, weist nicht nach, wer Sie sind; deshalb wurde niemand angemeldet. Beginnen Sie noch einmal; geschieht es wieder, sagen Sie es denen, die diesen Server betreiben: Der Grund steht in dessen Protokoll.",
    ended: "Dieser Weg zu {title} wurde schon genommen, hat zu lange gewartet oder wurde in einem anderen Browser begonnen. Beginnen Sie noch einmal, unter {base}.",
    forged: "Das kam nicht von der Seite Ihres Kontos, deshalb wurde nichts verknüpft. Verknüpfen Sie es dort.",
    taken: "Wer Sie dort sind, ist hier schon mit einem Konto verknüpft.",
    last_way: "Ohne das könnten Sie sich nicht mehr anmelden. Verknüpfen Sie zuerst ein anderes, oder lassen Sie sich von der Verwaltung einen Link geben, mit dem Sie ein Passwort wählen.",
    linked: "{title} ist verknüpft: Von jetzt an können Sie sich damit anmelden.",
    unlinked: "Getrennt.",
};
