//! Saying that an address of mail is one's own, by the link that was sent there.

use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use startklar::Locale;
use startklar_app::access::{self, Access, Stands};

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
    page(&app, &visitor, shown(&link, found), Access::AddressEnded)
}

async fn say(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let found = confirmed(&app, &link).await;
    page(&app, &visitor, shown(&link, found), Access::AddressEnded)
}

/// What a link confirms: an address, and where that stands.
type Found = (Wish, String, Stands);

async fn confirmed(app: &App, link: &str) -> Result<Found, Refused> {
    let (wish, address, stands) = whose(app, link).await?;
    if stands == Stands::Known {
        return Ok((wish, address, stands));
    }
    let store = app.launches.store().mail_store();
    if store.confirm_address(wish.person.0, &address).await? {
        return Ok((wish, address, Stands::Said));
    }
    // Somebody was faster: with the same link, or with another wish.
    whose(app, link).await
}

/// Whose address a link confirms, as long as they are or wish to be written to there.
async fn whose(app: &App, link: &str) -> Result<Found, Refused> {
    let (person, address) = app.accounts.find_address(link, app.seconds()).await?;
    let store = app.launches.store().mail_store();
    let wish = store.mail_wish(person.0).await?;
    let wish = wish.as_ref().and_then(Wish::of_stored);
    let wish = wish.ok_or(Refused::Ended)?;
    let stands = if wish.confirmed && wish.address.to_string() == address {
        Stands::Known
    } else if wish.awaited().to_string() == address {
        Stands::Asked
    } else {
        return Err(Refused::Ended);
    };
    Ok((wish, address, stands))
}

fn shown(link: &str, found: Result<Found, Refused>) -> Result<(Locale, Access), Refused> {
    let (wish, address, stands) = found?;
    let shown = Access::Address(access::Address {
        action: format!("/address/{link}"),
        address,
        stands,
    });
    Ok((wish.locale, shown))
}
