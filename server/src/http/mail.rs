//! Mail: how somebody wishes it, ending one kind of it by a link, and what is not known to have
//! arrived.

mod address;

use std::fmt::Display;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use startklar::{Locale, PersonId, texts::fill, time::Instant};
use startklar_app::{
    access::{self, Access, MailKind, StuckMail, Unsubscribe},
    boot::{Notice, Page},
};

use super::{
    App,
    access::{back, problem, said},
    flash,
    forms::{Form, refused},
    pages::{Visitor, render},
};
use crate::{
    accounts::{Refused, Signed},
    mail::{self, BadWish, Change, Given, Kind, Quiet, Wish},
    store::StoreError,
    texts,
};

/// The zone that is offered where there is no launch yet.
const ZONE: &str = "Europe/Berlin";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/account/mail", post(save))
        .route("/unsubscribe/{link}", get(ask).post(stop))
        .merge(address::router())
}

/// How somebody wishes mail, or what is offered to whoever has not said so; nothing where this server
/// sends none.
pub(super) async fn settings(
    app: &App,
    person: PersonId,
    login: &str,
    (locale, now): (Locale, Instant),
) -> Result<Option<access::Mail>, Refused> {
    if !app.sends_mail {
        return Ok(None);
    }
    let kept = app.launches.store().mail_store();
    let wish = kept.mail_wish(person.0).await?;
    if let Some(wish) = wish.as_ref().and_then(Wish::of_stored) {
        return Ok(Some(shown(&wish)));
    }
    let zone = app.launches.usual_zone(now).await;
    let zone = zone.map_err(|_| Refused::Broken("no launch can be read"))?;
    let (from, until) = Quiet::default().shown();
    Ok(Some(access::Mail {
        address: Some(login)
            .filter(|login| login.contains('@'))
            .unwrap_or_default()
            .to_owned(),
        locale,
        zone: zone.unwrap_or_else(|| ZONE.to_owned()),
        digest: true,
        notices: true,
        from,
        until,
        confirmed: None,
        stays: None,
    }))
}

fn shown(wish: &Wish) -> access::Mail {
    let (from, until) = wish.quiet.shown();
    access::Mail {
        address: wish.awaited().to_string(),
        locale: wish.locale,
        zone: wish.zone.clone(),
        digest: wish.digest,
        notices: wish.notices,
        from,
        until,
        confirmed: Some(wish.confirmed && wish.next.is_none()),
        stays: wish.next.as_ref().map(|_| wish.address.to_string()),
    }
}

async fn save(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let locale = visitor.reader.locale;
    let t = &texts::of(locale).mail;
    let to = "/account";
    if !app.sends_mail {
        return refused(to, t.off.to_owned());
    }
    let given = Given {
        address: form.raw("address"),
        locale: form.raw("locale"),
        zone: form.raw("zone"),
        digest: form.get("digest").is_some(),
        notices: form.get("notices").is_some(),
        from: form.raw("from"),
        until: form.raw("until"),
    };
    let wish = match Wish::read(signed.person, given, visitor.now) {
        Ok(wish) => wish,
        Err(error) => return refused(to, in_words(locale, &error)),
    };
    match may_change(&app, &wish, &form).await {
        Ok(true) => {}
        Ok(false) => return refused(to, t.needs_password.to_owned()),
        Err(error) => return back(to, locale, Err(error)),
    }
    match keep(&app, &wish, visitor.now).await {
        Ok(asked) => {
            let said = match asked {
                None => t.saved,
                Some(true) => t.asked,
                Some(false) => t.asked_enough,
            };
            let facts: [(&str, &dyn Display); 2] =
                [("address", &wish.address), ("most", &mail::MOST_A_DAY)];
            flash::back(to, &Notice::done(fill(said, &facts)))
        }
        Err(StoreError::NoSuchPerson) => refused(to, problem(locale, &Refused::NoAccount).detail),
        Err(error) => refused(to, problem(locale, &Refused::Store(error)).detail),
    }
}

/// Whether somebody may have this address written into their account. An address that is known to be theirs
/// is told of each change of the account: whoever finds an open session must not silence it. It is told of
/// the other one, too, and stays in use until that is confirmed.
async fn may_change(app: &App, wish: &Wish, form: &Form) -> Result<bool, Refused> {
    let store = app.launches.store().mail_store();
    let before = store.mail_wish(wish.person.0).await?;
    let address = wish.address.to_string();
    let leaves = before.is_some_and(|b| b.confirmed && ![b.address, b.next].contains(&address));
    if !leaves {
        return Ok(true);
    }
    let account = app.accounts.of(wish.person).ok_or(Refused::NoAccount)?;
    if account.has_password() {
        let said = form.raw("password").to_owned();
        if said.is_empty() {
            return Ok(false);
        }
        app.accounts.own_password(wish.person, said).await?;
    }
    app.tell(wish.person, Change::Address).await;
    Ok(true)
}

/// Keeps a wish. Says whether its reader is asked if the address is theirs, where that is not known.
async fn keep(app: &App, wish: &Wish, now: Instant) -> Result<Option<bool>, StoreError> {
    let store = app.launches.store().mail_store();
    store.put_mail_wish(wish.stored()).await?;
    let kept = store.mail_wish(wish.person.0).await?;
    if kept.is_none_or(|kept| kept.confirmed && kept.next.is_empty()) {
        return Ok(None);
    }
    let asked = mail::ask(store, wish, now).await?;
    app.new_mail.notify_one();
    Ok(Some(asked))
}

fn in_words(locale: Locale, error: &BadWish) -> String {
    let t = &texts::of(locale).mail;
    let (template, found) = match error {
        BadWish::Address(found) => (t.bad_address, found),
        BadWish::Language(found) => (t.bad_language, found),
        BadWish::Zone(found) => (t.bad_zone, found),
        BadWish::Times(found) => (t.bad_times, found),
    };
    fill(template, &[("found", found)])
}

/// Whose mail a link ends, and which kind.
async fn found(app: &App, link: &str) -> Result<(Wish, Kind), Refused> {
    let (person, kind) = app.accounts.find_unsubscribe(link, app.seconds()).await?;
    let kind = Kind::from_code(&kind).ok_or(Refused::Ended)?;
    let wish = app
        .launches
        .store()
        .mail_store()
        .mail_wish(person.0)
        .await?;
    let wish = wish.as_ref().and_then(Wish::of_stored);
    wish.map(|wish| (wish, kind)).ok_or(Refused::Ended)
}

async fn ask(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let asked = found(&app, &link).await;
    let shown = ending(&link, asked, false);
    page(&app, &visitor, shown, Access::UnsubscribeEnded)
}

/// Programs send this without a session, and without saying where from: the link is the proof.
async fn stop(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Response {
    let stopped = match found(&app, &link).await {
        Ok((wish, kind)) => {
            let (digest, notices) = (kind == Kind::Digest, kind == Kind::Notice);
            let store = app.launches.store().mail_store();
            let ended = store.end_mail(wish.person.0, digest, notices).await;
            ended.map(|()| (wish, kind)).map_err(Refused::Store)
        }
        Err(error) => Err(error),
    };
    let shown = ending(&link, stopped, true);
    page(&app, &visitor, shown, Access::UnsubscribeEnded)
}

/// What a link that ends mail leads to.
fn ending(
    link: &str,
    found: Result<(Wish, Kind), Refused>,
    done: bool,
) -> Result<(Locale, Access), Refused> {
    let (wish, kind) = found?;
    let shown = Access::Unsubscribe(Unsubscribe {
        address: format!("/unsubscribe/{link}"),
        name: wish.address.to_string(),
        notices: kind == Kind::Notice,
        done,
    });
    Ok((wish.locale, shown))
}

/// A page in the language of the mail, whatever the browser wishes; another where the link has ended.
fn page(
    app: &App,
    visitor: &Visitor,
    shown: Result<(Locale, Access), Refused>,
    ended: Access,
) -> Response {
    let mut boot = visitor.boot(app, Page::Access);
    let mut status = StatusCode::OK;
    boot.access = Some(match shown {
        Ok((locale, access)) => {
            boot.locale = locale;
            access
        }
        Err(Refused::Store(error)) => {
            let problem = problem(visitor.reader.locale, &Refused::Store(error));
            return super::pages::said(app, visitor, Page::Missing, &problem);
        }
        Err(_) => {
            status = StatusCode::GONE;
            ended
        }
    });
    let mut response = render(app, &boot);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    // The address is the key, as that of a status page.
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What is not known to have arrived, for those who look after people.
pub(super) async fn stuck(app: &App, visitor: &Visitor) -> Vec<StuckMail> {
    let stuck = mail::stuck(app.launches.store(), visitor.now).await;
    let stuck = stuck.inspect_err(|error| tracing::warn!(%error, "mail.stuck_not_read"));
    let (people, locale) = (app.launches.people().all(), visitor.reader.locale);
    let unknown = locale.catalogue().common.somebody_unknown;
    let stuck = stuck.unwrap_or_default().into_iter();
    stuck
        .map(|mail| StuckMail {
            name: people.name(mail.person).unwrap_or(unknown).to_owned(),
            kind: match mail.kind {
                Kind::Digest => MailKind::Week,
                Kind::Notice => MailKind::Notice,
                Kind::Address => MailKind::Address,
                Kind::Safety => MailKind::Safety,
            },
            when: said(locale, mail.at),
            may_have_arrived: mail.may_have_arrived,
            answer: mail.answer,
        })
        .collect()
}
