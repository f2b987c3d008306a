// The stepper: draws the view that Python sends, and tells Python what was pressed. It decides nothing.

import { keepKeys, LOST, make, RUN_AGAIN, say } from "../front/dom.js";
import { button, enable, set } from "./controls.js";
import { ThreadCard } from "./threads.js";
import { WaitForGraph } from "./graph.js";
import { Banner, Goal, Schedule, Things, Variables } from "./panels.js";

class Stepper {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.cards = new Map();
    this.parts = {
      goal: new Goal(),
      variables: new Variables(),
      things: new Things(),
      graph: new WaitForGraph(),
      schedule: new Schedule(),
      banner: new Banner(),
    };
    this.makeButtons();
    this.build();
    this.redraw = () => this.update(model.get("view"));
    model.on("change:view", this.redraw);
    this.lose = () => {
      this.isLost = true;
      say(this.message, RUN_AGAIN);
    };
    model.on(LOST, this.lose);
    this.redraw();
  }

  get view() {
    return this.model.get("view");
  }

  send(action, value = null) {
    if (!this.isLost) this.model.send({ action, value });
  }

  makeButtons() {
    this.buttons = {
      undo: button("↶ Undo ", "u", () => this.send("undo")),
      reset: button("⟲ Reset ", "r", () => this.send("reset")),
      finish: button("» Run to the end ", "e", () => this.send("finish")),
      show: button("Show me ", "s", () => this.send("show")),
      next: button("Next ", "n", () => this.send("next")),
      copy: button("Copy schedule ", "c", () => this.copy()),
    };
  }

  build() {
    const { goal, variables, things, graph, schedule, banner } = this.parts;
    const { undo, reset, finish, show, next, copy } = this.buttons;
    this.title = make("h3");
    this.message = make("span", "stepper-message", { role: "status" });
    this.threads = make("div", "stepper-threads");
    this.chance = make("div", "stepper-chance", { role: "group", "aria-label": "chance" });
    this.notes = make("div", "stepper-notes");
    const controls = make("div", "stepper-controls", { role: "toolbar", "aria-label": "schedule" });
    controls.append(undo, reset, finish, show, next, copy, this.message);
    const side = make("aside", "stepper-side", { "aria-label": "shared state" });
    this.variablesHead = heading("Shared variables");
    this.thingsHead = heading("Locks");
    side.append(this.variablesHead, variables.node, this.thingsHead, things.node);
    side.append(heading("Who waits for whom"), graph.node);
    const head = make("div", "stepper-head-line", {}, this.title, goal.node);
    const left = make("div", "stepper-left", {}, this.threads, schedule.node, this.chance, this.notes);
    const main = make("div", "stepper-main", {}, left, side);
    this.node = keepKeys(make("div", "stepper", { role: "region", tabindex: "0" }));
    this.node.append(head, controls, banner.node, main);
    this.node.addEventListener("keydown", (event) => this.press(event));
    this.el.replaceChildren(this.node);
  }

  // ---- what is pressed

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = this.view.threads.find((thread) => String(thread.number) === event.key);
    const pressed = chosen
      ? this.cards.get(chosen.number).move
      : Object.values(this.buttons).find((each) => each.getAttribute("aria-keyshortcuts") === event.key);
    if (!pressed) return;
    event.preventDefault();
    event.stopPropagation();
    pressed.press(); // also where it is off: who types fast is ahead of what is drawn, and Python knows best
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.view.replay);
      say(this.message, "Copied: paste it into a cell.");
    } catch {
      say(this.message, this.view.replay);
    }
  }

  // ---- what is seen

  update(view) {
    set(this.node, "aria-label", `stepper of ${view.program}; keys: a thread's number, u, r, e, s, n, c`);
    say(this.title, view.program);
    say(this.message, view.message);
    set(this.threads, "data-many", view.threads.length > 5);
    this.updateThreads(view);
    this.parts.goal.update(view.goal);
    this.parts.variables.update(view.variables);
    this.parts.things.update(view.things);
    this.parts.graph.update(view);
    this.parts.schedule.update(view);
    this.parts.banner.update(view);
    set(this.variablesHead, "hidden", view.variables.length ? null : "");
    set(this.thingsHead, "hidden", view.things.length ? null : "");
    enable(this.buttons.undo, view.turns.length > 0);
    enable(this.buttons.reset, view.turns.length > 0 || view.plan !== null);
    enable(this.buttons.finish, !view.is_over);
    enable(this.buttons.next, view.plan !== null && view.plan.done < view.plan.turns.length);
    this.updateChance(view);
    this.updateNotes(view);
  }

  updateThreads(view) {
    for (const thread of view.threads) {
      if (!this.cards.has(thread.number)) {
        this.cards.set(thread.number, new ThreadCard(thread, (number) => this.send("move", number)));
      }
      this.cards.get(thread.number).update(thread);
    }
    const order = [...view.threads.slice(1), ...view.threads.slice(0, 1)];
    const nodes = order.map((thread) => this.cards.get(thread.number).node);
    if (nodes.length !== this.threads.children.length || nodes.some((node, at) => node !== this.threads.children[at])) {
      this.threads.replaceChildren(...nodes);
    }
  }

  updateChance(view) {
    const [number, count] = view.chance ?? [0, 0];
    const name = view.threads.find((thread) => thread.number === number)?.name;
    const outcomes = Array.from({ length: count }, (_, outcome) => {
      const node = keepKeys(make("button", "", { type: "button" }, `outcome ${outcome + 1}`));
      node.addEventListener("click", () => this.send("draw", outcome));
      return node;
    });
    this.chance.replaceChildren(...(count ? [`${name} asks chance: `, ...outcomes] : []));
  }

  updateNotes(view) {
    const marks = view.marks.map(([thread, label]) => `${thread} ${label}`);
    const notes = [
      marks.length ? `Marks: ${marks.join(" · ")}` : "",
      view.printed ? `Printed: ${view.printed.trim()}` : "",
      view.notes.length ? `No schedule controls: ${view.notes.join(", ")}.` : "",
    ];
    say(this.notes, notes.filter(Boolean).join("   "));
  }

  stop() {
    this.model.off("change:view", this.redraw);
    this.model.off(LOST, this.lose);
  }
}

function heading(text) {
  return make("h4", "", {}, text);
}

function render({ model, el }) {
  const stepper = new Stepper(model, el);
  return () => stepper.stop();
}

export default { render };
