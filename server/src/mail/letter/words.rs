//! The words of a mail, in its reader's language.

use std::fmt::{Display, Write as _};

use startklar::{
    Locale,
    texts::{ago, count, day_seen, day_year_clock, fill},
    time::Instant,
};
use startklar_app::owed::{Group, Owed, OwedKind};

use super::{
    super::{Change, Kind, Wish, decide::Draft},
    browser::name,
    escape,
};
use crate::texts;

/// A mail in words. The HTML is what stands in its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail) struct Words {
    pub(in crate::mail) subject: String,
    pub(in crate::mail) body: String,
    pub(in crate::mail) html: String,
}

/// Says what is to be told to somebody of this name. `base` is where its links lead.
pub(in crate::mail) fn words(draft: &Draft, name: &str, locale: Locale, base: &str) -> Words {
    let t = &texts::of(locale).mail;
    let lead = if draft.kind == Kind::Digest {
        t.digest_lead
    } else if waiting(draft).next().is_none() {
        t.changed_lead
    } else {
        t.notice_lead
    };
    let week = format!("{base}/week");
    let hello = fill(t.hello, &[("name", &escape::line(name))]);
    let mut words = Words {
        subject: subject(draft, locale),
        body: format!("{hello}\n\n{lead}\n"),
        html: format!(
            "<p>{}</p>\n<p>{}</p>\n",
            escape::html(&hello),
            escape::html(lead)
        ),
    };
    for (caption, rows) in sections(draft, locale) {
        section(&mut words, caption, &rows, locale, base);
    }
    let (open, to) = (t.open_week, escape::html(&week));
    // Writing to a string cannot fail.
    let _ = write!(words.body, "\n{open}:\n{week}\n");
    let _ = writeln!(
        words.html,
        "<p><a href=\"{to}\">{}</a></p>",
        escape::html(open)
    );
    words
}

/// Asks whether an address is its reader's own. It holds no word of whoever wrote it into their account: they may
/// be a stranger to its reader.
pub(in crate::mail) fn address(locale: Locale) -> Words {
    let t = &texts::of(locale).mail;
    Words {
        subject: t.address_subject.to_owned(),
        body: format!("{}\n", t.address_lead),
        html: format!("<p>{}</p>\n", escape::html(t.address_lead)),
    }
}

/// Says what has changed about how somebody signs in, and when.
pub(in crate::mail) fn safety(change: Change, wish: &Wish, now: Instant) -> Words {
    let t = &texts::of(wish.locale).mail;
    let zone = wish.zone_at(now).unwrap_or_default();
    let when = day_year_clock(wish.locale, &zone, now);
    let s = &t.safety;
    let what = match change {
        Change::Password => s.password,
        Change::FactorOn => s.factor_on,
        Change::FactorOff => s.factor_off,
        Change::FactorTaken => s.factor_taken,
        Change::PasskeyAdded => s.passkey_added,
        Change::PasskeyRemoved => s.passkey_removed,
        Change::PasskeysTaken => s.passkeys_taken,
        Change::RecoveryCodes => s.recovery_codes,
        Change::Linked => s.linked,
        Change::Unlinked => s.unlinked,
        Change::Token => s.token,
        Change::Address => s.address,
    };
    let what = fill(what, &[("when", &when), ("zone", &zone.name)]);
    told(t.safety_subject, &what, wish)
}

/// Says that somebody signed in with a browser that was not known to be theirs, with which, and when.
pub(in crate::mail) fn browser(agent: &str, wish: &Wish, now: Instant) -> Words {
    let t = &texts::of(wish.locale).mail;
    let zone = wish.zone_at(now).unwrap_or_default();
    let when = day_year_clock(wish.locale, &zone, now);
    let name = name(agent).unwrap_or_else(|| t.browser_unnamed.to_owned());
    let facts: [(&str, &dyn Display); 3] =
        [("when", &when), ("zone", &zone.name), ("browser", &name)];
    told(t.browser_subject, &fill(t.browser, &facts), wish)
}

fn told(subject: &str, what: &str, wish: &Wish) -> Words {
    let t = &texts::of(wish.locale).mail;
    Words {
        subject: subject.to_owned(),
        body: format!("{what}\n\n{}\n", t.safety_what),
        html: format!(
            "<p>{}</p>\n<p>{}</p>\n",
            escape::html(what),
            escape::html(t.safety_what)
        ),
    }
}

fn subject(draft: &Draft, locale: Locale) -> String {
    let t = &texts::of(locale).mail;
    if draft.kind == Kind::Notice {
        let n = waiting(draft).count();
        let first = waiting(draft).chain(&draft.rows).next();
        let title = first.map(|row| escape::line(&row.title));
        let subject = match n {
            0 => count(&t.changed_subject, draft.rows.len()),
            n => count(&t.notice_subject, n),
        };
        return fill(&subject, &[("title", &title.unwrap_or_default())]);
    }
    let parts = [
        (Group::Late, &t.late),
        (Group::Waiting, &t.waiting),
        (Group::ThisWeek, &t.this_week),
    ]
    .map(|(group, words)| {
        let rows = draft.rows.iter().filter(|row| row.group() == group).count();
        (rows > 0).then(|| count(words, rows))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    fill(t.digest_subject, &[("parts", &parts.join(", "))])
}

/// Those rows of a notice that wait for a word of its reader; the others tell what they follow.
fn waiting(draft: &Draft) -> impl Iterator<Item = &Owed> {
    let rows = draft.rows.iter();
    rows.filter(|row| !matches!(row.what, OwedKind::Changed(_)))
}

/// The rows under the captions of the page; those of a notice have none.
fn sections(draft: &Draft, locale: Locale) -> Vec<(&'static str, Vec<&Owed>)> {
    let t = &locale.catalogue().pages.week;
    if draft.kind == Kind::Notice {
        return vec![("", draft.rows.iter().collect())];
    }
    let groups = [
        (Group::Late, t.late),
        (Group::Waiting, t.waiting),
        (Group::ThisWeek, t.this_week),
    ];
    let sections = groups.map(|(group, caption)| {
        let rows = draft.rows.iter().filter(|row| row.group() == group);
        (caption, rows.collect::<Vec<_>>())
    });
    let sections = sections.into_iter().filter(|(_, rows)| !rows.is_empty());
    sections.collect()
}

fn section(words: &mut Words, caption: &str, rows: &[&Owed], locale: Locale, base: &str) {
    if !caption.is_empty() {
        let _ = write!(words.body, "\n{caption} ({})\n", rows.len());
        let _ = writeln!(
            words.html,
            "<h2>{} ({})</h2>",
            escape::html(caption),
            rows.len()
        );
    }
    words.html.push_str("<ul>\n");
    for row in rows {
        let href = format!("{base}{}", row.href());
        let (title, rest) = (title(row, locale), rest(row, locale));
        let why = escape::line(&row.why);
        let _ = write!(words.body, "\n- {title}\n  {rest}\n");
        let _ = write!(
            words.html,
            "<li><a href=\"{}\">{}</a><br>{}",
            escape::html(&href),
            escape::html(&title),
            escape::html(&rest)
        );
        if !why.is_empty() {
            let _ = writeln!(words.body, "  {why}");
            let _ = write!(words.html, "<br>{}", escape::html(&why));
        }
        let _ = writeln!(words.body, "  {href}");
        words.html.push_str("</li>\n");
    }
    words.html.push_str("</ul>\n");
}

/// What it is, after what is asked of the reader where that is a word.
fn title(row: &Owed, locale: Locale) -> String {
    let catalogue = locale.catalogue();
    let t = &catalogue.pages;
    let act = match row.what {
        OwedKind::Changed(_) => Some(catalogue.follow.head),
        OwedKind::Verify(_) => Some(t.items.do_verify),
        OwedKind::Confirm(_) => Some(t.items.do_confirm),
        OwedKind::Grant { .. } => Some(t.items.do_grant),
        OwedKind::Answer(_) => Some(t.week.answer),
        OwedKind::Read(_) => Some(catalogue.notices.to_read),
        OwedKind::Vote(_) => Some(catalogue.poll.send_vote),
        OwedKind::Mentioned(_) => Some(catalogue.pages.requests.mentioned),
        OwedKind::Item { .. } | OwedKind::Story(_) => None,
    };
    let title = escape::line(&row.title);
    act.map_or_else(|| title.clone(), |act| format!("{act}: {title}"))
}

/// Its launch, and by when: “Portal · Due: Thu 7 May, 2 days ago”.
fn rest(row: &Owed, locale: Locale) -> String {
    let t = &locale.catalogue().pages.week;
    let when = |words: &str, day| {
        let (on, seen) = (
            day_seen(locale, row.today, day),
            ago(locale, row.today, day),
        );
        format!("{words}: {on}, {seen}")
    };
    let start = row.start.map(|day| when(t.start, day));
    let due = row.due.map(|day| when(t.due, day));
    let launch = escape::line(&row.launch_title);
    let parts: Vec<String> = [Some(launch), start, due].into_iter().flatten().collect();
    parts.join(" · ")
}
