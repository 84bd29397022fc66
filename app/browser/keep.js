// Fills a form in again that the server refused: the page that says why is another one, and would come back
// without what was written. Passwords, codes and files are never kept; what is kept goes with the next page.

const key = "form";
const secret = new Set(["password", "file", "hidden", "submit", "button"]);
const state = new Set(["seen", "back", "command_id"]);

const isBox = (field) => field.type === "checkbox" || field.type === "radio";

// The fields that a reader fills in. Codes, be they of an app or for the day it is lost, are called so.
const written = (form) =>
    [...form.elements].filter((field) => field.name && !secret.has(field.type) && field.name !== "code");

// What a form is: where it goes, what it is about, what it asks for.
const about = (form) => {
    const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !state.has(field.name));
    const names = new Set(written(form).map((field) => field.name));
    return JSON.stringify([
        form.getAttribute("action"),
        hidden.map((field) => [field.name, field.value]),
        [...names],
    ]);
};

// The state that the form was drawn from: where it is another, somebody else has changed the same.
const seen = (form) => form.elements.seen?.value;

// Each field by its name and its place among those of that name.
const numbered = (form) => {
    const times = new Map();
    return written(form).map((field) => {
        const nth = times.get(field.name) ?? 0;
        times.set(field.name, nth + 1);
        return [`${field.name} ${nth}`, field];
    });
};

// Whether the reader has touched it.
const isChanged = (field) => {
    if (isBox(field)) return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
};

document.addEventListener(
    "submit",
    ({ target: form }) => {
        if (form.method !== "post") return;
        const changed = numbered(form).filter(([, field]) => isChanged(field));
        const values = changed.map(([name, field]) => [name, isBox(field) ? field.checked : field.value]);
        try {
            sessionStorage.removeItem(key);
            sessionStorage.setItem(key, JSON.stringify([about(form), seen(form), values]));
        } catch {
            // Too much, or not allowed: the notice says what was written.
        }
    },
    true,
);

// Leads to the field that is to blame and says why, until the form says something else.
const blame = (form, field, why) => {
    field.setAttribute("aria-invalid", "true");
    field.setCustomValidity(why);
    field.reportValidity();
    const forgive = () => {
        field.removeAttribute("aria-invalid");
        field.setCustomValidity("");
    };
    for (const event of ["input", "reset"]) form.addEventListener(event, forgive, { once: true });
};

// A page that is alive says it by an attribute of the form.
new MutationObserver((changes) => {
    for (const { target: form } of changes) {
        const [name, nth, ...why] = form.dataset.blamed?.split(" ") ?? [];
        const field = new Map(numbered(form)).get(`${name} ${nth}`);
        if (field) blame(form, field, why.join(" "));
    }
}).observe(document, { subtree: true, attributeFilter: ["data-blamed"] });

const fill = (kept, notice) => {
    const [what, state, values] = JSON.parse(kept);
    const form = [...document.forms].find((form) => about(form) === what);
    if (!form || (seen(form) ?? null) !== (state ?? null)) return;
    const known = new Map(values);
    const fields = new Map(numbered(form));
    for (const [name, field] of fields) {
        if (!known.has(name)) continue;
        if (isBox(field)) field.checked = known.get(name);
        else field.value = known.get(name);
    }
    const folded = form.closest("details");
    if (folded) folded.open = true;
    const why = notice.firstChild.textContent;
    // It stands in the form again: the notice need not say it. What the page is made of stays, since it may
    // come alive yet.
    notice.querySelector("[data-written]")?.toggleAttribute("hidden", true);
    const wrong = fields.get(notice.dataset.refused);
    if (wrong) blame(form, wrong, why);
};

try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    const notice = document.querySelector("[data-refused]");
    if (kept && notice) fill(kept, notice);
} catch {
    // Without a place to keep it the form comes back as the page has it.
}
