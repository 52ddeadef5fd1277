// Where events are sent to, and what became of them there.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {doer} from "./dialog.js";
import {card, h, number, problem, stamp, table, words} from "./dom.js";

const code = text => h("span", {class: "code"}, text);

/** What is so, before since when. */
const state = row => !row.enabled ? `disabled: ${row.disabled_why}`
  : row.failing_since ? h("span", {}, "takes nothing since ", stamp(row.failing_since)) : "takes what is sent";

export function show(main) {
  const endpoints = h("div", {}, h("p", {class: "wait"}, "Loading…"));
  const deliveries = h("div", {});

  const look = async (id, after) => {
    try {
      const answer = await ask(`api/webhook-endpoints/${id}/deliveries?${query({limit: 50, after})}`);
      deliveries.replaceChildren(card(`Sent to endpoint ${id}`, table("The last attempts first.", [
        ["event", row => code(row.event_id)], ["kind", row => row.kind], ["status", row => words(row.status)],
        ["attempts", row => number(row.attempts), "n"], ["HTTP", row => row.http_status || "–", "n"],
        ["answer", row => row.answer || "–"], ["took", row => `${number(row.took_ms)} ms`, "n"], ["when", row => stamp(row.at)],
        ["", row => doer("Send again", () => actions.sendAgain(id, row), () => look(id, after), "small")]], answer.items, "Nothing was sent yet."),
      answer.next ? h("button", {type: "button", onclick: () => look(id, answer.next)}, "Earlier") : ""));
    } catch (failure) {
      deliveries.replaceChildren(problem(failure));
    }
  };

  const list = async () => {
    try {
      endpoints.replaceChildren(table("In the order in which they were made.", [
        ["endpoint", row => String(row.id), "n"], ["URL", row => code(row.url)], ["kinds", row => row.kinds.join(", ")],
        ["how it goes", state], ["waiting", row => number(row.waiting), "n"], ["since", row => stamp(row.created_at)],
        ["", row => h("div", {class: "actions"},
          h("button", {type: "button", class: "small", onclick: () => look(row.id)}, "What was sent"),
          doer(row.enabled ? "Disable" : "Enable", () => actions.enableEndpoint(row, !row.enabled), list, "small"),
          doer("Delete", () => actions.deleteEndpoint(row), list, "small"))]], (await ask("api/webhook-endpoints")).items,
      "Nobody is told of events. An endpoint is made by POST to /api/webhook-endpoints, whose answer has its secret."));
    } catch (failure) {
      endpoints.replaceChildren(problem(failure));
    }
  };

  main.append(h("h1", {}, "Webhooks"), card("Endpoints", endpoints), deliveries);
  list();
}
