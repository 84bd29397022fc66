//! The second factor on the page of one's account, and taken away by an administrator.

use std::net::SocketAddr;

use axum::{
    Extension, Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use startklar::{Locale, PersonId};
use startklar_app::{
    access::{self, Access, Key},
    address,
    boot::Page,
};

use super::{
    App,
    access::{Administrator, back, problem, said},
    forms::{Form, refused},
    pages::{Visitor, render, saying},
    qr,
};
use crate::{
    accounts::{Refused, Second, Signed},
    mail::Change,
    texts,
};

/// The page that all of it leads back to.
const HOME: &str = "/account";

/// Where a request is from, as the socket says.
type From = Option<Extension<ConnectInfo<SocketAddr>>>;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/account/factor", get(again).post(begin))
        .route("/account/factor/confirm", post(confirm))
        .route("/account/factor/codes", post(renew))
        .route("/account/factor/end", post(end))
        .route("/account/factor/known", post(known))
        .route("/people/{id}/factor", post(take))
}

/// How somebody's second factor stands, for their page.
pub(super) async fn stands(
    app: &App,
    locale: Locale,
    person: PersonId,
) -> Result<access::Second, Refused> {
    Ok(match app.accounts.second(person).await? {
        Second::Off => access::Second::Off,
        Second::Taken { at } => access::Second::Taken(said(locale, at)),
        Second::On { since, left } => access::Second::On {
            since: said(locale, since),
            left,
        },
    })
}

fn from_where(app: &App, visitor: &Visitor, from: From) -> String {
    visitor.address(app, from.map(|Extension(ConnectInfo(from))| from.ip()))
}

fn page(app: &App, visitor: &Visitor, page: access::Factor) -> Response {
    let mut boot = visitor.boot(app, Page::Access);
    boot.access = Some(Access::Factor(page));
    render(app, &boot)
}

/// A page that shows a secret: no browser keeps it, not even for the way back.
fn once(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    response
}

/// Begins, and shows what the app is to know: the page that comes is the only one that does.
async fn begin(State(app): State<App>, signed: Signed, visitor: Visitor, form: Form) -> Response {
    let password = form.raw("password").to_owned();
    let begun = app
        .accounts
        .begin_factor(signed.person, password, app.seconds());
    match begun.await {
        Ok(secret) => {
            let account = app.accounts.of(signed.person);
            let login = account.map(|account| account.login).unwrap_or_default();
            let key = key(secret, &login, &visitor.origin(&app));
            let setup = access::Factor::Setup(key);
            once(page(&app, &visitor.on("/account/factor"), setup))
        }
        Err(error) => back(HOME, visitor.reader.locale, Err(error)),
    }
}

/// All that an app wants to know (the format that Google's authenticator began and others read). It
/// names the host as well: somebody may have an account with several of these servers.
fn key(secret: String, login: &str, origin: &str) -> Key {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let (host, port) = host.rsplit_once(':').unwrap_or((host, "0"));
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    // A colon would end the name.
    let host = if is_port { host } else { origin }.replace(':', ".");
    let (issuer, login) = (encoded(&format!("Startklar {host}")), encoded(login));
    let plain = secret.replace(' ', "");
    let address = format!(
        "otpauth://totp/{issuer}:{login}?secret={plain}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    );
    Key {
        picture: qr::picture(&address),
        text: secret,
        address,
    }
}

/// A text within an address; apps take a plus sign for itself.
fn encoded(text: &str) -> String {
    address::encode(text).replace('+', "%20")
}

/// Asks once more for the first code, without showing the secret once more.
async fn again(State(app): State<App>, signed: Signed, visitor: Visitor) -> Response {
    let setting_up = app.accounts.is_setting_up(signed.person, app.seconds());
    match setting_up.await {
        Ok(true) => page(&app, &visitor, access::Factor::Confirm),
        Ok(false) => Redirect::to(HOME).into_response(),
        Err(error) => back(HOME, visitor.reader.locale, Err(error)),
    }
}

async fn confirm(
    State(app): State<App>,
    signed: Signed,
    from: From,
    visitor: Visitor,
    form: Form,
) -> Response {
    let (from, locale) = (from_where(&app, &visitor, from), visitor.reader.locale);
    let code = form.get("code").unwrap_or_default();
    let confirmed = app
        .accounts
        .confirm_factor(&signed, code, &from, app.seconds());
    match confirmed.await {
        Ok(codes) => {
            app.tell(signed.person, Change::FactorOn).await;
            recovery(&app, visitor, codes)
        }
        Err(Refused::Ended) => {
            let text = texts::of(locale).factor.setup_ended;
            refused(HOME, text.to_owned())
        }
        Err(error) => {
            let mut boot = visitor.on("/account/factor").boot(&app, Page::Access);
            boot.access = Some(Access::Factor(access::Factor::Confirm));
            saying(&app, boot, &problem(locale, &error))
        }
    }
}

/// The page that comes is the only one that shows the recovery codes.
fn recovery(app: &App, visitor: Visitor, codes: Vec<String>) -> Response {
    let codes = access::Factor::Recovery(codes);
    once(page(app, &visitor.on(HOME), codes))
}

/// Password and code, which what weakens the account asks for.
fn both(form: &Form) -> (String, &str) {
    let code = form.get("code").unwrap_or_default();
    (form.raw("password").to_owned(), code)
}

async fn renew(
    State(app): State<App>,
    signed: Signed,
    from: From,
    visitor: Visitor,
    form: Form,
) -> Response {
    let from = from_where(&app, &visitor, from);
    let renewed = app
        .accounts
        .renew_recovery(signed.person, both(&form), &from, app.seconds());
    match renewed.await {
        Ok(codes) => {
            app.tell(signed.person, Change::RecoveryCodes).await;
            recovery(&app, visitor, codes)
        }
        Err(error) => back(HOME, visitor.reader.locale, Err(error)),
    }
}

async fn end(
    State(app): State<App>,
    signed: Signed,
    from: From,
    visitor: Visitor,
    form: Form,
) -> Response {
    let (from, locale) = (from_where(&app, &visitor, from), visitor.reader.locale);
    let ended = app
        .accounts
        .end_factor(signed.person, both(&form), &from, app.seconds());
    let ended = ended.await;
    if ended.is_ok() {
        app.tell(signed.person, Change::FactorOff).await;
    }
    let text = texts::of(locale).factor.off;
    back(HOME, locale, ended.map(|()| text))
}

async fn known(State(app): State<App>, signed: Signed, visitor: Visitor) -> Response {
    let locale = visitor.reader.locale;
    let known = app.accounts.know_taken(signed.person).await;
    back(HOME, locale, known.map(|()| texts::of(locale).factor.known))
}

async fn take(
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Administrator(visitor): Administrator,
) -> Response {
    let locale = visitor.reader.locale;
    // Or whoever finds an administrator's open session needs no code any more.
    let taken = if visitor.reader.me == Some(id) {
        Err(Refused::OwnFactor)
    } else {
        app.accounts.take_factor(id, app.seconds()).await
    };
    if taken.is_ok() {
        app.tell(id, Change::FactorTaken).await;
    }
    let text = texts::of(locale).factor.taken;
    back("/people", locale, taken.map(|()| text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_told_which_server_and_account_it_is_for() {
        let key = key(
            "GEZD GNBV".to_owned(),
            "lena+x@example.org",
            "https://start.example.com:8443",
        );
        assert_eq!(
            key.address,
            "otpauth://totp/Startklar%20start.example.com:lena%2Bx%40example.org?secret=GEZDGNBV\
             &issuer=Startklar%20start.example.com&algorithm=SHA1&digits=6&period=30"
        );
        assert!(key.picture.is_some());
    }

    #[test]
    fn no_host_brings_a_colon_into_the_name() {
        for origin in ["http://[::1]:3000", "http://[::1]", "http://localhost"] {
            let address = key("A".to_owned(), "lena", origin).address;
            assert_eq!(address.matches(':').count(), 2, "{address}");
        }
    }

    #[test]
    fn the_longest_login_still_has_a_picture() {
        let login = "ä".repeat(120);
        let origin = format!("https://{}", "a".repeat(253));
        assert!(key("A".repeat(39), &login, &origin).picture.is_some());
    }
}
