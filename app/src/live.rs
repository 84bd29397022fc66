//! The browser's side of what is alive: receiving events, keeping the clock, asking the server.

use std::{
    cell::{Cell, RefCell},
    slice,
};

use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use startklar::{CommandId, Recorded, journal::Event, time::Instant, tree};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, EventSource, FormData, HtmlFormElement, MessageEvent, Node, RequestInit, Response,
};

use crate::{boot::Boot, desk::Desk, hand};

/// Milliseconds between two looks at the clock: pages show minutes.
const CLOCK: i32 = 20_000;
/// Milliseconds before what could not be sent is sent again.
const AGAIN: i32 = 3_000;
/// Milliseconds between two looks whether the server can be reached: nobody tells a page that
/// nothing arrives any more.
const WATCH: i32 = 60_000;

thread_local! {
    /// The live stream.
    static STREAM: RefCell<Option<EventSource>> = const { RefCell::new(None) };
    /// How far the server's clock is ahead of the reader's, in milliseconds.
    static AHEAD: Cell<i64> = const { Cell::new(0) };
    /// Whether the next attempt is set.
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Reads what the server wrote for pages of this very version.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Option<T> {
    Some(tree::trust(serde_json::from_str(json).ok()?))
}

/// Reads a record, or an object with `records`. `None` when another version of the server wrote
/// them: it may know more kinds of events than this page.
pub(crate) fn read_records<T: DeserializeOwned>(json: &str) -> Option<T> {
    let tree: Value = serde_json::from_str(json).ok()?;
    let known = match tree.get("records") {
        Some(Value::Array(records)) => records.iter().all(is_known),
        _ => is_known(&tree),
    };
    known.then(|| tree::trust(tree))
}

fn is_known(record: &Value) -> bool {
    match record.get("event") {
        Some(Value::String(code)) => Event::is_known(code),
        Some(Value::Object(event)) => event.keys().all(|code| Event::is_known(code)),
        _ => false,
    }
}

/// Fetches the page of another version of the server, unless something would be lost by it: then a
/// later look does. A page that began just now would only go on for ever.
fn start_anew(desk: Desk) {
    /// Milliseconds.
    const JUST_NOW: f64 = 10_000.0;
    let age = window().performance().map_or(0.0, |clock| clock.now());
    let waits = hand::is_awaited() || desk.pending.with_untracked(|p| !p.is_empty());
    if age > JUST_NOW && !waits && !is_typed_in() {
        // It fails only where a page may not navigate at all.
        let _ = window().location().reload();
    }
}

/// Whether a field holds what the page did not put there.
fn is_typed_in() -> bool {
    let Ok(fields) = document().query_selector_all("input, textarea") else {
        return false;
    };
    let text = |field: &Node, name: &str| js_sys::Reflect::get(field, &name.into()).ok();
    let fields = (0..fields.length()).filter_map(|n| fields.item(n));
    fields
        .into_iter()
        .any(|field| text(&field, "value") != text(&field, "defaultValue"))
}

/// Reads what the server put into the page.
pub fn boot() -> Option<Boot> {
    let text = document().get_element_by_id("boot")?.text_content()?;
    let boot: Boot = read(&text)?;
    AHEAD.set(boot.now.timestamp_millis() - millis());
    Some(boot)
}

/// Loads the texts of the page's language, before which nothing can be shown.
pub async fn load_texts() -> bool {
    let link = document().get_element_by_id("texts");
    let Some(path) = link.and_then(|link| link.get_attribute("href")) else {
        return false;
    };
    match fetch("GET", &path, None).await {
        Ok((200, lines)) => startklar::texts::load(lines),
        _ => false,
    }
}

/// The server's clock. The reader's may be days off, and then an expired waiver would seem to hold.
pub fn now() -> Instant {
    Instant::from_timestamp_millis(millis() + AHEAD.get()).unwrap_or_default()
}

/// The reader's clock, in milliseconds.
fn millis() -> i64 {
    // A millisecond count of this or the next century fits by far.
    #[allow(clippy::cast_possible_truncation)]
    let millis = js_sys::Date::now() as i64;
    millis
}

/// An id for a new command.
pub(crate) fn new_id() -> CommandId {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        // It fails only beyond 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    CommandId(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

/// Follows the launch and keeps the clock.
pub fn follow(desk: Desk) {
    hand::soon();
    if desk.past.is_some() {
        return;
    }
    every(CLOCK, move || desk.now.set(now()));
    if desk.view_untracked().launch.schedule.is_none() {
        return;
    }
    listen(desk);
    every(WATCH, move || catch_up(desk));
    window_event_listener(ev::offline, move |_| lost(desk));
    window_event_listener(ev::online, move |_| catch_up(desk));
    window_event_listener(ev::beforeunload, move |event| {
        // Without a connection what waits here would be lost with the page, and so would a form that
        // waits for what carries it out.
        let offline = !desk.online.get_untracked();
        if offline && desk.pending.with_untracked(|p| !p.is_empty()) || hand::is_awaited() {
            event.prevent_default();
        }
    });
    // A page that goes into the browser's back-forward cache must not hold a stream open.
    window_event_listener(ev::pagehide, |_| close());
    window_event_listener(ev::pageshow, |event| {
        if event.persisted() {
            // It fails only where a page may not navigate at all.
            let _ = window().location().reload();
        }
    });
}

fn every(millis: i32, run: impl Fn() + 'static) {
    let run = Closure::<dyn Fn()>::new(run);
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(
        run.as_ref().unchecked_ref(),
        millis,
    );
    run.forget();
}

/// Runs it once, after so many milliseconds.
pub(crate) fn after(millis: i32, run: impl FnOnce() + 'static) {
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
        match read_records::<Recorded>(&text) {
            Some(record) if desk.receive(slice::from_ref(&record)) => {}
            Some(_) => catch_up(desk),
            None => start_anew(desk),
        }
    });
    let on_open = Closure::<dyn Fn()>::new(move || catch_up(desk));
    let on_error = Closure::<dyn Fn()>::new(move || lost(desk));
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_message.forget();
    on_open.forget();
    on_error.forget();
    STREAM.replace(Some(source));
}

fn close() {
    if let Some(source) = STREAM.take() {
        source.close();
    }
}

/// The connection is lost: it is said, and looked for again.
fn lost(desk: Desk) {
    desk.online.set(false);
    again(desk);
}

/// Looks for the server again in a while, and then sends what waits.
pub(crate) fn again(desk: Desk) {
    if WAITING.replace(true) {
        return;
    }
    after(AGAIN, move || {
        WAITING.set(false);
        // The browser opens a broken stream again, but not one that a server has refused.
        let given_up = STREAM.with_borrow(|stream| {
            stream
                .as_ref()
                .is_some_and(|s| s.ready_state() == EventSource::CLOSED)
        });
        if given_up {
            listen(desk);
        }
        catch_up(desk);
    });
}

/// Fetches the lines of the journal that are missing here, and sends what waits.
pub(crate) fn catch_up(desk: Desk) {
    spawn_local(async move {
        let url = format!(
            "/api/v1{}?after={}",
            desk.href("/journal").replacen("/l/", "/launches/", 1),
            desk.revision()
        );
        match fetch("GET", &url, None).await {
            Ok((200, text)) => {
                desk.online.set(true);
                match read_records::<Journal>(&text) {
                    Some(journal) => {
                        desk.receive(&journal.records);
                    }
                    None => start_anew(desk),
                }
                hand::deliver(desk);
            }
            Ok(_) => {}
            Err(_) => lost(desk),
        }
    });
}

#[derive(Deserialize)]
struct Journal {
    records: Vec<Recorded>,
}

/// The fields of the form in which something happened, as they are filled in.
pub(crate) fn fields_around(event: &web_sys::Event) -> Option<Vec<(String, String)>> {
    let form = event.current_target()?.dyn_into::<HtmlFormElement>().ok()?;
    Some(filled_in(&form))
}

/// The fields of the form around the field in which something happened.
pub(crate) fn fields_of_form(event: &web_sys::Event) -> Option<Vec<(String, String)>> {
    let field: Element = event.target()?.dyn_into().ok()?;
    let form = field.closest("form").ok()??;
    Some(filled_in(&form.dyn_into().ok()?))
}

/// The fields of a form as they are filled in.
pub(crate) fn filled_in(form: &HtmlFormElement) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Ok(data) = FormData::new_with_form(form) {
        for pair in data.entries().into_iter().flatten() {
            let pair = js_sys::Array::from(&pair);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                fields.push((name, value));
            }
        }
    }
    fields
}

/// Asks the server; status and text of its answer.
pub async fn fetch(method: &str, url: &str, body: Option<&str>) -> Result<(u16, String), JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    // Whoever goes on to the next page at once has still sent it.
    js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::from(body.is_some()))?;
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
