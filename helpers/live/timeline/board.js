// The board: a row a thread, with the moving strip in the middle and the thread's waiting and count beside it.

import { make, say } from "../front/dom.js";
import { fills, look } from "./patterns.js";
import { Strip } from "./strip.js";

const ORDER = ["waiting", "exclusive", "shared", "elsewhere", "stuck"];

export class Board {
  constructor(windowS, counted) {
    this.canvas = make("canvas", "", { role: "img", "aria-label": "timeline: nothing has run yet" });
    this.cell = make("td", "live-strip", {}, this.canvas);
    this.head = make("thead", "", {}, make("tr", "", {},
      heading("thread"), heading(`the last ${windowS} seconds`), heading("waits for locks"), heading(counted)));
    this.body = make("tbody");
    this.table = make("table", "", {}, this.head, this.body);
    this.legend = make("ul", "live-legend", { "aria-label": "legend" });
    this.node = make("div", "live-board", {}, this.table, this.legend);
    this.names = [];
    this.rows = [];
    this.seen = new Set();
    this.notes = new Set();
    this.strip = new Strip(this.canvas, windowS);
    this.setLanes([]);
  }

  begin() {
    this.seen.clear();
    this.notes.clear();
    this.strip.begin();
    this.strip.stop();
  }

  push(frame) {
    this.tell(frame);
    this.strip.push(frame);
  }

  freeze(frame, words) {
    const stuck = frame.cycle.map(([thread]) => frame.lanes.indexOf(thread));
    this.seen.clear();
    this.notes.clear();
    this.tell(frame);
    if (stuck.length) this.show(["stuck"]);
    this.canvas.setAttribute("aria-label", words);
    this.strip.freeze(frame, stuck);
  }

  tell(frame) {
    if (frame.lanes.join("\n") !== this.names.join("\n")) this.setLanes(frame.lanes);
    for (const [index, [share, count]] of frame.sums.entries()) this.rows[index].update(share, count);
    this.table.style.setProperty("--live-levels", frame.levels);
    for (const [, , style, text] of frame.marks) if (style === "note") this.notes.add(text);
    this.show([...frame.bars, ...frame.open, ...frame.marks].map((each) => each[2]));
  }

  setLanes(names) {
    this.names = names;
    this.rows = names.map((name) => new Row(name));
    this.cell.rowSpan = names.length + 1;
    this.table.dataset.many = names.length > 4;
    const last = make("tr", "live-axis", {}, make("td"), make("td"), make("td"));
    const rows = [...this.rows.map((row) => row.node), last];
    rows[0].firstChild.after(this.cell);
    this.body.replaceChildren(...rows);
    this.table.hidden = !names.length;
    this.canvas.setAttribute("aria-label", `moving timeline of ${names.length} threads; the table has its sums`);
  }

  /** Add to the legend what has been seen for the first time in this run. */
  show(styles) {
    const before = this.seen.size;
    for (const style of styles) this.seen.add(style);
    if (this.seen.size === before && before === this.legend.children.length) return;
    const bars = ORDER.filter((style) => this.seen.has(style)).map((style) => entry(look(style).label, swatch(style)));
    if (this.seen.has("vain")) bars.push(entry("in vain", make("b", "", {}, "✕")));
    if (this.seen.has("note")) bars.push(entry([...this.notes].join(" or "), make("b", "live-note", {}, "▼")));
    this.legend.replaceChildren(...bars);
  }

  close() {
    this.strip.close();
  }
}

class Row {
  constructor(name) {
    this.bar = make("span", "live-share", { "aria-hidden": "true" });
    this.share = make("span");
    this.count = make("td", "live-count");
    const waits = make("td", "live-waits", {}, this.bar, this.share);
    this.node = make("tr", "", {}, make("th", "", { scope: "row" }, name), waits, this.count);
  }

  update(share, count) {
    this.bar.style.setProperty("--share", `${100 * share}%`);
    say(this.share, `${Math.round(100 * share)} %`);
    say(this.count, String(count));
  }
}

function heading(text) {
  return make("th", "", { scope: "col" }, text);
}

function entry(text, sign) {
  sign.setAttribute("aria-hidden", "true");
  return make("li", "", {}, sign, text);
}

function swatch(style) {
  const canvas = make("canvas", "live-swatch");
  const density = devicePixelRatio || 1;
  canvas.width = 30 * density;
  canvas.height = 16 * density;
  const pen = canvas.getContext("2d");
  pen.scale(density, density);
  pen.fillStyle = fills(pen, density)(style);
  pen.fillRect(0, 0, 30, 16);
  return canvas;
}
