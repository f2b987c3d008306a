"""Random programs that wait, try, time out and go round: explore must find what brute force finds.

``python -m tests.exploring.fuzzing_loops --programs 1000`` from the project's root compares so many.
"""

import argparse
import random
import sys
import time

from helpers import explore
from tests.exploring.brute_force import TooManyStates, kinds_of, states_of

MOST_STATES = 500
STUCK = ("deadlock", "lost wake-up")

STATEMENTS = {
    "try once": ("if {L}.acquire(blocking=False):", "    {L}.release()"),
    "spin": ("while not {L}.acquire(blocking=False):", "    {pause}", "{L}.release()"),
    "spin with an end": (
        "tries = 0",
        "while tries < 2 and not {L}.acquire(blocking=False):",
        "    tries += 1",
        "else:",
        "    if tries < 2: {L}.release()",
    ),
    "both": (
        "while True:",
        "    with {L}:",
        "        {pause}",
        "        if {M}.acquire(blocking=False):",
        "            {M}.release()",
        "            break",
        "    {pause}",
    ),
    "both, with a timeout": (
        "while True:",
        "    with {L}:",
        "        if {M}.acquire(timeout={s}):",
        "            {M}.release()",
        "            break",
        "    {pause}",
    ),
    "timed": ("if {L}.acquire(timeout={s}):", "    {pause}", "    {L}.release()"),
    "timed, sure": ("got = {L}.acquire(timeout={s})", "assert got", "{L}.release()"),
    "sleep": ("time.sleep({s})",),
    "hold": ("with {L}:", "    time.sleep({s})"),
    "nested": ("with {L}:", "    with {M}:", "        pass"),
    "count": ("with {L}:", "    x += 1"),
    "wait for the flag": ("while not flag:", "    {pause}"),
    "set the flag": ("flag = True",),
    "see the flag": ("assert flag",),
    "until the event": ("while not event.is_set():", "    with {L}:", "        {mark}"),
    "set the event": ("event.set()",),
    "wait a while": ("event.wait({s})",),
    "wait for the event": ("event.wait()",),
    "semaphore": ("with semaphore:", "    {pause}"),
    "semaphore again and again": ("while not event.is_set():", "    with semaphore:", "        {mark}"),
    "condition": ("with condition:", "    condition.wait({s})"),
    "condition without end": ("with condition:", "    while not flag:", "        condition.wait()"),
    "notify": ("with condition:", "    flag = True", "    condition.notify()"),
    "for ever": ("while True:", "    with {L}:", "        {mark}"),
    "in step": ("while not flag:", "    if {L}.acquire(False):", "        {L}.release()", "        {mark}"),
}
HEAD = """
import threading, time
from helpers import mark
def program():
    A, B = threading.Lock(), threading.Lock()
    event, condition, semaphore = threading.Event(), threading.Condition(), threading.Semaphore(1)
    x, flag = 0, False
"""
FOOT = """
    threads = [threading.Thread(target=body, daemon=daemon) for body, daemon in ({bodies},)]
    for thread in threads: thread.start()
    for thread in threads:
        if not thread.daemon: thread.join()
"""


def source_of(seed):
    """Return the source of a program of 2 or 3 threads.

    >>> source_of(7) == source_of(7), source_of(7) == source_of(8)
    (True, False)
    """
    chance = random.Random(seed)
    kinds = chance.sample(sorted(STATEMENTS), chance.choice((2, 3, 4)))
    count = chance.choice((2, 2, 3))
    lines = [HEAD]
    for number in range(count):
        lines += [f"    def t{number}():", "        nonlocal x, flag"]
        for _ in range(chance.choice((1, 1, 2)) if count == 2 else 1):
            lines += ["        " + line for line in _statement(chance, STATEMENTS[chance.choice(kinds)])]
    daemons = [count == 3 and number == 2 and chance.random() < 0.3 for number in range(count)]
    bodies = ", ".join(f"(t{number}, {daemon})" for number, daemon in enumerate(daemons))
    return "\n".join([*lines, FOOT.format(bodies=bodies)])


def _statement(chance, lines):
    one, other = chance.choice((("A", "B"), ("B", "A")))
    seconds = chance.choice(("0.001", "0.002", "0.003"))
    pause = chance.choice(("pass", "pass", "time.sleep(0.001)", f"time.sleep({seconds})"))
    mark = chance.choice(("pass", "mark('on')"))
    return [line.format(L=one, M=other, s=seconds, pause=pause, mark=mark) for line in lines]


def program_of(seed):
    """Return the program of a seed, ready to be called."""
    namespace = {"__name__": "fuzzed"}
    exec(compile(source_of(seed), f"/fuzzed/loops_{seed}.py", "exec"), namespace)
    return namespace["program"]


def difference(seed):
    """Return what explore misses or invents in a seed's program as a text, "" where nothing is.

    Raises:
        TooManyStates: the program is too large for brute force.
    """
    program = program_of(seed)
    states, ends = states_of(program, MOST_STATES)
    expected = kinds_of(states, ends, tasks=4)
    verdict = explore(program, find="all")
    met = {"stuck" if each.kind in STUCK else each.kind for each in verdict.found}
    if verdict.complete and met == expected:
        return ""
    said = f"misses {expected - met}, invents {met - expected}, {verdict.reason or 'complete'}"
    return f"seed {seed}: {said}\n{source_of(seed)}"


def fuzz(seeds, want, deadline_s):
    """Compare programs until `want` of them were compared or the time is up.

    Returns:
        how many were compared, and the differences.
    """
    end = time.monotonic() + deadline_s
    compared, differences = 0, []
    for seed in seeds:
        if compared >= want or time.monotonic() > end:
            break
        try:
            found = difference(seed)
        except TooManyStates:
            continue
        compared += 1
        if found:
            differences.append(found)
            print(found, flush=True)
    return compared, differences


def main():
    """Compare as many programs as asked for, and exit with an error where one differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--from-seed", type=int, default=0)
    parser.add_argument("--deadline", type=float, default=3600, help="seconds")
    asked = parser.parse_args()
    began = time.monotonic()
    seeds = range(asked.from_seed, asked.from_seed + 1_000_000)
    compared, differences = fuzz(seeds, asked.programs, asked.deadline)
    print(f"{compared} programs, {len(differences)} differ, {time.monotonic() - began:.0f} s")
    sys.exit(bool(differences) or compared < asked.programs)


if __name__ == "__main__":
    main()
