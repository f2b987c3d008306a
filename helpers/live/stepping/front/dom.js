// Small helpers to build a page and to change no more of it than has changed: so focus stays where it is.

/** Make an element with a class, attributes and children. */
export function make(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Make an element of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Let an element say a text. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Set an attribute, or take it off where the value is null. */
export function set(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

/** Make a button with its key behind its text; `node.press()` does what it does, whether or not it is on. */
export function button(text, key, onClick) {
  const node = make("button", "", { type: "button", "aria-keyshortcuts": key }, text, make("kbd", "", {}, key));
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
