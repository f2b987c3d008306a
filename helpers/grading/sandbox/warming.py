"""A first round in the server of all that an answer needs, so that no answer waits for imports."""

from __future__ import annotations

import importlib
import threading

from ...charts import alt_text, timeline
from ...exploring import explore
from ..executing import executed
from ..questions import all_questions
from ..released import setup_of

#: What an answer's process calls at its start, where there is such a module.
MODULES = ("fcntl", "resource")


def warm_up() -> None:
    """Execute the setup cells, explore a right and a wrong program, and draw what was found."""
    for name in MODULES:
        importlib.import_module(name)
    for lesson in sorted({question.lesson for question in all_questions().values()}):
        executed(setup_of(lesson), "", "warm-up")
    explore(_count, find="all").explain()
    verdict = explore(_take_crosswise, find="all")
    figure = timeline(verdict.trace).figure
    figure.png()
    alt_text(figure)
    verdict.explain()


class _Counter:
    def __init__(self) -> None:
        self.lock, self.value = threading.Lock(), 0


def _count() -> None:
    counter = _Counter()

    def add() -> None:
        with counter.lock:
            counter.value += 1

    _together(add, add)
    assert counter.value == 2


def _take_crosswise() -> None:
    a, b = threading.Lock(), threading.Lock()

    def take(first: threading.Lock, second: threading.Lock) -> None:
        with first, second:
            pass

    _together(lambda: take(a, b), lambda: take(b, a))


def _together(*jobs: object) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
