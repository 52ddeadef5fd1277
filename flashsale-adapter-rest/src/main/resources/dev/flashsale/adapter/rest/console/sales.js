// All products, with the state of their sales and where their pieces are.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {doer} from "./dialog.js";
import {bar, h, money, moment, number, problem, rate, tile} from "./dom.js";
import {refusals, repeatedly} from "./live.js";

const LIST_MS = 10000;
const PAGE = 200;

/** How the sale of a product stands, in a word and how it looks. */
export function state(product) {
  if (product.retired) return ["retired", ""];
  if (product.sale === "upcoming") return [`opens ${moment(product.sale_starts_at)}`, "warn"];
  if (product.sale && product.sale !== "open") return [product.sale_ends_at ? `closed ${moment(product.sale_ends_at)}` : product.sale, "bad"];
  return product.available_stock === 0 ? ["nothing available", "warn"] : ["on sale", "good"];
}

export const badge = product => {
  const [words, kind] = state(product);
  return h("span", {class: `badge ${kind}`}, words);
};

export function show(main) {
  let retired = false;
  let limit = PAGE;
  let pieces = new Map();
  let cells = new Map();
  const tiles = h("dl", {class: "tiles", "aria-label": "All sales"});
  const list = h("div", {}, h("p", {class: "wait"}, "Loading…"));
  const more = h("button", {type: "button", hidden: true, onclick: () => { limit += PAGE; load(); }}, "More");

  const paint = () => cells.forEach(({place, places}, id) => {
    const of = pieces.get(id);
    if (!of) return;
    place.replaceChildren(bar(of));
    for (const kind of ["available", "held", "pending", "paid"]) places[kind].textContent = number(of[kind]);
  });

  const row = product => {
    const place = h("td", {class: "wide"}, "–");
    const places = Object.fromEntries(["available", "held", "pending", "paid"].map(kind => [kind, h("td", {class: "n"}, "–")]));
    cells.set(product.id, {place, places});
    return h("tr", {},
      h("td", {}, h("a", {href: `#/product/${product.id}`}, product.name), h("div", {class: "soft"}, `Product ${product.id}`)),
      h("td", {}, badge(product)),
      place, Object.values(places),
      h("td", {class: "n"}, number(product.stock)),
      h("td", {class: "n"}, money(product.price, product.currency)));
  };

  const load = async signal => {
    try {
      let items = [];
      let after;
      do {
        const page = await ask(`api/products?${query({limit: PAGE, after, retired: retired || undefined})}`, {signal});
        items = items.concat(page.items);
        after = page.next;
      } while (after && items.length < limit);
      more.hidden = !after;
      // What has the focus would lose it: it is looked at again at the next turn.
      if (list.contains(document.activeElement) && list.querySelector("tbody")) return;
      cells = new Map();
      const kinds = ["available", "held", "pending", "paid"];
      list.replaceChildren(items.length === 0 ? h("p", {}, retired ? "Nothing is retired." : "Nothing is on sale yet.")
        : h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Products"}, h("table", {},
          h("caption", {}, "Where the pieces are is read of the products on sale first, up to flashsale.metrics.products; – for others."),
          h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Product"), h("th", {scope: "col"}, "Sale"), h("th", {scope: "col"}, "Where its pieces are"),
            kinds.map(kind => h("th", {scope: "col", class: "n"}, h("span", {class: `dot ${kind}`, "aria-hidden": "true"}), ` ${kind}`)),
            h("th", {scope: "col", class: "n"}, "total"), h("th", {scope: "col", class: "n"}, "price"))),
          h("tbody", {}, items.map(row)))));
      list.querySelectorAll("th .dot").forEach(dot => { dot.style.display = "inline-block"; });
      paint();
    } catch (failure) {
      if (failure.name !== "AbortError") list.replaceChildren(problem(failure));
    }
  };

  main.append(
    h("div", {class: "head"}, h("h1", {}, "Sales"),
      h("div", {class: "actions"}, doer("New product", actions.create, () => load(), "main"))),
    tiles,
    h("section", {class: "card", "aria-label": "Products"}, list,
      h("div", {class: "actions"}, more,
        h("label", {class: "check"}, h("input", {type: "checkbox", onchange: event => { retired = event.target.checked; limit = PAGE; load(); }}), h("span", {}, "Show the retired ones")))));
  const stop = repeatedly(load, LIST_MS);
  return {
    end: stop,
    live(nodes) {
      pieces = new Map(nodes.readings.flatMap(reading => reading.products).map(of => [of.product_id, of]));
      tiles.replaceChildren(
        tile("Holds", rate(nodes.perSecond(one => one.holds)), null, "/s"),
        tile("Orders", rate(nodes.perSecond(one => one.orders)), null, "/s"),
        tile("Refused", rate(nodes.perSecond(refusals)), null, "/s"),
        tile("Half of the holds within", rate(nodes.worst("p50_ms")), null, "ms (p50)"),
        tile("99 of 100 within", rate(nodes.worst("p99_ms")), null, "ms (p99)"));
      paint();
    },
  };
}
