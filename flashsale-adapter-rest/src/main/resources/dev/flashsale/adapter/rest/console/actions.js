// Everything that operators do: what it asks for, what it says beforehand, and what it sends.
import {moment, money, number} from "./dom.js";

const local = iso => {
  if (!iso) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};
const iso = text => text ? new Date(text).toISOString() : null;
const both = text => text ? `${moment(iso(text))} (${iso(text)})` : "";
const named = product => `“${product.name}” (product ${product.id})`;

const nameField = value => ({name: "name", label: "Name", required: true, maxlength: 200, value});
const priceField = value => ({name: "price", label: "Price", hint: "such as 10.00", required: true, inputmode: "decimal", pattern: "[0-9]+([.][0-9]+)?", value});
const ruleFields = product => [
  {name: "max_per_hold", label: "Most pieces of a hold", kind: "number", min: 1, value: product.max_per_hold ?? ""},
  {name: "max_per_customer", label: "Most pieces of a customer", kind: "number", min: 1, value: product.max_per_customer ?? ""},
  {name: "sale_starts_at", label: "The sale starts", kind: "datetime-local", hint: "in this device's time zone", value: local(product.sale_starts_at)},
  {name: "sale_ends_at", label: "The sale ends", kind: "datetime-local", hint: "in this device's time zone", value: local(product.sale_ends_at)},
];
const MOMENTS = ["sale_starts_at", "sale_ends_at"];
const LIMITS = ["max_per_hold", "max_per_customer"];

const windowIsWrong = given => given.sale_starts_at && given.sale_ends_at && given.sale_ends_at <= given.sale_starts_at
  ? "The sale must end after it starts." : null;

export const create = () => ({
  title: "New product", verb: "Put it on sale",
  fields: [nameField(""), priceField(""),
    {name: "currency", label: "Currency", required: true, maxlength: 3, pattern: "[A-Z]{3}", value: "EUR"},
    {name: "stock", label: "Pieces on sale", kind: "number", min: 0, required: true}, ...ruleFields({})],
  check: windowIsWrong,
  will: given => [
    `“${given.name}” is a product from now on, with ${number(given.stock)} pieces at ${given.price} ${given.currency} each.`,
    given.sale_starts_at ? `Nobody gets a hold before ${both(given.sale_starts_at)}.` : "Buyers can hold it at once.",
    given.sale_ends_at ? `The sale ends at ${both(given.sale_ends_at)}.` : "The sale goes on until it is closed.",
    `Its currency can never be changed.`,
  ],
  request: given => ({
    path: "api/products",
    headers: {"Idempotency-Key": crypto.randomUUID?.() ?? `console-${Date.now()}-${Math.random()}`},
    body: {
      name: given.name, price: given.price, currency: given.currency, stock: Number(given.stock),
      ...Object.fromEntries(LIMITS.filter(key => given[key]).map(key => [key, Number(given[key])])),
      ...Object.fromEntries(MOMENTS.filter(key => given[key]).map(key => [key, iso(given[key])])),
    },
  }),
  done: answer => `Product ${answer.id} is there.`,
});

export const open = product => ({
  title: `Open the sale of ${named(product)}`, verb: "Open the sale now",
  will: () => ["Buyers can hold it from now on, on every node within a fraction of a second.",
    "A start that is set to a later moment becomes now, an end that has passed is taken away."],
  request: () => ({path: `api/products/${product.id}/open`}),
  done: () => `The sale of ${named(product)} is open.`,
});

export const close = product => ({
  title: `Close the sale of ${named(product)}`, verb: "Close the sale now", danger: true,
  will: () => ["Nobody gets a new hold from this moment on, on any node.",
    "What is held can still be ordered, and what is ordered can still be paid.",
    "It can be opened again."],
  request: () => ({path: `api/products/${product.id}/close`}),
  done: () => `The sale of ${named(product)} is closed.`,
});

export const stock = product => ({
  title: `Adjust the stock of ${named(product)}`, verb: "Set the total",
  fields: [{name: "stock", label: "Total there is to be", kind: "number", min: 0, required: true, value: product.stock,
    hint: `now ${number(product.stock)}, of which ${number(product.available_stock)} are available; sold ones count`}],
  will: given => {
    const more = Number(given.stock) - product.stock;
    return [more === 0 ? "The total stays as it is."
      : `The total becomes ${number(given.stock)}: ${number(Math.abs(more))} pieces ${more > 0 ? "more can be held" : "fewer are for sale"}.`,
    "If by then more is held, ordered and sold than that, it is refused and nothing changes.",
    "The difference is entered in the product's ledger."];
  },
  request: given => ({path: `api/products/${product.id}/stock`, body: {stock: Number(given.stock)}}),
  done: answer => `The total of ${named(product)} is ${number(answer.stock)}.`,
});

/** Only what was changed is sent. */
function changes(product, given) {
  const body = {};
  if (given.name !== product.name) body.name = given.name;
  if (given.price !== product.price) body.price = given.price;
  for (const key of LIMITS) {
    if (given[key] !== String(product[key] ?? "")) body[key] = given[key] ? Number(given[key]) : null;
  }
  for (const key of MOMENTS) if (given[key] !== local(product[key])) body[key] = iso(given[key]);
  return body;
}

export const change = product => ({
  title: `Change ${named(product)}`, verb: "Change it",
  fields: [nameField(product.name), priceField(product.price), ...ruleFields(product)],
  check: given => windowIsWrong(given) ?? (Object.keys(changes(product, given)).length ? null : "Nothing is different."),
  will: given => {
    const body = changes(product, given);
    return [...Object.entries(body).map(([key, value]) => `${key.replaceAll("_", " ")}: ${product[key] ?? "none"} → ${value ?? "none"}`),
      body.price ? "Orders that were placed keep their amount; holds get the new price when they are ordered." : null,
    ].filter(Boolean);
  },
  request: given => ({path: `api/products/${product.id}`, method: "PATCH", body: changes(product, given)}),
  done: () => `${named(product)} was changed.`,
});

export const retire = product => ({
  title: `Retire ${named(product)}`, verb: "Retire it", danger: true,
  will: () => ["It grants no hold any more, on any node, whatever its window.",
    "What is held or ordered goes on. It is listed among the retired ones, where it can be brought back."],
  request: () => ({path: `api/products/${product.id}`, method: "PATCH", body: {retired: true}}),
  done: () => `${named(product)} is retired.`,
});

export const bringBack = product => ({
  title: `Bring back ${named(product)}`, verb: "Bring it back",
  will: () => ["It is on sale again, within its window."],
  request: () => ({path: `api/products/${product.id}`, method: "PATCH", body: {retired: false}}),
  done: () => `${named(product)} is back.`,
});

export const cancel = order => ({
  title: `Cancel order ${order.order_id}`, verb: "Cancel the order", danger: true,
  will: () => ["Its pieces return to the stock at once, and others can hold them.",
    "A payment that comes after that is not taken: it is listed as money to give back.", "It cannot be undone."],
  request: () => ({path: `api/orders/${order.order_id}/cancel`}),
  done: () => `Order ${order.order_id} is cancelled.`,
});

export const extend = order => ({
  title: `Extend order ${order.order_id}`, verb: "Wait longer",
  fields: [{name: "deadline", label: "Wait for the payment until", kind: "datetime-local", required: true,
    hint: "in this device's time zone", value: local(order.payment_deadline)}],
  will: given => [`The order waits for its payment until ${both(given.deadline)}, and not ${moment(order.payment_deadline)}.`,
    "Its pieces are not for sale meanwhile. A deadline is never moved back."],
  request: given => ({path: `api/orders/${order.order_id}/extend`, body: {payment_deadline: iso(given.deadline)}}),
  done: answer => `Order ${order.order_id} waits until ${moment(answer.payment_deadline)}.`,
});

export const accept = order => ({
  title: `Accept order ${order.order_id} as paid`, verb: "Accept it as paid", danger: true,
  will: () => [`The order is paid: ${money(order.amount, order.currency)} came in cash or by bank transfer, without the gateway.`,
    "If its time was over, its pieces are taken again, where there are enough.",
    "Should the gateway report a payment as well, that one is listed as money to give back."],
  request: () => ({path: `api/orders/${order.order_id}/accept`}),
  done: () => `Order ${order.order_id} is paid.`,
});

export const refund = order => ({
  title: `Record a refund of order ${order.order_id}`, verb: "Record the refund", danger: true,
  note: "This records money that was given back already. It sends none.",
  fields: [
    {name: "transaction_id", label: "Transaction", hint: "a name of your own, such as the transfer's number", required: true, maxlength: 128, pattern: "[!-~]+"},
    {name: "amount", label: "Amount given back", hint: `in ${order.currency}; all that is left if empty`, inputmode: "decimal", pattern: "[0-9]+([.][0-9]+)?"},
    ...(order.lines ?? []).map(line => ({name: `pieces-${line.product_id}`, label: `Pieces of product ${line.product_id}`,
      hint: `of ${line.quantity}, if it was for some`, kind: "number", min: 0, max: line.quantity})),
    {name: "restock", label: "The pieces are for sale again", kind: "check"}],
  will: given => [
    `${given.amount ? money(given.amount, order.currency) : "All that is left of the payment"} is recorded as given back for order ${order.order_id}, as ${given.transaction_id}.`,
    given.restock ? "The pieces return to the stock, and others can hold them." : "No pieces return to the stock.",
    "Parts that make up the whole refund the order. It cannot be undone."],
  request: given => {
    const lines = (order.lines ?? []).filter(line => Number(given[`pieces-${line.product_id}`]))
      .map(line => ({product_id: line.product_id, quantity: Number(given[`pieces-${line.product_id}`])}));
    return {path: "api/refunds", body: {transaction_id: given.transaction_id, order_id: order.order_id,
      ...(given.amount ? {amount: given.amount, currency: order.currency} : {}),
      ...(lines.length ? {lines} : {}), ...(given.restock ? {restock: true} : {})}};
  },
  done: answer => `The refund is recorded: ${answer.outcome}.`,
});

export const refundDone = row => ({
  title: `Money of ${row.transaction_id} was given back`, verb: "It was given back",
  note: "This records money that was given back already. It sends none.",
  will: () => [`${money(row.rest ?? row.amount, row.currency)} of transaction ${row.transaction_id} (order ${row.order_id}) leaves the list of money to give back.`,
    "Make sure that the money has left: nobody is reminded of it again."],
  request: () => ({path: "api/refunds/done", body: {transaction_id: row.transaction_id}}),
  done: () => `${row.transaction_id} is done.`,
});

export const resolved = row => ({
  title: `Conflict ${row.conflict_id} was looked at`, verb: "It is resolved",
  will: () => [`The report of ${row.transaction_id} leaves this list. Nothing else changes: no order, no payment.`,
    "Say in the reason what you found at the gateway, and what was given back."],
  request: () => ({path: "api/conflicts/resolved", body: {conflict_id: row.conflict_id}}),
  done: () => `Conflict ${row.conflict_id} is resolved.`,
});

export const forget = customer => ({
  title: `Forget customer ${customer}`, verb: "Forget the customer", danger: true,
  note: "Neither the reason nor your name may have the customer's id in it.",
  will: () => [`All holds of ${customer}, ended ones too, get a random id; orders are no longer found by it.`,
    "The customer's idempotency keys are removed. Holds, orders and payments themselves stay.",
    "The person starts at nothing under the old id. It cannot be undone."],
  request: () => ({path: `api/customers/${encodeURIComponent(customer)}`, method: "DELETE"}),
  done: answer => `Forgotten in ${number(answer.holds)} holds and ${number(answer.idempotency_keys)} idempotency keys.`,
});

export const enableEndpoint = (endpoint, enabled) => ({
  title: `${enabled ? "Enable" : "Disable"} endpoint ${endpoint.id}`, verb: enabled ? "Send events again" : "Send no events", danger: !enabled,
  will: () => enabled
    ? [`Events are sent to ${endpoint.url} again, from where it was left, as far as they are kept.`, "What had failed is tried again at once."]
    : [`Nothing is sent to ${endpoint.url} from now on.`, "It keeps its place: once it is enabled again it goes on from there, as far as events are kept.",
      "Kinds that nobody else wants are not kept meanwhile."],
  request: () => ({path: `api/webhook-endpoints/${endpoint.id}`, method: "PATCH", body: {enabled}}),
  done: () => `Endpoint ${endpoint.id} is ${enabled ? "enabled" : "disabled"}.`,
});

export const deleteEndpoint = endpoint => ({
  title: `Delete endpoint ${endpoint.id}`, verb: "Delete it", danger: true,
  will: () => [`Nothing is sent to ${endpoint.url} any more, and its secret is forgotten.`, "It cannot be undone; a new endpoint begins with what happens then."],
  request: () => ({path: `api/webhook-endpoints/${endpoint.id}`, method: "DELETE"}),
  done: () => `Endpoint ${endpoint.id} is deleted.`,
});

export const sendAgain = (endpoint, delivery) => ({
  title: `Send event ${delivery.event_id} again`, verb: "Send it again",
  will: () => [`It is sent to endpoint ${endpoint} once more within seconds, under the same id, whatever comes of it.`,
    "Who forgets ids that were seen does nothing twice."],
  request: () => ({path: `api/webhook-endpoints/${endpoint}/deliveries/again`, body: {event_id: delivery.event_id}}),
  done: () => `Event ${delivery.event_id} will be sent again.`,
});
