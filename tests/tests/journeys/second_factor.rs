//! A second factor, from the phone to the recovery codes to the administrator. The phone is the browser's
//! own cryptography: not what the product computes with.

use startklar_tests::{
    Product,
    browser::{Browser, Driver},
};

use crate::{
    REFUSED,
    people::{PASSWORD, invite, katrin},
};

/// The code that an app shows so many seconds from now.
pub(crate) async fn code(browser: &Browser, key: &str, seconds: i64) -> String {
    let script = r"
        const done = arguments[arguments.length - 1], letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
        const bits = [...'KEY'.replaceAll(' ', '')]
            .map(c => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
        const secret = Uint8Array.from(bits.match(/.{8}/g), byte => parseInt(byte, 2));
        const period = new DataView(new ArrayBuffer(8));
        period.setBigUint64(0, BigInt(Math.floor((Date.now() / 1000 + SECONDS) / 30)));
        crypto.subtle.importKey('raw', secret, {name: 'HMAC', hash: 'SHA-1'}, false, ['sign'])
            .then(key => crypto.subtle.sign('HMAC', key, period))
            .then(tag => {
                const from = new DataView(tag), at = from.getUint8(19) & 15;
                const code = (from.getUint32(at) & 0x7fffffff) % 1000000;
                done(code.toString().padStart(6, '0'));
            })";
    let script = script
        .replace("KEY", key)
        .replace("SECONDS", &seconds.to_string());
    let code = browser.wait_for(&script).await;
    code.as_str().expect("a code").to_owned()
}

async fn no_barriers(browser: &Browser) {
    browser.alive().await;
    assert_eq!(browser.barriers().await, Vec::<String>::new());
}

/// Sets it up on one's own page; says the key and the first recovery code.
pub(crate) async fn set_up(browser: &Browser, product: &Product) -> (String, String) {
    let section = "section[aria-labelledby=factor]";
    browser.open(&format!("{}/account", product.base())).await;
    browser.says(section, "It is off.").await;
    let password = format!("{section} [name=password]");
    browser.type_into(&password, PASSWORD).await;
    browser.click_words(section, "Set it up").await;
    browser.shows("svg.qr path").await;
    no_barriers(browser).await;
    let key = browser.words("main .secret").await;
    let first = code(browser, &key, 0).await;
    browser.type_into("[name=code]", &first).await;
    browser.click_words("main", "Turn it on").await;
    browser.says("h1", "Your recovery codes").await;
    no_barriers(browser).await;
    let recovery = browser.words(".codes .secret").await;
    browser.click_words("main", "I have kept them").await;
    browser.says(section, "10 recovery codes are left").await;
    no_barriers(browser).await;
    (key, recovery)
}

/// Says the password, and comes to where a code is asked for.
pub(crate) async fn says_password(browser: &Browser, login: &str) {
    browser.type_into("[name=login]", login).await;
    browser.type_into("[name=password]", PASSWORD).await;
    browser.click("main form .button--main").await;
    browser.says("h1", "The second factor").await;
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_until_an_administrator_helps() {
    let place = tempfile::tempdir().unwrap();
    let product = Product::serve(&place.path().join("journal.sqlite"));
    let driver = Driver::start();
    product.client().form("/sample", "");
    let katrin = katrin(&product, &driver).await;
    let nils = invite(&product, &driver, &katrin, "Nils Sommer").await;
    let (key, recovery) = set_up(&nils, &product).await;
    nils.click_words("main", "Sign out").await;
    nils.is_at("/login").await;

    let plan = format!("{}/l/metakube/plan", product.base());
    nils.open(&plan).await;
    says_password(&nils, "nils").await;
    no_barriers(&nils).await;
    nils.forgive(REFUSED);
    nils.type_into("[name=code]", "12345").await;
    nils.click("main form .button--main").await;
    nils.says(".notice--refused", "This code does not fit")
        .await;
    let next = code(&nils, &key, 30).await;
    nils.type_into("[name=code]", &next).await;
    nils.click("main form .button--main").await;
    nils.is_at("/l/metakube/plan").await;

    // On another machine, without scripts, by a code off the paper.
    let other = driver.browser().await;
    other.without_script();
    other.visit(&plan).await;
    says_password(&other, "nils").await;
    other.click_words("main", "Use a recovery code").await;
    other.type_into("main details [name=code]", &recovery).await;
    other.click("main details form .button").await;
    other.is_at("/l/metakube/plan").await;

    // Phone and paper are gone.
    katrin.open(&format!("{}/people", product.base())).await;
    katrin.says("main", "member, second factor").await;
    katrin
        .click_words("main", "Take the second factor away")
        .await;
    no_barriers(&katrin).await;
    katrin.click_words("main", "Take it away").await;
    katrin.says(".notice", "is taken away").await;
    other.visit(&plan).await;
    other.says("h1", "Sign in").await;
    other.type_into("[name=login]", "nils").await;
    other.type_into("[name=password]", PASSWORD).await;
    other.click("main form .button--main").await;
    other
        .says(".notice", "An administrator took away your second factor")
        .await;
}
