//! A mail as it travels: headers, both texts, and by what its reader ends it.

use std::fmt::Display;

use lettre::{
    Message,
    error::Error,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use startklar::{texts::fill, time::Instant};

use super::{
    super::{Kind, Relay, Wish},
    escape,
};
use crate::{store::Mail, texts};

/// How it looks. Within the mail, because nothing is loaded.
const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:40em;margin:1em auto;padding:0 1em}\
    h2{font-size:1em;margin:1.5em 0 .5em}ul{padding-left:1.2em}li{margin:.6em 0}\
    footer{color:#595959;font-size:.85em;border-top:1px solid #ccc;margin-top:2em}";

/// A mail of the outbox, ready to be sent to whoever has this name and these wishes. `secret` is what
/// proves to this server that its reader ends it, or that an address is theirs.
pub(in crate::mail) fn message(
    mail: &Mail,
    kind: Kind,
    (wish, name): (&Wish, &str),
    relay: &Relay,
    secret: &str,
    at: Instant,
) -> Result<Message, Error> {
    // Before an address is confirmed, nobody is called by name there.
    let (way, name) = match kind {
        Kind::Address => ("address", None),
        Kind::Digest | Kind::Notice | Kind::Safety => ("unsubscribe", Some(escape::line(name))),
    };
    let link = format!("{}/{way}/{secret}", relay.base);
    let to = Mailbox::new(name, wish.address.clone());
    let mut message = Message::builder()
        .from(relay.from.clone())
        .to(to)
        .subject(mail.subject.clone())
        .date(at.into())
        // The same at each try, so that whoever gets it twice can tell.
        .message_id(Some(format!("<{}@{}>", mail.id, relay.name)))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", wish.locale.tag().to_owned()));
    if matches!(kind, Kind::Digest | Kind::Notice) {
        message = message.raw_header(header("List-Unsubscribe", format!("<{link}>")));
        // Programs may only do it by https.
        if relay.base.starts_with("https:") {
            let one_click = "List-Unsubscribe=One-Click".to_owned();
            message = message.raw_header(header("List-Unsubscribe-Post", one_click));
        }
    }
    let (text, html) = (
        text(mail, kind, wish, relay, &link),
        html(mail, kind, wish, relay, &link),
    );
    message.multipart(MultiPart::alternative_plain_html(text, html))
}

/// A header of plain letters, as it is: an address in pieces would lead nowhere.
fn header(name: &'static str, value: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}

/// Why somebody gets this, and the words of the link that ends it, or by which they say yes.
fn foot(kind: Kind, wish: &Wish) -> (&'static str, &'static str) {
    let t = &texts::of(wish.locale).mail;
    match kind {
        Kind::Digest => (t.digest_why, t.digest_stop),
        Kind::Notice => (t.notice_why, t.notice_stop),
        Kind::Address => (t.address_why, t.address_yes),
        Kind::Safety => (t.safety_why, ""),
    }
}

fn text(mail: &Mail, kind: Kind, wish: &Wish, relay: &Relay, stop: &str) -> String {
    let ((why, end), base) = (foot(kind, wish), &relay.base);
    let settings = texts::of(wish.locale).mail.settings;
    let body = &mail.body;
    if kind == Kind::Address {
        return format!("{body}\n{end}:\n{stop}\n\n-- \n{why}\n");
    }
    if kind == Kind::Safety {
        return format!("{body}\n-- \n{why}\n{settings}: {base}/account\n");
    }
    format!("{body}\n-- \n{why}\n{settings}: {base}/account\n{end}: {stop}\n")
}

fn html(mail: &Mail, kind: Kind, wish: &Wish, relay: &Relay, stop: &str) -> String {
    let ((why, end), tag) = (foot(kind, wish), wish.locale.tag());
    let settings = texts::of(wish.locale).mail.settings;
    let link = |to: &str, words: &str| {
        let (to, words) = (escape::html(to), escape::html(words));
        format!("<a href=\"{to}\">{words}</a>")
    };
    let account = link(&format!("{}/account", relay.base), settings);
    let (subject, body, why) = (escape::html(&mail.subject), &mail.html, escape::html(why));
    let link = link(stop, end);
    let (yes, links) = match kind {
        Kind::Address => (format!("<p>{link}</p>\n"), String::new()),
        Kind::Safety => (String::new(), format!("<br>{account}")),
        Kind::Digest | Kind::Notice => {
            let links = [("account", &account as &dyn Display), ("stop", &link)];
            (String::new(), fill("<br>{account} · {stop}", &links))
        }
    };
    format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{subject}</title>\
         <style>{STYLE}</style></head>\n<body>\n{body}{yes}<footer><p>{why}{links}</p></footer>\n\
         </body></html>\n"
    )
}
