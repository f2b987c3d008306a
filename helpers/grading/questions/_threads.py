"""What the programs of the questions are made of: threads with names, started and joined."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def together(jobs: Mapping[str, Callable[[], Any]]) -> None:
    """Start a thread for each job, under its name, and wait until all have ended.

    The jobs are one argument: an endless program that waits inside of a call with ``*`` or ``**`` has states
    that cannot be compared.
    """
    threads = [threading.Thread(target=job, name=name) for name, job in jobs.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def numbered(jobs: Iterable[Callable[[], Any]]) -> dict[str, Callable[[], Any]]:
    """Return jobs by the names T1, T2, and so on.

    >>> list(numbered([print, print]))
    ['T1', 'T2']
    """
    return {f"T{number}": job for number, job in enumerate(jobs, 1)}
