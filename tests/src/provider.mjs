// A provider of OpenID Connect that others have written, on this machine. Whoever comes is believed
// whatever they type; their name is what they typed, with a capital. Arguments: where the packages are,
// where people are sent back to, and the secret of the client.
import http from "node:http";
import { pathToFileURL } from "node:url";

const [packages, back, secret] = process.argv.slice(2);
const entry = `${packages}/oidc-provider/lib/index.js`;
const { default: Provider } = await import(pathToFileURL(entry));

const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "startklar", client_secret: secret, redirect_uris: [back] }],
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], email: ["email"], profile: ["name"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: id[0].toUpperCase() + id.slice(1), email: `${id}@example.org` }),
    }),
  });
  provider.use(async (context, next) => {
    // Browsers ask for it by themselves.
    if (context.path === "/favicon.ico") {
      context.status = 204;
      return;
    }
    await next();
    // Its pages would load a font from another server.
    if (typeof context.body === "string") {
      context.body = context.body.replace(/@import url\([^)]*\);/, "");
    }
  });
  server.on("request", provider.callback());
  console.log(`listening on ${issuer}`);
});
