// The moving strip: bars and marks of the last seconds on a canvas, at the browser's own frame rate.
//
// Events come ten times a second, and time between them is the browser's. The strip shows what happened a
// moment ago, so that nothing appears behind its right edge.

import { fills, look } from "./patterns.js";

const LAG_S = 0.15;
const EDGE = 10; // pixels at the right that stay free

export class Strip {
  constructor(canvas, windowS) {
    this.canvas = canvas;
    this.windowS = windowS;
    this.context = canvas.getContext("2d");
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.request = 0;
    this.begin();
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(canvas);
    // A frame later, for while JupyterLab changes its theme nothing on the page has a width.
    this.theming = new MutationObserver(() => requestAnimationFrame(() => this.redraw()));
    this.theming.observe(document.body, { attributeFilter: ["data-jp-theme-name", "data-jp-theme-light"] });
  }

  // ---- what is told

  begin() {
    this.bars = [];
    this.open = [];
    this.marks = [];
    this.lanes = 0;
    this.levels = 1;
    this.stuck = new Set();
    this.names = new Set();
    this.known = 0;
    this.shown = 0;
    this.moving = false;
  }

  /** Take a frame of a run that goes on. */
  push(frame) {
    this.take(frame);
    this.arrived = performance.now();
    if (this.still.matches) this.page();
    else if (!this.moving) {
      this.moving = true;
      this.shown = frame.now - LAG_S;
      this.request = requestAnimationFrame(() => this.step());
    }
  }

  /** Take the last frame of a run that has ended; `stuck` names the lanes that are in a deadlock. */
  freeze(frame, stuck) {
    this.stop();
    this.begin();
    this.take(frame);
    this.stuck = new Set(stuck);
    this.shown = frame.now;
    this.redraw();
  }

  take(frame) {
    const oldest = frame.now - this.windowS - 1;
    this.bars = this.bars.filter((bar) => bar[5] > oldest).concat(frame.bars);
    this.marks = this.marks.filter((mark) => mark[4] > oldest).concat(frame.marks);
    this.open = frame.open;
    for (const bar of [...frame.bars, ...frame.open]) this.names.add(bar[3]);
    this.lanes = frame.lanes.length;
    this.levels = frame.levels;
    this.known = frame.now;
  }

  // ---- moving

  step() {
    if (!this.moving) return;
    this.request = requestAnimationFrame(() => this.step());
    const wanted = this.known + (performance.now() - this.arrived) / 1000 - LAG_S;
    this.shown = Math.max(this.shown, Math.min(this.known, wanted));
    this.draw();
  }

  /** For who wants no motion: a new page once a second. */
  page() {
    if (Math.floor(this.known) > this.shown) {
      this.shown = Math.floor(this.known);
      this.draw();
    }
  }

  stop() {
    this.moving = false;
    cancelAnimationFrame(this.request);
  }

  close() {
    this.stop();
    this.resizing.disconnect();
    this.theming.disconnect();
  }

  // ---- drawing

  resize() {
    const density = devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth) return;
    this.canvas.width = Math.round(clientWidth * density);
    this.canvas.height = Math.round(clientHeight * density);
    this.fill = fills(this.context, density);
    this.redraw();
  }

  redraw() {
    const style = getComputedStyle(this.canvas);
    this.ink = style.getPropertyValue("--live-ink");
    this.grid = style.getPropertyValue("--live-grid");
    this.paper = style.getPropertyValue("--live-paper");
    this.size = parseFloat(style.fontSize);
    this.font = style.fontFamily;
    this.draw();
  }

  draw() {
    if (!this.fill || !this.canvas.clientWidth) return;
    const density = this.canvas.width / this.canvas.clientWidth;
    this.width = this.canvas.clientWidth;
    this.axis = this.size * 1.7;
    this.row = (this.canvas.clientHeight - this.axis) / Math.max(1, this.lanes);
    this.end = Math.max(this.shown, this.windowS);
    this.scale = (this.width - EDGE) / this.windowS;
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.context.clearRect(0, 0, this.width, this.canvas.clientHeight);
    this.drawAxis();
    for (const bar of this.bars) this.drawBar(bar, bar[5]);
    for (const bar of this.open) this.drawBar(bar, this.shown, this.stuck.has(bar[0]));
    for (const mark of this.marks) this.drawMark(mark);
  }

  x(time) {
    return (time - this.end + this.windowS) * this.scale;
  }

  /** Where a level of a lane stands: the first is the lowest, so that what nests lies like a stack. */
  bottom(lane, level) {
    return (lane + 1) * this.row - 2 - ((this.row - 4) / this.levels) * level;
  }

  drawAxis() {
    const pen = this.context;
    const bottom = this.row * this.lanes;
    pen.strokeStyle = this.grid;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let lane = 0; lane <= this.lanes; lane += 1) {
      pen.moveTo(0, Math.round(lane * this.row) + 0.5);
      pen.lineTo(this.width, Math.round(lane * this.row) + 0.5);
    }
    pen.stroke();
    pen.fillStyle = this.ink;
    pen.font = `${this.size * 0.85}px ${this.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (let second = Math.ceil(this.end - this.windowS); second <= this.end; second += 1) {
      const x = this.x(second);
      pen.fillStyle = this.grid;
      pen.fillRect(Math.round(x), 0, 1, bottom + 5);
      pen.fillStyle = this.ink;
      if (x > 12 && x < this.width - 12) pen.fillText(`${second} s`, x, bottom + this.size * 1.35);
    }
  }

  drawBar([lane, level, style, text, start], end, isStuck = false) {
    const left = Math.max(0, this.x(start));
    const width = Math.max(0.7, this.x(Math.min(end, this.shown)) - left);
    if (this.x(end) < 0 || start > this.shown) return;
    const shape = isStuck && style === "waiting" ? "stuck" : style;
    const { thick, ink } = look(shape);
    const part = (this.row - 4) / this.levels;
    const height = part * thick;
    const top = this.bottom(lane, level) - (part + height) / 2;
    const pen = this.context;
    pen.fillStyle = this.fill(shape);
    pen.fillRect(left, top, width, height);
    if (width > 24 && this.names.size > 1) this.write(text, left, top, width, height, ink, shape);
  }

  /** Write what a bar is about where there is room, on a patch where the bar has a pattern. */
  write(text, left, top, width, height, ink, style) {
    const pen = this.context;
    const size = Math.min(this.size * 0.85, height * 0.82);
    if (size < 9) return;
    pen.font = `600 ${size}px ${this.font}`;
    const words = [text, /\[[^\]]*\]/.exec(text)?.[0]].find(
      (each) => each && pen.measureText(each).width < width - 10,
    );
    if (!words) return;
    const middle = left + width / 2;
    if (look(style).hatch) {
      const room = pen.measureText(words).width + 6;
      pen.fillStyle = look(style).face;
      pen.fillRect(middle - room / 2, top + (height - size * 1.1) / 2, room, size * 1.1);
    }
    pen.fillStyle = ink;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(words, middle, top + height / 2 + size * 0.06);
  }

  drawMark([lane, level, style, , at]) {
    if (at > this.shown || this.x(at) < 0) return;
    const part = (this.row - 4) / this.levels;
    const y = level < 0 ? (lane + 0.5) * this.row : this.bottom(lane, level) - part / 2;
    if (style === "vain") this.cross(this.x(at), y);
    else this.triangle(this.x(at), lane * this.row + this.row * 0.24);
  }

  cross(x, y) {
    const pen = this.context;
    const arm = Math.min(7, this.row / this.levels / 3.2);
    for (const [colour, width] of [[this.paper, 5.5], [this.ink, 2.6]]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      pen.moveTo(x - arm, y - arm);
      pen.lineTo(x + arm, y + arm);
      pen.moveTo(x - arm, y + arm);
      pen.lineTo(x + arm, y - arm);
      pen.stroke();
    }
  }

  triangle(x, y) {
    const pen = this.context;
    pen.beginPath();
    pen.moveTo(x - 7, y - 6);
    pen.lineTo(x + 7, y - 6);
    pen.lineTo(x, y + 6);
    pen.closePath();
    pen.fillStyle = "#d55e00";
    pen.strokeStyle = this.paper;
    pen.lineWidth = 1.5;
    pen.fill();
    pen.stroke();
  }
}
