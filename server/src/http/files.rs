//! Files as evidence: taken in by a form of the item's page, given out as downloads and never as pages.

use std::{convert::Infallible, fmt::Write as _};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bytes::Bytes;
use futures_util::stream;
use startklar::{
    CommandId, LaunchId, Locale,
    files::{LARGEST, Media},
    model::File,
    texts::fill,
};
use startklar_app::address;
use tokio::sync::OwnedSemaphorePermit;
use uuid::Uuid;

use super::{
    App,
    forms::{done, kind, refused},
    pages::{self, Visitor},
    problem::Problem,
    reader::Reader,
};
use crate::{
    launches::{Failure, Upload},
    texts,
};

/// So much of a form is read, in bytes. More than a file may have, though no more than that is kept: a
/// browser whose form is cut off says nothing of why.
const READ: usize = 64 << 20;

/// A file goes out in parts of so many bytes.
const PART: usize = 64 << 10;

/// The routes of files.
pub(super) fn router() -> Router<App> {
    let form = post(attach).layer(DefaultBodyLimit::max(READ));
    Router::new()
        .route("/l/{id}/items/{item}/files", form)
        .route("/l/{id}/items/{item}/files/{sum}", get(show))
}

/// Marks an answer that travels as it is: its length stays known, and most files are packed already.
#[derive(Debug, Clone, Copy)]
pub(super) struct AsItIs;

async fn attach(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    reader: Reader,
    request: Request,
) -> Response {
    let page = format!(
        "/l/{}/items/{}",
        address::encode(&id),
        address::encode(&item)
    );
    let back = format!("{page}#files");
    match take(&app, (&id, &item), &reader, request).await {
        Ok(()) => done(&back, reader.locale),
        Err(problem) if problem.code == "nobody_acts" => refused(
            &format!("/who?back={}", address::encode(&page)),
            problem.detail,
        ),
        Err(problem) => refused(&back, problem.detail),
    }
}

async fn take(
    app: &App,
    (id, item): (&str, &str),
    reader: &Reader,
    request: Request,
) -> Result<(), Problem> {
    let locale = reader.locale;
    let problem = |failure| Problem::of(failure, locale, &app.launches.people().all());
    let id: LaunchId = id.parse().map_err(|_| problem(Failure::NoLaunch))?;
    let item = item.parse().map_err(|_| Problem::nothing(locale))?;
    // Nobody else's file is read at all.
    let actor = reader.actor();
    let may = app.launches.may_attach(&id, &item, &actor).await;
    may.map_err(problem)?;
    let room = app.uploads.try_acquire();
    let _room = room.map_err(|_| problem(Failure::Busy))?;
    let (name, content) = chosen(app, locale, request).await?;
    let upload = Upload {
        item,
        name,
        content,
        sha256: None,
        command: CommandId(Uuid::now_v7()),
    };
    let attached = app.launches.attach(&id, upload, actor, app.now());
    attached.await.map(drop).map_err(problem)
}

/// The file that was chosen: its name and its content.
async fn chosen(app: &App, locale: Locale, request: Request) -> Result<(String, Vec<u8>), Problem> {
    if kind(request.headers()) != "multipart/form-data" {
        return Err(Problem::media_type(locale, "multipart/form-data"));
    }
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        Problem::body(locale, error.status(), &error)
    };
    let multipart = Multipart::from_request(request, app).await;
    let mut multipart = multipart.map_err(|error| Problem::body(locale, error.status(), &error))?;
    let mut found = None;
    while let Some(mut part) = multipart.next_field().await.map_err(unreadable)? {
        let name = part.file_name().unwrap_or_default().to_owned();
        let is_file = part.name() == Some("file") && !name.is_empty() && found.is_none();
        let mut content = Vec::new();
        while let Some(more) = part.chunk().await.map_err(unreadable)? {
            // One byte too many is enough to say that it is too large.
            let room = (LARGEST as usize + 1).saturating_sub(content.len());
            if is_file {
                content.extend_from_slice(&more[..more.len().min(room)]);
            }
        }
        if is_file {
            found = Some((name, content));
        }
    }
    found.ok_or_else(|| {
        let allowed = locale.catalogue().files.allowed;
        let detail = fill(texts::of(locale).files.none, &[("allowed", &allowed)]);
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no_file_chosen", detail)
    })
}

async fn show(
    State(app): State<App>,
    Path((id, item, sum)): Path<(String, String, String)>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Response {
    match given(&app, (&id, &item, &sum), &headers).await {
        Ok(response) => response,
        Err(Failure::NoLaunch | Failure::Refused(_)) => pages::missing(&app, &visitor),
        Err(failure) => pages::failed(&app, &visitor, failure),
    }
}

/// A file as a download.
pub(super) async fn given(
    app: &App,
    (id, item, sum): (&str, &str, &str),
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let id: LaunchId = id.parse().map_err(|_| Failure::NoLaunch)?;
    let file = app.launches.attached(&id, item, sum).await?;
    let tag = format!("\"{sum}\"");
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut known = known.filter_map(|tags| tags.to_str().ok());
    if known.any(|tags| tags.split(',').any(|known| known.trim() == tag)) {
        return Ok(with_safety(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let room = std::sync::Arc::clone(&app.downloads).try_acquire_owned();
    let room = room.map_err(|_| Failure::Busy)?;
    let content = app.launches.content(&id, &file).await?;
    Ok(with_safety(download(&file, content, room), &tag))
}

/// The answer: it takes room in the memory until its last part is on its way.
fn download(file: &File, content: Vec<u8>, room: OwnedSemaphorePermit) -> Response {
    let length = content.len();
    let parts = stream::unfold((Bytes::from(content), room), |(mut rest, room)| async {
        let part = rest.split_to(rest.len().min(PART));
        (!part.is_empty()).then_some((Ok::<_, Infallible>(part), (rest, room)))
    });
    // Whatever stands in the journal: nothing is said to be what is not taken.
    let kind = match Media::from_kind(file.media.as_str()) {
        Some(media @ (Media::Text | Media::Csv)) => format!("{}; charset=utf-8", media.kind()),
        Some(media) => media.kind().to_owned(),
        None => "application/octet-stream".to_owned(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, disposition(file.name.as_str())),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

/// Headers by which a file is no page, whatever is in it and whoever links to it.
fn with_safety(mut response: Response, tag: &str) -> Response {
    response.extensions_mut().insert(AsItIs);
    let headers = response.headers_mut();
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.extend(HeaderValue::try_from(tag).map(|tag| (header::ETAG, tag)));
    response
}

/// That it is saved, and under which name (RFC 6266): for everybody in plain letters, and in all
/// letters for those who know how (RFC 8187).
fn disposition(name: &str) -> String {
    let plain = |c: char| match c {
        '"' | '\\' | '%' => '_',
        ' '..='~' => c,
        _ => '_',
    };
    let plain: String = name.chars().map(plain).collect();
    let mut whole = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(whole, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_gets_out_of_its_header() {
        for (name, expected) in [
            (
                "Offer 3.pdf",
                "attachment; filename=\"Offer 3.pdf\"; filename*=UTF-8''Offer%203.pdf",
            ),
            (
                "a\"; filename=\"b.exe",
                "attachment; filename=\"a_; filename=_b.exe\"; \
                 filename*=UTF-8''a%22%3B%20filename%3D%22b.exe",
            ),
            (
                "Größe\r\nSet-Cookie: a=b",
                "attachment; filename=\"Gr__e__Set-Cookie: a=b\"; \
                 filename*=UTF-8''Gr%C3%B6%C3%9Fe%0D%0ASet-Cookie%3A%20a%3Db",
            ),
            (
                "\\..\\%2e.txt",
                "attachment; filename=\"_.._%2e.txt\"; filename*=UTF-8''%5C..%5C%252e.txt",
            ),
        ] {
            let found = disposition(name);
            assert_eq!(found, expected.replace("%2e.txt\";", "_2e.txt\";"));
            assert!(HeaderValue::try_from(found).is_ok());
        }
    }
}
