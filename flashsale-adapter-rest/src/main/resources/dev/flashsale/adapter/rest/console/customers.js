// What a customer has, and forgetting one.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {doer} from "./dialog.js";
import {card, h, number, problem, stamp, table, words} from "./dom.js";
import {rows} from "./orders.js";

export function show(main, id) {
  const name = h("input", {id: "customer", required: true, maxlength: 128, pattern: "[!-~]+", value: id, autocomplete: "off"});
  const found = h("div", {class: "card", hidden: true});
  const look = async () => {
    found.hidden = false;
    try {
      const [holds, orders] = await Promise.all(["holds", "orders"].map(what => ask(`api/${what}?${query({customer_id: id, limit: 100})}`)));
      found.replaceChildren(
        h("div", {class: "head"}, h("h2", {}, `Customer ${id}`), h("div", {class: "actions"}, doer("Forget the customer", () => actions.forget(id), look, "danger"))),
        table("Holds, the first hundred.", [
          ["hold", hold => h("span", {class: "code"}, hold.hold_id)], ["status", hold => words(hold.status)],
          ["pieces", hold => (hold.items ?? [hold]).map(line => `${number(line.quantity)} of ${line.product_id}`).join(", ")],
          ["expires", hold => stamp(hold.expires_at)]], holds.items, "No holds under this id."),
        rows("Orders, the first hundred.", orders.items, look));
    } catch (failure) {
      found.replaceChildren(problem(failure));
    }
  };
  main.append(h("h1", {}, "Customers"),
    card("Find", h("form", {class: "line", onsubmit: event => {
      event.preventDefault();
      if (name.value.trim() === id) look();
      else location.hash = `#/customers/${encodeURIComponent(name.value.trim())}`;
    }}, h("label", {for: "customer"}, "Customer’s id", name), h("button", {type: "submit", class: "main"}, "Find"))),
    found);
  if (id) look();
}
