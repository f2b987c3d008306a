"""What is measured inside a kernel: a run that is watched in one of three ways, or not at all."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from helpers import Live, run
from helpers.lessons.reader_writer_locks.live import READERS_WRITERS
from helpers.live import Experiment, Scene
from helpers.live.feed import Feed
from helpers.live.session import LiveRun
from helpers.running.session import RunSession

from .learners_code import as_learners_code

WAYS = ("nothing", "live", "matplotlib")
SETTLE_S = 0.5
FRAMES = 2  # of a window; short, as the speed of a shared machine drifts within a second


@as_learners_code
def one_computes(counts: list[int]) -> Callable[[], None]:
    """Return a program without an end: a thread computes, and counts it; five take turns at a lock."""

    def take_turns(number: int) -> None:
        while True:
            with lock:
                time.sleep(0.02)
            time.sleep(0.04 + 0.005 * number)

    def compute() -> None:
        while True:
            for _ in range(1000):
                pass
            counts[0] += 1

    def program() -> None:
        threads = [threading.Thread(target=take_turns, args=(number,)) for number in range(5)]
        threads.append(threading.Thread(target=compute))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    lock = threading.Lock()
    return program


def cpu_percent(way: str, seconds: float) -> float:
    """Return the processor time of this whole process while a run is watched, in percent of one core.

    The run is lesson 04's readers and writers as they stand: six threads, each about three times a second.

    Args:
        way: one of `WAYS`.
        seconds: how long to measure, in the middle of a run.
    """
    shares: list[float] = []

    def measure() -> None:
        time.sleep(SETTLE_S)
        began, cpu_s = time.perf_counter(), time.process_time()
        time.sleep(seconds)
        shares.append((time.process_time() - cpu_s) / (time.perf_counter() - began))

    measuring = threading.Thread(target=measure)
    measuring.start()
    watching(way)(seconds + 2 * SETTLE_S)
    measuring.join()
    return 100 * shares[0]


def watching(way: str) -> Callable[[float], Any]:
    """Return what runs lesson 04's readers and writers for some seconds, watched in one of `WAYS`."""
    if way == "nothing":
        return lambda seconds: run(READERS_WRITERS.scene({}).program, timeout_s=seconds)
    if way == "live":
        live = Live(READERS_WRITERS)
        return lambda seconds: live.run(seconds=seconds)
    redraw = _redrawing()
    return lambda seconds: LiveRun(READERS_WRITERS, READERS_WRITERS.checked({}), seconds, redraw).perform()


def loss_percent(way: str, seconds: float) -> float:
    """Return how much less a computing thread gets done while its run is watched, in percent.

    Args:
        way: one of `WAYS`.
        seconds: how long the run takes.

    Raises:
        Exception: what showing a frame raised.
    """
    counts = [0]
    experiment = Experiment("bench", lambda: Scene(one_computes(counts)), ())
    alternating = _Alternating(experiment, seconds, _showing(way, experiment), counts)
    alternating.perform()
    if alternating.error is not None:
        raise alternating.error
    return alternating.loss_percent()


class _Alternating(LiveRun):
    """A run that is watched in one window of two, and the speed of its computing thread in each window.

    Only what is compared within a moment is comparable: from one second to the next, a shared machine's
    speed changes by more than watching costs. Which of the two is watched is left to chance, so that the
    other threads' own rhythm does not count.
    """

    def __init__(
        self,
        experiment: Experiment,
        seconds: float,
        show: Callable[[dict[str, Any]], None] | None,
        counts: list[int],
    ) -> None:
        super().__init__(experiment, {}, seconds, show or (lambda frame: None))
        self._is_ever_watched, self._computed = show is not None, counts
        self._frames, self._since, self._chance = 0, (0, 0.0), random.Random(1)
        self._is_watched = False
        self.speeds: dict[bool, list[float]] = {True: [], False: []}

    def loss_percent(self) -> float:
        """Return how much slower the watched window of two is; the median of all, in percent."""
        pairs = zip(self.speeds[True], self.speeds[False], strict=False)
        return 100 * median(1 - watched / alone for watched, alone in pairs)

    def _look(self, session: RunSession, feed: Feed, finished: bool) -> None:
        window, frame = divmod(self._frames, FRAMES)
        if frame == 0:
            self._begin_window(window)
        self._frames += 1
        if self._is_watched and self._is_ever_watched:
            super()._look(session, feed, finished)
        else:
            self.ending = self._ending(finished, False, time.perf_counter() - session.started)

    def _begin_window(self, window: int) -> None:
        counted, began = self._since
        self._since = self._computed[0], time.perf_counter()
        if began:
            self.speeds[self._is_watched].append((self._since[0] - counted) / (self._since[1] - began))
        self._is_watched = self._chance.random() < 0.5 if window % 2 == 0 else not self._is_watched


def _showing(way: str, experiment: Experiment) -> Callable[[dict[str, Any]], None] | None:
    """Return what is done with each frame, in one of `WAYS`."""
    if way == "live":
        live = Live(experiment)
        return lambda frame: live.send({"kind": "frame", **frame})
    return _redrawing() if way == "matplotlib" else None


def _redrawing() -> Callable[[dict[str, Any]], None]:
    """Return what draws the last seconds anew with matplotlib at each frame, and shows the picture."""
    from IPython.display import display
    from matplotlib.figure import Figure

    bars: list[list[Any]] = []
    shown = display(display_id=True)

    def draw(frame: dict[str, Any]) -> None:
        bars[:] = [bar for bar in bars if bar[5] > frame["now"] - 4] + frame["bars"]
        figure = Figure(figsize=(9, 3))
        ax = figure.add_subplot()
        for lane, _, style, _, start, end in bars:
            ax.barh(lane, end - start, left=start, color="#0072B2" if style == "exclusive" else "#E69F00")
        ax.set_xlim(frame["now"] - 4, frame["now"])
        shown.update(figure)

    return draw
