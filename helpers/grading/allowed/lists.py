"""What an answer may import and name, and what to use instead of what it may not."""

MODULES = {
    "__future__",
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
SPECIAL_NAMES = {"__name__", "__slots__"}

INSTEAD = {
    "BaseException": "name the error that you expect, such as RuntimeError",
    "GeneratorExit": "an answer needs no generator's end",
    "KeyboardInterrupt": "name the error that you expect, such as RuntimeError",
    "SystemExit": "let the function return",
    "breakpoint": "print what you want to see",
    "compile": "write the code itself",
    "delattr": "use the attribute's name itself",
    "dir": "name what you need",
    "eval": "write the expression itself",
    "exec": "write the code itself",
    "exit": "let the function return",
    "get_ipython": "keep commands that begin with % or ! in a cell of their own",
    "getattr": "write object.name",
    "globals": "name the variable",
    "hash": "a hash differs from run to run: use a number that you are given",
    "help": "call help in a cell of its own",
    "id": "an id differs from run to run: compare with is, or use a number that you are given",
    "input": "take what you need as an argument",
    "locals": "name the variable",
    "memoryview": "an answer needs no memory views",
    "open": "an answer needs no files",
    "quit": "let the function return",
    "setattr": "write object.name = value",
    "vars": "name the variable",
}
_FOR_OTHER_CELLS = ("check", "enabled", "explore", "learner", "replay", "run", "task", "timeline")
#: The course's own words, which a cell that holds an answer has no use for, and what to do instead.
TOOLS = {
    each: f"call {each} in a cell of its own, so that this one holds the answer" for each in _FOR_OTHER_CELLS
}
TOOLS["mark"] = "an answer makes no mark: those of the program that tries it are the ones that count"
#: What attributes of frames, generators, tracebacks and code objects begin with.
INSIDE = ("f_", "gi_", "cr_", "ag_", "tb_", "co_", "func_")
#: Names of what reaches further than it looks, and what to use instead.
FAR_REACHING = {
    "ForwardRef": "write the type itself",
    "format": "write an f-string",
    "format_map": "write an f-string",
    "get_type_hints": "write the type itself",
    "make_dataclass": "write class Name:",
    "mro": "name the class",
    "setprofile": "an answer is watched, not watching",
    "setprofile_all_threads": "an answer is watched, not watching",
    "settrace": "an answer is watched, not watching",
    "settrace_all_threads": "an answer is watched, not watching",
    "update_wrapper": "write @wraps(function)",
}
