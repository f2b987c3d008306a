"""`Live`: an experiment's knobs, Run and Stop, and a timeline that moves while its real threads run."""

from __future__ import annotations

import atexit
import threading
import weakref
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import HTML, DisplayHandle, display

from ...trace import Trace
from ..experiments import Experiment
from ..modules import joined
from ..pacing import by_loop, by_sleeping
from ..session import LiveRun
from .sending import sender_of
from .still import figure_of, still_html

_HERE = Path(__file__).parent
STOP_LIMIT_S = 5.0

_all: weakref.WeakSet[Live] = weakref.WeakSet()


class Live(anywidget.AnyWidget):
    """An experiment on real threads, to be watched and turned while it runs; it is never left running.

    What a button does is what a method does, so that all of it works without a browser. Only new events go
    to the browser, ten times a second, and nothing is drawn in the kernel while threads run. A knob turned
    during a run starts it anew. At the end the picture is kept in the widget's state, and a still picture
    beside it for where there is no widget.

    Args:
        experiment: what to show.

    Raises:
        TypeError: it is no Experiment.

    Attributes:
        values: the knobs as they stand; may be set.
        running: whether its threads run.
        trace: what the last run did, or None.
    """

    _esm = joined(_HERE / "live.js")
    _css = (_HERE / "live.css").read_text(encoding="utf-8")
    title = traitlets.Unicode().tag(sync=True)
    knobs = traitlets.List().tag(sync=True)
    counted = traitlets.Unicode().tag(sync=True)
    window_s = traitlets.Float().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)
    frozen = traitlets.Dict().tag(sync=True)

    def __init__(self, experiment: Experiment) -> None:
        if not isinstance(experiment, Experiment):
            raise TypeError(f"Live shows an Experiment, not {experiment!r} ({type(experiment).__name__})")
        self.experiment = experiment
        self.trace: Trace | None = None
        self._run: LiveRun | None = None
        self._thread: threading.Thread | None = None
        self._wanted = False  # whether a run is to begin as soon as the last one has ended
        self._changing = threading.Lock()
        self._still: DisplayHandle | None = None
        super().__init__(
            title=experiment.title,
            knobs=experiment.declared(),
            counted=experiment.counts[1] if experiment.counts else "got it",
            window_s=experiment.window_s,
            values=experiment.checked({}),
        )
        self.on_msg(self._on_message)
        _all.add(self)

    # ---- what a cell, or a button, asks for

    def start(self) -> None:
        """Begin a run in the background, unless one goes on; returns at once."""
        with self._changing:
            self._wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._perform, name="Live", daemon=True)
                self._thread.start()

    def stop(self, *, wait: bool = True) -> None:
        """End the run, if one goes on.

        Args:
            wait: False returns at once; the threads end a moment later.

        Raises:
            RuntimeError: they did not end within `STOP_LIMIT_S` seconds.
        """
        with self._changing:
            self._wanted = False
            thread, run = self._thread, self._run
        if run is not None:
            run.stop()
        if wait and thread is not None and thread is not threading.current_thread():
            thread.join(STOP_LIMIT_S)
            if thread.is_alive():
                raise RuntimeError(f"the run of {self.title!r} did not end within {STOP_LIMIT_S:g} s")

    def run(self, *, seconds: float = 2.0, **values: Any) -> Trace:
        """Run for some seconds and return the trace: the same as Run and, after a while, Stop.

        Args:
            seconds: how long, if the program does not end by itself (> 0).
            values: knobs to turn first.

        Raises:
            ValueError: there is no such knob, a knob cannot have that value, or `seconds` is not above 0.
            Exception: whatever a thread of the program raised.
        """
        if not seconds > 0:
            raise ValueError(f"seconds must be above 0, not {seconds!r}")
        turned = self.experiment.checked({**self.values, **values})
        self.stop()
        self.values = turned
        self._perform_once(min(seconds, self.experiment.limit_s))
        if self._error is not None:
            raise self._error
        return self.trace

    def figure(self) -> Any:
        """Return the last run as a still figure: its last seconds, and who waited how long.

        Raises:
            RuntimeError: nothing has run yet.
        """
        if self.trace is None:
            raise RuntimeError("nothing has run yet: call run(), or start() and stop(), first")
        return figure_of(self.trace, self.window_s)

    # ---- callbacks: each starts a thread or sets an event, and returns

    def _on_message(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("do") == "run":
            self.values = content.get("values", self.values)
            self.start()
        elif content.get("do") == "stop":
            self.stop(wait=False)

    @traitlets.validate("values")
    def _check_values(self, proposal: Any) -> dict[str, Any]:
        return self.experiment.checked(proposal["value"])

    @traitlets.observe("values")
    def _on_values(self, _change: Any) -> None:
        with self._changing:
            run = self._run
            self._wanted = self._wanted or run is not None
        if run is not None:
            run.stop()

    # ---- the thread that runs the program and owns all that moves

    def _perform(self) -> None:
        while self._is_wanted():
            self._perform_once(self.experiment.limit_s)

    def _is_wanted(self) -> bool:
        with self._changing:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._thread = None
            return wanted

    def _perform_once(self, limit_s: float) -> None:
        with self._changing:  # from here on, a knob that is turned begins another run
            values = dict(self.values)
            self._run = run = self._new_run(values, limit_s)
        self.send({"kind": "begin"})
        self.running = True
        try:
            run.perform()
        finally:
            with self._changing:
                self._run = None
            self.trace, self._error = run.trace, run.error
            with self.hold_sync():
                self.frozen = run.frozen() | {"values": values}
                self.running = False
            self._keep_still()

    def _new_run(self, values: dict[str, Any], limit_s: float) -> LiveRun:
        sender = sender_of(self)
        send, pace = (self.send, by_sleeping) if sender is None else (sender.send, by_loop(sender.loop))
        return LiveRun(self.experiment, values, limit_s, lambda frame: send({"kind": "frame", **frame}), pace)

    # ---- how it is shown

    def still(self) -> str:
        """Return the last run as HTML that shows it without a widget."""
        mark = f"live-{self.model_id}"
        return still_html(self.title, self.knobs, self.frozen, self.counted, self.window_s, mark)

    def __repr__(self) -> str:
        return f"Live: {self.title}"

    def _keep_still(self) -> None:
        if self._still is not None and not self._wanted:
            self._still.update(HTML(self.still()))

    def _ipython_display_(self) -> None:
        """Show the widget and, under it, a still picture, which the widget hides for as long as it lives."""
        data, metadata = self._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)
        self._still = display(HTML(self.still()), display_id=True)

    _error: Exception | None = None


@atexit.register
def _stop_all() -> None:
    """End every run before the interpreter ends: a daemon thread that still draws then could crash it."""
    for live in list(_all):
        live.stop()
