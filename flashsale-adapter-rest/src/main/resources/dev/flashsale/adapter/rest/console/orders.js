// Orders: one by its number, or those of a product in a state.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {doer} from "./dialog.js";
import {card, h, money, number, problem, stamp, table, words} from "./dom.js";

const STATUSES = ["pending", "paid", "failed", "expired", "cancelled", "refunded", "returned"];

const lines = order => order.items ?? [{product_id: order.product_id, quantity: order.quantity}];

/** What can be done with an order as it is. */
function doers(order, then, kind = "small") {
  const full = {...order, lines: lines(order)};
  return h("div", {class: "actions"},
    order.status === "pending" ? doer("Cancel", () => actions.cancel(order), then, kind) : null,
    order.status === "pending" ? doer("Extend", () => actions.extend(order), then, kind) : null,
    ["pending", "expired", "failed"].includes(order.status) ? doer("Accept", () => actions.accept(order), then, kind) : null,
    order.status === "paid" ? doer("Refund", () => actions.refund(full), then, kind) : null);
}

export function rows(caption, items, then) {
  return table(caption, [
    ["order", order => h("a", {href: `#/orders/${order.order_id}`}, String(order.order_id))],
    ["status", order => words(order.status)],
    ["pieces", order => lines(order).map(line => `${number(line.quantity)} of ${line.product_id}`).join(", ")],
    ["amount", order => money(order.amount, order.currency), "n"],
    ["pay until", order => stamp(order.payment_deadline)],
    ["customer", order => order.customer_id ? h("a", {href: `#/customers/${encodeURIComponent(order.customer_id)}`}, order.customer_id) : "–"],
    ["", order => doers(order, then)]], items);
}

function one(order, then) {
  return h("div", {class: "card"},
    h("div", {class: "head"}, h("h2", {}, `Order ${order.order_id}`), h("span", {class: "badge"}, words(order.status)), doers(order, then, null)),
    h("dl", {class: "facts"}, [
      ["amount", money(order.amount, order.currency)],
      ["pieces", lines(order).map(line => `${number(line.quantity)} of product ${line.product_id}`).join(", ")],
      ["customer", order.customer_id ?? "–"], ["placed", stamp(order.placed_at)], ["pay until", stamp(order.payment_deadline)],
      ["paid", stamp(order.paid_at)], ["waits for", order.waits_for ? words(order.waits_for) : "–"], ["reference", order.reference],
    ].flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    table("What the gateway reported, and what operators recorded.", [
      ["transaction", row => h("span", {class: "code"}, row.transaction_id)], ["status", row => words(row.status)],
      ["outcome", row => words(row.outcome)], ["amount", row => money(row.amount, row.currency), "n"], ["received", row => stamp(row.received_at)]],
    order.transactions ?? [], "No transaction yet."));
}

export function show(main, id) {
  const found = h("div", {});
  const list = h("div", {});
  const number_ = h("input", {id: "order", inputmode: "numeric", pattern: "[0-9]+", required: true, value: id});
  const product = h("input", {id: "of-product", inputmode: "numeric", pattern: "[0-9]+", required: true});
  const status = h("select", {id: "of-status"}, STATUSES.map(key => h("option", {value: key}, words(key))));
  let after;

  const find = async () => {
    try {
      found.replaceChildren(one(await ask(`api/orders/${number_.value.trim()}`), find));
    } catch (failure) {
      found.replaceChildren(problem(failure));
    }
  };
  const page = async next => {
    try {
      const answer = await ask(`api/orders?${query({product_id: product.value.trim(), status: status.value, limit: 50, after: next})}`);
      after = answer.next;
      list.replaceChildren(rows(`Orders of product ${product.value} that are ${words(status.value)}.`, answer.items, () => page(next)),
        after ? h("button", {type: "button", onclick: () => page(after)}, "Next page") : "");
    } catch (failure) {
      list.replaceChildren(problem(failure));
    }
  };
  const submit = task => event => { event.preventDefault(); task(); };
  main.append(h("h1", {}, "Orders"),
    h("div", {class: "grid"},
      card("By number", h("form", {class: "line", onsubmit: submit(() => {
        if (location.hash === `#/orders/${number_.value.trim()}`) find();
        else location.hash = `#/orders/${number_.value.trim()}`;
      })}, h("label", {for: "order"}, "Order number", number_), h("button", {type: "submit", class: "main"}, "Find"))),
      card("Of a product", h("form", {class: "line", onsubmit: submit(() => page())},
        h("label", {for: "of-product"}, "Product number", product), h("label", {for: "of-status"}, "Status", status),
        h("button", {type: "submit", class: "main"}, "List")))),
    found, list);
  if (id) find();
}
