"""Random small programs, each explored with and without reduction: both must meet the same ends.

``python -m tests.exploring.fuzzing --programs 2000`` from the project's root; a seed always gives the same
program.
"""

import random
from functools import partial

from tests.exploring.comparing import compare, main, program_from
from tests.exploring.ends import all_ends, explored_ends

ORACLE_LIMIT = 600  # schedules: what is larger is left out

# What a thread may do: (its name, the lines; "{body}" stands for more of them).
STATEMENTS = {
    "lock": ("with A:", "    {body}"),
    "other lock": ("with B:", "    {body}"),
    "rlock": ("with R:", "    {body}"),
    "rlock twice": ("with R:", "    with R:", "        {body}"),
    "try": ("if A.acquire(False):", "    {simple}", "    A.release()"),
    "timed": ("if A.acquire(timeout=1):", "    {simple}", "    A.release()"),
    "locked": ("if A.locked(): seen += (1,)",),
    "unlock": ("if A.locked():", "    try: A.release()", "    except RuntimeError: seen += ('free',)"),
    "add": ("x += 1",),
    "copy": ("y = x",),
    "double": ("x = 2 * x",),
    "look": ("seen += (x,)",),
    "attribute": ("box.v += 1",),
    "class attribute": ("Box.v += 1",),
    "look at attribute": ("seen += (box.v,)",),
    "set": ("e.set()",),
    "clear": ("e.clear()",),
    "is set": ("seen += (e.is_set(),)",),
    "wait for event": ("e.wait()",),
    "wait": ("with c:", "    c.wait()"),
    "timed wait": ("with c:", "    seen += (c.wait(1),)"),
    "wait for": ("with c:", "    c.wait_for(lambda: x)"),
    "notify": ("with c:", "    c.notify()"),
    "add and notify": ("with c:", "    x += 1", "    c.notify_all()"),
    "take permit": ("s.acquire()",),
    "give permit": ("s.release()",),
    "try permit": ("seen += (s.acquire(False),)",),
    "put": ("q.put(x)",),
    "get": ("seen += (q.get(),)",),
    "try get": ("try: seen += (q.get_nowait(),)", "except queue.Empty: seen += (None,)"),
    "pop": ("if items: seen += (items.pop(),)",),
    "append": ("items.append(x)",),
    "length": ("seen += (len(items),)",),
    "first": ("seen += tuple(items[:1])",),
    "go through": ("for item in items: seen += (item,)",),
    "item": ("d['k'] = d.get('k', 0) + 1",),
    "new item": ("d[x] = 1",),
    "keys": ("seen += tuple(sorted(d, key=str))",),
    "assert": ("assert x < 2",),
}
SIMPLE = ("add", "copy", "look", "attribute")
HEAD = """
import queue, threading
class Box: v = 0
def program():
    Box.v = 0
    A, B, R = threading.Lock(), threading.Lock(), threading.RLock()
    c, e, s, q = threading.Condition(), threading.Event(), threading.Semaphore(1), queue.Queue(1)
    x, items, d, box = 0, [0], {{}}, Box()
    kept = [None] * {count}
"""
FOOT = """
    threads = tuple([threading.Thread(target=body, name=body.__name__) for body in ({bodies},)])
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return x, items, sorted(d, key=str), d.get("k"), box.v, Box.v, kept
"""


def source_of(seed):
    """Return the source of a program: 2 to 5 threads, the more threads the shorter.

    >>> source_of(7) == source_of(7), source_of(7) == source_of(8)
    (True, False)
    """
    chance = random.Random(seed)
    kinds = chance.sample(sorted(STATEMENTS), chance.choice((2, 3, 3, 4)))
    count = chance.choice((2, 2, 2, 3, 3, 4, 5))
    size = {2: chance.choice((1, 2, 2, 3)), 3: chance.choice((1, 1, 2)), 4: 1, 5: 1}[count]
    lines = [HEAD.format(count=count)]
    for number in range(count):
        lines += [f"    def t{number}():", "        nonlocal x", "        seen, y = (), None"]
        lines += ["        " + line for line in _statements(chance, kinds, size, depth=0 if count < 4 else 1)]
        lines += [f"        kept[{number}] = (seen, y)"]
    bodies = ", ".join(f"t{number}" for number in range(count))
    return "\n".join([*lines, FOOT.format(bodies=bodies)])


def _statements(chance, kinds, size, depth):
    return [line for _ in range(size) for line in _statement(chance, kinds, depth)]


def _statement(chance, kinds, depth):
    name = chance.choice(kinds)
    if depth > 1 and any("{body}" in line for line in STATEMENTS[name]):
        name = chance.choice(SIMPLE)
    for line in STATEMENTS[name]:
        indent = line[: len(line) - len(line.lstrip())]
        if "{body}" in line:
            inside = _statements(chance, kinds, chance.choice((1, 1, 2)), depth + 1)
            yield from (indent + inner for inner in inside)
        elif "{simple}" in line:
            yield from (indent + inner for inner in STATEMENTS[chance.choice(SIMPLE)])
        else:
            yield line


def program_of(seed):
    """Return the program of a seed, ready to be called."""
    return program_from(source_of(seed), f"/fuzzed/program_{seed}.py")


def difference(seed):
    """Return what explore misses or invents in a seed's program as a text, "" where nothing is.

    Raises:
        TooLarge: the program is too large for the oracle.
    """
    program = program_of(seed)
    expected, _ = all_ends(program, ORACLE_LIMIT)
    met, _ = explored_ends(program)
    if met == expected:
        return ""
    return f"misses {expected - met}, invents {met - expected}"


fuzz = partial(compare, source_of, difference)

if __name__ == "__main__":
    main(fuzz, __doc__, programs=2000)
