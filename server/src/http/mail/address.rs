//! Saying that an address of mail is one's own, by the link that was sent there.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use startklar::Locale;
use startklar_app::access::{self, Access};

use super::{
    super::{App, pages::Visitor},
    page,
};
use crate::{accounts::Refused, mail::Wish};

pub(super) fn router() -> Router<App> {
    Router::new().route("/address/{link}", get(ask).post(say))
}

async fn ask(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let found = whose(&app, &link).await;
    page(&app, &visitor, shown(&link, found, false))
}

async fn say(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let found = confirmed(&app, &link).await;
    page(&app, &visitor, shown(&link, found, true))
}

async fn confirmed(app: &App, link: &str) -> Result<(Wish, String), Refused> {
    let (wish, address) = whose(app, link).await?;
    let store = app.launches.store().mail_store();
    let known = store.confirm_address(wish.person.0, &address).await?;
    known.then_some((wish, address)).ok_or(Refused::Ended)
}

/// Whose address a link confirms, as long as they still wish to be written to there.
async fn whose(app: &App, link: &str) -> Result<(Wish, String), Refused> {
    let (person, address) = app.accounts.find_address(link, app.seconds()).await?;
    let store = app.launches.store().mail_store();
    let wish = store.mail_wish(person.0).await?;
    let wish = wish.as_ref().and_then(Wish::of_stored);
    let wish = wish.filter(|wish| wish.awaited().to_string() == address);
    wish.map(|wish| (wish, address)).ok_or(Refused::Ended)
}

fn shown(
    link: &str,
    found: Result<(Wish, String), Refused>,
    done: bool,
) -> Result<(Locale, Access), Refused> {
    let (wish, address) = found?;
    let shown = Access::Address(access::Address {
        action: format!("/address/{link}"),
        address,
        done,
    });
    Ok((wish.locale, shown))
}
