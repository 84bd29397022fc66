//! Who reads, in which language and theme: from cookies and headers.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, header, request::Parts},
};
use startklar::{Actor, Locale, PersonId, rights::Standing};
use startklar_app::boot::Theme;

use super::{App, cookies, identify::Who};

/// The header in which a program says for whom it acts, by id or handle.
pub(super) const PERSON: &str = "startklar-person";

/// Whoever sent the request.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) locale: Locale,
    pub(super) theme: Theme,
    /// Who they say they are, if that is somebody known.
    pub(super) me: Option<PersonId>,
    /// What they are in the workspace.
    pub(super) standing: Standing,
    /// Whom they named, if that is nobody known.
    pub(super) unknown: Option<String>,
    /// Whether they name somebody else than who they are signed in as.
    pub(super) is_another: bool,
}

impl Reader {
    pub(super) fn of(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Self {
        let named = headers
            .get(PERSON)
            .and_then(|name| name.to_str().ok())
            .map(str::trim);
        let signed = match Who::of(extensions) {
            Who::Open => return Self::chosen(app, headers, named),
            Who::Nobody => None,
            Who::Signed(signed) => Some(signed),
        };
        let me = signed.map(|signed| signed.person);
        let other = named.map(|name| app.launches.people().find(name));
        Self {
            locale: locale(headers),
            theme: theme(headers),
            me,
            standing: signed.map_or(Standing::Viewer, |signed| signed.standing),
            unknown: None,
            is_another: other.is_some_and(|other| other != me),
        }
    }

    /// Where names are chosen.
    fn chosen(app: &App, headers: &HeaderMap, named: Option<&str>) -> Self {
        let cookie = || cookies::get(headers, "me").filter(|me| !me.is_empty());
        let me = match named {
            Some(name) => app.launches.people().find(name),
            None => cookie().and_then(|me| app.launches.people().find(&me)),
        };
        Self {
            locale: locale(headers),
            theme: theme(headers),
            is_another: false,
            unknown: named.filter(|_| me.is_none()).map(str::to_owned),
            me,
            standing: Standing::Trusted,
        }
    }

    pub(super) fn actor(&self) -> Actor {
        let known = |me| Actor::signed_in(me, self.standing);
        self.me.map_or(Actor::nobody(), known)
    }
}

fn theme(headers: &HeaderMap) -> Theme {
    Theme::from_code(&cookies::get(headers, "theme").unwrap_or_default())
}

/// The language that was chosen, or else the one that the browser asks for.
pub(super) fn locale(headers: &HeaderMap) -> Locale {
    cookies::get(headers, "locale")
        .and_then(|tag| Locale::from_tag(&tag))
        .unwrap_or_else(|| {
            let wishes = headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|wishes| wishes.to_str().ok());
            Locale::negotiate(wishes.unwrap_or_default())
        })
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(app, &parts.headers, &parts.extensions))
    }
}
