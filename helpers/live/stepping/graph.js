// The wait-for graph: a circle a thread, an arrow from who waits to who holds; a cycle is a deadlock.

import { draw, freshId, make } from "../front/dom.js";
import { set } from "./controls.js";

const WIDTH = 320;
const HEIGHT = 250;
const FLAT = 130; // where only two threads are in it
const RADIUS = 21;

export class WaitForGraph {
  constructor() {
    this.mark = freshId("stepper-arrow");
    this.drawing = draw("svg", { role: "img" });
    this.nobody = make("div", "", {}, "nobody waits for another");
    this.node = make("div", "stepper-graph", {}, this.nobody, this.drawing);
  }

  update(view) {
    const names = [...new Set(view.waits.flatMap(([thread, , holder]) => [thread, holder]))];
    const order = view.threads.map((thread) => thread.name);
    names.sort((one, other) => order.indexOf(one) - order.indexOf(other));
    const height = names.length === 2 ? FLAT : HEIGHT;
    const places = around(names, height);
    const cycle = new Set(view.cycle);
    const curve = ([thread, , holder]) => bulge(thread, holder, places, view.waits, height);
    const isStuck = ([thread, , holder]) => cycle.has(thread) && cycle.has(holder);
    set(this.drawing, "aria-label", told(view));
    set(this.drawing, "viewBox", `0 0 ${WIDTH} ${height}`);
    this.drawing.replaceChildren(
      draw("defs", {}, head(this.mark, "stepper-head"), head(`${this.mark}-stuck`, "stepper-head-stuck")),
      ...view.waits.map((wait) => this.arrow(wait, places, curve(wait), isStuck(wait))),
      ...names.map((name) => circle(name, places.get(name), cycle.has(name))),
      ...view.waits.map((wait) => label(wait, places, curve(wait))),
    );
    set(this.drawing, "hidden", names.length ? null : "");
    set(this.nobody, "hidden", names.length ? "" : null);
  }

  arrow([thread, , holder], places, by, isStuck) {
    const path = thread === holder ? loop(places.get(thread)) : arc(places.get(thread), places.get(holder), by);
    const marker = isStuck ? `${this.mark}-stuck` : this.mark;
    return draw("path", {
      d: path,
      class: isStuck ? "stepper-wait stepper-stuck" : "stepper-wait",
      "marker-end": `url(#${marker})`,
    });
  }
}

function told(view) {
  if (!view.waits.length) return "wait-for graph: nobody waits for another";
  const waits = view.waits.map(([thread, name, holder]) => `${thread} waits for ${name} held by ${holder}`);
  const ring = view.cycle.length ? `; a cycle of ${view.cycle.length}: deadlock` : "; no cycle";
  return `wait-for graph: ${waits.join(", ")}${ring}`;
}

function around(names, height) {
  const turn = names.length === 2 ? 0 : Math.PI / 2;
  return new Map(
    names.map((name, index) => {
      const angle = turn + (2 * Math.PI * index) / names.length;
      return [name, [WIDTH / 2 - 98 * Math.cos(angle), height / 2 - 80 * Math.sin(angle)]];
    }),
  );
}

function circle(name, [x, y], isStuck) {
  const place = name.length > 4 ? [x, y + RADIUS + 13] : [x, y + 5];
  return draw(
    "g",
    { class: isStuck ? "stepper-node stepper-stuck" : "stepper-node" },
    draw("circle", { cx: x, cy: y, r: RADIUS }),
    words(name, place, "stepper-name"),
  );
}

function words(text, [x, y], className) {
  return draw("text", { x, y, class: className, "text-anchor": "middle" }, text);
}

/** How far an arrow bends to its side: two between the same circles stay apart, all others bend outwards. */
function bulge(thread, holder, places, waits, height) {
  if (thread === holder || waits.some(([other, , its]) => other === holder && its === thread)) return -30;
  const fromCentre = (by) => {
    const [x, y] = bend(places.get(thread), places.get(holder), by);
    return Math.hypot(x - WIDTH / 2, y - height / 2);
  };
  return fromCentre(30) > fromCentre(-30) ? 30 : -30;
}

/** The point beside the middle of a line. */
function bend([x0, y0], [x1, y1], by) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return [(x0 + x1) / 2 + (by * (y0 - y1)) / length, (y0 + y1) / 2 + (by * (x1 - x0)) / length];
}

function towards([x0, y0], [x1, y1], distance) {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  return [x0 + (distance * (x1 - x0)) / length, y0 + (distance * (y1 - y0)) / length];
}

function arc(from, to, by) {
  const middle = bend(from, to, 1.45 * by);
  const [[x0, y0], [x1, y1]] = [towards(from, middle, RADIUS), towards(to, middle, RADIUS + 3)];
  return `M ${x0} ${y0} Q ${middle[0]} ${middle[1]} ${x1} ${y1}`;
}

function loop([x, y]) {
  return `M ${x - 12} ${y - 18} C ${x - 40} ${y - 70}, ${x + 40} ${y - 70}, ${x + 14} ${y - 21}`;
}

function label([thread, name, holder], places, by) {
  const isLoop = thread === holder;
  const [x, y] = isLoop ? places.get(thread) : bend(places.get(thread), places.get(holder), 1.1 * by);
  const text = name.startsWith("end of ") ? "its end" : name;
  return words(text, isLoop ? [x, y - 62] : [x, y + 4], "stepper-label");
}

function head(id, className) {
  const shape = draw("path", { d: "M0,0 L9,4 L0,8 z", class: className });
  return draw("marker", { id, markerWidth: 9, markerHeight: 8, refX: 8, refY: 4, orient: "auto",
    markerUnits: "userSpaceOnUse" }, shape);
}
