// A live experiment: shows what Python tells while threads run, and tells Python what was pressed and turned.

import { keepKeys, LOST, make, RUN_AGAIN, say } from "../front/dom.js";
import { Board } from "./board.js";
import { Knobs } from "./knobs.js";
import { Placing } from "./placing.js";
import { Verdict } from "./verdict.js";

class Live {
  constructor(model, el) {
    this.model = model;
    this.knobs = new Knobs(model.get("knobs"), model.get("values"), (values) => this.turn(values));
    // With the knobs as they are seen: a change of them that is on its way may come after this message.
    this.run = button("▶ Run", () => model.send({ do: "run", values: this.knobs.values }));
    this.stop = button("■ Stop", () => model.send({ do: "stop" }));
    this.status = make("span", "live-status", { role: "status" });
    this.clock = make("span", "live-clock", { "aria-hidden": "true" });
    this.tells = make("p", "live-tells");
    this.verdict = new Verdict();
    this.placing = new Placing();
    this.board = new Board(model.get("window_s"), model.get("counted"));
    this.listen();
    el.replaceChildren(this.build());
    this.showState();
  }

  build() {
    const title = make("h3", "", {}, this.model.get("title"));
    const buttons = make("div", "live-buttons", {}, this.run, this.stop, this.clock, this.status);
    this.node = make("div", "live", {
      role: "region",
      "aria-label": `live experiment: ${this.model.get("title")}`,
    });
    this.node.append(title, this.knobs.node, buttons, this.tells, this.verdict.node, this.board.node);
    return this.node;
  }

  listen() {
    const { model } = this;
    this.heard = {
      "msg:custom": (message) => this.hear(message),
      [LOST]: () => this.lose(),
      "change:running": () => this.showState(),
      "change:frozen": () => this.showState(),
      "change:values": () => {
        this.knobs.update(model.get("values"));
        this.showState();
      },
    };
    for (const [event, react] of Object.entries(this.heard)) model.on(event, react);
  }

  // ---- what is turned and told

  turn(values) {
    if (this.isLost) return;
    this.model.set("values", values);
    this.model.save_changes();
    this.showState();
  }

  hear(message) {
    if (message.kind === "begin") {
      this.placing.begin();
      this.board.begin();
      this.verdict.clear();
      this.node.dataset.stale = "false";
    } else if (message.kind === "frame") {
      const seen = this.placing.read(message);
      this.board.push(seen);
      say(this.clock, `${seen.now.toFixed(1)} s`);
      say(this.tells, message.tells);
    }
  }

  lose() {
    this.isLost = true;
    enable(this.run, false);
    enable(this.stop, false);
    this.board.strip.stop();
    say(this.status, RUN_AGAIN);
  }

  // ---- what is seen

  showState() {
    const isRunning = this.model.get("running");
    enable(this.run, !isRunning);
    enable(this.stop, isRunning);
    this.node.dataset.running = isRunning;
    if (isRunning) say(this.status, "running");
    else this.showFrozen(this.model.get("frozen"));
  }

  showFrozen(frozen) {
    if (!frozen.ending) {
      say(this.status, "press Run");
      return;
    }
    const isStale = Object.entries(frozen.values).some(([name, value]) => this.knobs.values[name] !== value);
    this.node.dataset.stale = isStale;
    const ended = `${frozen.ending} after ${frozen.now.toFixed(1)} s`;
    say(this.status, isStale ? "a knob has been turned since: press Run" : ended);
    say(this.clock, "");
    say(this.tells, frozen.tells);
    if (frozen === this.shown) return;
    this.shown = frozen;
    this.board.freeze(frozen, `timeline of ${frozen.lanes.length} threads, ${ended}; the table has its sums`);
    this.verdict.show(frozen);
  }

  close() {
    for (const [event, react] of Object.entries(this.heard)) this.model.off(event, react);
    this.board.close();
  }
}

/** A button that is off stays in the order of the Tab key, so that nobody loses their place. */
function button(text, onPress) {
  const node = keepKeys(make("button", "", { type: "button" }, text));
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-disabled") !== "true") onPress();
  });
  return node;
}

function enable(node, isOn) {
  node.setAttribute("aria-disabled", !isOn);
}

function render({ model, el }) {
  const live = new Live(model, el);
  return () => live.close();
}

export default { render };
