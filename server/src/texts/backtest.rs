//! The words of `backtest`.

use startklar::texts::Plural;

/// The texts of a language. The field says where a text is used.
pub(crate) struct Backtest {
    pub(crate) no_series: &'static str,
    pub(crate) kind: [&'static str; 5],
    pub(crate) of_series: Plural,
    pub(crate) heading: &'static str,
    pub(crate) methods: [&'static str; 3],
    pub(crate) measures: [&'static str; 3],
    pub(crate) error: &'static str,
    pub(crate) percent: &'static str,
    pub(crate) periods: &'static str,
    pub(crate) point: &'static str,
    pub(crate) left_out: Plural,
    pub(crate) legend: &'static [&'static str],
}

pub(super) const EN: Backtest = Backtest {
    no_series: "there is no series in it; each line holds one as a JSON object",
    kind: [
        "Releases",
        "Project starts",
        "Streams",
        "Throughput",
        "Velocity",
    ],
    of_series: Plural {
        one: "{n} series",
        other: "{n} series",
    },
    heading: "{kind} ({series}, cuts: {cuts})",
    methods: ["forecast", "average velocity", "resampling"],
    measures: ["next 4 periods", "rest", "finish"],
    error: "error",
    percent: "{n} %",
    periods: "{n} per.",
    point: ".",
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
    kind: [
        "Releases",
        "Projektanfänge",
        "Laufende Arbeit",
        "Durchsatz",
        "Velocity",
    ],
    of_series: Plural {
        one: "{n} Reihe",
        other: "{n} Reihen",
    },
    heading: "{kind} ({series}, Schnitte: {cuts})",
    methods: ["Vorhersage", "mittlere Velocity", "Resampling"],
    measures: ["nächste 4 Perioden", "Rest", "Ende"],
    error: "Fehler",
    percent: "{n} %",
    periods: "{n} Per.",
    point: ",",
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
