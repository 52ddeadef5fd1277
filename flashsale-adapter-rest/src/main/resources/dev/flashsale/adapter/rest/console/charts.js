// Pictures over time, by Chart.js, in the page's colours, and in words for those who do not see them.
/* global Chart */
import {h} from "./dom.js";

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const clock = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const all = new Set();

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => all.forEach(chart => chart.paint()));

/**
 * A chart of lines over time, or of bars.
 * @param lines [key, label, colour] each; the data are objects with x and those keys
 */
export class Picture {
  constructor({label, lines, stacked = false, bars = false, low = false, unit = "", integer = false}) {
    this.lines = lines;
    this.canvas = h("canvas", {role: "img", "aria-label": label});
    this.label = label;
    this.element = h("div", {class: low ? "chart low" : "chart"}, this.canvas);
    this.options = {stacked, bars, unit, integer};
  }

  /** Once it is in the page, as its size is the page's. */
  draw(points, words) {
    if (!this.chart) this.#make();
    this.canvas.setAttribute("aria-label", words ? `${this.label}: ${words}` : this.label);
    this.chart.data.labels = points.map(point => point.x);
    this.chart.data.datasets.forEach((set, i) => { set.data = points.map(point => point[this.lines[i][0]] ?? null); });
    this.chart.update("none");
  }

  #make() {
    const {stacked, bars, unit, integer} = this.options;
    const x = bars ? {stacked, ticks: {maxRotation: 0, autoSkip: true}} : {
      type: "linear", bounds: "data",
      ticks: {maxTicksLimit: 6, maxRotation: 0, callback: value => clock.format(value)},
    };
    this.chart = new Chart(this.canvas, {
      type: bars ? "bar" : "line",
      data: {labels: [], datasets: this.lines.map(([, label]) => ({label, data: []}))},
      options: {
        animation: false, maintainAspectRatio: false, normalized: true,
        interaction: {mode: "index", intersect: false},
        elements: {point: {radius: 0, hitRadius: 8}, line: {borderWidth: 2, tension: 0}},
        scales: {x, y: {stacked, beginAtZero: true, ticks: {maxTicksLimit: 6, precision: integer ? 0 : undefined}}},
        plugins: {
          legend: {position: "bottom", labels: {boxWidth: 14, boxHeight: 14}},
          tooltip: {callbacks: {
            title: items => bars ? `${items[0].label} s from now` : clock.format(items[0].parsed.x),
            label: item => ` ${item.dataset.label}: ${Number(item.parsed.y.toFixed(1)).toLocaleString("en")}${unit}`,
          }},
        },
      },
    });
    all.add(this);
    this.paint();
  }

  paint() {
    const ink = colour("soft"), line = colour("line");
    const {stacked, bars} = this.options;
    this.chart.data.datasets.forEach((set, i) => {
      const own = colour(this.lines[i][2]);
      set.borderColor = own;
      set.backgroundColor = stacked || bars ? own : "transparent";
      set.fill = stacked && !bars ? (i === 0 ? "origin" : "-1") : false;
      // A line of its own between two areas, so that they are told apart without colours.
      if (stacked && !bars) { set.borderColor = colour("card"); set.borderWidth = 1; }
      if (!stacked && !bars && i > 0) set.borderDash = [[], [6, 3], [2, 3]][i];
    });
    for (const scale of Object.values(this.chart.options.scales)) {
      scale.ticks.color = ink;
      scale.grid = {color: line};
    }
    this.chart.options.plugins.legend.labels.color = ink;
    this.chart.update("none");
  }

  end() {
    all.delete(this);
    this.chart?.destroy();
  }
}
