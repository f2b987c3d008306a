// Sliders and choices: the browser's own controls, so that keys and screen readers work as everywhere.

import { make, say } from "../front/dom.js";

let made = 0;

/** The knobs of an experiment; `onTurn(values)` is called with all values when one of them is turned. */
export class Knobs {
  constructor(knobs, values, onTurn) {
    this.values = { ...values };
    this.controls = new Map();
    this.node = make("div", "live-knobs", { role: "group", "aria-label": "knobs" });
    for (const knob of knobs) {
      const control = knob.kind === "slider" ? new Slider(knob) : new Choice(knob);
      control.onTurn = (value) => {
        this.values = { ...this.values, [knob.name]: value };
        onTurn(this.values);
      };
      this.controls.set(knob.name, control);
      this.node.append(control.node);
    }
    this.update(values);
  }

  update(values) {
    this.values = { ...values };
    for (const [name, control] of this.controls) control.update(values[name]);
  }
}

class Slider {
  constructor({ label, low, high, step, unit }) {
    const id = `live-knob-${(made += 1)}`;
    this.unit = unit;
    this.input = make("input", "", { id, type: "range", min: low, max: high, step });
    this.output = make("output", "", { for: id });
    this.node = make("div", "live-slider", {}, make("label", "", { for: id }, label), this.input, this.output);
    this.input.addEventListener("input", () => {
      this.tell();
      this.onTurn(Number(this.input.value));
    });
  }

  update(value) {
    if (Number(this.input.value) !== value) this.input.value = value;
    this.tell();
  }

  tell() {
    const text = `${this.input.value} ${this.unit}`.trim();
    say(this.output, text);
    this.input.setAttribute("aria-valuetext", text);
  }
}

class Choice {
  constructor({ label, options }) {
    const name = `live-knob-${(made += 1)}`;
    this.inputs = options.map((option) => make("input", "", { type: "radio", name, value: option }));
    const words = this.inputs.map((input) => make("label", "", {}, input, make("span", "", {}, input.value)));
    this.node = make("fieldset", "live-choice", {}, make("legend", "", {}, label), ...words);
    for (const input of this.inputs) input.addEventListener("change", () => this.onTurn(input.value));
  }

  update(value) {
    for (const input of this.inputs) input.checked = input.value === value;
  }
}
