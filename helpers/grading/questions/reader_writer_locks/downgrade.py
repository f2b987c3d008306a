"""Exercise 04.3: from writing to reading, without a gap in which another writer gets in."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable

from ....lessons.reader_writer_locks.programs import start_and_join
from ...properties import Explored, Written
from ...question import Question
from .watched import Watched


class Sheet:
    """A sheet of paper with one line on it: `write` it, `read` it; neither takes a lock."""

    def __init__(self) -> None:
        self._line = ""

    def write(self, line: str) -> None:
        """Wipe the line out, and write another one."""
        self._line = ""
        self._line = line

    def read(self) -> str:
        """Return the line."""
        return self._line


class _WatchedSheet(Sheet):
    def __init__(self) -> None:
        super().__init__()
        self._watched = Watched("the sheet")

    def write(self, line: str) -> None:
        self._watched.begin_write()
        super().write(line)
        self._watched.end_write()

    def read(self) -> str:
        writes = self._watched.begin_read()
        line = super().read()
        self._watched.end_read(writes)
        return line


class _NobodyListensError(Exception):
    pass


def _one_thread(board_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        board = board_class(_WatchedSheet())
        heard: list[str] = []

        def fails(line: str) -> None:
            raise _NobodyListensError

        board.publish("first", heard.append)
        assert heard == ["first"], f'publish("first", announce) announces {heard}'
        line = board.read()
        assert line == "first", f'after publish("first", announce), read returns {line!r}'
        try:
            board.publish("second", fails)
        except _NobodyListensError:
            pass
        else:
            raise AssertionError("announce raises an error, and publish does not let its caller know")
        board.publish("third", heard.append)
        assert heard == ["first", "third"], f"publish was called with first and third, and announces {heard}"

    return program


def _two_publish(board_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        sheet = _WatchedSheet()
        board = board_class(sheet)

        def publish(line: str) -> None:
            def announce(heard: str) -> None:
                assert heard == line, (
                    f"{line} published its name, and announces {heard!r}: a gap for a writer"
                )
                now = Sheet.read(sheet)
                assert now == line, (
                    f"another thread writes while {line} announces: it holds the lock no longer"
                )

            board.publish(line, announce)

        start_and_join(T1=lambda: publish("T1"), T2=lambda: publish("T2"))

    return program


def _publish_and_read(board_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        board = board_class(_WatchedSheet())
        start_and_join(T1=lambda: board.publish("T1", str.upper), R1=board.read)

    return program


def _read_meanwhile(board_class: Callable, readers: int) -> Callable[[], None]:
    """While T1 announces, others read; it waits until they have read."""

    def program() -> None:
        board = board_class(Sheet())

        def announce(line: str) -> None:
            start_and_join(**{f"R{number}": board.read for number in range(1, readers + 1)})

        publisher = threading.Thread(target=lambda: board.publish("T1", announce), name="T1")
        publisher.start()
        publisher.join()

    return program


def _locks_it_names(tree: ast.Module) -> str:
    named = {getattr(node, "attr", None) or getattr(node, "id", "") for node in ast.walk(tree)}
    if "RWLockReadD" in named:
        return "RWLockReadD lets a writer that waits in while it downgrades: take RWLockFairD or RWLockWriteD"
    if not any(name.startswith("RWLock") for name in named):
        return "it uses no reader-writer lock"
    return ""


DOWNGRADE = Question(
    "04.3",
    "No gap",
    stars=3,
    minutes=20,
    answer_name="Board",
    properties=(
        Explored(
            _one_thread,
            works=1,
            sizes=(1,),
            needed=True,
            options={"max_steps": 1_000},  # RWLockReadD waits for a thread of its own, a hundred times
            because={
                "deadlock": "Give each handle back, on every way out; and who holds the writer's "
                "waits for itself when it asks for a reader's."
            },
        ),
        Written(_locks_it_names, uses=1, needed=True),
        Explored(_two_publish, safe=2, needed=True),
        Explored(_publish_and_read, safe=1, needed=True),
        Explored(
            _read_meanwhile,
            works=3,
            called="shared",
            sizes=(1,),
            final=(2,),
            because={"deadlock": "While T1 announces it keeps readers out: it must only read by then."},
        ),
    ),
)
