"""What every interleaving of a program that uses the answer shows: it works, is safe, live and fair."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ...exploring import Verdict, explore
from ...exploring.explaining import raised
from ..answers import Answer
from ..question import Grading
from ..result import Finding

#: Which property each kind of verdict breaks.
BREAKS = {
    "failure": "safe",
    "deadlock": "live",
    "lost wake-up": "live",
    "infinite loop": "live",
    "livelock": "live",
    "starvation": "fair",
}
#: More schedules than any sensible answer to these small programs has, and few enough for two seconds.
MAX_SCHEDULES = 1_000
MAX_STEPS = 400


@dataclass(frozen=True)
class Explored:
    """A program that uses the answer, explored to its end.

    What limits it are counts, so an answer is judged the same on every machine. Each property gives
    points by itself, with one exception: doing the wrong thing is neither live nor fair, so these count only
    where "safe" holds too.

    Args:
        program: takes the answer's value and a size, returns the program: a function without arguments that
            uses `threading`, and fails an assertion that says what is wrong.
        works: points for "works": nothing bad happens at all. For programs of one thread.
        called: what "works" is called in the result, where it is about something more special.
        safe: points for no failed assertion and no exception.
        live: points for no deadlock, lost wake-up, livelock or endless loop.
        fair: points for no starvation.
        sizes: the sizes that `check` explores.
        final: the sizes that the final grade explores beside them.
        needed: True where nothing else is looked at if it does not hold.
        options: more arguments for `explore`, such as ``{"random_choices": True}``.
        because: a sentence to add to the reason, for each kind of verdict.
        max_schedules: how many schedules are played at most; where these do not suffice, nothing is shown.
        doubt: True where it holds if nothing bad was found, though the exploration did not come to its end;
            for an endless program beside another one that looks at the same, as an answer whose numbers
            grow for ever never comes back to a state.
    """

    program: Callable[[Any, int], Callable[[], Any]]
    works: int = 0
    called: str = "works"
    safe: int = 0
    live: int = 0
    fair: int = 0
    sizes: tuple[int, ...] = (2,)
    final: tuple[int, ...] = ()
    needed: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    because: Mapping[str, str] = field(default_factory=dict)
    max_schedules: int = MAX_SCHEDULES
    doubt: bool = False

    takes_code: ClassVar[bool] = True

    @property
    def max_points(self) -> int:
        """Points that it can give."""
        return self.works + self.safe + self.live + self.fair

    def judge(self, answer: Answer, grading: Grading) -> list[Finding]:
        """Explore each size, until one breaks a property."""
        sizes = (*self.sizes, *self.final) if grading.final else self.sizes
        for size in sizes:
            findings = self._judge_size(answer.value, size)
            if not all(finding.holds for finding in findings):
                break
        return findings

    def _judge_size(self, value: Any, size: int) -> list[Finding]:
        try:
            program = self.program(value, size)
            find = "all" if len(self._wanted()) > 1 else "first"
            options = {"max_steps": MAX_STEPS, **self.options}
            verdict = explore(program, max_schedules=self.max_schedules, find=find, **options)
        except (ValueError, RuntimeError) as error:
            return [Finding(name, 0, points, str(error)) for name, points in self._wanted().items()]
        if _is_unwritten(verdict):
            missing = "not written yet: it raises NotImplementedError"
            return [
                Finding(name, 0, points, missing, missing=True) for name, points in self._wanted().items()
            ]
        return self._findings(verdict)

    def _wanted(self) -> dict[str, int]:
        points = {self.called: self.works, "safe": self.safe, "live": self.live, "fair": self.fair}
        return {name: many for name, many in points.items() if many} or {self.called: 0}

    def _findings(self, verdict: Verdict) -> list[Finding]:
        broken = self._broken(verdict)
        findings = []
        for name, points in self._wanted().items():
            against = broken.get(name) or broken.get("")
            if against is not None:
                findings.append(Finding(name, 0, points, self._reason(against), against))
            elif "safe" in broken:
                findings.append(Finding(name, 0, points, "counts only for an answer that is safe"))
            elif not verdict.complete and not self.doubt:
                reason = f"not decided: {verdict.reason or 'the exploration did not come to its end'}"
                findings.append(Finding(name, 0, points, self._with_because(reason, "unknown"), verdict))
            else:
                findings.append(Finding(name, points, points))
        return findings

    def _broken(self, verdict: Verdict) -> dict[str, Verdict]:
        """The verdict against each property, under "" what breaks all of them."""
        broken: dict[str, Verdict] = {}
        for bad in verdict.found or ((verdict,) if verdict.is_bad else ()):
            name = BREAKS[bad.kind]
            broken.setdefault(name if name in self._wanted() else "", bad)
        return broken

    def _reason(self, verdict: Verdict) -> str:
        return self._with_because(_said(verdict), verdict.kind)

    def _with_because(self, reason: str, kind: str) -> str:
        because = self.because.get(kind, "")
        return f"{reason}. {because}" if because else reason


def _said(verdict: Verdict) -> str:
    """Return what is wrong; where the program's own assertion says it, just that."""
    errors = raised(verdict.trace) if verdict.kind == "failure" else []
    if errors and errors[0].name == "AssertionError" and errors[0].value:
        return errors[0].value
    return f"{verdict.kind}: {verdict.headline}"


def _is_unwritten(verdict: Verdict) -> bool:
    errors = raised(verdict.trace) if verdict.kind == "failure" else []
    return any(error.name == "NotImplementedError" for error in errors)
