//! Signing in by the word of another: here a provider that misbehaves as it is told. One that others
//! have written is asked by the journeys.

mod answers;
mod linking;
mod provider;

use startklar_app::address;

pub(super) use self::provider::Fake;
use super::{access::Closed, *};
use crate::{
    accounts::Identity,
    oidc::{Provider, Providers},
};

const BASE: &str = "http://localhost:3000";

/// A closed site, and two providers that it knows.
struct Elsewhere {
    closed: Closed,
    fake: Fake,
    other: Fake,
}

/// A provider as the start of a server would name it.
pub(super) fn provider_named(id: &str, fake: &Fake, secret: Option<&str>) -> Provider {
    Provider {
        id: id.to_owned(),
        title: format!("Con & {id}"),
        issuer: fake.issuer.clone(),
        client_id: "startklar".to_owned(),
        client_secret: secret.map(str::to_owned),
        scopes: vec!["openid".to_owned(), "email".to_owned()],
    }
}

impl Elsewhere {
    async fn new() -> Self {
        let (closed, fake, other) = (
            Closed::new().await,
            Fake::start().await,
            Fake::start().await,
        );
        let all = vec![
            provider_named("fake", &fake, Some("s&cret")),
            provider_named("other", &other, None),
        ];
        closed.site.app.sign_in_by(Providers::new(all, BASE));
        Self {
            closed,
            fake,
            other,
        }
    }

    fn site(&self) -> &Site {
        &self.closed.site
    }

    /// Links what the provider calls somebody to their account.
    async fn linked(&self, handle: &str, subject: &str) {
        let identity = Identity {
            issuer: self.fake.issuer.clone(),
            subject: subject.to_owned(),
            made: 0,
        };
        let person = self.site().person(handle);
        let accounts = &self.site().app.accounts;
        accounts.link_identity(person, identity).await.unwrap();
    }

    /// Begins, and gives what the browser brings to the provider.
    async fn begin(&self, path: &str) -> Brought {
        let answer = self.site().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        Brought(answer.header("location").to_owned())
    }

    /// The whole way with what the provider says.
    async fn sign_in(&self, claims: Value) -> Answer {
        let brought = self.begin("/login/with/fake?back=%2Fl%2Fmetakube").await;
        let code = self.fake.vouch(&brought, claims);
        self.back(&brought, &code).await
    }

    async fn back(&self, brought: &Brought, code: &str) -> Answer {
        let (state, issuer) = (brought.field("state"), address::encode(&self.fake.issuer));
        let path = format!("/login/back/fake?code={code}&state={state}&iss={issuer}");
        self.site().get(&path).await
    }

    async fn is_signed_in(&self) -> bool {
        self.site().get("/account").await.status == StatusCode::OK
    }

    /// What the next page says.
    async fn told(&self, path: &str) -> String {
        self.site().get(path).await.text
    }
}

/// An address to which a browser is sent.
struct Brought(String);

impl Brought {
    fn field(&self, name: &str) -> String {
        address::field(&self.0, name).unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }
}
