// Asks the browser for a passkey: to sign in by one, or to make one. The page says by which addresses, and in
// its reader's language what may go wrong.

const key = globalThis.PublicKeyCredential;
const knows = key?.parseCreationOptionsFromJSON && key?.parseRequestOptionsFromJSON && key?.prototype.toJSON;

for (const form of document.querySelectorAll("form[data-passkey]")) {
    const { passkey: which, begin, lacking, cancelled, known, failed } = form.dataset;
    const says = document.querySelector(`[data-passkey-says=${which}]`);
    const say = (text) => {
        says.textContent = text;
        says.hidden = false;
    };
    if (!knows) {
        say(lacking);
        continue;
    }

    const ask = {
        get: (publicKey) =>
            navigator.credentials.get({ publicKey: key.parseRequestOptionsFromJSON(publicKey) }),
        create: (publicKey) =>
            navigator.credentials.create({ publicKey: key.parseCreationOptionsFromJSON(publicKey) }),
    }[which];

    // What the server wants to be asked; nothing where the page is left.
    const wanted = async () => {
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(begin, { method: "POST", body, redirect: "manual" });
        if (answer.type === "opaqueredirect") {
            // The session has ended: the page leads to where one signs in.
            location.reload();
            return undefined;
        }
        const said = await answer.json();
        if (answer.ok) return said.publicKey;
        throw { name: "Refused", message: said.detail };
    };

    // A form of its own: the password was said, and goes no second time.
    const send = (credential) => {
        const end = document.createElement("form");
        Object.assign(end, { method: "post", action: form.action, hidden: true });
        const back = form.elements.namedItem("back")?.value;
        for (const [name, value] of [["back", back], ["credential", JSON.stringify(credential)]]) {
            if (value === undefined) continue;
            const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
            end.append(field);
        }
        form.after(end);
        end.submit();
    };

    const why = (error) => {
        if (error.name === "Refused") return error.message;
        if (error.name === "NotAllowedError" || error.name === "AbortError") return cancelled;
        if (error.name === "InvalidStateError") return known;
        return failed.replace("{reason}", error.message);
    };

    let waits = false;
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (waits) return;
        waits = true;
        says.hidden = true;
        form.setAttribute("aria-busy", "true");
        let text = "";
        try {
            const publicKey = await wanted();
            if (publicKey) send(await ask(publicKey));
        } catch (error) {
            text = why(error);
        }
        form.removeAttribute("aria-busy");
        waits = false;
        if (text) say(text);
    });
    form.parentElement.hidden = false;
}
