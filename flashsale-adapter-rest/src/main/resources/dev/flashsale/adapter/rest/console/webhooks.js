// Who is told of events, and how that went. It is there where the server has webhooks to send.
import {ask} from "./api.js";
import {card, h, problem, stamp, table, words} from "./dom.js";

const MOMENT = /^\d{4}-\d\d-\d\dT/;

const cell = value => value === null || value === undefined ? "–" : Array.isArray(value) ? value.join(", ")
  : typeof value === "object" ? h("span", {class: "code"}, JSON.stringify(value))
    : typeof value === "string" && MOMENT.test(value) ? stamp(value) : String(value);

/** Whatever the rows have, by its names. */
const generic = (caption, items, more = []) => table(caption,
  [...[...new Set(items.flatMap(item => Object.keys(item)))].map(key => [words(key), item => cell(item[key])]), ...more], items);

export function show(main) {
  const endpoints = h("div", {}, h("p", {class: "wait"}, "Loading…"));
  const deliveries = h("div", {});
  const look = async id => {
    try {
      deliveries.replaceChildren(card(`Deliveries to ${id}`, generic("The last page of them.", (await ask(`api/webhook-endpoints/${encodeURIComponent(id)}/deliveries`)).items)));
    } catch (failure) {
      deliveries.replaceChildren(problem(failure));
    }
  };
  main.append(h("h1", {}, "Webhooks"), card("Endpoints", endpoints), deliveries);
  ask("api/webhook-endpoints").then(page => endpoints.replaceChildren(generic("Who is told of events.", page.items, [
    ["", item => h("button", {type: "button", class: "small", onclick: () => look(item.id ?? item.endpoint_id)}, "Deliveries")]])))
    .catch(failure => endpoints.replaceChildren(problem(failure)));
}
