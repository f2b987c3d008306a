"""What an answer may use: a list of what is allowed, over its syntax tree, the same in check and in grading.

An answer shares its interpreter with what grades it. The list keeps honest answers honest: it leaves out what
a lock program does not need and a cheat does. It is no sandbox; whole classes are graded in one.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection

from .lists import TOOLS
from .names import changes_what_it_was_given, tool, unknown_name
from .nodes import complaint

__all__ = ["TOOLS", "refusal"]


def refusal(source: str, given: Collection[str] = ()) -> str:
    """Return why an answer is refused, and what to use instead; "" where it uses only what is allowed.

    Args:
        source: the text of the answer's cell.
        given: names that the setup cell defines.

    >>> refusal("def double(x): return 2 * x")
    ''
    >>> refusal("import os")
    'line 1: an answer may not import os; it may import collections, ..., threading, time and typing'
    >>> refusal("def f(): return eval('1')")
    'line 1: an answer may not use eval: write the expression itself'
    >>> refusal("def f(): return help_me()")
    'line 1: nothing in this cell defines help_me: an answer stands in one cell, with all that it uses'
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a text such as "\\d", which is the learner's affair
            tree = ast.parse(source)
    except SyntaxError as error:
        return f"line {error.lineno}: this is not Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"this cannot be read as Python: {error}"
    for node in ast.walk(tree):
        if what := complaint(node):
            return f"line {getattr(node, 'lineno', 1)}: {what}"
    return tool(source, tree) or unknown_name(tree, given) or changes_what_it_was_given(tree, given)
