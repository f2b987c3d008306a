"""Rewritten code means the same: whatever the construct, also while a loop makes its stack be kept."""

import collections
import contextlib
import dataclasses
import sys
import threading

import pytest

from helpers import explore

BODIES = {}


def means_the_same(body):
    """Enter a function of a lock, which must return the same in a program that is explored."""
    BODIES[body.__name__] = body
    return body


@contextlib.contextmanager
def cm(x):
    yield x


class Boom(Exception):
    pass


@means_the_same
def nest_with(lock):
    out = []
    with cm(1) as a, cm(2) as b:
        with lock:
            i = 0
            while i < 3:
                i += 1
                out.append((a, b, i, f"{i!r:>{a + b}}"))
    return out


@means_the_same
def try_nest(lock):
    out = []
    i = 0
    while i < 4:
        i += 1
        try:
            try:
                with lock:
                    if i % 2:
                        raise Boom(i)
                    out.append(i)
            except Boom as e:
                out.append(("b", e.args))
                if i == 3:
                    raise ValueError(i) from e
            else:
                out.append("else")
            finally:
                out.append("fin")
        except ValueError as v:
            out.append(("v", v.args, type(v.__cause__).__name__))
            continue
        finally:
            out.append("f2")
    return out


@means_the_same
def match_it(lock):
    out = []
    n = 0
    while n < 6:
        with lock:
            n += 1
        match [n, {"k": n}, (n, n + 1)]:
            case [1, {"k": k}, _]:
                out.append(("one", k))
            case [2 | 3 as m, {**rest}, (x, y)] if x < y:
                out.append((m, rest, x, y))
            case [*a, (b, _)]:
                out.append((len(a), b))
    return out


@means_the_same
def calls(lock):
    def f(*a, x=0, **k):
        return (a, x, sorted(k.items()))

    out = []
    n = 0
    while n < 2:
        n += 1
        out.append(f(1, *[2, n], x=n, **{"z": n}))
        out.append(f(*(i for i in range(n)), **dict(a=1)))
        out.append([f(i, x=j) for i in range(2) for j in (lambda q: q)(range(2))])
    return out


@means_the_same
def comps(lock):
    n = 0
    out = []
    while n < 2:
        n += 1
        with lock:
            out.append({i: {j for j in range(i)} for i in range(3)})
            out.append(sum(x * y for x in range(3) for y in [n]))
            out.append([y := n, y**2, [y for y in range(2)], y])
            out.append((lambda *a, b=n: a + (b,))(1, 2))
    return out


@means_the_same
def gens(lock):
    def g(k):
        i = 0
        while i < k:
            with lock:
                i += 1
            got = yield i
            if got:
                yield got * 10

    def h():
        r = yield from g(2)
        yield from (x for x in [7, 8])
        return "r"

    it = g(3)
    out = [next(it), it.send(5), *it, *h()]
    return out


@means_the_same
def classes(lock):
    n = 0
    out = []
    while n < 2:
        n += 1

        @dataclasses.dataclass(order=True)
        class P:
            x: int = n
            y: list = dataclasses.field(default_factory=list)

            @property
            def z(self):
                with lock:
                    return self.x * 2

            @staticmethod
            def s():
                return "s"

            @classmethod
            def k(cls):
                return cls.__name__

            def __add__(self, o):
                with lock:
                    return P(self.x + o.x)

            def __enter__(self):
                lock.acquire()
                return self

            def __exit__(self, *e):
                lock.release()
                return e[0] is Boom

            def __getitem__(self, i):
                with lock:
                    return i

            def __contains__(self, i):
                with lock:
                    return True

            def __iter__(self):
                with lock:
                    yield self.x

            def __bool__(self):
                with lock:
                    return True

            def __eq__(self, o):
                with lock:
                    return True

        p = P()
        with p as q:
            q.x += 1
            if n == 2:
                raise Boom
        out.append(
            (
                p.z,
                P.s(),
                P.k(),
                (p + p).x,
                p[1:2, ...],
                5 in p,
                list(p),
                bool(p),
                p == 3,
                -1 if not p else [*p],
            )
        )
    return out


@means_the_same
def chained(lock):
    n = 0
    out = []
    d = collections.defaultdict(list)
    while n < 3:
        n += 1
        out.append(0 < n <= 2 < 4 != 5)
        a, *b, (cc, dd) = [n, 2, 3, (4, 5)]
        d[n].append(a)
        d[n] += b
        x = y = z = lock.acquire()
        lock.release()
        out.append((x and y or z) if n else None)
        del a
        out.append([*b, *range(n)][::-1][n:])
        s = slice(1, n)
        out.append("abcdef"[s])
        l = [1, 2, 3, 4]
        l[1:2] = [n, n]
        out.append(l)
        assert n, "no"
        out.append(not (n is None))
    return out, dict(d)


@means_the_same
def exgroup(lock):
    out = []
    n = 0
    while n < 2:
        n += 1
        try:
            with lock:
                raise ExceptionGroup("g", [ValueError(n), TypeError(n), KeyError(1)])
        except* ValueError as e:
            out.append([x.args for x in e.exceptions])
        except* (TypeError, KeyError) as e:
            out.append(len(e.exceptions))
    return out


@means_the_same
def nested_break(lock):
    out = []
    for i in range(3):
        try:
            while True:
                with lock:
                    for j in range(5):
                        if j == i:
                            break
                    else:
                        continue
                    out.append((i, j))
                    if i == 1:
                        raise StopIteration(i)
                    break
        except StopIteration as e:
            out.append(e.value)
        finally:
            if i == 2:
                return out
    return out


@means_the_same
def recursion(lock):
    def fib(n):
        while True:
            if n < 2:
                with lock:
                    return n
            return fib(n - 1) + fib(n - 2)

    return fib(5)


@means_the_same
def deref(lock):
    fs = []
    i = 0
    while i < 3:

        def f(k=i):
            nonlocal i
            with lock:
                i += 0
            return k + i

        fs.append(f)
        i += 1
    return [f() for f in fs]


@means_the_same
def strs(lock):
    n = 0
    out = ""
    while n < 3:
        n += 1
        with lock:
            out += f"{n}{'x' * n:>4}{n=}{[k for k in range(n)]!s}"
    return out


NEW_IN_3_12 = """
def typed(lock):
    n, out = 0, []

    def ident[T](x: T) -> T:
        with lock:
            return x

    class Box[T]:
        def __init__(self, v: T):
            self.v = v

    type A = list[int]
    while n < 2:
        n += 1
        out.append([ident(x) for x in range(n)])
        out.append((Box(n).v, f"{f'{n}'}"))
        y = [i for i in range(2)]
        out.append([[(i, j) for j in y] for i in y])
    return out
"""
if sys.version_info >= (3, 12):
    exec(compile(NEW_IN_3_12, __file__, "exec"))
    means_the_same(typed)  # noqa: F821 - made by the line above


@pytest.mark.parametrize("name", BODIES)
def test_a_construct_means_the_same(name):
    body = BODIES[name]
    expected = body(threading.Lock())

    def program():
        lock, results = threading.Lock(), []
        threads = [threading.Thread(target=lambda: results.append(body(lock))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [expected] * 2

    verdict = explore(program, max_schedules=40)
    assert verdict.kind == "proved" or "max_schedules" in verdict.reason, verdict.explain()
