// What operators did.
import {ask, query} from "./api.js";
import {card, h, problem, stamp, table, words} from "./dom.js";

export function show(main) {
  const product = h("input", {id: "log-product", inputmode: "numeric", pattern: "[0-9]+"});
  const order = h("input", {id: "log-order", inputmode: "numeric", pattern: "[0-9]+"});
  const list = h("div", {}, h("p", {class: "wait"}, "Loading…"));
  const page = async after => {
    try {
      const answer = await ask(`api/operator-log?${query({product_id: product.value.trim(), order_id: order.value.trim(), limit: 50, after})}`);
      list.replaceChildren(table("The last first.", [
        ["when", row => stamp(row.at)], ["what", row => words(row.action)],
        ["to", row => row.product_id ? h("a", {href: `#/product/${row.product_id}`}, `product ${row.product_id}`)
          : row.order_id ? h("a", {href: `#/orders/${row.order_id}`}, `order ${row.order_id}`)
            : row.conflict_id ? `conflict ${row.conflict_id}`
              : row.endpoint_id ? `endpoint ${row.endpoint_id}` : "–"],
        ["change", row => row.change], ["why", row => row.reason], ["who", row => row.operator]], answer.items, "Nothing was done by hand."),
      answer.next ? h("button", {type: "button", onclick: () => page(answer.next)}, "Earlier") : "");
    } catch (failure) {
      list.replaceChildren(problem(failure));
    }
  };
  main.append(h("h1", {}, "Operators’ log"),
    card("What operators did", h("form", {class: "line", onsubmit: event => { event.preventDefault(); page(); }},
      h("label", {for: "log-product"}, "Of product", product), h("label", {for: "log-order"}, "or of order", order),
      h("button", {type: "submit"}, "Show")), list));
  page();
}
