// Fills a form in again that the server refused: the page that says why is another one, and would come back
// without what was written. Passwords, codes and files are never kept; what is kept goes with the next page.

const key = "form";
const secret = new Set(["password", "file", "hidden", "submit", "button"]);

// What a form is: where it goes, and what it is about.
const about = (form) => {
    const state = new Set(["seen", "back", "command_id"]);
    const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((field) => !state.has(field.name));
    return JSON.stringify([form.getAttribute("action"), hidden.map((field) => [field.name, field.value])]);
};

// The fields that a reader fills in, each with its name and the how-manieth of that name it is.
const fields = (form) => {
    const times = new Map();
    return [...form.elements]
        .filter((field) => field.name && !secret.has(field.type) && field.autocomplete !== "one-time-code")
        .map((field) => {
            const nth = times.get(field.name) ?? 0;
            times.set(field.name, nth + 1);
            return [`${field.name} ${nth}`, field];
        });
};

const isBox = (field) => field.type === "checkbox" || field.type === "radio";

document.addEventListener(
    "submit",
    ({ target: form }) => {
        if (form.method !== "post") return;
        const values = fields(form).map(([name, field]) => [name, isBox(field) ? field.checked : field.value]);
        try {
            sessionStorage.setItem(key, JSON.stringify([about(form), values]));
        } catch {
            // Too much, or not allowed: the notice says what was written.
        }
    },
    true,
);

const fill = (kept) => {
    const [what, values] = JSON.parse(kept);
    const form = [...document.forms].find((form) => about(form) === what);
    if (!form) return;
    const known = new Map(values);
    for (const [name, field] of fields(form)) {
        if (!known.has(name)) continue;
        if (isBox(field)) field.checked = known.get(name);
        else field.value = known.get(name);
    }
    const folded = form.closest("details");
    if (folded) folded.open = true;
};

try {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (kept && document.querySelector(".notice--refused")) fill(kept);
} catch {
    // Without a place to keep it the form comes back as the page has it.
}
