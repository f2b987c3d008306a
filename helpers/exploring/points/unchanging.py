"""Variables that functions share, and that never change once they do: they need no points."""

from __future__ import annotations

from types import CodeType
from typing import Any

import bytecode
from bytecode import Instr, Label

from .opcodes import CELL, variables_in, written_names


def assigned_before_shared(code: bytecode.Bytecode, own: set[str]) -> frozenset[str]:
    """Return the variables of a function that are assigned before any function that shares them exists.

    Nobody else can see these change, so they need no points.
    """
    instructions = list(code)
    written_inside = {name for each in instructions for name in _written_by_functions_in(each)}
    return frozenset(name for name in own - written_inside if _is_assigned_before_shared(instructions, name))


def _written_by_functions_in(instruction: Any) -> set[str]:
    code = instruction.arg if isinstance(instruction, Instr) else None
    return cells_written_from_inside(code) if isinstance(code, CodeType) else set()


def cells_written_from_inside(code: CodeType) -> set[str]:
    """Return the variables of enclosing functions that a function, or one inside it, writes."""
    stores = tuple(name for name, writes in CELL.items() if writes)
    written = {*written_names(code, stores)} & {*code.co_freevars}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            written |= cells_written_from_inside(inner) & {*code.co_freevars}
            written |= cells_written_from_inside(inner) - {*code.co_cellvars}
    return written


def _is_assigned_before_shared(instructions: list[Any], name: str) -> bool:
    stores, shares = [], []
    for index, each in enumerate(instructions):
        if isinstance(each, Instr) and name in variables_in(each.arg):
            if CELL.get(each.name):
                stores.append(index)
            elif each.name.startswith(("LOAD_CLOSURE", "LOAD_FAST")):
                shares.append(index)
    if not stores or not shares:
        return not stores
    return len(stores) == 1 and stores[0] < shares[0] and not _in_a_loop(instructions, stores[0])


def _in_a_loop(instructions: list[Any], index: int) -> bool:
    labels = {id(each): position for position, each in enumerate(instructions) if isinstance(each, Label)}
    return any(
        isinstance(each, Instr) and isinstance(each.arg, Label) and labels[id(each.arg)] <= index
        for each in instructions[index:]
    )
