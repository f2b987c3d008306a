"""Exercise 04.2: a cache whose readers share and whose writers are alone."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ....lessons.reader_writer_locks.programs import start_and_join
from ...properties import Explored
from ...question import Question
from .watched import Watched


class Table:
    """Values by key: `look_up` one, or `store` one; neither takes a lock."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._values: list[str] = []

    def look_up(self, key: str) -> str | None:
        """Return the value of a key, or None where there is none."""
        return self._values[self._keys.index(key)] if key in self._keys else None

    def store(self, key: str, value: str) -> None:
        """Store a value, in the place of the one that the key had before."""
        if key in self._keys:
            place = self._keys.index(key)
            del self._keys[place], self._values[place]
        self._keys.append(key)
        self._values.append(value)


class _WatchedTable(Table):
    def __init__(self) -> None:
        super().__init__()
        self._watched = Watched("the table")

    def look_up(self, key: str) -> str | None:
        writes = self._watched.begin_read()
        found = super().look_up(key)
        self._watched.end_read(writes)
        return found

    def store(self, key: str, value: str) -> None:
        self._watched.begin_write()
        super().store(key, value)
        self._watched.end_write()


class _MeetingTable(Table):
    """A table in which readers wait for one another."""

    def __init__(self, readers: int) -> None:
        super().__init__()
        self.store("a", "1")
        self.meeting = threading.Barrier(readers)

    def look_up(self, key: str) -> str | None:
        self.meeting.wait()
        return super().look_up(key)


def _one_thread(cache_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        loaded = []

        def load(key: str) -> str:
            loaded.append(key)
            return f"{key} loaded"

        cache = cache_class(_WatchedTable(), load)
        for _ in range(2):
            value = cache.get("a")
            assert value == "a loaded", f'get("a") returns {value!r} instead of what load("a") returned'
        assert loaded == ["a"], f'two calls of get("a") call load {len(loaded)} times instead of once'
        for value in ("1", "2"):
            cache.put("b", value)
            found = cache.get("b")
            assert found == value, f'after put("b", "{value}"), get("b") returns {found!r}'
        assert loaded == ["a"], "get calls load for a key that was put"

    return program


def _get_and_put(cache_class: Callable, _size: int) -> Callable[[], None]:
    def program() -> None:
        loaded = []

        def load(key: str) -> str:
            loaded.append(key)
            return "loaded"

        table = _WatchedTable()
        cache = cache_class(table, load)
        start_and_join(T1=lambda: cache.get("a"), T2=lambda: cache.put("a", "put"))
        cache.put("b", "1")  # nobody holds anything any more
        found = table.look_up("a")
        assert found == "put", f"lost update: put stored its value, and the table holds {found!r}"
        assert len(loaded) <= 1, _loaded_by_each(loaded)

    return program


def _two_gets(cache_class: Callable, size: int) -> Callable[[], None]:
    def program() -> None:
        loaded = []

        def load(key: str) -> str:
            loaded.append(key)
            return "loaded"

        cache = cache_class(_WatchedTable(), load)
        got = []
        start_and_join(**{f"T{number}": lambda: got.append(cache.get("a")) for number in range(1, size + 1)})
        cache.put("b", "1")  # nobody holds anything any more
        assert got == ["loaded"] * size, f"get returns {got}"
        assert len(loaded) == 1, _loaded_by_each(loaded)

    return program


def _loaded_by_each(loaded: list[str]) -> str:
    return f"{len(loaded)} threads found no value, and each loaded it: look again when you may write"


def _readers_meet(cache_class: Callable, readers: int) -> Callable[[], None]:
    def program() -> None:
        cache = cache_class(_MeetingTable(readers), str.upper)
        start_and_join(**{f"R{number}": lambda: cache.get("a") for number in range(1, readers + 1)})

    return program


CACHE = Question(
    "04.2",
    "A cache",
    stars=2,
    minutes=20,
    answer_name="Cache",
    properties=(
        Explored(
            _one_thread,
            works=1,
            sizes=(1,),
            needed=True,
            because={"deadlock": "Give each handle back, and the reader's before you ask for the writer's."},
        ),
        Explored(_two_gets, safe=1, needed=True),
        Explored(_get_and_put, safe=1, needed=True),
        Explored(
            _readers_meet,
            works=3,
            called="shared",
            final=(3,),
            because={
                "deadlock": "R1 is reading, and yet it keeps R2 out: readers must share.",
                "failure": "Each acquisition needs a handle of its own.",
            },
        ),
    ),
)
