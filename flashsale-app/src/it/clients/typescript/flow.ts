// All that buyers, a gateway and operators do, through the generated client alone. Arguments: the server's URL, a token.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  Configuration,
  HoldsApi,
  OperatorsApi,
  OrdersApi,
  PaymentsApi,
  ProblemFromJSON,
  ProductsApi,
  ResponseError,
  ServerApi,
} from "./client/index.js";
import type { Hold, NewProduct, Order, Problem, Product, RecordedPayment, ReportedStatus } from "./client/index.js";

const [url, token] = process.argv.slice(2) as [string, string];
const buyer = new Configuration({ basePath: url });
const operator = new Configuration({ basePath: url, accessToken: token });
const holds = new HoldsApi(buyer);
const orders = new OrdersApi(buyer);
const payments = new PaymentsApi(buyer);
const products = new ProductsApi(buyer);
const change = new ProductsApi(operator);

async function product(newProduct: NewProduct): Promise<Product> {
  const idempotencyKey = randomUUID();
  const made = await change.createProduct({ newProduct, idempotencyKey });
  assert.deepEqual(await change.createProduct({ newProduct, idempotencyKey }), made);
  assert.deepEqual(await products.viewProduct({ productId: made.id }), made);
  return made;
}

function hold(product: Product, quantity: number): Promise<Hold> {
  return holds.placeHold({ holdRequest: { productId: product.id, quantity, customerId: "c-1" } });
}

function order(hold: Hold): Promise<Order> {
  return orders.placeOrder({ orderRequest: { holdId: hold.holdId } });
}

function report(orderId: number, status: ReportedStatus, transactionId = randomUUID() as string): Promise<RecordedPayment> {
  return payments.recordPayment({ paymentReport: { orderId, status, transactionId } });
}

async function refused(status: number, call: () => Promise<unknown>): Promise<Problem> {
  try {
    await call();
  } catch (refusal) {
    assert(refusal instanceof ResponseError, String(refusal));
    const body = await refusal.response.text();
    assert.equal(refusal.response.status, status, body);
    return ProblemFromJSON(JSON.parse(body));
  }
  throw new assert.AssertionError({ message: "it was not refused" });
}

async function buyers(shoe: Product, print: Product): Promise<void> {
  const given = await hold(shoe, 1);
  assert.equal(given.status, "active");
  assert((await holds.extendHold({ holdId: given.holdId })).expiresAt > given.expiresAt);
  assert.equal((await holds.releaseHold({ holdId: given.holdId })).status, "released");

  const items = [
    { productId: shoe.id, quantity: 2 },
    { productId: print.id, quantity: 1 },
  ];
  const both = await holds.placeHold({ holdRequest: { items, customerId: "c-1" } });
  assert.deepEqual(both.items, items);

  const bought = await order(both);
  assert.equal(bought.amount, "30.00");
  assert.equal(bought.reference, both.holdId);
  assert.equal((await report(bought.orderId, "declined")).orderStatus, "pending");
  const paid = await report(bought.orderId, "success");
  assert.equal(paid.outcome, "applied");
  assert.equal(paid.orderStatus, "paid");
  assert.equal((await orders.viewOrder({ orderId: bought.orderId, holdId: both.holdId })).status, "paid");
  const ordered = await holds.viewHold({ holdId: both.holdId });
  assert.equal(ordered.status, "ordered");
  assert.equal(ordered.order?.orderId, bought.orderId);

  const failed = await report((await order(await hold(shoe, 1))).orderId, "failed");
  assert.equal(failed.outcome, "applied");
  assert.equal(failed.orderStatus, "failed");
}

async function refusals(shoe: Product, print: Product): Promise<void> {
  const tooMany = await refused(409, () => hold(print, 1000));
  assert.equal(tooMany.code, "insufficient_stock");
  assert.equal(tooMany.availableStock, 4);
  assert.equal(tooMany.retryable, false);

  const limit = await refused(409, () => hold(shoe, 3));
  assert.equal(limit.code, "limit_reached");
  assert.equal(limit.limit, 4);
  assert.equal(limit.taken, 2);

  const nobodys = { holdRequest: { productId: shoe.id, quantity: 1 } };
  assert.equal((await refused(422, () => holds.placeHold(nobodys))).field, "customer_id");
  assert.equal((await refused(404, () => holds.viewHold({ holdId: randomUUID() }))).code, "unknown_hold");

  const early = await report(1_000_000_000, "success");
  assert.equal(early.outcome, "kept");
  assert.equal(early.orderStatus, undefined);
}

async function operators(product: Product): Promise<void> {
  const productId = product.id;
  const more = { stock: 8, reason: "three more were found", operator: "ann" };
  assert.equal((await change.adjustStock({ productId, stockChange: more })).stock, 8);
  assert.equal((await change.listStockLedger({ productId })).items[0]?.pieces, 3);
  const fewer = { maxPerHold: 2, reason: "fewer" };
  assert.equal((await change.changeProduct({ productId, productChange: fewer })).maxPerHold, 2);
  const any = { maxPerHold: null, reason: "more" };
  assert.equal((await change.changeProduct({ productId, productChange: any })).maxPerHold, undefined);
  await change.closeSale({ productId, cause: { reason: "the doors are closed" } });
  assert.equal((await refused(409, () => hold(product, 1))).code, "not_on_sale");
  await change.openSale({ productId, cause: { reason: "the doors are open" } });
  assert((await change.listProducts({ limit: 500 })).items.some((one) => one.id === productId));

  const held = await hold(product, 1);
  const listed = (await new HoldsApi(operator).listHolds({ productId, status: "active" })).items;
  assert.equal(listed.find((one) => one.holdId === held.holdId)?.customerId, "c-1");
  const { orderId } = await order(held);
  const cancel = new OrdersApi(operator);
  assert((await cancel.listOrders({ productId, status: "pending" })).items.some((one) => one.orderId === orderId));
  assert.equal((await cancel.cancelOrder({ orderId, cause: { reason: "the customer called" } })).status, "cancelled");

  const transactionId = randomUUID();
  assert.equal((await report(orderId, "success", transactionId)).outcome, "refund_required");
  const refunds = new PaymentsApi(operator);
  const due = (await refunds.listRefunds({ limit: 500 })).items;
  assert.equal(due.find((refund) => refund.transactionId === transactionId)?.why, "order_cancelled");
  await refunds.markRefundDone({ refundDone: { transactionId, reason: 'sent back' } });
  const actions = (await new OperatorsApi(operator).listOperatorLog({ productId })).items.map((entry) => entry.action);
  assert(actions.includes("stock_adjusted") && actions.includes("sale_closed") && actions.includes("product_created"));
  assert((await new ServerApi(operator).readMetrics()).includes("flashsale_"));
}

const price = { price: "10.00", currency: "EUR" };
const shoe = await product({ ...price, name: "Sneaker", stock: 20, maxPerCustomer: 4 });
const print = await product({ ...price, name: "Print", stock: 5 });
await buyers(shoe, print);
await refusals(shoe, print);
await operators(print);
assert.equal((await new ServerApi(buyer).checkHealth()).status, "up");
