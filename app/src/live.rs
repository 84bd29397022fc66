//! The browser's side of what is alive: sending commands, receiving events, keeping the clock.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::Deserialize;
use startklar::{Command, CommandId, Recorded, command::Fields, time::Instant};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, FormData, HtmlFormElement, MessageEvent, RequestInit, Response};

use crate::{boot::Boot, desk::Desk};

/// Milliseconds between two looks at the clock: pages show minutes.
const CLOCK: i32 = 20_000;
/// Milliseconds before what could not be sent is sent again.
const AGAIN: i32 = 3_000;

/// Reads what the server put into the page.
pub fn boot() -> Option<Boot> {
    let text = document().get_element_by_id("boot")?.text_content()?;
    serde_json::from_str(&text).ok()
}

/// The reader's clock.
pub fn now() -> Instant {
    // A millisecond count of this or the next century fits by far.
    #[allow(clippy::cast_possible_truncation)]
    let millis = js_sys::Date::now() as i64;
    Instant::from_timestamp_millis(millis).unwrap_or_default()
}

fn new_id() -> CommandId {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        // It fails only beyond 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    CommandId(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Follows the launch and keeps the clock.
pub fn follow(desk: Desk) {
    if desk.past.is_some() {
        return;
    }
    every(CLOCK, move || desk.now.set(now()));
    if desk.view_untracked().launch.schedule.is_some() {
        listen(desk);
    }
}

fn every(millis: i32, run: impl Fn() + 'static) {
    let run = Closure::<dyn Fn()>::new(run);
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(
        run.as_ref().unchecked_ref(),
        millis,
    );
    run.forget();
}

fn after(millis: i32, run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    let _ =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), millis);
}

fn listen(desk: Desk) {
    let url = format!(
        "/api/v1{}?after={}",
        desk.href("/events").replacen("/l/", "/launches/", 1),
        desk.revision()
    );
    let Ok(source) = EventSource::new(&url) else {
        return;
    };
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        desk.online.set(true);
        let Some(text) = event.data().as_string() else {
            return;
        };
        let Ok(record) = serde_json::from_str::<Recorded>(&text) else {
            return;
        };
        if !desk.receive(&[record]) {
            catch_up(desk);
        }
    });
    let on_open = Closure::<dyn Fn()>::new(move || {
        desk.online.set(true);
        catch_up(desk);
        send_again(desk);
    });
    let on_error = Closure::<dyn Fn()>::new(move || desk.online.set(false));
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_message.forget();
    on_open.forget();
    on_error.forget();
    // A page that goes into the browser's back-forward cache must not hold a stream open.
    let closing = Closure::<dyn Fn()>::new(move || source.close());
    let _ = window().add_event_listener_with_callback("pagehide", closing.as_ref().unchecked_ref());
    closing.forget();
    let back = Closure::<dyn Fn(web_sys::PageTransitionEvent)>::new(
        move |event: web_sys::PageTransitionEvent| {
            if event.persisted() {
                let _ = window().location().reload();
            }
        },
    );
    let _ = window().add_event_listener_with_callback("pageshow", back.as_ref().unchecked_ref());
    back.forget();
}

/// Fetches the lines of the journal that are missing here.
fn catch_up(desk: Desk) {
    spawn_local(async move {
        let url = format!(
            "/api/v1{}?after={}",
            desk.href("/journal").replacen("/l/", "/launches/", 1),
            desk.revision()
        );
        if let Ok((200, text)) = fetch("GET", &url, None).await
            && let Ok(journal) = serde_json::from_str::<Journal>(&text)
        {
            desk.receive(&journal.records);
        }
    });
}

#[derive(Deserialize)]
struct Journal {
    records: Vec<Recorded>,
}

/// Takes over a form that carries a command.
pub fn submit(desk: Desk, event: &SubmitEvent) {
    let Some(form) = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlFormElement>().ok())
    else {
        return;
    };
    if desk.past.is_some() {
        return;
    }
    event.prevent_default();
    let fields = fields(&form, event);
    match fields.command(&desk.view_untracked().launch) {
        Ok(command) => {
            let seen = fields.get("seen").and_then(|s| s.parse().ok());
            if send(desk, command, seen) {
                form.reset();
                close_around(&form);
            }
        }
        Err(bad) => desk.complain(bad.reason),
    }
}

/// A form inside `<details data-closes>` or `<dialog>` closes it when its command went through.
fn close_around(form: &HtmlFormElement) {
    if let Ok(Some(around)) = form.closest("details[data-closes]") {
        let _ = around.remove_attribute("open");
    }
    if let Ok(Some(around)) = form.closest("dialog") {
        let _ = around
            .dyn_into::<web_sys::HtmlDialogElement>()
            .map(|d| d.close());
    }
}

fn fields(form: &HtmlFormElement, event: &SubmitEvent) -> Fields {
    let mut fields = Vec::new();
    if let Ok(data) = FormData::new_with_form(form) {
        for pair in data.entries().into_iter().flatten() {
            let pair = js_sys::Array::from(&pair);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                fields.push((name, value));
            }
        }
    }
    // The button that was pressed is part of what is sent.
    if let Some(button) = event.submitter()
        && let (Some(name), Some(value)) =
            (button.get_attribute("name"), button.get_attribute("value"))
    {
        fields.push((name, value));
    }
    Fields(fields)
}

/// Decides a command here, shows what follows, and sends it. Returns whether it may happen.
pub fn send(desk: Desk, command: Command, seen: Option<u64>) -> bool {
    let (id, at) = (new_id(), now());
    if !desk.act(command.clone(), id, at) {
        return false;
    }
    spawn_local(deliver(desk, id, command, seen));
    true
}

/// What was typed is not lost when the connection is: it stays on the list and goes out again.
fn send_again(desk: Desk) {
    for one in desk.pending.get_untracked() {
        spawn_local(deliver(desk, one.id, one.command, None));
    }
}

#[derive(Deserialize)]
struct Accepted {
    records: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Problem {
    detail: Option<String>,
    title: Option<String>,
}

async fn deliver(desk: Desk, id: CommandId, command: Command, seen: Option<u64>) {
    let body = serde_json::json!({ "id": id, "command": command, "seen": seen }).to_string();
    let url = desk
        .href("/commands")
        .replacen("/l/", "/api/v1/launches/", 1);
    match fetch("POST", &url, Some(&body)).await {
        Ok((200..=299, text)) => {
            desk.online.set(true);
            if let Ok(accepted) = serde_json::from_str::<Accepted>(&text)
                && !desk.receive(&accepted.records)
            {
                catch_up(desk);
            }
            desk.drop_pending(id);
        }
        Ok((status @ (429 | 502..=504), _)) => {
            leptos::logging::warn!("the server answered {status}; sending again");
            again(desk, id);
        }
        Ok((_, text)) => {
            desk.drop_pending(id);
            // The truth first, then the reason: somebody else may have been faster.
            catch_up(desk);
            let problem = serde_json::from_str::<Problem>(&text).ok();
            let reason = problem.and_then(|p| p.detail.or(p.title));
            desk.complain(reason.unwrap_or_else(|| desk.texts().ui.went_wrong.to_owned()));
        }
        Err(_) => {
            desk.online.set(false);
            again(desk, id);
        }
    }
}

fn again(desk: Desk, id: CommandId) {
    after(AGAIN, move || {
        let waiting = desk
            .pending
            .get_untracked()
            .into_iter()
            .find(|p| p.id == id);
        if let Some(one) = waiting {
            spawn_local(deliver(desk, one.id, one.command, None));
        }
    });
}

/// Asks the server; status and text of its answer.
pub async fn fetch(method: &str, url: &str, body: Option<&str>) -> Result<(u16, String), JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        let headers = web_sys::Headers::new()?;
        headers.set("content-type", "application/json")?;
        init.set_headers(&headers);
        init.set_body(&JsValue::from_str(body));
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(url, &init)).await?;
    let answer: Response = answer.dyn_into()?;
    let text = JsFuture::from(answer.text()?).await?;
    Ok((answer.status(), text.as_string().unwrap_or_default()))
}
