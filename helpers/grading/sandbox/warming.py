"""A first round in the server of all that an answer needs, so that no answer waits for imports."""

from __future__ import annotations

import threading

from ...charts import alt_text, timeline
from ...exploring import explore
from ..questions import all_questions
from ..released import setup_of


def warm_up() -> None:
    """Explore a program, draw what was found, and read the questions with their setup cells."""
    for question in all_questions().values():
        setup_of(question.lesson)
    verdict = explore(_take_crosswise)
    figure = timeline(verdict.trace).figure
    figure.png()
    alt_text(figure)
    verdict.explain()


def _take_crosswise() -> None:
    a, b = threading.Lock(), threading.Lock()

    def take(first: threading.Lock, second: threading.Lock) -> None:
        with first, second:
            pass

    threads = [threading.Thread(target=take, args=pair) for pair in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
