// How a run ended: in words, and for a deadlock the cycle of waits as a drawing.

import { draw, freshId, make } from "../front/dom.js";

const SIDE = 230;
const ALONE = 110; // the height where a thread waits for itself
const RADIUS = 24;

export class Verdict {
  constructor() {
    this.node = make("div", "live-verdict", { role: "alert" });
    this.clear();
  }

  clear() {
    this.node.hidden = true;
    this.node.replaceChildren();
  }

  show({ ending, cycle, where, now, error }) {
    const title = headline(ending, now);
    this.node.hidden = !title;
    if (!title) return;
    const waits = cycle.map(([thread, name, holder]) => make("li", "", {},
      make("b", "", {}, thread), ` waits for ${name}, held by `, make("b", "", {}, holder),
      make("small", "", {}, where[thread] ? ` ${place(where[thread])}` : "")));
    const words = make("div", "", {}, make("strong", "", {}, title), make("ol", "", {}, ...waits));
    if (error) words.append(make("pre", "", {}, error));
    this.node.replaceChildren(words, ...(cycle.length ? [ring(cycle)] : []));
  }
}

function headline(ending, now) {
  const when = `after ${now.toFixed(1)} s`;
  if (ending === "deadlock") return `Deadlock ${when}: a ring of waits`;
  if (ending === "stuck") return `Stuck ${when}: nobody can ever move again`;
  if (ending === "failed") return `A thread raised an error ${when}`;
  return "";
}

function place(where) {
  const [, file, line] = /([^/\\]+):(\d+)$/.exec(where) ?? [];
  return line ? `(${file.endsWith(".py") ? file : "the cell"}, line ${line})` : "";
}

/** The cycle as a ring of circles; an arrow goes from who waits to who holds. */
function ring(cycle) {
  const mark = freshId("live-arrow");
  const height = cycle.length === 1 ? ALONE : SIDE;
  const places = cycle.length === 1 ? [[SIDE / 2, ALONE - RADIUS - 4]] : around(cycle.length);
  const head = draw("path", { d: "M0,0 L9,4.5 L0,9 z", fill: "currentColor" });
  const marker = draw("marker", { id: mark, markerWidth: 9, markerHeight: 9, refX: 8, refY: 4.5, orient: "auto",
    markerUnits: "userSpaceOnUse" }, head);
  const arrows = cycle.map((_, index) => draw("path", { d: arrow(places, index), "marker-end": `url(#${mark})` }));
  const circles = cycle.map(([thread], index) => circle(thread, places[index]));
  const label = cycle.map(([thread, name, holder]) => `${thread} waits for ${name} held by ${holder}`).join(", ");
  return draw("svg", { viewBox: `0 0 ${SIDE} ${height}`, role: "img", "aria-label": `wait-for cycle: ${label}` },
    draw("defs", {}, marker), ...arrows, ...circles);
}

function around(count) {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2;
    return [SIDE / 2 + 78 * Math.cos(angle), SIDE / 2 + 78 * Math.sin(angle)];
  });
}

function arrow(places, index) {
  const [x0, y0] = places[index];
  if (places.length === 1) return `M ${x0 - 14} ${y0 - 20} C ${x0 - 46} ${y0 - 76}, ${x0 + 46} ${y0 - 76}, ${x0 + 15} ${y0 - 21}`;
  const [x1, y1] = places[(index + 1) % places.length];
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const bend = places.length === 2 ? 34 : 0;
  const start = [x0 + RADIUS * dx, y0 + RADIUS * dy];
  const end = [x1 - (RADIUS + 3) * dx, y1 - (RADIUS + 3) * dy];
  const control = [(x0 + x1) / 2 - bend * dy, (y0 + y1) / 2 + bend * dx];
  return `M ${start} Q ${control} ${end}`;
}

function circle(name, [x, y]) {
  const text = draw("text", { x, y: y + 6, "text-anchor": "middle" }, name);
  if (name.length > 4) text.setAttribute("textLength", 2 * RADIUS - 6);
  return draw("g", {}, draw("circle", { cx: x, cy: y, r: RADIUS }), text);
}
