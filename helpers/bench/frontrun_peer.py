"""Explores a program with frontrun and prints what it found: ``python -m helpers.bench.frontrun_peer NAME``.

frontrun comes with the extra "bench", which only `make bench` installs, so it is imported when it is used.
"""

import json
import os
import sys
from dataclasses import asdict, replace
from time import perf_counter, process_time
from typing import Any

from helpers.bench.peers import Finding
from helpers.bench.programs import PROGRAMS, Parts, philosophers


def find(parts: Parts) -> Finding:
    """Return what frontrun finds in a program, and how long it took."""
    import frontrun

    began, processor_began = perf_counter(), process_time()
    result = frontrun.explore(
        setup=parts.make,
        workers=list(parts.bodies),
        invariant=lambda shared: True,
        preemption_bound=None,  # with a bound, the default, it plays only some schedules and proves nothing
        trace_packages=["readerwriterlock*"],  # `explore` looks into that package too
        # What `explore` does not do either: watch files and sockets, and play a deadlock ten more times.
        detect_io=False,
        reproduce_on_failure=0,
    )
    seconds, processor_s = perf_counter() - began, process_time() - processor_began
    return replace(finding(result, seconds), processor_s=processor_s)


def finding(result: Any, seconds: float) -> Finding:
    """Return what a result of frontrun's says: True is a proof, None is neither, False has an explanation."""
    explanation = result.explanation or ""
    if result.property_holds:
        return Finding("proved", result.num_explored, seconds)
    if result.property_holds is False and explanation.startswith("Deadlock"):
        return Finding("deadlock", result.num_explored, seconds)
    words = f"no verdict in {seconds:.1f} s, {result.num_explored} schedules"
    return Finding("no verdict", result.num_explored, seconds, words)


def main(name: str) -> None:
    """Print what frontrun finds in a program."""
    find(philosophers(2, ordered=True))  # the first run pays for imports and caches, as ours does
    print(json.dumps(asdict(find(PROGRAMS[name]))), flush=True)
    os._exit(0)  # a thread that frontrun gave up would keep this process from ending


if __name__ == "__main__":
    main(sys.argv[1])
