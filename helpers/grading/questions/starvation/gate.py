"""Exercise 06.2: a gate for readers and writers at which a writer waits only for those inside."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ....running import mark
from ...properties import Explored
from ...question import Question
from .._threads import together


class _Inside:
    """Passes through a gate, and sees who else is inside."""

    def __init__(self, gate: Any) -> None:
        self._gate = gate
        self.readers_in, self.writers_in = 0, 0

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        self._gate.enter_read()
        self.readers_in += 1
        assert self.writers_in == 0, f"{name} reads while a writer is inside"
        yield
        self.readers_in -= 1
        self._gate.leave_read()

    @contextmanager
    def writing(self, name: str) -> Iterator[None]:
        self._gate.enter_write()
        self.writers_in += 1
        assert self.readers_in == 0, f"{name} writes while a reader is inside"
        assert self.writers_in == 1, f"{name} writes while another writer is inside"
        yield
        assert self.readers_in == 0, f"a reader is inside before {name} has left"
        self.writers_in -= 1
        self._gate.leave_write()


def _one_by_one(gate_class: type, _: int) -> Callable[[], None]:
    def program() -> None:
        gate, meeting = gate_class(), threading.Barrier(2)
        for enter, leave in ((gate.enter_read, gate.leave_read), (gate.enter_write, gate.leave_write)) * 2:
            enter()
            leave()

        def read() -> None:
            gate.enter_read()
            meeting.wait()
            gate.leave_read()

        together({"R1": read, "R2": read})

    return program


def _crowd(gate_class: type, writers: int) -> Callable[[], None]:
    def program() -> None:
        inside = _Inside(gate_class())

        def read() -> None:
            with inside.reading("R1"):
                pass

        def write(name: str) -> None:
            with inside.writing(name):
                pass

        names = [f"W{number}" for number in range(1, writers + 1)]
        together({"R1": read, **{name: lambda name=name: write(name) for name in names}})

    return program


def _arrivals(gate_class: type, late: int) -> Callable[[], None]:
    """R1 and R2 are inside, W1 asks, late readers ask, R1 and R2 leave: each at a time of its own."""

    def program() -> None:
        gate, done = gate_class(), []

        def read(name: str, at_ms: int, stay_ms: int) -> None:
            time.sleep(at_ms / 1000)
            gate.enter_read()
            is_late = name not in ("R1", "R2")
            assert "W1" in done or not is_late, f"{name} came when W1 waited already, and got in ahead of it"
            time.sleep(stay_ms / 1000)
            done.append(name)
            gate.leave_read()

        def write() -> None:
            time.sleep(0.003)
            gate.enter_write()
            assert {"R1", "R2"} <= set(done), "W1 is in while a reader that came before it is inside"
            done.append("W1")
            gate.leave_write()

        later = {f"R{n}": lambda n=n: read(f"R{n}", at_ms=n + 1, stay_ms=30) for n in range(3, 3 + late)}
        first = {"R1": lambda: read("R1", 1, 10), "R2": lambda: read("R2", 2, 20), "W1": write}
        together({**first, **later})

    return program


def _endless(gate_class: type, readers: int) -> Callable[[], None]:
    """Readers read for ever; W1 writes once."""

    def program() -> None:
        gate = gate_class()

        def read() -> None:
            while True:
                gate.enter_read()
                mark("read")
                gate.leave_read()

        def write() -> None:
            gate.enter_write()
            mark("written")
            gate.leave_write()

        for number in range(1, readers + 1):
            threading.Thread(target=read, name=f"R{number}", daemon=True).start()
        together({"W1": write})

    return program


GATE = Question(
    "06.2",
    "Bound the wait of a writer",
    stars=2,
    minutes=20,
    answer_name="Gate",
    properties=(
        Explored(
            _one_by_one,
            works=1,
            sizes=(1,),
            needed=True,
            because={"deadlock": "Two readers must be able to be inside at the same time."},
        ),
        Explored(_crowd, safe=1, needed=True),
        Explored(
            _endless,
            fair=2,
            doubt=True,
            max_schedules=300,
            options={"max_steps": 2_000},
            because={"starvation": "Somebody always reads, and so the writer never gets in."},
        ),
        Explored(_arrivals, works=2, called="bounded", sizes=(1,)),
    ),
)
