// One card for each thread: what it would do next, its source with the current line, and its own variables.

import { make, say } from "../front/dom.js";
import { button, enable, set, whenChanged } from "./controls.js";

const SIGNS = { ready: "▶", blocked: "■", waits: "…", sleeps: "z", ended: "✓", failed: "✗", stopped: "–" };

export class ThreadCard {
  constructor(thread, move) {
    this.node = make("section", "stepper-thread", {
      role: "group",
      "aria-label": `thread ${thread.name}`,
      "data-thread": thread.number % 7,
    });
    this.status = make("span", "stepper-status");
    this.head = make("header", "", {}, make("b", "", {}, thread.name), this.status);
    this.move = button("", String(thread.number), () => move(thread.number));
    this.move.classList.add("stepper-move");
    this.does = make("span");
    this.move.prepend(this.does);
    this.last = make("div", "stepper-last");
    this.calls = make("div", "stepper-calls");
    this.source = make("ol", "stepper-source", { "aria-label": `source that ${thread.name} is in` });
    this.values = make("div", "stepper-values");
    this.node.append(this.head, this.move, this.last, this.calls, this.source, this.values);
    this.drawSource = whenChanged((source) => this.source.replaceChildren(...lines(source)));
  }

  update(thread) {
    set(this.node, "data-status", thread.status);
    set(this.node, "data-slim", thread.is_slim);
    say(this.status, `${SIGNS[thread.status]} ${thread.status}`);
    say(this.does, thread.says);
    set(this.move, "aria-label", `${thread.name}: ${thread.says}`);
    set(this.move, "data-next", thread.is_next);
    enable(this.move, thread.status === "ready");
    say(this.last, thread.last ? `last: ${thread.last}` : "");
    set(this.calls, "hidden", thread.calls.length > 1 ? null : "");
    say(this.calls, thread.calls.join(" › "));
    this.drawSource(thread.source);
    say(this.values, thread.values.map(([name, value]) => `${name} = ${value}`).join("   "));
  }
}

function lines(source) {
  if (source === null) return [];
  return source.lines.map((text, index) => {
    const isHere = index === source.at;
    const indent = (text.length - text.trimStart().length) / 2; // cards are narrow
    const attributes = { value: source.first + index, style: `--indent: ${indent}ch` };
    const line = make("li", "", attributes, ...breakable(text.trimStart() || " "));
    if (isHere) set(line, "aria-current", "step");
    return line;
  });
}

/** A line of code that is too long is broken after a bracket, not in the middle of a word. */
function breakable(text) {
  return text.split(/(?<=\()(?!\))/).flatMap((part, at) => (at === 0 ? [part] : [make("wbr"), part]));
}
