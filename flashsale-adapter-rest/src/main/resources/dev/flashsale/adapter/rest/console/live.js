// What is asked for again and again, for as long as its view is shown and the page is looked at.

const EVERY_MS = 2000;
/** A node that has not answered for so long is counted no more. */
const GONE_MS = 15000;

/** Runs at once and then every so often; returns how to stop it. The task gets a signal for its requests. */
export function repeatedly(task, every = EVERY_MS) {
  const stop = new AbortController();
  let timer;
  const turn = async () => {
    if (!document.hidden) await task(stop.signal).catch(() => {});
    if (!stop.signal.aborted) timer = setTimeout(turn, every);
  };
  stop.signal.addEventListener("abort", () => clearTimeout(timer));
  turn();
  return () => stop.abort();
}

/**
 * Behind a balancer another node may answer each time, and each counts what it does itself: this keeps the last reading of
 * each, and adds them up.
 */
export class Nodes {
  #last = new Map();

  add(reading) {
    this.#last.set(reading.node, {reading, seen: Date.now()});
  }

  get readings() {
    for (const [node, {seen}] of this.#last) if (Date.now() - seen > GONE_MS) this.#last.delete(node);
    return [...this.#last.values()].map(known => known.reading);
  }

  get names() {
    return this.readings.map(reading => reading.node);
  }

  /** How many a second, of all nodes that answer. */
  perSecond(count) {
    const counted = this.readings.filter(reading => reading.seconds > 0);
    return counted.length ? counted.reduce((sum, reading) => sum + count(reading) / reading.seconds, 0) : undefined;
  }

  /** Of the node where it is worst. */
  worst(field) {
    const known = this.readings.map(reading => reading[field]).filter(value => value !== undefined);
    return known.length ? Math.max(...known) : undefined;
  }

  get words() {
    const names = this.names;
    return names.length === 1 ? `node ${names[0]}` : `${names.length} nodes: ${names.join(", ")}`;
  }
}

export const refusals = reading => (reading.refused ?? []).reduce((sum, one) => sum + one.count, 0);
