"""What is measured inside a kernel: a run that is watched in one of three ways, or not at all."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from statistics import median
from typing import Any, NamedTuple

from helpers import Live, run
from helpers.lessons.reader_writer_locks.live import READERS_WRITERS
from helpers.live import Experiment, Scene
from helpers.live.feed import Feed
from helpers.live.pacing import Pace, by_loop, by_sleeping
from helpers.live.session import LiveRun
from helpers.live.timeline.sending import sender_of
from helpers.running.session import RunSession

from .learners_code import as_learners_code

WAYS = ("nothing", "live", "matplotlib")
SETTLE_S = 0.5
STEPS = 1000
FRAMES = 2  # of a window; short, as the speed of a shared machine drifts within a second


@dataclass
class Computed:
    """How far a computing thread is: its rounds of `STEPS` steps, and its time on a processor in seconds."""

    rounds: int = 0
    on_processor_s: float = 0.0


@as_learners_code
def one_computes(computed: Computed, steps: Callable[[int], Iterable[Any]] = range) -> Callable[[], None]:
    """Return a program without an end: a thread computes, and counts it; five take turns at a lock.

    Args:
        computed: what is counted.
        steps: what is gone through in a round. `range` makes a number for each step, as a thread that
            counts does; `no_objects` makes nothing.
    """

    def take_turns(number: int) -> None:
        while True:
            with lock:
                time.sleep(0.02)
            time.sleep(0.04 + 0.005 * number)

    def compute() -> None:
        while True:
            for _ in steps(STEPS):
                pass
            computed.rounds += 1
            computed.on_processor_s = time.thread_time()

    def program() -> None:
        threads = [threading.Thread(target=take_turns, args=(number,)) for number in range(5)]
        threads.append(threading.Thread(target=compute))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    lock = threading.Lock()
    return program


no_objects = partial(repeat, None)


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
    """Return how much less a thread that counts gets done while its run is watched, in percent.

    Args:
        way: one of `WAYS`.
        seconds: how long the run takes.

    Raises:
        Exception: what showing a frame raised.
    """
    return _lost_percent(way, seconds, range, "speed")


def loss_without_objects_percent(way: str, seconds: float) -> float:
    """Return what `loss_percent` does, of a thread that makes no objects.

    The two differ by what making an object for each step costs, which other threads' objects can change.
    """
    return _lost_percent(way, seconds, no_objects, "speed")


def wait_percent(way: str, seconds: float) -> float:
    """Return how much less time on a processor that counting thread gets, in percent.

    It waits while others have the interpreter. What `loss_percent` adds to this is lost while it computes.
    """
    return _lost_percent(way, seconds, range, "on_processor")


def _lost_percent(way: str, seconds: float, steps: Callable[[int], Iterable[Any]], of: str) -> float:
    computed = Computed()
    experiment = Experiment("bench", lambda: Scene(one_computes(computed, steps)), ())
    alternating = _Alternating(experiment, seconds, *_showing(way, experiment), computed)
    alternating.perform()
    if alternating.error is not None:
        raise alternating.error
    return alternating.lost_percent(of)


class _Window(NamedTuple):
    """What a computing thread did in a window: rounds a second, and its part of the time on a processor."""

    speed: float
    on_processor: float


class _Alternating(LiveRun):
    """A run that is watched in one window of two, and what its computing thread did in each window.

    Only what is compared within a moment is comparable: from one second to the next, a shared machine's
    speed changes by more than watching costs. Which of the two is watched is left to chance, so that the
    other threads' own rhythm does not count. The thread that looks is woken in both, and looks in one.
    """

    def __init__(
        self,
        experiment: Experiment,
        seconds: float,
        show: Callable[[dict[str, Any]], None] | None,
        pace: Pace,
        computed: Computed,
    ) -> None:
        super().__init__(experiment, {}, seconds, show or (lambda frame: None), pace)
        self._is_ever_watched, self._computed = show is not None, computed
        self._frames, self._since, self._chance = 0, (0.0, Computed()), random.Random(1)
        self._is_watched = False
        self.windows: dict[bool, list[_Window]] = {True: [], False: []}

    def lost_percent(self, of: str) -> float:
        """Return how much less there is in the watched window of two; the median of all, in percent.

        Args:
            of: a field of a window.
        """
        watched, alone = ([getattr(window, of) for window in self.windows[each]] for each in (True, False))
        return 100 * median(1 - fewer / more for fewer, more in zip(watched, alone, strict=False))

    def _look(self, session: RunSession, feed: Feed) -> bool:
        window, frame = divmod(self._frames, FRAMES)
        if frame == 0:
            self._begin_window(window)
        self._frames += 1
        if self._is_watched and self._is_ever_watched:
            return super()._look(session, feed)
        self.ending = self._ending(False, False, time.perf_counter() - session.started)
        return bool(self.ending)

    def _begin_window(self, window: int) -> None:
        began, before = self._since
        self._since = now, so_far = time.perf_counter(), replace(self._computed)
        if began:
            took_s = now - began
            speed = (so_far.rounds - before.rounds) / took_s
            on_processor = (so_far.on_processor_s - before.on_processor_s) / took_s
            self.windows[self._is_watched].append(_Window(speed, on_processor))
        self._is_watched = self._chance.random() < 0.5 if window % 2 == 0 else not self._is_watched


def _showing(way: str, experiment: Experiment) -> tuple[Callable[[dict[str, Any]], None] | None, Pace]:
    """Return what is done with each frame in one of `WAYS`, and who sees to it that there is one."""
    if way == "live":
        sender = sender_of(Live(experiment))
        return lambda frame: sender.send({"kind": "frame", **frame}), by_loop(sender.loop)
    return _redrawing() if way == "matplotlib" else None, by_sleeping


def _redrawing() -> Callable[[dict[str, Any]], None]:
    """Return what draws the last seconds anew with matplotlib at each frame, and shows the picture."""
    from IPython.display import display
    from matplotlib.figure import Figure

    rows: list[list[Any]] = []
    shown = display(display_id=True)

    def draw(frame: dict[str, Any]) -> None:
        oldest = frame["now"] - 4_000_000_000  # nanoseconds, as all of a frame
        rows[:] = [row for row in rows if row[5] > oldest] + frame["rows"]
        figure = Figure(figsize=(9, 3))
        ax = figure.add_subplot()
        for lane, mode, _, asked, granted, ended, _ in rows:
            begin = asked if granted is None else granted
            ax.barh(lane, begin - asked, left=asked, color="#E69F00")
            ax.barh(lane, ended - begin, left=begin, color="#0072B2" if mode == "exclusive" else "#56B4E9")
        ax.set_xlim(oldest, frame["now"])
        shown.update(figure)

    return draw
