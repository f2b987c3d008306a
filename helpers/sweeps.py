"""The result of an experiment that turned one knob and repeated each measurement: plain frozen data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Sweep:
    """What was measured at each setting of a knob, with every repetition kept.

    Args:
        title: what the experiment shows.
        x_label: the knob, with its unit.
        x: the knob's settings: numbers in ascending order, or names.
        y_label: what was measured, with its unit.
        series: for each thing that was compared, by name, one list of repetitions for each setting.

    Raises:
        ValueError: there is no setting or no series, or a series has not one non-empty list for each setting.

    >>> sweep = Sweep(
    ...     title="More threads, one lock",
    ...     x_label="threads",
    ...     x=(1, 2, 4),
    ...     y_label="time for 1,000 turns (ms)",
    ...     series={"one lock": [[5.0, 6.0, 7.0], [11.0, 12.0, 16.0], [30.0, 24.0, 25.0]]},
    ... )
    >>> sweep.medians("one lock")
    [6.0, 12.0, 25.0]
    >>> sweep.spread("one lock")
    [(5.0, 7.0), (11.0, 16.0), (24.0, 30.0)]
    >>> sweep.numeric, sweep.repetitions()
    (True, 3)
    >>> Sweep.from_json(sweep.to_json()) == sweep
    True
    """

    title: str
    x_label: str
    x: Sequence[float] | Sequence[str]
    y_label: str
    series: Mapping[str, Sequence[Sequence[float]]]

    def __post_init__(self) -> None:
        # Tuples all the way down, so that nobody changes a result, and a copy read from JSON is equal.
        object.__setattr__(self, "x", tuple(self.x))
        kept = {name: tuple(tuple(runs) for runs in lists) for name, lists in self.series.items()}
        object.__setattr__(self, "series", kept)
        if not self.x or not kept:
            raise ValueError(f"a Sweep needs settings and series, not x={self.x!r} and series={kept!r}")
        for name, lists in kept.items():
            if len(lists) != len(self.x) or not all(lists):
                raise ValueError(
                    f"series {name!r} needs one non-empty list for each of x={self.x!r}, not {lists!r}"
                )

    @property
    def numeric(self) -> bool:
        """Whether the settings are numbers, so that what lies between them means something."""
        return all(isinstance(value, int | float) for value in self.x)

    def medians(self, name: str) -> list[float]:
        """Return the median of a series' repetitions at each setting, in the unit of `y_label`."""
        return [median(runs) for runs in self.series[name]]

    def spread(self, name: str) -> list[tuple[float, float]]:
        """Return the least and the greatest of a series' repetitions at each setting."""
        return [(min(runs), max(runs)) for runs in self.series[name]]

    def repetitions(self) -> int:
        """Return how often each setting was measured; the least such number where they differ."""
        return min(len(runs) for lists in self.series.values() for runs in lists)

    def to_json(self) -> str:
        """Return the sweep as a JSON text that `from_json` reads back."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Sweep:
        """Return the sweep that `to_json` wrote."""
        return cls(**json.loads(text))
