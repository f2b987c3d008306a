"""Builds a class of students of every kind: good ones, and those whose submissions harm or cheat."""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from helpers.grading.released import notebook_of

HERE = Path(__file__).parent
NAME = "01_mutual_exclusion"
SELL = """
def sell(shop):
    with shop.lock:
        if shop.left == 0:
            return False
        shop.left -= 1
        return True
"""


@dataclass(frozen=True)
class Hostile:
    """An answer that harms or cheats.

    Args:
        student: what it does; also the name of the student.
        source: its code.
        wanted: what comes of it, by "list" and "alone": statuses, the last with points where it is graded.
        says: what its reason must say.
    """

    student: str
    source: str
    wanted: dict[str, str] = field(default_factory=dict)
    says: str = ""

    def fits(self, mode: str, status: str, points: int | None) -> bool:
        got = f"{status} {points}" if status == "graded" else status
        return got == self.wanted[mode] or got in self.wanted[mode].split()


def hostile_answers() -> list[Hostile]:
    text = (HERE / "answers.txt").read_text(encoding="utf-8").replace("@BRACKETS@", "(" * 5000 + ")" * 5000)
    _, *parts = re.split(r"^# ==== (.+)$", text, flags=re.MULTILINE)
    return [_hostile(*each) for each in zip(parts[::2], parts[1::2], strict=True)]


def _hostile(student: str, source: str) -> Hostile:
    wanted = {mode: re.search(rf"^# {mode}: (.+)$", source, re.MULTILINE)[1] for mode in ("list", "alone")}
    says = re.search(r"^# says: (.+)$", source, re.MULTILINE)
    return Hostile(
        student, re.sub(r"^# (list|alone|says): .+\n", "", source, flags=re.M), wanted, says and says[1]
    )


def notebook(*sources: str, name: str = "") -> dict:
    """A submitted notebook with these answers to 01.1, 01.2, ... and without the cells of the others."""
    data = json.loads(notebook_of("01").read_text(encoding="utf-8"))
    answers = dict(zip(("answer-1", "answer-2", "answer-3"), sources, strict=False))
    data["cells"] = [cell for cell in data["cells"] if "answer" not in cell["id"] or cell["id"] in answers]
    for cell in data["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
        if cell["id"] == "name":
            cell["source"] = f"learner({name!r})"
    return data


def hand_in(folder: Path, student: str, content: dict | str | bytes) -> Path:
    path = folder / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def unreadable() -> dict[str, tuple[dict | str | bytes, str]]:
    """Notebooks that nothing can be read of, by student, and what is said of them."""
    old = notebook(SELL) | {"nbformat": 3}
    return {
        "bad JSON": ('{"cells": [', "no JSON"),
        "no nbformat": ("{}", "format None"),
        "wrong nbformat": (old, "format 3"),
        "binary junk": (bytes(range(256)) * 100, "no text"),
        "huge": (notebook(SELL + "#" * (9 << 20)), "larger than 8 MiB"),
        "empty file": ("", "no JSON"),
        "nested without end": ("[" * 200_000, "no JSON"),
        "a list": ("[]", "no notebook"),
        "no cells": ('{"nbformat": 4}', "without cells"),
        "cells that are none": ('{"nbformat": 4, "cells": [1]}', "no cell"),
        "text that is none": ('{"nbformat": 4, "cells": [{"source": {}}]}', "no text"),
    }


def odd_files(folder: Path) -> dict[str, str]:
    """Hands in what is no file; returns what is said, by student."""
    secret = folder.parent / "secret.ipynb"
    secret.write_text(json.dumps(notebook(SELL)), encoding="utf-8")
    for student in ("a link", "a pipe", "a folder"):
        (folder / student / NAME).mkdir(parents=True)
    (folder / "a link" / NAME / f"{NAME}.ipynb").symlink_to(secret)
    os.mkfifo(folder / "a pipe" / NAME / f"{NAME}.ipynb")
    (folder / "a folder" / NAME / f"{NAME}.ipynb").mkdir()
    (folder / "a linked folder").symlink_to(folder.parent)
    ordinary = "no ordinary file"
    return {"a link": "link", "a linked folder": "link", "a pipe": ordinary, "a folder": ordinary}
