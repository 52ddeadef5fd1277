// Money to give back, payments that are kept, reports that contradict what is known.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {doer} from "./dialog.js";
import {card, h, money, problem, stamp, table, words} from "./dom.js";

const transaction = row => h("span", {class: "code"}, row.transaction_id);
const order = number => number ? h("a", {href: `#/orders/${number}`}, String(number)) : "–";
const amount = row => money(row.amount, row.currency);

const LISTS = [
  ["Money to give back", "Payments that were not owed, in the order in which they came.", "api/refunds", {}, "Nothing has to be given back.", then => [
    ["transaction", transaction], ["order", row => order(row.order_id)], ["amount", amount, "n"],
    ["left of it", row => money(row.rest, row.currency), "n"], ["why", row => words(row.why)], ["since", row => stamp(row.received_at)],
    ["", row => doer("Given back", () => actions.refundDone(row), then, "small")]]],
  ["Reports that contradict what is known", "Nothing came of them; money may have been taken: look at the gateway.", "api/payments", {status: "conflict"}, "No conflicts.", then => [
    ["transaction", transaction], ["status", row => words(row.status)], ["order it names", row => order(row.order_id)],
    ["known for order", row => order(row.known_order_id)], ["amount", amount, "n"], ["since", row => stamp(row.received_at)],
    ["", row => doer("Resolved", () => actions.resolved(row), then, "small")]]],
  ["Payments that wait for their orders", "They take effect once their orders are there; then, or when they are given up, they leave this list.", "api/payments", {status: "kept"}, "No payment is kept.", () => [
    ["transaction", transaction], ["order it waits for", row => order(row.order_id)], ["status", row => words(row.status)],
    ["amount", amount, "n"], ["since", row => stamp(row.received_at)], ["given up", row => stamp(row.given_up_at)]]],
];

export function show(main) {
  main.append(h("h1", {}, "Money"), ...LISTS.map(([title, caption, path, parameters, none, columns]) => {
    const list = h("div", {}, h("p", {class: "wait"}, "Loading…"));
    const page = async after => {
      try {
        const answer = await ask(`${path}?${query({...parameters, limit: 50, after})}`);
        list.replaceChildren(table(caption, columns(() => page(after)), answer.items, none),
          answer.next ? h("button", {type: "button", onclick: () => page(answer.next)}, "Next page") : "");
      } catch (failure) {
        list.replaceChildren(problem(failure));
      }
    };
    page();
    return card(title, list);
  }));
}
