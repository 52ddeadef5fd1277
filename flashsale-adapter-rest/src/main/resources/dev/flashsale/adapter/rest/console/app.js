// The page: who is there, which view is shown, and what is asked for all the time.
import {ask, session} from "./api.js";
import {h, problem, time} from "./dom.js";
import {Nodes, repeatedly} from "./live.js";
import * as audit from "./audit.js";
import * as customers from "./customers.js";
import * as log from "./log.js";
import * as money from "./money.js";
import * as orders from "./orders.js";
import * as product from "./product.js";
import * as sales from "./sales.js";
import * as webhooks from "./webhooks.js";

const VIEWS = {"": ["Sales", sales], product: [null, product], orders: ["Orders", orders], customers: ["Customers", customers],
  money: ["Money", money], audit: ["Audit", audit], log: ["Log", log], webhooks: ["Webhooks", webhooks]};
const HEALTH_MS = 10000;

const main = document.getElementById("main");
const nav = document.getElementById("nav");
const strip = document.getElementById("strip");
const nodes = new Nodes();
let shown = null;
let stops = [];
let health = null;
let lost = null;

function show() {
  shown?.end?.();
  const [name, id] = location.hash.replace(/^#\/?/, "").split("/");
  const [title, view] = VIEWS[name] ?? VIEWS[""];
  main.replaceChildren();
  shown = view.show(main, decodeURIComponent(id ?? "")) ?? {};
  shown.live?.(nodes);
  document.title = `${title ?? "Product"} – Flashsale console`;
  nav.replaceChildren(...Object.entries(VIEWS).filter(([key, [label]]) => label)
    .map(([key, [label]]) => h("a", {href: `#/${key}`,
      "aria-current": key === name || (key === "" && name === "product") ? "page" : null}, label)));
}

/** What is wrong comes first, and says so in words. */
function sayHow() {
  const wrong = [];
  if (lost) wrong.push(lost);
  if (health?.status === "degraded") {
    if (health.audit?.violations) wrong.push(`${health.audit.violations} products do not add up: see Audit.`);
    if (health.failure) wrong.push(`Something failed at ${time(health.failure.at)}: ${health.failure.what}, ${health.failure.subject}. The log says more.`);
  }
  const last = nodes.readings.map(reading => reading.at).filter(Boolean).sort().at(-1);
  strip.classList.toggle("bad", wrong.length > 0);
  strip.textContent = wrong.length ? wrong.join(" ")
    : last ? `Pieces are the database's, of all nodes, as of ${time(last)}. Rates and times are of ${nodes.words}.` : "The first reading is under way.";
}

async function enter() {
  document.getElementById("session").hidden = nav.hidden = strip.hidden = false;
  show();
  stops = [
    repeatedly(async signal => {
      try {
        nodes.add(await ask("api/live", {signal}));
        lost = null;
        shown?.live?.(nodes);
      } catch (failure) {
        if (failure.name !== "AbortError") lost = `No new numbers: ${failure.message}`;
      }
      sayHow();
    }),
    repeatedly(async signal => {
      health = await ask("health", {signal}).catch(() => null);
    }, HEALTH_MS),
  ];
}

function leave(why) {
  stops.forEach(stop => stop());
  shown?.end?.();
  shown = null;
  session.forget();
  document.querySelectorAll("dialog").forEach(dialog => dialog.close());
  document.getElementById("session").hidden = nav.hidden = strip.hidden = true;
  document.title = "Flashsale console";
  const wrong = h("div", {}, why ? problem(new Error(why)) : null);
  const token = h("input", {id: "token", type: "password", autocomplete: "off", required: true, spellcheck: "false"});
  const form = h("form", {method: "post"},
    h("label", {for: "token"}, h("span", {}, "Operator's token"), token),
    h("p", {class: "soft"}, "It stays in this tab until it is closed, and is sent to this server alone, in a header."),
    wrong,
    h("div", {class: "actions"}, h("button", {type: "submit", class: "main"}, "Enter")));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    session.token = token.value.trim();
    try {
      nodes.add(await ask("api/live"));
      await enter();
      main.focus();
    } catch (failure) {
      session.forget();
      wrong.replaceChildren(problem(failure));
      token.focus();
    }
  });
  main.replaceChildren(h("section", {class: "card enter"}, h("h1", {}, "Flashsale console"), form));
  token.focus();
}

window.addEventListener("hashchange", () => {
  if (session.token) {
    show();
    main.focus();
  }
});
window.addEventListener("unknown-token", event => {
  if (shown) leave(event.detail ?? "The token is not known.");
});
document.getElementById("leave").addEventListener("click", () => leave());
document.getElementById("skip").addEventListener("click", event => {
  // The address is for views.
  event.preventDefault();
  main.focus();
});

if (session.token) enter();
else leave();
