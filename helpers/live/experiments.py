"""What is shown live: a program that goes on until it is ended, and the knobs that it is built with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Slider:
    """A knob that is a number.

    Args:
        name: the argument of the experiment's `build` that it sets.
        label: what the learner reads beside it.
        value: where it stands at first.
        low: the least value.
        high: the greatest value.
        step: how far one key press moves it.
        unit: what the number counts, such as "ms".
    """

    name: str
    label: str
    value: float
    low: float
    high: float
    step: float = 1
    unit: str = ""

    def checked(self, value: Any) -> float:
        """Return a value that the knob can have.

        Raises:
            ValueError: it is no number between `low` and `high`.

        >>> Slider("readers", "readers", 4, 1, 8).checked(9)
        Traceback (most recent call last):
        ...
        ValueError: readers must be a number from 1 to 8, not 9
        """
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not self.low <= value <= self.high:
            raise ValueError(
                f"{self.name} must be a number from {self.low:g} to {self.high:g}, not {value!r}"
            )
        whole = all(float(each).is_integer() for each in (self.low, self.step))
        return round(value) if whole else float(value)


@dataclass(frozen=True)
class Choice:
    """A knob that is one of several words, at first the first of them.

    Args:
        name: the argument of the experiment's `build` that it sets.
        label: what the learner reads beside it.
        options: the words.
    """

    name: str
    label: str
    options: tuple[str, ...]

    @property
    def value(self) -> str:
        """Where it stands at first."""
        return self.options[0]

    def checked(self, value: Any) -> str:
        """Return a value that the knob can have.

        Raises:
            ValueError: it is none of the options.

        >>> Choice("lock", "lock", ("Lock", "RLock")).checked("Rlock")
        Traceback (most recent call last):
        ...
        ValueError: lock must be one of 'Lock', 'RLock', not 'Rlock'
        """
        if value not in self.options:
            known = ", ".join(map(repr, self.options))
            raise ValueError(f"{self.name} must be one of {known}, not {value!r}")
        return value


class Scene(NamedTuple):
    """What an experiment puts on stage.

    Args:
        program: an ordinary function that starts threads, as `run` takes it; it may go on for ever.
        tells: says in one line how it stands; called from another thread while the program runs, so it must
            not wait for a lock.
    """

    program: Callable[[], Any]
    tells: Callable[[], str] = str


@dataclass(frozen=True)
class Experiment:
    """A program with knobs, to be watched while it runs.

    Args:
        title: what the learner reads above it.
        build: makes the scene from the knobs' values, which it takes as keyword arguments.
        knobs: what can be turned.
        counts: the label of the progress marks that are counted for each thread, and what to call them;
            None counts how often each thread got a lock.
        window_s: how much of the past the moving timeline shows, in seconds.
        limit_s: when a run is ended that nobody stops, in seconds.

    Raises:
        ValueError: two knobs have one name, or a knob stands where it cannot.
    """

    title: str
    build: Callable[..., Scene]
    knobs: tuple[Slider | Choice, ...]
    counts: tuple[str, str] | None = None
    window_s: float = 4.0
    limit_s: float = 60.0

    def __post_init__(self) -> None:
        names = [knob.name for knob in self.knobs]
        if len(set(names)) < len(names):
            raise ValueError(f"each knob of {self.title!r} needs a name of its own, not {names}")
        self.checked({})

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for each knob: the one given, else where it stands at first.

        Raises:
            ValueError: a value is none that its knob can have, or there is no such knob.
        """
        known = {knob.name: knob for knob in self.knobs}
        for name in values:
            if name not in known:
                raise ValueError(f"{self.title!r} has no knob {name!r}; it has {', '.join(known) or 'none'}")
        return {name: knob.checked(values.get(name, knob.value)) for name, knob in known.items()}

    def scene(self, values: Mapping[str, Any]) -> Scene:
        """Return what `build` puts on stage with some knobs turned."""
        return self.build(**self.checked(values))

    def declared(self) -> list[dict[str, Any]]:
        """Return the knobs as a view takes them."""
        return [{"kind": type(knob).__name__.lower(), **asdict(knob)} for knob in self.knobs]
