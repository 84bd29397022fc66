//! What is wrong with a file of past series, in words.

use super::{Locale, fill};
use crate::forecast::{AMOUNT_MAX, Allowed, Kind, PERIODS_MAX, SeriesError, SeriesProblem};

struct Texts {
    place: &'static str,
    place_field: &'static str,
    syntax: &'static str,
    no_object: &'static str,
    missing: &'static str,
    not_allowed: &'static str,
    length: &'static str,
    duplicate: &'static str,
    name: &'static str,
    days: &'static str,
    date: &'static str,
    amounts: &'static str,
    period: &'static str,
    or_null: &'static str,
}

const EN: Texts = Texts {
    place: "line {line}",
    place_field: "line {line}, {field}",
    syntax: "this is no JSON object: it cannot be read from column {column} on; each line holds one",
    no_object: "this is JSON, but no object; each line holds one",
    missing: "is missing; allowed is: {allowed}",
    not_allowed: "“{found}” is not allowed; allowed is: {allowed}",
    length: "there are {found} entries for {periods} periods; allowed is: one for each period",
    duplicate: "this id stands in line {first} already; each series has one of its own",
    name: "a text",
    days: "a whole number from 1 to 366",
    date: "a day such as 2026-03-02, or null",
    amounts: "a list of at most {periods} numbers from 0 to {most}",
    period: "a period from 0 to {periods}, or null",
    or_null: "{allowed}, or null",
};

const DE: Texts = Texts {
    place: "Zeile {line}",
    place_field: "Zeile {line}, {field}",
    syntax: "Das ist kein JSON-Objekt: ab Spalte {column} nicht lesbar; jede Zeile enthält eines",
    no_object: "Das ist JSON, aber kein Objekt; jede Zeile enthält eines",
    missing: "fehlt; erlaubt ist: {allowed}",
    not_allowed: "„{found}“ ist nicht erlaubt; erlaubt ist: {allowed}",
    length: "{found} Einträge für {periods} Perioden; erlaubt ist: einer für jede Periode",
    duplicate: "Diese Kennung steht schon in Zeile {first}; jede Reihe hat ihre eigene",
    name: "ein Text",
    days: "eine ganze Zahl von 1 bis 366",
    date: "ein Tag wie 2026-03-02, oder null",
    amounts: "eine Liste von höchstens {periods} Zahlen von 0 bis {most}",
    period: "eine Periode von 0 bis {periods}, oder null",
    or_null: "{allowed}, oder null",
};

/// Line, field, what is wrong and what is allowed.
pub fn series_error_text(locale: Locale, error: &SeriesError) -> String {
    let t = match locale {
        Locale::En => &EN,
        Locale::De => &DE,
    };
    let template = if error.field.is_empty() {
        t.place
    } else {
        t.place_field
    };
    let place = fill(template, &[("line", &error.line), ("field", &error.field)]);
    let text = match &error.problem {
        SeriesProblem::NotAnObject { column: 0 } => t.no_object.to_owned(),
        SeriesProblem::NotAnObject { column } => fill(t.syntax, &[("column", column)]),
        SeriesProblem::Missing { allowed } => {
            fill(t.missing, &[("allowed", &allowed_text(t, *allowed))])
        }
        SeriesProblem::Bad { found, allowed } => {
            let allowed = allowed_text(t, *allowed);
            fill(t.not_allowed, &[("found", found), ("allowed", &allowed)])
        }
        SeriesProblem::Length { found, periods } => {
            fill(t.length, &[("found", found), ("periods", periods)])
        }
        SeriesProblem::Duplicate { first } => fill(t.duplicate, &[("first", first)]),
    };
    format!("{place}: {text}")
}

fn allowed_text(t: &Texts, allowed: Allowed) -> String {
    match allowed {
        Allowed::Name => t.name.to_owned(),
        Allowed::Kind => Kind::ALL.map(Kind::code).join(", "),
        Allowed::Unit => "points, items".to_owned(),
        Allowed::Days => t.days.to_owned(),
        Allowed::Date => t.date.to_owned(),
        Allowed::Amounts => fill(
            t.amounts,
            &[("periods", &PERIODS_MAX), ("most", &AMOUNT_MAX)],
        ),
        Allowed::AmountsOrNull => {
            let amounts = allowed_text(t, Allowed::Amounts);
            fill(t.or_null, &[("allowed", &amounts)])
        }
        Allowed::Period => fill(t.period, &[("periods", &PERIODS_MAX)]),
    }
}
