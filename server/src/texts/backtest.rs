//! The words of `backtest`.

use startklar::texts::Plural;

/// The texts of a language. The field says where a text is used.
pub(crate) struct Backtest {
    pub(crate) no_series: &'static str,
    pub(crate) of_series: Plural,
    pub(crate) heading: &'static str,
    pub(crate) left_out: Plural,
    pub(crate) legend: &'static [&'static str],
}

pub(super) const EN: Backtest = Backtest {
    no_series: "there is no series in it; each line holds one as a JSON object",
    of_series: Plural {
        one: "{n} series",
        other: "{n} series",
    },
    heading: "{kind} ({series}, cuts: {cuts})",
    left_out: Plural {
        one: "{n} series is left out: fewer than 8 periods, or nothing done.",
        other: "{n} series are left out: fewer than 8 periods, or nothing done.",
    },
    legend: &[
        "50, 80, 90 %: how often reality fell inside the interval that should hold so much; the finish with a",
        "tolerance of one period. Error: of the median forecast, median over all cuts; of work against what so",
        "many periods bring on average, of the finish in periods. Resampling draws from the past periods.",
    ],
};

pub(super) const DE: Backtest = Backtest {
    no_series: "Es enthält keine Reihe; jede Zeile enthält eine als JSON-Objekt",
    of_series: Plural {
        one: "{n} Reihe",
        other: "{n} Reihen",
    },
    heading: "{kind} ({series}, Schnitte: {cuts})",
    left_out: Plural {
        one: "{n} Reihe zählt nicht mit: weniger als 8 Perioden, oder nichts erledigt.",
        other: "{n} Reihen zählen nicht mit: weniger als 8 Perioden, oder nichts erledigt.",
    },
    legend: &[
        "50, 80, 90 %: wie oft die Wirklichkeit in dem Intervall lag, das so viel enthalten soll; beim Ende mit",
        "einer Periode Spielraum. Fehler: der mittleren Vorhersage, Median über alle Schnitte; bei Arbeit gegen",
        "das, was so viele Perioden im Mittel bringen, beim Ende in Perioden. Resampling zieht aus den bisherigen.",
    ],
};
