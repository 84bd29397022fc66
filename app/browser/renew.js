// Keeps a page that the server draws as it is now: fetched again once something has happened, and as time
// goes by. A form that somebody writes in stays as it is, and whoever is just doing something is waited for.

// Where it is told what happens; empty where only the clock is followed.
const stream = document.documentElement.dataset.follow;

// Milliseconds. Several things often happen at once, and not all readers need ask at the same moment.
const soon = () => 200 + Math.random() * 300;
const again = 5_000;
const clock = 60_000;
const patience = 10_000;

const here = () => document.getElementById("drawn");
const all = (page, css) => [...page.querySelectorAll(css)];

const hint = (name, on) => here()?.querySelector(`[data-hint=${name}]`)?.toggleAttribute("hidden", !on);
const isHinted = (name) => here()?.querySelector(`[data-hint=${name}]`)?.hidden === false;

// Why the page may be old: the stream is broken, the last look failed.
const broken = { stream: false, look: false };
const lost = (what, is) => {
    broken[what] = is;
    hint("lost", broken.stream || broken.look);
};

const isWritten = (form) => written(form).some(isChanged);

let isPressed = false;
const isBusy = () =>
    isPressed ||
    document.activeElement?.matches("#drawn :is(input, textarea, select)") ||
    !getSelection().isCollapsed;

// What a page shows, but for what only tells the time; who reads it, and how.
const content = (drawn) => {
    const copy = drawn.cloneNode(true);
    for (const one of all(copy, "[data-volatile]")) one.remove();
    return copy.innerHTML;
};
const frame = (page) => {
    const { me, locale, theme } = JSON.parse(page.getElementById("boot").textContent);
    return JSON.stringify([me, locale, theme, page.querySelector("link[rel=stylesheet]")?.getAttribute("href")]);
};

let shown = here() && content(here());
const framed = frame(document);

// Each form that is being written in, and the one that stands for it on the new page.
const kept = (old, next) => {
    const others = new Map(all(next, "form").map((form) => [about(form), form]));
    return all(old, "form")
        .filter(isWritten)
        .map((form) => [form, others.get(about(form))]);
};

// What a reader has opened stays open, what they have closed stays closed.
const fold = (head) => `${head.parentNode.id || head.closest("[id]")?.id} ${head.textContent}`;
const unfold = (old, next) => {
    const heads = (page) => all(page, "details > summary");
    const open = new Map(heads(old).map((head) => [fold(head), head.parentNode.open]));
    for (const head of heads(next)) head.parentNode.open = open.get(fold(head)) ?? head.parentNode.open;
};

// Finds on a new page what has the focus on the old one: a field by its form, since many are called the same.
const finder = (focused) => {
    const form = focused.closest("form");
    if (form) {
        const [what, nth] = [about(form), [...form.elements].indexOf(focused)];
        return (page) => all(page, "form").find((one) => about(one) === what)?.elements[nth];
    }
    const key = { summary: fold, a: (link) => link.getAttribute("href") }[focused.localName];
    const what = key?.(focused);
    return (page) => key && all(page, focused.localName).find((one) => key(one) === what);
};

// Who does not see what others did is told that something changed.
let isNews = false;
const said = document.body.appendChild(document.createElement("p"));
said.className = "away";
said.role = "status";

const tell = (drawn) => {
    const time = new Date().toLocaleTimeString(document.documentElement.lang);
    if (isNews) said.textContent = `${drawn.querySelector("[data-done]").dataset.done} ${time}`;
    isNews = false;
};

// What is read stays where it is, whatever comes above it.
const held = () => {
    const top = (one) => one.getBoundingClientRect().top;
    const first = all(here(), "[id]").find((one) => top(one) >= 0 && top(one) < innerHeight);
    const was = first && top(first);
    return () => {
        const now = first && document.getElementById(first.id);
        if (now && scrollY > 0) scrollBy({ top: top(now) - was, behavior: "instant" });
    };
};

const replace = (old, next, forms) => {
    const hold = held();
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const find = focused && finder(focused);
    unfold(old, next);
    for (const [form, other] of forms) {
        const folded = other.closest("details");
        if (folded) folded.open = true;
        other.replaceWith(form);
    }
    old.replaceChildren(...next.childNodes);
    hint("lost", broken.stream);
    find?.(old)?.focus({ preventScroll: true });
    hold();
};

const put = (page) => {
    const [old, next] = [here(), page.getElementById("drawn")];
    if (!old || !next) return;
    const forms = kept(old, next);
    // Another reader, language or version: the page around has changed too.
    if (frame(page) !== framed) return forms.length || isBusy() ? hint("gone", true) : location.reload();
    const fresh = content(next);
    const isSame = fresh === shown;
    if (!isSame && forms.some(([, other]) => !other)) return hint("gone", true);
    hint("gone", false);
    hint("changed", !isSame && isBusy());
    // A page that is printed says of when it is.
    const clocks = all(next, "[data-volatile]");
    if (isSame) all(old, "[data-volatile]").forEach((one, n) => one.replaceChildren(...clocks[n].childNodes));
    if (isSame || isBusy()) return;
    replace(old, next, forms);
    shown = fresh;
    document.title = page.title;
    tell(old);
};

// The reader is signed out, or the launch is gone: it would not come back by itself. Whoever comes back to the
// page looks again, and what is there again is followed again.
let source;
let timer;
const end = () => {
    source?.close();
    clearInterval(timer);
    timer = undefined;
    hint("gone", true);
};
const begin = () => {
    if (timer !== undefined) return;
    timer = setInterval(lookIn, clock, 0);
    if (stream) listen();
};

const look = async () => {
    // Said, so that what the next page has to say waits for that page.
    const headers = { "startklar-renews": "1" };
    const answer = await fetch(location.href, { headers, signal: AbortSignal.timeout(patience) });
    if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return end();
    if (!answer.ok) throw new Error(answer.statusText);
    const text = await answer.text();
    lost("look", false);
    begin();
    put(new DOMParser().parseFromString(text, "text/html"));
};

let due;
let isLooking = false;

const lookIn = (millis) => {
    due ??= setTimeout(async () => {
        due = undefined;
        // Nobody sees it: it is looked for once somebody does.
        if (document.hidden) return;
        if (isLooking) return lookIn(soon());
        isLooking = true;
        try {
            await look();
        } catch {
            lost("look", true);
            lookIn(again);
        }
        isLooking = false;
    }, millis);
};

const listen = () => {
    source?.close();
    source = new EventSource(stream);
    source.onmessage = () => {
        isNews = true;
        lookIn(soon());
    };
    source.onopen = () => {
        if (broken.stream) lookIn(0);
        lost("stream", false);
    };
    source.onerror = () => {
        lost("stream", true);
        lookIn(soon());
        // Broken, it is opened again by the browser, but not once refused.
        if (source.readyState === EventSource.CLOSED) setTimeout(() => timer !== undefined && listen(), again);
    };
};

const waited = () => isHinted("changed") && lookIn(soon());
const press = (is) => () => {
    isPressed = is;
    if (!is) waited();
};

begin();
document.addEventListener("visibilitychange", () => lookIn(soon()));
for (const event of ["focusout", "selectionchange"]) document.addEventListener(event, waited);
addEventListener("pointerdown", press(true), true);
for (const up of ["pointerup", "pointercancel"]) addEventListener(up, press(false), true);
addEventListener("online", () => lookIn(0));
addEventListener("offline", () => lost("look", true));
// A page that goes into the browser's cache of pages must not hold a stream open.
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (stream) listen();
    lookIn(0);
});
