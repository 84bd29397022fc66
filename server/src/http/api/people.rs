//! The directory of people.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse as _};

use super::{
    Answer, At, Caller,
    body::Sent,
    wire::{NewPerson, PeopleList, PersonLine, ProblemDocument},
};

/// Everybody who is known.
#[utoipa::path(
    get, path = "/people", tag = "people",
    responses((status = 200, description = "The directory.", body = PeopleList))
)]
pub(super) async fn list_people(State(app): At) -> Answer {
    let people = app.launches.people().all();
    let people = people.iter().map(PersonLine::from).collect();
    Ok(Json(PeopleList { people }).into_response())
}

/// Adds somebody new. Their handle is made of their name.
#[utoipa::path(
    post, path = "/people", tag = "people",
    request_body = NewPerson,
    responses(
        (status = 201, description = "They are known.", body = PersonLine),
        (status = 422, description = "That is no name.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(super) async fn add_person(
    State(app): At,
    caller: Caller,
    Sent(new): Sent<NewPerson>,
) -> Answer {
    caller.administers()?;
    let person = app
        .launches
        .people()
        .add(&new.name)
        .await
        .map_err(caller.problem(&app))?;
    Ok((StatusCode::CREATED, Json(PersonLine::from(&person))).into_response())
}
