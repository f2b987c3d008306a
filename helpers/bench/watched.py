"""What is measured inside a kernel: a run that is watched in one of three ways, or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from helpers import Live, run
from helpers.live import Experiment, Scene
from helpers.live.session import LiveRun

from .learners_code import as_learners_code

THREADS = 6
WAYS = ("nothing", "live", "matplotlib")


@as_learners_code
def six_threads(counts: list[int]) -> Callable[[], None]:
    """Return a program without an end: six threads take turns at a lock; with `counts`, one computes."""

    def take_turns(number: int) -> None:
        while True:
            with lock:
                time.sleep(0.02)
            time.sleep(0.04 + 0.005 * number)

    def compute(_: int) -> None:
        while True:
            for _ in range(1000):
                pass
            counts[0] += 1

    def program() -> None:
        bodies = [compute if counts and number == 0 else take_turns for number in range(THREADS)]
        threads = [threading.Thread(target=body, args=(number,)) for number, body in enumerate(bodies)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    lock = threading.Lock()
    return program


def cpu_percent(way: str, seconds: float) -> float:
    """Return the processor time of this whole process while a run is watched, in percent of one core."""
    watched = watching(way, six_threads([]))
    began, cpu_s = time.perf_counter(), time.process_time()
    watched(seconds)
    return 100 * (time.process_time() - cpu_s) / (time.perf_counter() - began)


def loss_percent(way: str, seconds: float) -> float:
    """Return how much less a computing thread gets done in a run that is watched, in percent.

    What it gets done is counted for each second of this process's processor time, of which it has all that
    watching leaves it: so the machine's other work does not count.
    """
    speeds = []
    for each in ("nothing", way, "nothing"):
        counts = [0]
        watched, cpu_s = watching(each, six_threads(counts)), time.process_time()
        watched(seconds)
        speeds.append(counts[0] / (time.process_time() - cpu_s))
    return 100 * (1 - 2 * speeds[1] / (speeds[0] + speeds[2]))


def watching(way: str, program: Callable[[], None]) -> Callable[[float], Any]:
    """Return what runs a program for some seconds, watched in one of `WAYS`."""
    experiment = Experiment("bench", lambda: Scene(program), ())
    if way == "nothing":
        return lambda seconds: run(program, timeout_s=seconds)
    if way == "live":
        live = Live(experiment)
        return lambda seconds: live.run(seconds=seconds)
    redraw = _redrawing()
    return lambda seconds: LiveRun(experiment, {}, seconds, redraw).perform()


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
