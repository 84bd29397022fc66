//! Following an item: a wish of the reader's own, given by a form of the item's page.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use startklar::{ItemId, LaunchId, Refusal};
use startklar_app::address;

use super::{
    App,
    forms::{Form, done, refused},
    problem::Problem,
    reader::Reader,
};
use crate::launches::Failure;

pub(super) fn router() -> Router<App> {
    Router::new().route("/l/{id}/items/{item}/follow", post(follow))
}

/// Begins to follow an item with `on`, and ends it without.
async fn follow(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    reader: Reader,
    form: Form,
) -> Response {
    let back = form.back(&format!(
        "/l/{}/items/{}",
        address::encode(&id),
        address::encode(&item)
    ));
    let Some(me) = reader.me else {
        let text = Refusal::NobodyActs.text(reader.locale, &app.launches.people().all());
        return refused(&format!("/who?back={}", address::encode(&back)), text);
    };
    let of = id.parse::<LaunchId>().ok().zip(item.parse::<ItemId>().ok());
    let followed = match &of {
        Some((id, item)) => {
            let on = form.get("on").is_some();
            app.launches.follow(me, (id, item), on, app.now()).await
        }
        None => Err(Failure::NoLaunch),
    };
    match followed {
        Ok(true) => done(&back, reader.locale),
        Ok(false) => refused(&back, reader.locale.catalogue().follow.full.to_owned()),
        Err(failure) => {
            let people = app.launches.people().all();
            refused(&back, Problem::of(failure, reader.locale, &people).detail)
        }
    }
}
