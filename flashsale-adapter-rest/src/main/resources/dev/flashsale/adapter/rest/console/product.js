// One product, live.
import {ask, query} from "./api.js";
import * as actions from "./actions.js";
import {Picture} from "./charts.js";
import {doer} from "./dialog.js";
import {card, h, money, moment, number, problem, rate, stamp, table, tile, words} from "./dom.js";
import {refusals, repeatedly} from "./live.js";
import {badge} from "./sales.js";
import {rows as orderRows} from "./orders.js";

const PRODUCT_MS = 5000;
const SHOWN_MS = 15 * 60 * 1000;
const RECENT_MS = 60 * 1000;
const STATES = ["paid", "pending", "held", "available"];
/** A gap that is longer than two readings is no course. */
const GAP_MS = 20000;

export function show(main, id) {
  const head = h("div", {class: "head"});
  const facts = h("p", {class: "soft"});
  const tiles = h("dl", {class: "tiles", "aria-label": "Now"});
  const pieces = new Picture({label: "Pieces over time", lines: STATES.map(kind => [kind, kind, kind]), stacked: true, integer: true});
  const rates = new Picture({label: "Per second over time", low: true, unit: "/s",
    lines: [["holds", "holds/s", "available"], ["orders", "orders/s", "paid"], ["refused", "refused/s", "refused"]]});
  const times = new Picture({label: "How long holds took over time", low: true, unit: " ms",
    lines: [["p50", "half within (p50)", "available"], ["p99", "99 of 100 within (p99)", "held"]]});
  const soon = new Picture({label: "What ends in the next five minutes", low: true, stacked: true, bars: true, integer: true, unit: " pieces",
    lines: [["held", "holds expire", "held"], ["pending", "orders run out", "pending"]]});
  const why = h("div", {}, h("p", {class: "soft"}, "Nothing was refused in the last minute."));
  const ofNodes = h("p", {class: "soft"});
  const orders = h("div", {});
  const ledger = h("div", {});
  const readings = new Map();
  let last;
  let current;
  let drawn = null;

  const add = answer => {
    for (const reading of answer.readings) readings.set(`${answer.node} ${reading.at}`, {...reading, node: answer.node, x: Date.parse(reading.at)});
    const from = Date.now() - SHOWN_MS;
    for (const [key, reading] of readings) if (reading.x < from - GAP_MS) readings.delete(key);
    if (answer.expiring) soon.steps = answer.expiring;
    last = answer.readings.at(-1)?.at ?? last;
  };

  const paint = () => {
    const all = [...readings.values()].sort((one, other) => one.x - other.x);
    const known = all.filter(reading => reading.stock !== undefined);
    const now = known.at(-1);
    pieces.draw(withGaps(known), now ? STATES.map(kind => `${number(now[kind])} ${kind}`).join(", ") : "");
    const speed = perSecond(all);
    const latest = speed.at(-1) ?? {};
    rates.draw(withGaps(speed), `${rate(latest.holds)} holds, ${rate(latest.orders)} orders and ${rate(latest.refused)} refusals a second`);
    const took = all.filter(reading => reading.p50_ms !== undefined).map(reading => ({x: reading.x, p50: reading.p50_ms, p99: reading.p99_ms}));
    times.draw(withGaps(took), took.length ? `p50 ${rate(took.at(-1).p50)} ms, p99 ${rate(took.at(-1).p99)} ms` : "");
    const steps = (soon.steps ?? []).map(step => ({...step, x: `${step.from_seconds}–${step.from_seconds + 30}`}));
    soon.draw(steps, steps.map(step => `${step.x} s: ${step.held} held, ${step.pending} pending`).join("; "));
    tiles.replaceChildren(
      ...["available", "held", "pending", "paid"].map(kind => tile(kind, number(now?.[kind]), kind)),
      tile("Holds", rate(latest.holds), null, "/s"), tile("Orders", rate(latest.orders), null, "/s"),
      tile("p50", rate(took.at(-1)?.p50), null, "ms"), tile("p99", rate(took.at(-1)?.p99), null, "ms"));
    why.replaceChildren(reasons(all.filter(reading => reading.x > Date.now() - RECENT_MS && reading.seconds > 0)));
    const names = [...new Set(all.filter(reading => reading.x > Date.now() - RECENT_MS).map(reading => reading.node))];
    ofNodes.textContent = `Pieces are the database's, of all nodes. Rates are of this product on ${names.join(", ") || "no node yet"}; times are of all holds there.`
      + (known.length || !all.length ? "" : " Where this product's pieces are is not read here: raise flashsale.metrics.products.");
  };

  const lookAgain = async signal => {
    try {
      const product = await ask(`api/products/${id}`, {signal});
      current = product;
      // Drawn anew only where something else is to be read or done: what has the focus keeps it otherwise.
      const key = JSON.stringify({...product, available_stock: product.available_stock === 0});
      if (key !== drawn) {
        const had = head.contains(document.activeElement);
        drawn = key;
        head.replaceChildren(
          h("h1", {}, product.name), badge(product),
          h("div", {class: "actions"},
            product.retired ? doer("Bring back", () => actions.bringBack(current), lookAgain)
              : product.sale && product.sale !== "open" ? doer("Open the sale", () => actions.open(current), lookAgain, "main")
                : doer("Close the sale", () => actions.close(current), lookAgain, "danger"),
            doer("Adjust stock", () => actions.stock(current), lookAgain),
            doer("Change", () => actions.change(current), lookAgain),
            product.retired ? null : doer("Retire", () => actions.retire(current), lookAgain)));
        if (had) main.focus();
      }
      facts.textContent = [`Product ${product.id}`, money(product.price, product.currency), `${number(product.stock)} pieces in all`,
        product.max_per_hold ? `at most ${product.max_per_hold} a hold` : null,
        product.max_per_customer ? `at most ${product.max_per_customer} a customer` : null,
        product.sale_starts_at ? `from ${moment(product.sale_starts_at)}` : null,
        product.sale_ends_at ? `until ${moment(product.sale_ends_at)}` : null].filter(Boolean).join(" · ");
    } catch (failure) {
      if (failure.name !== "AbortError") {
        drawn = null;
        head.replaceChildren(h("h1", {}, `Product ${id}`), problem(failure));
      }
    }
  };

  const lists = async () => {
    try {
      const [pending, changes] = await Promise.all([
        ask(`api/orders?${query({product_id: id, status: "pending", limit: 10})}`),
        ask(`api/products/${id}/stock?limit=10`)]);
      orders.replaceChildren(orderRows("The next ten whose payment deadlines come.", pending.items, lists));
      ledger.replaceChildren(table("The last ten changes of the total.", [
        ["when", row => stamp(row.at)], ["pieces", row => number(row.pieces), "n"], ["who", row => row.operator], ["why", row => row.reason]], changes.items));
    } catch (failure) {
      orders.replaceChildren(problem(failure));
    }
  };

  main.append(head, facts, tiles,
    card("Pieces", pieces.element),
    h("div", {class: "grid"}, card("Per second", rates.element), card("How long holds take", times.element),
      card("What ends soon", h("p", {class: "soft"}, "Pieces that return unless they are ordered or paid before, by seconds from now."), soon.element),
      card("Refused in the last minute", why)),
    ofNodes,
    h("div", {class: "grid"}, card("Orders that wait for their payment", orders), card("Ledger", ledger)));
  lists();
  const stops = [repeatedly(lookAgain, PRODUCT_MS), repeatedly(async signal => {
    add(await ask(`api/products/${id}/live?${query({after: last})}`, {signal}));
    paint();
  })];
  return {end() {
    stops.forEach(stop => stop());
    [pieces, rates, times, soon].forEach(picture => picture.end());
  }};
}

/** Of each node's readings, how many a second; the first of a node is of no known time. */
function perSecond(all) {
  return all.filter(reading => reading.seconds > 0).map(reading => ({x: reading.x, holds: reading.holds / reading.seconds,
    orders: reading.orders / reading.seconds, refused: refusals(reading) / reading.seconds}));
}

function withGaps(points) {
  return points.flatMap((point, i) => i > 0 && point.x - points[i - 1].x > GAP_MS ? [{x: point.x - 1}, point] : [point]);
}

function reasons(recent) {
  const counts = new Map();
  for (const {code, count} of recent.flatMap(reading => reading.refused)) counts.set(code, (counts.get(code) ?? 0) + count);
  if (counts.size === 0) return h("p", {class: "soft"}, "Nothing was refused in the last minute.");
  const sorted = [...counts].sort((one, other) => other[1] - one[1]);
  return h("table", {}, h("caption", {}, "Requests for holds, by the code of the refusal."), h("tbody", {}, sorted.map(([code, count]) => {
    const meter = h("div", {class: "meter", "aria-hidden": "true"});
    meter.style.width = `${100 * count / sorted[0][1]}%`;
    return h("tr", {}, h("th", {scope: "row"}, words(code)), h("td", {class: "wide"}, meter), h("td", {class: "n"}, number(count)));
  })));
}
