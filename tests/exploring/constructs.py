"""Constructs of the language, each in a function of a lock: what they do must not depend on being explored."""

import collections
import contextlib
import dataclasses
import sys
import threading
import types
import warnings

BODIES = {}


def means_the_same(body):
    """Enter a function."""
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
def asynchronous(lock):
    """Coroutines that nobody but this thread moves on, as an event loop would."""
    out = []

    class Manager:
        async def __aenter__(self):
            await Once()
            return self

        async def __aexit__(self, *error):
            with lock:
                await Once()
            return error[0] is Boom

    class Once:
        def __await__(self):
            got = yield "once"
            return got

    async def numbers(k):
        while k:
            async with Manager() as m:
                k -= 1
                yield k
                if k == 1:
                    raise Boom

    async def main():
        async for each in numbers(3):
            with lock:
                out.append(each)
        for wrong in (Once(), 5):
            try:
                async with wrong:
                    out.append("never")
            except TypeError as e:
                out.append(str(e))
        return [x async for x in numbers(2)], await Once()

    coroutine, sent = main(), None
    while True:
        try:
            out.append(coroutine.send(sent))
        except StopIteration as end:
            return out, end.value
        sent = len(out)


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


# Constructs that not every Python has, or of which a newer one warns: the first version that has them -> their source.
FROM_A_VERSION_ON = {
    (3, 11): """
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
""",
    (3, 12): """
def typed(lock):
    n, out = 0, []

    def ident[T](x: T) -> T:
        with lock:
            return x

    class Box[T]:
        def __init__(self, v: T):
            self.v = v

    class Bound[T: (int, str), *Ts, **P](Box[T]):
        def get(self):
            with lock:
                return super().__init__(1), self.v

    type A = list[int]
    type Later = list[undefined]
    while n < 2:
        n += 1
        out.append([ident(x) for x in range(n)])
        out.append((Box(n).v, f"{f'{n}'}", f"{f'{f"{n!r:>{n + 2}}"}':*^9}"))
        out.append((Bound(n).get(), A.__value__, [str(p) for p in Bound.__type_params__]))
        y = [i for i in range(2)]
        out.append([[(i, j) for j in y] for i in y])
    return out


def inlined(lock):
    n, x, out = 0, "kept", []
    while n < 2:
        n += 1
        with lock:
            out.append([x for x in range(3)])
            out.append({x: [lambda: x for x in range(2)][0]() for x in range(2)})
            out.append(x)
        try:
            [1 // x for x in (1, 0)]
        except ZeroDivisionError as e:
            out.append((x, e.args))
    return out
""",
    (3, 13): """
def defaults(lock):
    n, out = 0, []
    while n < 2:
        n += 1

        class Box[T = int]:
            with lock:
                kept = n
            numbers = [kept for kept in range(2)]

            def __init__(self):
                self.all = [self.kept, [__class__.kept for _ in "a"], T.__default__]

        out.append((Box().all, Box.numbers))
    return out


def tries_with_calls(lock):
    n, out = 0, []

    def fail(k):
        with lock:
            if k % 2:
                raise KeyError(k)
        return k

    while n < 4:
        n += 1
        try:
            out.append(fail(n))
        except KeyError as e:
            out.append(e.args)
            try:
                fail(n + 2)
            except* KeyError as group:
                out.append(len(group.exceptions))
        finally:
            out.append(n)
    return out
""",
    (3, 14): """
def without_brackets(lock):
    n, out = 0, []
    while n < 3:
        n += 1
        try:
            with lock:
                raise (ValueError, KeyError, TypeError)[n - 1](n)
        except ValueError, KeyError:
            out.append("either")
        except TypeError:
            out.append("type")
    return out


def templates(lock):
    n, out, lacking = 0, [], {"n": 0}
    while n < 2:
        n += 1
        with lock:
            made = t"{n} of {lacking['n']!r:>{n + 3}}, {[x for x in range(n)]}" t"."
            lacking["n"] += 1
        out.append((made.strings, made.values))
        out.append([(each.expression, each.conversion, each.format_spec) for each in made.interpolations])
    return out


def late_annotations(lock):
    n, out = 0, []
    while n < 2:
        n += 1

        class Noted:
            first: not_yet
            with lock:
                second: list[n]
            if n > 1:
                third: n = 3

            def method(self, of: Noted, *, key: n = 0) -> not_yet:
                return n

        try:
            Noted.__annotations__
        except NameError as e:
            out.append(e.name)
        not_yet = n
        out.append((Noted.__annotations__, [*Noted.method.__annotations__.values()][1:], Noted().method(0)))
        del not_yet
    return out


def managers(lock):
    n, out = 0, []

    class Slow:
        def __enter__(self):
            lock.acquire()
            return self

        @classmethod
        def __exit__(cls, kind, error, trace):
            lock.release()
            return kind is ZeroDivisionError

    class OnlyEnters:
        def __enter__(self):
            return 1

    class OnlyExits:
        def __exit__(self, *error):
            return True

    class Static:
        __enter__ = staticmethod(lambda: 5)
        __exit__ = staticmethod(lambda *error: out.append(error[0]))

    while n < 2:
        n += 1
        with Slow() as slow, Static() as five:
            out.append((type(slow).__name__, five))
            1 // (n - 1)
        for wrong in (OnlyEnters(), OnlyExits(), n):
            try:
                with wrong:
                    out.append("never")
            except TypeError as e:
                out.append(str(e))
        with lock:
            for _ in [1, 2]:
                if n == 2:
                    with Slow.__new__(Static):
                        break
    return out


def by_number(lock):
    out = []
    for kind in (list, tuple, bytes, bytearray, iter):
        given = kind([1, 2, 3])
        for each in given:
            with lock:
                out.append(each)
            if each == 2 and kind is list:
                given.append(9)
            if len(out) > 50:
                break
    for letter, number in zip("ab", range(2)):
        with lock:
            out.append((letter, number, [i for i in "xy"], [*range(3)], max(j for j in (1, 2))))

    def delegating():
        got = yield from [1, 2]
        yield from "ab"
        yield from (x for x in range(2))
        return got

    return out, [each for each in delegating()]
""",
    (3, 15): """
lazy import colorsys
lazy from fractions import Fraction


def imported_late(lock):
    n, out = 0, []
    while n < 2:
        n += 1
        with lock:
            out.append((colorsys.rgb_to_hsv(0.2, 0.4, 0.6)[0], Fraction(n, 2)))
    return out


def unpacking(lock):
    n, out = 0, []
    while n < 2:
        n += 1
        rows = [[n, 2], [3]]
        with lock:
            out.append([*row for row in rows])
            out.append({*row for row in rows})
            out.append({**{k: n} for k in "ab"})
            out.append([*(*row for row in rows)])
    return out
""",
}
for version, source in FROM_A_VERSION_ON.items():
    if sys.version_info >= version:
        here = {**globals()}
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            exec(compile(source, __file__, "exec"), here)
        for name, body in here.items():
            if name not in globals() and isinstance(body, types.FunctionType):
                means_the_same(body)
