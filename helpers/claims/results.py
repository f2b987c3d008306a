"""The results of claims: kept line by line as they come, so that an interrupted count can go on."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One run of one claim.

    Args:
        code: the fingerprint of the code that was run.
        load: "idle" or "busy".
        claim: the claim's key, such as "02.reentrancy.cost_is_alike".
        held: whether the statement held; False where the claim raised or did not end in time.
        seconds: how long the run took.
        error: what was raised; empty where nothing was.
    """

    code: str
    load: str
    claim: str
    held: bool
    seconds: float
    error: str = ""


class Results:
    """The results in a file of JSON lines.

    Args:
        path: the file; it and its folder are made when the first result is added.
        codes: of each claim key the fingerprint of today's code; results of other code do not count.
    """

    def __init__(self, path: Path, codes: dict[str, str]) -> None:
        self.path = path
        self._codes = codes
        self._of: dict[tuple[str, str], list[Result]] = defaultdict(list)
        for result in _read(path):
            if codes.get(result.claim) == result.code:
                self._of[result.claim, result.load].append(result)

    def of(self, claim: str, load: str) -> list[Result]:
        """Return the results that count for a claim under a load."""
        return self._of.get((claim, load), [])

    def add(self, load: str, claim: str, held: bool, seconds: float, error: str) -> None:
        """Keep one more result, at once."""
        result = Result(self._codes[claim], load, claim, held, round(seconds, 6), error)
        self._of[claim, load].append(result)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "ab") as file:
            file.write(json.dumps(asdict(result)).encode() + b"\n")


def _read(path: Path) -> Iterable[Result]:
    if not path.exists():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        # The last start was cut off while it wrote: what it began would spoil the next line too.
        path.write_bytes(b"".join(lines := lines[:-1]))
    for line in lines:
        yield Result(**json.loads(line))
