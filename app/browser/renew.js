// Keeps a page that the server draws as it is now: fetched again once something has happened, and as time
// goes by. A form that somebody writes in stays as it is, and whoever is just writing is waited for.

// Where it is told what happens; empty where only the clock is followed.
const stream = document.documentElement.dataset.follow;

// Milliseconds: several things often happen at once; a refused stream is asked for again; dates pass.
const soon = 300;
const again = 5_000;
const clock = 60_000;

const here = () => document.getElementById("drawn");
const hint = (name, on) => here()?.querySelector(`[data-${name}]`)?.toggleAttribute("hidden", !on);
const isWritten = (form) => written(form).some(isChanged);

// What it was drawn from: what readers open and mark on it is theirs.
let drawn = here()?.innerHTML;
let isLost = false;

const lost = (is) => {
    isLost = is;
    hint("lost", is);
};

const isBusy = () =>
    document.activeElement?.matches("#drawn :is(input, textarea, select)") || !getSelection().isCollapsed;

// Each form that is being written in, and the one that stands for it on the new page.
const kept = (old, next) => {
    const others = new Map([...next.querySelectorAll("form")].map((form) => [about(form), form]));
    const forms = [...old.querySelectorAll("form")].filter(isWritten);
    return forms.map((form) => [form, others.get(about(form))]);
};

// What a reader has opened stays open, what they have closed stays closed.
const unfold = (old, next) => {
    const heads = (page) => [...page.querySelectorAll("details > summary")];
    const open = new Map(heads(old).map((head) => [head.textContent, head.parentNode.open]));
    for (const head of heads(next)) head.parentNode.open = open.get(head.textContent) ?? head.parentNode.open;
};

// Who does not see what others did is told that something changed.
let isNews = false;
const said = document.body.appendChild(document.createElement("p"));
said.className = "away";
said.role = "status";

const put = (old, next) => {
    const fresh = next.innerHTML;
    if (fresh === drawn) return;
    const forms = kept(old, next);
    if (isBusy() || forms.some(([, other]) => !other)) return hint("changed", true);
    unfold(old, next);
    for (const [form, other] of forms) {
        const folded = other.closest("details");
        if (folded) folded.open = true;
        other.replaceWith(form);
    }
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceChildren(...next.childNodes);
    const same = focused && [...old.querySelectorAll(focused.localName)].find((one) => one.isEqualNode(focused));
    same?.focus({ preventScroll: true });
    drawn = fresh;
    const time = new Date().toLocaleTimeString(document.documentElement.lang);
    if (isNews) said.textContent = `${old.querySelector("[data-changed]").dataset.done} ${time}`;
    isNews = false;
};

const look = async () => {
    const answer = await fetch(location.href);
    // The session is over, or the launch is gone.
    if (!answer.ok || answer.redirected) return lost(true);
    lost(false);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, next] = [here(), page.getElementById("drawn")];
    if (old && next) put(old, next);
};

let due;
let isLooking = false;

const lookIn = (millis) => {
    due ??= setTimeout(async () => {
        due = undefined;
        // Nobody sees it: it is looked for once somebody does.
        if (document.hidden) return;
        if (isLooking) return lookIn(soon);
        isLooking = true;
        await look().catch(() => lost(true));
        isLooking = false;
    }, millis);
};

let source;

const listen = () => {
    source = new EventSource(stream);
    source.onmessage = () => {
        isNews = true;
        lookIn(soon);
    };
    source.onopen = () => isLost && lookIn(0);
    source.onerror = () => {
        lost(true);
        if (source.readyState === EventSource.CLOSED) setTimeout(listen, again);
    };
};

if (stream) listen();
setInterval(lookIn, clock, 0);
for (const event of ["visibilitychange", "focusout"]) document.addEventListener(event, () => lookIn(soon));
addEventListener("online", () => lookIn(0));
addEventListener("offline", () => lost(true));
// A page that goes into the browser's cache of pages must not hold a stream open.
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
