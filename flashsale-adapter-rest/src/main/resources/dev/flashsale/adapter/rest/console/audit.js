// Whether the books add up, and what to do where they do not.
import {ask} from "./api.js";
import {card, h, number, problem, stamp, table} from "./dom.js";

const TO_DO = {
  repair: row => ["What is available is not what holds and orders leave of the total. Run ", h("span", {class: "code"}, "audit --repair --apply"),
    `: it sets what is available to ${number(row.due)}, while the sale goes on.`],
  raise_stock_or_give_back: row => [`More is held and ordered than there is, by ${number(-row.due)} pieces. Raise the total on `,
    h("a", {href: `#/product/${row.product_id}`}, "the product’s page"), ", or cancel orders and give money back."],
};

export function show(main) {
  const result = h("div", {"aria-live": "polite"}, h("p", {class: "wait"}, "Checking…"));
  const check = async () => {
    try {
      const books = await ask("api/audit");
      result.replaceChildren(
        h("p", {}, h("span", {class: `badge ${books.ok ? "good" : "bad"}`}, books.ok ? "Everything adds up" : `${books.products.length} products do not add up`),
          " as of ", stamp(books.at), "."),
        books.ok ? "" : table("Products that do not add up.", [
          ["product", row => h("a", {href: `#/product/${row.product_id}`}, String(row.product_id))],
          ...["stock", "available", "held", "pending", "paid"].map(key => [key, row => number(row[key]), "n"]),
          ["what to do", row => h("span", {}, TO_DO[row.to_do]?.(row) ?? row.to_do), "wide"]], books.products));
    } catch (failure) {
      result.replaceChildren(problem(failure));
    }
  };
  main.append(h("h1", {}, "Audit"),
    card("Do the pieces of every product add up?",
      h("p", {class: "soft"}, "total = available + held + pending + paid. The check locks nothing and may be made while the sale goes on; within ten seconds everybody is told the same one."),
      result, h("div", {class: "actions"}, h("button", {type: "button", class: "main", onclick: check}, "Check now"))),
    card("The rest",
      h("p", {}, "Rows that lack or contradict one another are found by the command ", h("span", {class: "code"}, "audit"),
        ", which reads everything; ", h("span", {class: "code"}, "audit --repair"), " says what it would mend, and with ",
        h("span", {class: "code"}, "--apply"), " mends it. Payments that are kept, in conflict or to be given back are under ", h("a", {href: "#/money"}, "Money"), ".")));
  check();
}
