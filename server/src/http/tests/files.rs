//! Files as evidence, by form and by API: what comes in, and that it comes out as a download.

use super::{access::Closed, *};

const OFFER: &[u8] = b"%PDF-1.7 \xe2\xe3 the offer";
const ITEM: &str = "/l/metakube/items/price-list";

/// A form with a file, as a browser sends it.
fn form(to: &str, name: &str, content: &[u8]) -> Request<Body> {
    let head = format!(
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/pdf\r\n\r\n"
    );
    let body = [head.as_bytes(), content, b"\r\n--b--\r\n"].concat();
    Request::post(to)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=b")
        .body(body.into())
        .unwrap()
}

/// A site at which somebody of sales works.
async fn site() -> Site {
    let site = Site::sample().await;
    site.form("/who", &[("person", "nils")]).await;
    site
}

impl Site {
    /// Sends a file by the form, and gives what the page then says.
    async fn attach(&self, name: &str, content: &[u8]) -> String {
        let sent = self
            .read(form(&format!("{ITEM}/files"), name, content))
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let to = sent.header("location").to_owned();
        assert_eq!(to, format!("{ITEM}#files"));
        self.get(ITEM).await.text
    }

    fn files(&self) -> usize {
        let id = "metakube".parse().unwrap();
        let launch = self.app.launches.get(&id);
        let launch = futures_util::FutureExt::now_or_never(launch);
        let launch = launch.unwrap().unwrap().launch();
        let item = launch.items.get(&"price-list".parse().unwrap());
        item.unwrap().files.len()
    }

    async fn put(&self, path: &str, who: &str, content: &[u8]) -> Answer {
        let mut request = Request::put(path).header("content-type", "application/pdf");
        if !who.is_empty() {
            request = request.header("startklar-person", who);
        }
        self.read(request.body(content.to_vec().into()).unwrap())
            .await
    }
}

fn sum() -> String {
    store::sum(OFFER)
}

#[tokio::test]
async fn a_file_goes_in_by_a_form_and_comes_out_byte_for_byte() {
    let site = site().await;
    let page = site.attach("../../Größe \u{202e}fdp.pdf", OFFER).await;
    assert!(page.contains("Größe fdp.pdf"), "a clean name");
    let path = format!("{ITEM}/files/{}", sum());
    assert!(page.contains(&format!("href=\"{path}\"")));
    let response = site
        .ask(Request::get(&path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(response.status(), StatusCode::OK);
    let headers = response.headers().clone();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(bytes, OFFER);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-length", "21"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, no-cache"),
        (
            "content-disposition",
            "attachment; filename=\"Gr__e fdp.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20fdp.pdf",
        ),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    let head = Request::head(&path).body(Body::empty()).unwrap();
    let head = site.read(head).await;
    assert_eq!((head.header("content-length"), head.text.len()), ("21", 0));
    let known = Request::get(&path).header("if-none-match", &headers["etag"]);
    let known = site.read(known.body(Body::empty()).unwrap()).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_file_travels_as_it_is() {
    let site = site().await;
    let long = "words and words\n".repeat(20_000);
    site.attach("notes.txt", long.as_bytes()).await;
    let path = format!("{ITEM}/files/{}", store::sum(long.as_bytes()));
    let request = Request::get(&path).header("accept-encoding", "gzip, br");
    let answer = site.read(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.header("content-length"), long.len().to_string());
    assert_eq!(answer.text, long);
}

#[tokio::test]
async fn no_name_becomes_anything_but_a_name() {
    for (name, expected) in [
        ("a\\\"; x=\\\"b.pdf", "filename=\"a_; x=_b.pdf\""),
        (
            "a%0d%0aSet-Cookie: a=b.pdf",
            "filename=\"a_0d_0aSet-Cookie: a=b.pdf\"",
        ),
        ("..\\..\\boot.ini", "filename=\"boot.ini.pdf\""),
        ("index.html", "filename=\"index.html.pdf\""),
        (
            "<img src=x onerror=alert(1)>",
            "filename=\"<img src=x onerror=alert(1)>.pdf\"",
        ),
        ("\u{202e}\u{200b}\u{feff}", "filename=\"file.pdf\""),
    ] {
        let site = site().await;
        let page = site.attach(name, OFFER).await;
        assert!(!page.contains("<img src=x"), "{name}");
        let answer = site.ask(
            Request::get(format!("{ITEM}/files/{}", sum()))
                .body(Body::empty())
                .unwrap(),
        );
        let found = answer.await.headers()["content-disposition"].clone();
        let found = found.to_str().unwrap();
        assert!(found.contains(expected), "{name}: {found}");
        assert!(!found.contains(['\r', '\n', '/']), "{found}");
    }
}

#[tokio::test]
async fn what_is_refused_is_named_with_what_is_allowed() {
    let site = site().await;
    for (name, content, words) in [
        (
            "offer.pdf",
            &b"<script>alert(1)</script>"[..],
            "“offer.pdf” is of no kind that is taken",
        ),
        (
            "logo.svg",
            b"<svg onload='alert(1)'/>",
            "“logo.svg” is of no kind that is taken",
        ),
        (
            "offer.pdf",
            b"plain words",
            "by its content it is a file “.txt”",
        ),
        ("offer.pdf", b"", "“offer.pdf” is empty"),
    ] {
        let page = site.attach(name, content).await;
        assert!(
            page.contains("notice--refused") && page.contains(words),
            "{words}"
        );
    }
    let large = vec![b'a'; 10_000_001];
    let page = site.attach("notes.txt", &large).await;
    assert!(page.contains("“notes.txt” is too large") && page.contains("at most 10 MB"));
    let page = site.attach("", b"").await;
    assert!(page.contains("Choose a file first."));
    assert_eq!(site.files(), 0);
    let kept = site.app.launches.store().file_store();
    assert_eq!(
        kept.launches_with_files().await.unwrap(),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_form_of_another_site_and_one_of_nobody_attach_nothing() {
    let site = Site::sample().await;
    let path = format!("{ITEM}/files");
    let nobody = site.read(form(&path, "a.pdf", OFFER)).await;
    assert!(nobody.header("location").starts_with("/who?back="));
    site.form("/who", &[("person", "nils")]).await;
    let mut forged = form(&path, "a.pdf", OFFER);
    let cross = "cross-site".parse().unwrap();
    forged.headers_mut().insert("sec-fetch-site", cross);
    let answer = site.read(forged).await;
    assert_eq!(answer.code(), "foreign_site");
    assert_eq!(site.files(), 0);
}

#[tokio::test]
async fn a_file_is_taken_off_by_a_form_and_stays_readable() {
    let site = site().await;
    site.attach("offer.pdf", OFFER).await;
    let path = format!("{ITEM}/files/{}", sum());
    let sum = sum();
    let off = [
        ("kind", "detach_file"),
        ("item", "price-list"),
        ("sha256", &sum),
        ("back", ITEM),
    ];
    site.form("/l/metakube/do", &off).await;
    assert_eq!(site.files(), 0);
    let page = site.get(ITEM).await.text;
    assert!(!page.contains(&format!("href=\"{path}\"")));
    let still = site
        .ask(Request::get(&path).body(Body::empty()).unwrap())
        .await;
    assert_eq!(still.status(), StatusCode::OK);
}

#[tokio::test]
async fn only_what_was_attached_there_is_given_out() {
    let site = site().await;
    site.attach("offer.pdf", OFFER).await;
    for path in [
        format!("{ITEM}/files/{}", "0".repeat(64)),
        format!("{ITEM}/files/..%2f..%2fjournal"),
        format!("/l/metakube/items/launch-mail/files/{}", sum()),
        format!("/l/nothing/items/price-list/files/{}", sum()),
    ] {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"));
        let api = path.replace("/l/", "/api/v1/launches/");
        let answer = site.get(&api).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{api}");
    }
}

#[tokio::test]
async fn a_program_sends_a_file_with_its_sum_and_reads_it_back() {
    let site = Site::sample().await;
    let api = "/api/v1/launches/metakube/items/price-list/files";
    let path = format!("{api}/{}?name=Offer.pdf", sum());
    assert_eq!(site.put(&path, "", OFFER).await.code(), "nobody_acts");
    let sent = site.put(&path, "nils", OFFER).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    let event = &sent.json()["records"][0]["event"]["file_attached"];
    assert_eq!(event["file"]["name"], "Offer.pdf");
    assert_eq!(event["file"]["sha256"], sum());
    assert_eq!(site.put(&path, "nils", OFFER).await.code(), "already");
    let read = Request::get(format!("{api}/{}", sum())).body(Body::empty());
    let read = site.ask(read.unwrap()).await;
    let bytes = read.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(bytes, OFFER);
    let large = vec![b'a'; 10_000_001];
    for (path, content, code) in [
        (
            format!("{api}/{}?name=a.pdf", "0".repeat(64)),
            OFFER,
            "other_content",
        ),
        (
            format!("{api}/{}?name=a.png", sum()),
            OFFER,
            "file_pretends",
        ),
        (format!("{api}/{}", sum()), OFFER, "unreadable"),
        (format!("{api}/{}?name=a.html", sum()), b"<p>", "file_kind"),
        (path.replace("price-list", "nothing"), OFFER, "unknown"),
        (path.replace("metakube", "nothing"), OFFER, "unknown"),
        (path.clone(), &large[..], "too_large"),
    ] {
        let refused = site.put(&path, "nils", content).await;
        assert_eq!(refused.code(), code, "{path}");
    }
    let command = serde_json::json!({"command": {"attach_file": {"item": "price-list", "file": {
        "name": "x.pdf", "media": "application/pdf", "size": 3, "sha256": "0".repeat(64),
    }}}});
    let made_up = site
        .post("/api/v1/launches/metakube/commands", "nils", &[], &command)
        .await;
    assert_eq!(made_up.code(), "no_content");
}

#[tokio::test]
async fn so_many_files_come_in_at_once_and_the_next_is_told_to_come_again() {
    let site = site().await;
    let all = site.app.uploads.acquire_many(8).await.unwrap();
    let page = site.attach("offer.pdf", OFFER).await;
    assert!(page.contains("notice--refused") && page.contains("Too much at once"));
    drop(all);
    site.attach("offer.pdf", OFFER).await;
    assert_eq!(site.files(), 1);
}

#[tokio::test]
async fn only_those_attach_whose_item_it_is_and_everybody_signed_in_reads() {
    let closed = Closed::new().await;
    let path = format!("{ITEM}/files/{}", sum());
    closed.as_("ines").await;
    let page = closed.site.attach("offer.pdf", OFFER).await;
    assert!(page.contains("Not yours to do here") && !page.contains("type=\"file\""));
    closed.as_("farah").await;
    let page = closed.site.attach("offer.pdf", OFFER).await;
    assert!(page.contains("Not yours to do here"));
    let kept = closed.site.app.launches.store().file_store();
    assert!(kept.launches_with_files().await.unwrap().is_empty());
    closed.as_("nils").await;
    let page = closed.site.attach("offer.pdf", OFFER).await;
    assert!(page.contains("type=\"file\"") && page.contains(&path));
    closed.as_("ines").await;
    let page = closed.site.get(ITEM).await.text;
    assert!(page.contains(&path) && !page.contains("detach_file"));
    let read = Request::get(&path).body(Body::empty()).unwrap();
    assert_eq!(closed.site.ask(read).await.status(), StatusCode::OK);
    closed.nobody();
    let read = closed.site.get(&path).await;
    assert!(read.header("location").starts_with("/login"));
}

#[tokio::test]
async fn a_token_sends_and_reads_files_as_far_as_it_was_made_to() {
    let closed = Closed::new().await;
    let (nils, now) = (closed.site.person("nils"), closed.site.app.seconds());
    let accounts = &closed.site.app.accounts;
    let [reads, writes] =
        [false, true].map(|writes| accounts.make_token(nils, "t", writes, 1, now));
    let (reads, writes) = (reads.await.unwrap(), writes.await.unwrap());
    let path = format!("/api/v1/launches/metakube/items/price-list/files/{}", sum());
    let put = |token: &str| {
        let request = Request::put(format!("{path}?name=offer.pdf"))
            .header("authorization", format!("Bearer {token}"));
        closed.site.read(request.body(OFFER.into()).unwrap())
    };
    assert_eq!(put(&reads).await.code(), "reads_only");
    assert_eq!(put("skl_00").await.code(), "sign_in");
    let sent = put(&writes).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    let get = async |path: &str| {
        let request = Request::get(path).header("authorization", format!("Bearer {reads}"));
        let request = request.body(Body::empty()).unwrap();
        closed.site.ask(request).await.status()
    };
    assert_eq!(get(&path).await, StatusCode::OK);
    // A token is for the API alone.
    assert_eq!(
        get(&format!("{ITEM}/files/{}", sum())).await,
        StatusCode::SEE_OTHER
    );
}
