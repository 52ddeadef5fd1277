// Elements, and how things are written. Nothing here ever reads HTML from a string.

/** An element: h("a", {href: "#/"}, "text", other). What is null is left out; on… are listeners. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const whole = new Intl.NumberFormat("en");
const tenth = new Intl.NumberFormat("en", {maximumFractionDigits: 1});
const clock = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const day = new Intl.DateTimeFormat("en-GB", {dateStyle: "medium", timeStyle: "short"});

export const number = value => value === undefined || value === null ? "–" : whole.format(value);
export const rate = value => value === undefined || value === null ? "–" : value >= 100 ? whole.format(Math.round(value)) : tenth.format(value);
export const time = at => clock.format(new Date(at));
export const moment = at => at ? day.format(new Date(at)) : "–";
export const money = (amount, currency) => amount === undefined ? "as the order says" : `${amount} ${currency ?? ""}`.trim();
export const words = code => code.replaceAll("_", " ");

/** A moment, in the reader's own zone, with the one of the server's to copy. */
export const stamp = at => at ? h("time", {datetime: at, title: at, class: "nowrap"}, moment(at)) : "–";

/** A table of rows; columns are [heading, cell, class]. */
export function table(caption, columns, rows, none = "None.") {
  if (rows.length === 0) return h("p", {class: "soft"}, none);
  return h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, columns.map(([heading, , kind]) => h("th", {scope: "col", class: kind ?? null}, heading)))),
      h("tbody", {}, rows.map(row => h("tr", {}, columns.map(([, cell, kind]) => h("td", {class: kind ?? null}, cell(row))))))));
}

/** A number with its name; the class colours its dot. */
export function tile(name, value, kind = null, unit = null) {
  return h("div", {class: "tile"},
    h("dt", {}, kind ? h("span", {class: `dot ${kind}`, "aria-hidden": "true"}) : null, name),
    h("dd", {}, value, unit ? h("small", {}, " " + unit) : null));
}

/** Where the pieces are, as one bar. */
export function bar(pieces) {
  const kinds = ["paid", "pending", "held", "available"];
  const label = kinds.map(kind => `${number(pieces[kind])} ${kind}`).join(", ");
  const element = h("div", {class: "bar", role: "img", "aria-label": label});
  for (const kind of kinds) {
    const part = h("span", {class: kind});
    part.style.flexGrow = Math.max(0, pieces[kind]);
    element.append(part);
  }
  return element;
}

export function card(title, ...children) {
  return h("section", {class: "card"}, h("h2", {}, title), ...children);
}

/** Says what happened, to those who hear the page, too. */
export function tell(text, bad = false) {
  const line = h("p", {class: bad ? "bad" : null}, text);
  document.getElementById("told").append(line);
  setTimeout(() => line.remove(), bad ? 12000 : 6000);
}

export const problem = error => h("p", {class: "problem", role: "alert"}, error.message);
