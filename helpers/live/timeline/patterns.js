// How bars of one meaning look: colours that everybody tells apart (Okabe and Ito), and a pattern for each.

const LOOKS = {
  elsewhere: { label: "blocked elsewhere", face: "#b5b5b5", thick: 0.4, ink: "#000" },
  waiting: { label: "waits", face: "#fbe3b3", thick: 0.56, ink: "#000", hatch: stripes },
  shared: { label: "holds, shared", face: "#56b4e9", thick: 0.86, ink: "#000", hatch: dots },
  exclusive: { label: "holds", face: "#0072b2", thick: 0.86, ink: "#fff" },
  stuck: { label: "stuck for ever", face: "#d55e00", thick: 0.56, ink: "#fff", hatch: crosses },
};
const TILE = 8;

export function look(style) {
  return LOOKS[style];
}

/** Return a function that gives the fill of a style, for one canvas at one density of pixels. */
export function fills(context, density) {
  const made = {};
  return (style) => (made[style] ??= fill(context, LOOKS[style], density));
}

function fill(context, { face, hatch }, density) {
  if (!hatch) return face;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(TILE * density);
  const ink = tile.getContext("2d");
  ink.scale(tile.width / TILE, tile.height / TILE);
  ink.fillStyle = face;
  ink.fillRect(0, 0, TILE, TILE);
  hatch(ink);
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(TILE / tile.width));
  return pattern;
}

function lines(ink, colour, width, ...ends) {
  ink.strokeStyle = colour;
  ink.lineWidth = width;
  ink.beginPath();
  for (const [x0, y0, x1, y1] of ends) {
    ink.moveTo(x0, y0);
    ink.lineTo(x1, y1);
  }
  ink.stroke();
}

function stripes(ink) {
  lines(ink, "#a86f00", 2, [-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6]);
}

function crosses(ink) {
  lines(ink, "#fff", 1.4, [-2, 10, 10, -2], [-2, -2, 10, 10]);
}

function dots(ink) {
  ink.fillStyle = "#00324d";
  for (const [x, y] of [[2, 2], [6, 6]]) {
    ink.beginPath();
    ink.arc(x, y, 1.15, 0, 2 * Math.PI);
    ink.fill();
  }
}
