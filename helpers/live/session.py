"""One run that is watched: real threads, recorded locks, a hard limit, and an end to all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import perf_counter as now
from typing import Any

from ..running import execute
from ..running.session import RunSession
from ..trace import Trace
from ..trace.wait_for import Wait
from . import cycles
from .experiments import Experiment
from .feed import Feed
from .pacing import Pace, by_sleeping
from .picture import NOTHING_YET, picture


class LiveRun:
    """Runs an experiment once, in the thread that calls `perform`, and shows frames of it meanwhile.

    Args:
        experiment: what to run.
        values: the knobs, as `Experiment.checked` gives them.
        limit_s: when the run is ended, in seconds.
        show: takes each frame, as `Feed.read` gives it, with what the scene `tells`.
        pace: calls what it is given ten times a second until that returns True.
    """

    def __init__(
        self,
        experiment: Experiment,
        values: dict[str, Any],
        limit_s: float,
        show: Callable[[dict[str, Any]], None],
        pace: Pace = by_sleeping,
    ) -> None:
        self._experiment, self._values = experiment, values
        self._tells: Callable[[], str] = str
        self._told = ""
        self._counts = experiment.counts[0] if experiment.counts else None
        self._limit_s, self._show, self._pace = limit_s, show, pace
        self._window_s = experiment.window_s
        self._stop = threading.Event()
        self.ending = ""
        self.cycle: tuple[Wait, ...] = ()
        self.trace: Trace | None = None
        self.error: Exception | None = None

    def stop(self) -> None:
        """Have the run end soon; returns at once and may be called from any thread, again and again."""
        self._stop.set()

    def perform(self) -> None:
        """Run until the program ends, is stopped, is deadlocked, or the time is up; then no thread is left.

        What it raised is kept in `error`.
        """
        try:
            scene = self._experiment.scene(self._values)
            self._tells = scene.tells
            self.trace = execute(scene.program, RunSession(), self._watch, give_way=self.stop)
        except Exception as error:
            self.error, self.ending = error, "failed"
            self.trace = getattr(error, "trace", None)

    def frozen(self) -> dict[str, Any]:
        """Return the `picture` of the last seconds, what the scene told at the end, and how the run ended."""
        shown = NOTHING_YET if self.trace is None else picture(self.trace, self._window_s, self._counts)
        return {
            **shown,
            "tells": self._told,
            "ending": self.ending,
            "cycle": [[wait.thread, wait.name, wait.holder] for wait in self.cycle],
            "where": self._where(),
            "error": "" if self.error is None else f"{type(self.error).__name__}: {self.error}",
        }

    def _watch(self, session: RunSession) -> bool:
        feed = Feed(session, self._counts)
        self._pace(lambda: self._look(session, feed))
        return self.ending == "finished"

    def _look(self, session: RunSession, feed: Feed) -> bool:
        """Show a frame and return whether the run is to end."""
        finished = session.workers.all_done.is_set()
        self._told = self._tells()
        frame = feed.read() | {"tells": self._told}
        stuck, self.cycle = cycles.look(session)
        self.ending = self._ending(finished, stuck, now() - session.started)
        self._show(frame)
        return bool(self.ending)

    def _ending(self, finished: bool, stuck: bool, at: float) -> str:
        if finished:
            return "finished"
        if stuck:
            return "deadlock" if self.cycle else "stuck"
        if self._stop.is_set():
            return "stopped"
        return "time is up" if at >= self._limit_s else ""

    def _where(self) -> dict[str, str]:
        """Return for each thread of the cycle the line at which it stands."""
        if self.trace is None:
            return {}
        stands = {record.name: record.where for record in self.trace.threads}
        return {wait.thread: stands.get(wait.thread, "") for wait in self.cycle}
