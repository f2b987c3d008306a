// Where what Python tells of a run is drawn, and what it adds up to, in seconds.
//
// Python tells in each frame the requests that have ended since the last one and those that go on, as
// helpers/live/feed.py says. What has one lane at the same time lies on levels over one another.

const NANO = 1e-9;
const INSTANT = 500_000; // nanoseconds: a wait under this cannot be seen, and a free lock takes a moment too
const IN_VAIN = new Set(["refused", "timed out"]);

export class Placing {
  constructor() {
    this.begin();
  }

  /** Forget the last run. */
  begin() {
    this.busy = []; // for each lane, until when each of its levels is taken
    this.goingOn = new Map(); // the level of each request that went on at the last frame
  }

  /** Return what the strip and the table show of a frame, in the form that a still picture has. */
  read({ now, lanes, rows, open, marks }) {
    while (this.busy.length < lanes.length) this.busy.push([]);
    const levels = this.place([...rows, ...open]);
    const bars = (row) => barsOf(row, levels.get(row));
    const inVain = rows.filter((row) => IN_VAIN.has(row[6]));
    return {
      now: now * NANO,
      lanes: lanes.map(([name]) => name),
      levels: Math.max(1, ...this.busy.map((levels) => levels.length)),
      bars: rows.flatMap(bars),
      open: open.flatMap(bars),
      marks: [
        ...inVain.map((row) => [row[0], levels.get(row), "vain", row[6], row[5] * NANO]),
        ...marks.map(([lane, label, at]) => [lane, -1, "note", label, at * NANO]),
      ],
      sums: lanes.map(([, life, waited, count]) => [life > 0 ? waited / life : 0, count]),
    };
  }

  /**
   * Return the level of each row: the first that is free in its lane when it is asked for.
   *
   * One that is seen twice, as it was granted while Python looked, stays where it is.
   */
  place(rows) {
    const levels = new Map();
    const known = new Map(this.goingOn);
    this.goingOn.clear();
    for (const row of [...rows].sort((one, other) => one[3] - other[3])) {
      const [lane, , name, asked, , ended] = row;
      const key = `${lane} ${asked} ${name}`;
      const busy = this.busy[lane];
      const level = known.get(key) ?? firstFree(busy, asked);
      known.set(key, level);
      busy[level] = ended ?? Infinity;
      if (ended === null) this.goingOn.set(key, level);
      levels.set(row, level);
    }
    return levels;
  }
}

function firstFree(busy, asked) {
  const level = busy.findIndex((until) => until <= asked);
  return level < 0 ? busy.length : level;
}

/** The bars of a request: its wait, and its hold; the last has no end where it goes on. */
function barsOf([lane, mode, name, asked, granted, ended], level) {
  const bars = [];
  const waitEnds = granted ?? ended;
  if (waitEnds === null || waitEnds - asked > INSTANT) {
    bars.push([lane, level, mode === "elsewhere" ? mode : "waiting", name, asked * NANO, seconds(waitEnds)]);
  }
  if (granted !== null) bars.push([lane, level, mode, name, granted * NANO, seconds(ended)]);
  return bars;
}

function seconds(nano) {
  return nano === null ? null : nano * NANO;
}
