//! Every command, by the API and by the form. Whoever has the right finds a launch of their own, in which
//! it can happen; all others one launch, in which it could happen as well.

use startklar::Command;

use super::{
    super::*,
    cast::{Column, columns},
    judge::{Verdict, is, verdict},
    orders::{Launch, ORDERS, Order},
    plans,
    stage::Stage,
    summary,
    table::{Body as Sent, Row, Then},
};

/// The name of every command, as whoever reads one says what it expects.
fn names() -> std::collections::BTreeSet<String> {
    let error = startklar::tree::read::<Command>(Value::from("none")).unwrap_err();
    let text = error.to_string();
    let (_, expected) = text.split_once("expected one of ").unwrap();
    let names = expected.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// Name and fields of a command.
fn parts(command: &Value) -> (&str, serde_json::Map<String, Value>) {
    if let Some(name) = command.as_str() {
        return (name, serde_json::Map::new());
    }
    let (name, fields) = command.as_object().unwrap().iter().next().unwrap();
    (name, fields.as_object().unwrap().clone())
}

#[test]
fn every_command_stands_in_the_table_and_no_other() {
    let told = ORDERS.iter().map(|order| {
        let command: Value = serde_json::from_str(order.json).unwrap();
        parts(&command).0.to_owned()
    });
    assert_eq!(told.collect::<std::collections::BTreeSet<_>>(), names());
}

#[tokio::test]
async fn every_command_by_the_api_is_allowed_or_refused_as_the_table_says_for_every_role() {
    let all: Vec<&Order> = ORDERS.iter().collect();
    tried(&all, "POST", "/api/v1/launches/{id}/commands").await;
}

#[tokio::test]
async fn every_command_by_the_form_is_allowed_or_refused_as_the_table_says_for_every_role() {
    let with_form: Vec<&Order> = ORDERS.iter().filter(|order| order.has_form).collect();
    tried(&with_form, "POST", "/l/{id}/do").await;
}

async fn tried(orders: &[&Order], method: &'static str, path: &'static str) {
    let (stage, columns) = (Stage::new().await, columns());
    let (mut wrong, mut allowed) = (Vec::new(), 0);
    for order in orders {
        let row = Row {
            method,
            path,
            who: order.who,
            body: Sent::Nothing,
            then: Then::Data,
            changes: order.code.is_none(),
        };
        let shared = launch(&stage, order).await;
        for column in &columns {
            let verdict = verdict(&row, column);
            let own = if verdict == Verdict::Allowed {
                allowed += 1;
                let id = format!("launch-{}", stage.next());
                stage.copy(&shared, &id).await;
                Some(id)
            } else {
                None
            };
            let tried = cell(
                &stage,
                (&row, order),
                column,
                verdict,
                own.as_ref().unwrap_or(&shared),
            );
            if let Err(text) = tried.await {
                wrong.push(text);
            }
        }
    }
    summary("commands", orders.len(), columns.len(), allowed);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A launch in which a command can be given.
async fn launch(stage: &Stage, order: &Order) -> String {
    let (id, now) = (format!("launch-{}", stage.next()), stage.site.app.now());
    stage
        .import(match order.launch {
            Launch::UnderWay => plans::under_way(&id, now),
            Launch::Ready => plans::ready(&id, now, false),
            Launch::Launched => plans::ready(&id, now, true),
        })
        .await;
    stage.content(&id).await;
    if let Some(before) = order.after {
        let before = startklar::tree::read(serde_json::from_str(before).unwrap());
        stage.help(&id, before.unwrap()).await;
    }
    id
}

async fn cell(
    stage: &Stage,
    (row, order): (&Row, &Order),
    column: &Column,
    verdict: Verdict,
    launch: &str,
) -> Result<(), String> {
    let command: Value = serde_json::from_str(&stage.fill(order.json, column).await).unwrap();
    let path = row.path.replace("{id}", launch);
    let request = Request::post(path).header("sec-fetch-site", "same-origin");
    let by_form = !row.path.starts_with("/api/");
    let mut request = if by_form {
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(Body::from(form(&command))).unwrap()
    } else {
        let body = serde_json::json!({ "command": command });
        let request = request.header("content-type", "application/json");
        request.body(Body::from(body.to_string())).unwrap()
    };
    stage.show(column, &mut request).await;
    let before = stage.revision(launch).await;
    let answer = stage.answer(request).await;
    let changed = stage.revision(launch).await != before;
    let fits = match (verdict, order.code) {
        (Verdict::Allowed, Some(code)) => !by_form && answer.code() == code,
        (Verdict::Allowed, None) if by_form => is_done(launch, &answer),
        _ => is(row, column, verdict, &answer),
    };
    let name = parts(&command).0;
    let place = format!("{name} by {} {column}: {verdict:?}", row.path);
    if !fits {
        let (status, to) = (answer.status, answer.header("location"));
        let said: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().collect();
        return Err(format!(
            "{place}, but {status} {to} {said:?} {}",
            answer.text
        ));
    }
    let may_change = verdict == Verdict::Allowed && row.changes;
    if changed != may_change {
        return Err(format!("{place}, changed: {changed}"));
    }
    Ok(())
}

/// Whether the form led back to its launch, which says that it was done.
fn is_done(launch: &str, answer: &Answer) -> bool {
    let notice = super::judge::notice(answer);
    answer.header("location") == format!("/l/{launch}") && notice.is_some_and(|it| !it.refused)
}

/// A command as the fields of its form.
fn form(command: &Value) -> String {
    let (name, fields) = parts(command);
    let mut sent = vec![("kind".to_owned(), name.to_owned())];
    for (field, value) in fields {
        match (field.as_str(), value) {
            // A form asks for day and time by themselves.
            ("moment", Value::String(moment)) => {
                let (day, time) = moment.split_once('T').unwrap();
                sent.push(("date".to_owned(), day.to_owned()));
                sent.push(("time".to_owned(), time[..5].to_owned()));
            }
            ("parts", Value::Array(parts)) => sent.extend(parts.iter().map(|part| {
                let title = part["title"].as_str().unwrap();
                ("part_title".to_owned(), title.to_owned())
            })),
            ("windows", Value::Array(rows)) => {
                for row in rows {
                    let said = |name: &str| row[name].as_str().unwrap().to_owned();
                    sent.push(("window_from".to_owned(), said("from")));
                    sent.push(("window_to".to_owned(), said("to")));
                    let days = row["days"].as_array().unwrap().iter();
                    let days = days.map(|day| day.as_str().unwrap().to_owned());
                    sent.extend(days.map(|day| ("window_day".to_owned(), day)));
                }
            }
            (_, Value::Array(list)) => {
                let list: Vec<&str> = list.iter().map(|one| one.as_str().unwrap()).collect();
                sent.push((field, list.join(",")));
            }
            (_, Value::String(text)) => sent.push((field, text)),
            (_, other) => sent.push((field, other.to_string())),
        }
    }
    let encode = startklar_app::address::encode;
    let fields = sent
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)));
    fields.collect::<Vec<_>>().join("&")
}
