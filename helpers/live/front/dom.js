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

/** Leave an element its keys: JupyterLab takes them where the element that has the focus does not say so. */
export function keepKeys(node) {
  node.setAttribute("data-lm-suppress-shortcuts", "true");
  return node;
}

let named = 0;

/** Return an id that nothing else on the page has. */
export function freshId(prefix) {
  named += 1;
  return `${prefix}-${named}`;
}

/** Let an element say a text. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** What a widget says once its kernel has ended: JupyterLab tells the model so with the event LOST. */
export const LOST = "comm_live_update";
export const RUN_AGAIN = "the kernel has been restarted: run this cell again";
