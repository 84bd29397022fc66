//! Mail, from what somebody wishes to what their mail server gets, and back by its links.

mod known;
mod safety;
mod sending;
mod wishes;

use startklar::time::{Instant, parse_instant};
use startklar_app::assets::Embedded;
use startklar_tests::MailServer;
use tokio_util::sync::CancellationToken;

use super::{access::Closed, *};
use crate::mail::{Post, Relay, Wiring};

const BASE: &str = "https://startklar.example.com";

/// A site whose people sign in and which sends mail.
struct Mailing {
    closed: Closed,
    server: MailServer,
}

impl Mailing {
    async fn new() -> Self {
        let mut closed = Closed::new().await;
        let (launches, accounts) = {
            let app = &closed.site.app;
            (Arc::clone(&app.launches), Arc::clone(&app.accounts))
        };
        let (metrics, reach) = (Arc::new(Metrics::new().unwrap()), Reach::default());
        closed.site.app = App::new(launches, accounts, metrics, reach, true, Embedded::NOTHING);
        closed.site.router = router(&closed.site.app);
        Self {
            closed,
            server: MailServer::start(),
        }
    }

    fn site(&self) -> &Site {
        &self.closed.site
    }

    /// What its start would be told.
    fn wiring(&self) -> Wiring {
        Wiring {
            smtp: Some(self.server.url()),
            user: Some("startklar".to_owned()),
            password: Some("four words".to_owned()),
            from: Some("Startklar <startklar@example.com>".to_owned()),
            base: Some(BASE.to_owned()),
        }
    }

    /// Another process on the same store.
    fn post(&self) -> Post {
        self.post_by(&self.wiring())
    }

    fn post_by(&self, said: &Wiring) -> Post {
        let relay = Relay::of(said).unwrap().unwrap();
        let app = &self.site().app;
        Post::new(Arc::clone(&app.launches), Arc::clone(&app.accounts), relay)
    }

    async fn round(&self, now: Instant) {
        self.post()
            .round(now, &CancellationToken::new())
            .await
            .unwrap();
    }

    /// Somebody who signed in says how they wish mail.
    async fn wish(&self, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![
            ("address", "katrin@example.org"),
            ("locale", "de"),
            ("zone", "Europe/Berlin"),
            ("from", "20:00"),
            ("until", "07:00"),
            ("digest", "true"),
        ];
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields.iter().filter(|(_, value)| !value.is_empty()));
        let saved = self.site().form("/account/mail", &all).await;
        self.confirm().await;
        saved
    }

    /// Everybody has said that their address is theirs, and no mail asks any more.
    async fn confirm(&self) {
        let mails = self.site().app.launches.store().mail_store();
        for wish in mails.mail_wishes().await.unwrap() {
            let waits = Some(&wish.next).filter(|next| !next.is_empty());
            let address = waits.unwrap_or(&wish.address);
            mails.confirm_address(wish.person, address).await.unwrap();
            let confirmed = mails.mail_wish(wish.person).await.unwrap().unwrap();
            mails.put_mail_wish(confirmed).await.unwrap();
        }
    }

    /// The next Monday at nine in Berlin, in summer.
    fn monday(&self) -> Instant {
        let now = self.site().app.now();
        let day = now.date_naive();
        let days = i64::from(7 - chrono::Datelike::weekday(&day).num_days_from_monday());
        let monday = startklar::time::plus(day, days);
        parse_instant(&format!("{monday}T08:00:00Z")).unwrap()
    }
}

fn path(address: &str) -> &str {
    address.strip_prefix(BASE).unwrap()
}
