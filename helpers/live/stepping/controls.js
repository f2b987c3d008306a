// Buttons that keep their place, and changes that are made only where something differs.

import { keepKeys, make } from "../front/dom.js";

/** Set an attribute, or take it off where the value is null. */
export function set(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Make a button with its key behind its text; `node.press()` does what it does, whether or not it is on. */
export function button(text, key, onClick) {
  const attributes = { type: "button", "aria-keyshortcuts": key };
  const node = keepKeys(make("button", "", attributes, text, make("kbd", "", {}, key)));
  node.press = onClick;
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-disabled") !== "true") onClick();
  });
  return node;
}

/** Switch a button on or off. It stays in the order of the Tab key, so nobody loses their place. */
export function enable(node, isOn) {
  set(node, "aria-disabled", isOn ? null : "true");
}

/** Return a function that redraws only where what it is given differs from the last time. */
export function whenChanged(redraw) {
  let last;
  return (value) => {
    const text = JSON.stringify(value);
    if (text !== last) redraw(value);
    last = text;
  };
}
