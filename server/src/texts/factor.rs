//! What is said around the second factor.

/// The texts of a language. The field says where a text is used.
pub(crate) struct Factor {
    pub(crate) wrong_code: &'static str,
    pub(crate) half_ended: &'static str,
    pub(crate) setup_ended: &'static str,
    pub(crate) not_elsewhere: &'static str,
    pub(crate) own: &'static str,
    pub(crate) off: &'static str,
    pub(crate) known: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) told: &'static str,
}

pub(super) const EN: Factor = Factor {
    wrong_code: "This code does not fit. Each code works once, and one of the app for about a minute: take the next one.",
    half_ended: "Five minutes have passed since you gave your password, or a code was accepted already. Sign in again.",
    setup_ended: "It is on already, or ten minutes have passed. Begin anew.",
    not_elsewhere: "This account has a second factor, which another account would not ask for. Choose a password here and show a code; then link the other account on the page of your account.",
    own: "You turn off your own second factor on the page of your account, with a code.",
    off: "The second factor is off.",
    known: "Good.",
    taken: "The second factor is taken away. Whose it was is told at the next sign-in.",
    told: "An administrator took away your second factor on {when}. If you did not ask for that, tell them. On the page of your account you set it up again.",
};

pub(super) const DE: Factor = Factor {
    wrong_code: "Dieser Code passt nicht. Jeder Code gilt einmal, einer der App etwa eine Minute: Nehmen Sie den nächsten.",
    half_ended: "Seit Ihrem Passwort sind fünf Minuten vergangen, oder ein Code wurde schon angenommen. Melden Sie sich noch einmal an.",
    setup_ended: "Er ist schon an, oder zehn Minuten sind vergangen. Beginnen Sie von vorn.",
    not_elsewhere: "Dieses Konto hat einen zweiten Faktor, nach dem ein anderes Konto nicht fragen würde. Wählen Sie hier ein Passwort und zeigen Sie einen Code; verknüpfen Sie das andere Konto danach auf der Seite Ihres Kontos.",
    own: "Ihren eigenen zweiten Faktor schalten Sie auf der Seite Ihres Kontos aus, mit einem Code.",
    off: "Der zweite Faktor ist aus.",
    known: "Gut.",
    taken: "Der zweite Faktor ist entfernt. Wem er gehörte, erfährt es bei der nächsten Anmeldung.",
    told: "Die Verwaltung hat am {when} Ihren zweiten Faktor entfernt. Wenn Sie nicht darum gebeten haben, sagen Sie es ihr. Auf der Seite Ihres Kontos richten Sie ihn wieder ein.",
};
