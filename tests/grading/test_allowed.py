"""What an answer may use: what learners write passes, what reaches out of an answer does not."""

import pytest

from helpers.grading.allowed import refusal

ALLOWED = {
    "a with": "import threading\nlock = threading.Lock()\ndef f():\n    with lock:\n        return 1",
    "an alias": "import threading as t\nlock = t.Lock()",
    "a name of a module": "from threading import Lock, Thread\nlocks = [Lock() for _ in range(3)]",
    "a class that is a context manager": (
        "class Owned:\n    def __init__(self):\n        self._owner = None\n"
        "    def __enter__(self):\n        return self\n"
        "    def __exit__(self, *error):\n        self._owner = None"
    ),
    "a base class": (
        "import threading\nclass Mine(threading.Thread):\n    def run(self):\n        super().run()"
    ),
    "a context manager by a generator": (
        "from contextlib import contextmanager\n"
        "@contextmanager\ndef got(lock):\n    yield lock.acquire(timeout=1)"
    ),
    "an error that is expected": (
        "def f(lock):\n    try:\n        lock.release()\n    except RuntimeError as e:\n        print(e)"
    ),
    "a reader-writer lock": (
        "from readerwriterlock import rwlock\nrw = rwlock.RWLockFair()\nread = rw.gen_rlock()"
    ),
    "a variable that is called like a module": (
        "def f(queue):\n    queue.put(1)\n    time = 5\n    return time"
    ),
    "annotations": (
        "from __future__ import annotations\nfrom collections.abc import Callable\ndef f(g: Callable): ..."
    ),
    "a given class": "def f(shop: Shop):\n    shop.left -= 1\n    return Shop(3)",
    "one argument of type": "def f(x):\n    return type(x).__name__",
    "a variable that is called like a tool": "def f(tasks):\n    for task in tasks:\n        task()",
    "a function that is called like a tool": "def run(): ...\ndef f():\n    return run()\nx = run()",
    "a method that is called like a tool": "class X:\n    def check(self): ...\n    look = check",
    "the same in a closure": "def f(run):\n    return lambda: run()",
    "patterns": (
        "def f(x):\n    match x:\n        case [one, *rest]:\n"
        "            return rest\n        case {'a': b}:\n            return b"
    ),
}


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED)
def test_what_learners_write_is_allowed(source):
    assert refusal(source, given={"Shop", "task"}) == ""


REFUSED = {
    "os": ("import os", "may not import os"),
    "sys, inside a function": ("def f():\n    import sys", "line 2: an answer may not import sys"),
    "a package's part": ("import helpers.grading", "may not import helpers.grading"),
    "check": ("from helpers.grading import check", "may not import helpers.grading"),
    "a relative import": ("from . import answers", "may not import ."),
    "everything": ("from threading import *", "everything of threading"),
    "what begins with _": ("from threading import _active", "_active"),
    "eval": ("x = eval('1')", "eval: write the expression itself"),
    "getattr": ("x = getattr(1, 'real')", "getattr: write object.name"),
    "a class's insides": ("x = ().__class__.__base__", ".__base__"),
    "globals of a function": ("def f(): ...\nx = f.__globals__", ".__globals__"),
    "a frame": ("def f(g):\n    return g.gi_frame", ".gi_frame"),
    "a traceback": ("def f(e):\n    return e.__traceback__", "__traceback__"),
    "a frame by a pattern": (
        "def f(g):\n    match g:\n        case object(gi_frame=x):\n            return x",
        "gi_frame",
    ),
    "format": ("x = '{0.real}'.format(1)", "write an f-string"),
    "texts that are types": ("import typing\nx = typing.get_type_hints(1)", "get_type_hints"),
    "an import of those": ("from typing import get_type_hints", "get_type_hints"),
    "a lock of one's own": ("import threading\nthreading.Lock = None", "may not change what threading holds"),
    "the same by its alias": ("import threading as t\nt.Lock = None", "may not change what t holds"),
    "what the setup imported": ("def f(time):\n    time.sleep = None", "may not change"),
    "a tool": ("def f(): ...\ncheck(f)", "call check in a cell of its own"),
    "a tool by another name": ("mine = check", "call check in a cell of its own"),
    "a tool by its own name": ("check = check\ncheck(1)", "line 1: call check in a cell of its own"),
    "a tool that a parameter is called like": ("def f(check): ...\ncheck(f)", "line 2: call check in a cell"),
    "a tool in a class": ("class X:\n    check = check", "line 2: call check in a cell of its own"),
    "a mark": ("from helpers import mark", "may not import helpers"),
    "a mark that was given": ("def f():\n    mark('ate')", "line 2: an answer makes no mark"),
    "the same in a for": ("import time\nfor time.sleep in [1]: pass", "may not change what time holds"),
    "a module that is handed on": ("import threading\nt = threading", "only as in threading.name"),
    "a class that was imported": ("from threading import Thread\nThread.start = None", "what Thread holds"),
    "a class that was given": ("Shop.left = 5", "may not change what Shop holds"),
    "a module's own": ("import threading\nx = threading._active", "threading._active"),
    "equal to anything": (
        "class X:\n    def __eq__(self, other):\n        return True",
        "may not define __eq__",
    ),
    "the same by a lambda": ("class X:\n    __eq__ = lambda self, other: True", "__eq__"),
    "a class by type": ("X = type('X', (), {})", "write class Name:"),
    "a class by dataclasses": (
        "import dataclasses\nX = dataclasses.make_dataclass('X', [])",
        "make_dataclass",
    ),
    "a metaclass": ("class X(metaclass=type): ...", "how a class is made"),
    "every error": ("def f():\n    try: ...\n    except: ...", "line 3: an answer may not catch everything"),
    "every error by name": ("def f():\n    try: ...\n    except BaseException: ...", "BaseException"),
    "await": ("async def f(): ...", "async"),
    "another cell's name": ("def f():\n    return tool(1)", "line 2: nothing in this cell defines tool"),
    "a cell's command": ("get_ipython().system('ls')", "get_ipython"),
    "no Python": ("def f(:", "line 1: this is not Python"),
    "a null byte": ("x = '\0'", "null byte"),
    "wraps with more": ("from functools import wraps\nx = wraps(1, assigned=['start'])", "write @wraps"),
}


@pytest.mark.parametrize(("source", "says"), REFUSED.values(), ids=REFUSED)
def test_what_reaches_out_is_refused_with_a_reason(source, says):
    assert says in refusal(source, given={"Shop", "check", "time"})
