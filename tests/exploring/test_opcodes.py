"""What `opcodes` knows of this Python's bytecode agrees with Python, on its standard library."""

import ast
import inspect
import sysconfig
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest
from bytecode import Instr, Label

from helpers import explore
from helpers.exploring.points import opcodes
from helpers.exploring.points.rewriting import rewritten
from helpers.exploring.points.stacks import stacks
from tests.exploring.constructs import BODIES

LIBRARY = Path(sysconfig.get_path("stdlib"))
# Long ones, with as many kinds of statements as there are; typing and ast for what is new in a version.
MODULES = [
    "argparse",
    "ast",
    "asyncio/base_events",
    "asyncio/runners",
    "collections/__init__",
    "configparser",
    "contextlib",
    "dataclasses",
    "difflib",
    "enum",
    "functools",
    "inspect",
    "json/decoder",
    "logging/__init__",
    "pathlib",
    "queue",
    "shutil",
    "statistics",
    "tarfile",
    "tempfile",
    "threading",
    "typing",
    "unittest/mock",
    "zipfile/__init__",
]


def files() -> list[Path]:
    found = [LIBRARY / f"{name}.py" for name in MODULES]
    return [path for path in found if path.exists()]


def codes_in(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes_in(each)


def codes_of(path: Path) -> list[CodeType]:
    return list(codes_in(compile(path.read_bytes(), str(path), "exec", dont_inherit=True)))


def test_enough_of_the_library_is_there():
    assert len(files()) > 20
    assert sum(len(codes_of(path)) for path in files()) > 2000


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_stack_is_the_same_on_every_way_to_an_instruction_and_fits(path):
    """The compiler sees to both, so that an instruction whose effect is not known would break one of them."""
    for code in codes_of(path):
        wrong = list(disagreements(code))
        assert not wrong, f"{code.co_qualname}, line {code.co_firstlineno}: {wrong[:3]}"


def disagreements(code: CodeType) -> Iterator[str]:
    """Where two ways to an instruction leave different values on the stack, or more than fit."""
    read = opcodes.read(code)
    instructions, found = list(read), stacks(read)
    labels = {id(each): index for index, each in enumerate(instructions) if isinstance(each, Label)}
    for index, stack in found.items():
        each = instructions[index] if index < len(instructions) else None
        if len(stack) > code.co_stacksize:
            yield f"{each}: {len(stack)} values, where {code.co_stacksize} fit"
        if not isinstance(each, Instr):
            continue
        if each.name in ("RETURN_VALUE", "RETURN_CONST") and len(stack) != (each.name == "RETURN_VALUE"):
            yield f"{each}: {len(stack)} values are left"
        if opcodes.may_jump(each) and found[labels[id(each.arg)]] != opcodes.stack_after(
            each, stack, jumps=True
        ):
            yield f"{each} jumps to other values"
        if not each.is_final() and found[index + 1] != opcodes.stack_after(each, stack, jumps=False):
            yield f"{each} goes on with other values"


@pytest.mark.parametrize("name", BODIES)
def test_the_same_holds_of_constructs_that_the_library_does_not_use(name):
    for code in codes_in(BODIES[name].__code__):
        assert not list(disagreements(code))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_code_of_every_kind_is_rewritten(path):
    """No name is unknown, no stack is too small, and the functions inside are rewritten too."""
    nodes = ast.walk(ast.parse(path.read_bytes()))
    names = frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))
    code = codes_of(path)[0]
    for keeps in (False, True):
        after = rewritten(code, {}, names, keeps)
        assert named(after) == named(code)


def named(code: CodeType) -> Counter[str]:
    return Counter(each.co_qualname for each in codes_in(code))


def test_a_parameter_that_functions_share_may_be_a_str():
    """From Python 3.14 on, `bytecode` gives a parameter that a function inside shares as its name."""

    def outer(shared):
        def inner():
            nonlocal shared
            shared += 1
            return shared

        return inner(), shared

    read = opcodes.read(outer.__code__)
    arguments = [each.arg for each in read if isinstance(each, Instr) and each.name in opcodes.CELL]
    assert [opcodes.variable_of(each) for each in arguments] == ["shared"]
    verdict = explore(lambda: outer(1), max_schedules=10)
    assert verdict.kind == "proved"


def test_each_with_and_each_call_is_told_apart():
    """No call of a `with` is a call of the program's, and all others are, with None thrice too."""

    def body(f, cm, obj):
        with cm as x, cm:
            f(None, None, None)
            obj.method(None, None, None)
        f(x)(None, None, None)
        return (f or obj.method)(None, None, None)

    read = list(opcodes.read(body.__code__))
    calls = [index for index in range(len(read)) if opcodes.begins_a_call(read, index)]
    assert len(calls) == 5
    assert inspect.getsource(body).count("(None, None, None)") == 4


@pytest.mark.parametrize("magic", [3494, 3675, 0])
def test_an_unknown_python_is_refused_with_a_sentence(magic):
    with pytest.raises(RuntimeError, match=rf"magic number {magic}\)\. Use a release of CPython 3\.11"):
        opcodes.check_python(magic)


def test_explore_refuses_an_unknown_python_at_its_door(monkeypatch):
    monkeypatch.setattr(opcodes, "KNOWN", {1: "3.11", 2: "3.99"})
    with pytest.raises(RuntimeError, match=r"Use a release of CPython 3\.11 or 3\.99"):
        explore(lambda: None)


def test_this_python_is_known():
    opcodes.check_python()
