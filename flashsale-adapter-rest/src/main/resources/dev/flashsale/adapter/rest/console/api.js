// The server's interface. The token is in this tab's session and in one header, nowhere else.

const ROOT = new URL("../", import.meta.url);
const TOKEN = "flashsale-operator-token";
const NAME = "flashsale-operator-name";

export const session = {
  get token() { return sessionStorage.getItem(TOKEN); },
  set token(value) { sessionStorage.setItem(TOKEN, value); },
  get name() { return sessionStorage.getItem(NAME) ?? ""; },
  set name(value) { sessionStorage.setItem(NAME, value); },
  forget() { sessionStorage.removeItem(TOKEN); },
};

/** What the server refused, in its words. */
export class Refused extends Error {
  constructor(status, document) {
    super([document.detail ?? document.title ?? `The server answered ${status}.`,
      document.incident ? `The log knows it as ${document.incident}.` : ""].join(" ").trim());
    this.status = status;
    this.document = document;
  }
}

/** Asks; gives the answer's JSON, or throws Refused. */
export async function ask(path, {method = "GET", body, headers = {}, signal} = {}) {
  let answer;
  try {
    answer = await fetch(new URL(path, ROOT), {
      method,
      headers: {
        Authorization: `Bearer ${session.token}`,
        ...(body ? {"Content-Type": "application/json"} : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
      credentials: "omit",
      redirect: "error",
      signal,
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Refused(0, {detail: "The server cannot be reached."});
  }
  const document = await answer.json().catch(() => ({}));
  if (answer.status === 401) window.dispatchEvent(new CustomEvent("unknown-token", {detail: document.detail}));
  if (!answer.ok) throw new Refused(answer.status, document);
  return document;
}

/** A query of what is given. */
export const query = parameters => new URLSearchParams(
  Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "")).toString();
