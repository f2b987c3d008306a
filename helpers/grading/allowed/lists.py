"""What an answer may import and name, and what to use instead of what it may not."""

import ast

MODULES = {
    "collections",
    "collections.abc",
    "contextlib",
    "dataclasses",
    "enum",
    "functools",
    "heapq",
    "itertools",
    "math",
    "queue",
    "random",
    "readerwriterlock",
    "readerwriterlock.rwlock",
    "threading",
    "time",
    "typing",
}
#: The only word of the course's own that an answer may import.
FROM_HELPERS = {"mark"}

#: Methods with two underscores on each side that an answer may define or call.
SPECIAL_METHODS = {
    "__call__",
    "__enter__",
    "__exit__",
    "__init__",
    "__iter__",
    "__len__",
    "__next__",
    "__post_init__",
    "__repr__",
}
#: Names with two underscores that an answer may read.
SPECIAL_NAMES = {"__name__"}

INSTEAD = {
    "breakpoint": "print what you want to see",
    "check": "call check in a cell of its own",
    "compile": "write the code itself",
    "delattr": "use the attribute's name itself",
    "dir": "name what you need",
    "enabled": "call enabled in a cell of its own",
    "eval": "write the expression itself",
    "exec": "write the code itself",
    "exit": "let the function return",
    "explore": "call explore in a cell of its own",
    "get_ipython": "keep commands that begin with % or ! in a cell of their own",
    "getattr": "write object.name",
    "globals": "name the variable",
    "help": "call help in a cell of its own",
    "input": "take what you need as an argument",
    "learner": "say your name in the cell for it",
    "locals": "name the variable",
    "memoryview": "an answer needs no memory views",
    "open": "an answer needs no files",
    "quit": "let the function return",
    "replay": "call replay in a cell of its own",
    "run": "call run in a cell of its own",
    "setattr": "write object.name = value",
    "task": "call task in a cell of its own",
    "timeline": "draw in a cell of its own",
    "vars": "name the variable",
}
INSIDE = ("f_", "gi_", "cr_", "ag_", "tb_", "co_", "func_")
METHODS_INSIDE = {"mro", "format", "format_map", "settrace", "setprofile", "settrace_all_threads", "gi_frame"}
REFUSED_STATEMENTS = {
    ast.AsyncFunctionDef: "async",
    ast.AsyncFor: "async",
    ast.AsyncWith: "async",
    ast.Await: "await",
}
EVERYTHING = {"BaseException", "KeyboardInterrupt", "SystemExit", "GeneratorExit"}
