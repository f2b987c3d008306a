"""Random small programs that may go round for ever: explore must find the same kinds as `brute_force`.

``python -m tests.exploring.fuzzing_loops --programs 1000`` from the project's root; a seed always gives the
same program.
"""

import random
from functools import partial

from helpers import explore
from tests.exploring.brute_force import STUCK, all_kinds
from tests.exploring.comparing import compare, main, program_from

ORACLE_LIMIT = 400  # states: what is larger is left out

# What a thread may do: the lines; "{body}" stands for more of them, "{simple}" for one.
STATEMENTS = {
    "lock": ("with A:", "    {simple}"),
    "both": ("with A:", "    with B:", "        {simple}"),
    "both, the other way": ("with B:", "    with A:", "        {simple}"),
    "try for ever": ("while not A.acquire(False):", "    {idle}", "A.release()"),
    "try twice": ("for _ in range(2):", "    if A.acquire(False):", "        A.release()", "        break"),
    "time out": ("if A.acquire(timeout=0.001):", "    {simple}", "    A.release()"),
    "time out for ever": ("while not B.acquire(timeout=0.002):", "    {idle}", "B.release()"),
    "polite": (
        "while True:",
        "    with A:",
        "        if B.acquire(False):",
        "            B.release()",
        "            break",
        "    {idle}",
    ),
    "polite, the other way": (
        "while True:",
        "    with B:",
        "        if A.acquire(timeout={time}):",
        "            A.release()",
        "            break",
    ),
    "greedy": ("while not x:", "    with A:", "        {idle}"),
    "hold and sleep": ("with A:", "    time.sleep({time})"),
    "keep and go on": ("with A:", "    while not e.is_set():", "        with B: {idle}"),
    "greedy until an event": ("while not e.is_set():", "    with A: {idle}"),
    "try until an event": (
        "while not e.is_set():",
        "    if s.acquire(False):",
        "        s.release()",
        "        {idle}",
    ),
    "get in once": ("with A:", "    pass", "e.set()"),
    "sure to get it": ("assert A.acquire(timeout={time})", "A.release()"),
    "server": ("while True:", "    with A: {simple_in_line}"),
    "marking server": ("while True:", "    s.acquire()", "    s.release()", "    mark('served')"),
    "sleep": ("time.sleep({time})",),
    "spin": ("while not x: {idle}",),
    "spin while set": ("while x: {idle}",),
    "wait for event": ("e.wait()",),
    "poll event": ("while not e.wait({time}): {idle}",),
    "timed event": ("e.wait({time})",),
    "set event": ("e.set()",),
    "clear event": ("e.clear()",),
    "timed condition": ("with c:", "    c.wait({time})"),
    "poll condition": ("with c:", "    while not x: c.wait({time})"),
    "wait": ("with c:", "    c.wait()"),
    "notify": ("with c:", "    {simple}", "    c.notify()"),
    "permit": ("with s:", "    {simple}"),
    "try permit": ("while not s.acquire(False): {idle}", "s.release()"),
    "lost permit": ("s.acquire()",),
    "assert": ("assert not x",),
    "put up": ("x = 1",),
    "put down": ("x = 0",),
    "mark": ("mark('here')",),
}
SIMPLE = ("x = 1", "x = 0", "x = 1 - x", "pass", "e.set()", "y = x")
IDLE = ("pass", "pass", "time.sleep(0.001)", "mark('again')", "y = x", "e.clear()")
TIMES = ("0.001", "0.002", "0.003")
HEAD = """
import threading, time
from helpers import mark
def program():
    A, B, e, s = threading.Lock(), threading.Lock(), threading.Event(), threading.Semaphore(1)
    c, x = threading.Condition(A), 0
"""
FOOT = """
    threads = ({threads},)
    for thread in threads: thread.start()
    for thread in threads:
        if not thread.daemon: thread.join()
"""


def source_of(seed):
    """Return the source of a program with 2 or 3 threads.

    >>> source_of(7) == source_of(7), source_of(7) == source_of(8)
    (True, False)
    """
    chance = random.Random(seed)
    kinds = chance.sample(sorted(STATEMENTS), chance.choice((2, 3, 4, 5)))
    count = chance.choice((2, 2, 2, 3))
    lines, threads = [HEAD], []
    for number in range(count):
        lines += [f"    def t{number}():", "        nonlocal x"]
        for _ in range(chance.choice((1, 1, 2)) if count == 2 else 1):
            lines += ["        " + line for line in _statement(chance, chance.choice(kinds))]
        daemon = number > 0 and chance.random() < 0.15
        threads.append(f"threading.Thread(target=t{number}, name='t{number}', daemon={daemon})")
    return "\n".join([*lines, FOOT.format(threads=", ".join(threads))])


def _statement(chance, name):
    for line in STATEMENTS[name]:
        simple = chance.choice(SIMPLE)
        yield line.format(
            simple=simple, simple_in_line=simple, idle=chance.choice(IDLE), time=chance.choice(TIMES)
        )


def program_of(seed):
    """Return the program of a seed, ready to be called."""
    return program_from(source_of(seed), f"/fuzzed/loops_{seed}.py")


def kinds_of(verdict):
    """Return the kinds that explore found, deadlocks and lost wake-ups as one."""
    return {STUCK if each.kind in ("deadlock", "lost wake-up") else each.kind for each in verdict.found}


def difference(seed):
    """Return how explore and the oracle differ on a seed's program as a text, "" where they agree.

    Raises:
        TooLarge: the program is too large for the oracle.
    """
    program = program_of(seed)
    expected, _ = all_kinds(program, ORACLE_LIMIT)
    verdict = explore(program, find="all", max_steps=500)
    met = kinds_of(verdict)
    if met == expected and verdict.complete:
        return ""
    return f"explore {sorted(met)}, oracle {sorted(expected)}, {verdict.reason}"


fuzz = partial(compare, source_of, difference)

if __name__ == "__main__":
    main(fuzz, __doc__, programs=1000)
