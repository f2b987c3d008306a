// What threads share and what they meet at; the schedule so far; how it ends.

import { keepKeys, make, say } from "../front/dom.js";
import { set, whenChanged } from "./controls.js";

/** A list of names and values; what has changed is marked until the next turn. */
export class Variables {
  constructor() {
    this.node = make("dl", "stepper-variables");
    this.before = new Map();
    this.redraw = whenChanged((variables) => this.draw(variables));
  }

  update(variables) {
    set(this.node, "hidden", variables.length ? null : "");
    this.redraw(variables);
  }

  draw(variables) {
    const rows = variables.map(([name, value]) => {
      const isNew = this.before.has(name) && this.before.get(name) !== value;
      const shown = make("dd", "", isNew ? { "data-changed": "" } : {}, value);
      return make("div", "", {}, make("dt", "", {}, name), shown);
    });
    this.before = new Map(variables);
    this.node.replaceChildren(...rows);
  }
}

/** Locks and the like: who holds each, and who waits. */
export class Things {
  constructor() {
    this.node = make("ul", "stepper-things");
    this.update = whenChanged((things) => this.node.replaceChildren(...things.map(thingItem)));
  }
}

function thingItem(thing) {
  const item = make("li", "", { "data-held": thing.holders.length > 0 }, make("b", "", {}, thing.name));
  const holders = thing.holders.map(([name, mode]) => (mode === "shared" ? `${name} (shared)` : name));
  const isHeldByNone = ["lock", "rlock", "rw", "condition"].includes(thing.kind) ? "free" : "";
  const held = holders.length ? `held by ${holders.join(", ")}` : thing.state ? "" : isHeldByNone;
  const waiting = thing.waiting.length ? `${thing.waiting.join(", ")} waits` : "";
  item.append(` ${[held, thing.state, waiting].filter(Boolean).join(" · ")}`);
  return item;
}

/** The turns so far, and those that a plan has still to come. */
export class Schedule {
  constructor() {
    this.node = keepKeys(make("ol", "stepper-turns", { "aria-label": "the schedule so far", tabindex: "0" }));
    this.redraw = whenChanged(({ turns, ahead }) => this.draw(turns, ahead));
  }

  update(view) {
    const ahead = view.plan ? view.plan.turns.slice(view.plan.done) : [];
    const numbers = new Map(view.threads.map((thread) => [thread.name, thread.number]));
    const coming = ahead.map((name) => ({ thread: name, number: numbers.get(name), what: "" }));
    this.redraw({ turns: view.turns, ahead: coming });
  }

  draw(turns, ahead) {
    const chips = [...turns.map((turn) => chip(turn, "")), ...ahead.map((turn) => chip(turn, "stepper-ahead"))];
    this.node.replaceChildren(...chips);
    this.node.scrollTop = this.node.scrollHeight;
  }
}

function chip(turn, className) {
  const name = make("b", "", {}, turn.thread);
  return make("li", className, { "data-thread": turn.number % 7 }, name, turn.what ? ` ${turn.what}` : "");
}

/** How it ends, as large as it deserves; until then, who can move. */
export class Banner {
  constructor() {
    this.head = make("strong");
    this.text = make("span");
    this.node = make("div", "stepper-banner", { role: "status", "aria-live": "polite" }, this.head, this.text);
  }

  update({ banner, threads }) {
    const ready = threads.filter((thread) => thread.status === "ready").map((thread) => thread.name);
    set(this.node, "data-kind", banner === null ? "none" : banner.is_good ? "good" : "bad");
    say(this.head, banner === null ? "" : `${banner.is_good ? "✓" : "✗"} ${banner.head}`);
    say(this.text, banner === null ? `Whose turn is it? ${ready.join(" or ")} can move.` : banner.text);
  }
}

/** What is to be reached, and whether it is. */
export class Goal {
  constructor() {
    this.text = make("span");
    this.state = make("b");
    this.node = make("div", "stepper-goal", { role: "status" }, "Goal: ", this.text, " ", this.state);
  }

  update(goal) {
    set(this.node, "hidden", goal === null ? "" : null);
    if (goal === null) return;
    set(this.node, "data-state", goal.state);
    say(this.text, goal.text);
    say(this.state, { open: "○ not yet", reached: "★ reached", missed: "✗ not this way: undo or reset" }[goal.state]);
  }
}
