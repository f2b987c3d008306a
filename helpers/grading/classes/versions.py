"""What a grade rests on: the submission, the questions, and all that checks."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .. import questions
from ..released import EXERCISES, notebook_of
from ..sealing import KEYS

HELPERS = Path(__file__).parents[2]
QUESTIONS = Path(questions.__file__).parent
#: What has no say in a grade.
WITHOUT = {"bench", "claims", "classes", "environment", "questions"}


def digest(content: bytes) -> str:
    """Return a name for a content that no other has."""
    return hashlib.sha256(content).hexdigest()


@lru_cache
def checker_version() -> str:
    """Return a name for all that checks answers: the course's code, Python, and the locks of others."""
    files = (path for path in HELPERS.rglob("*.py") if not WITHOUT & set(path.relative_to(HELPERS).parts))
    return digest(f"{_of_files(files, HELPERS)} {_others()}".encode())


@lru_cache
def questions_version(lesson: str) -> str:
    """Return a name for the questions of a lesson, such as "05": their code, released notebook and key."""
    modules = [path for path in QUESTIONS.rglob("*.py") if _is_of(path, lesson)]
    files = [*modules, notebook_of(lesson), *KEYS.glob(f"{lesson}.json")]
    return _of_files(files, HELPERS.parent)


@lru_cache
def course_version() -> str:
    """Return a name for all of the course that grades: what machines that grade together must share."""
    files = [*HELPERS.rglob("*.py"), *EXERCISES.glob("*/*.ipynb"), *KEYS.glob("*.json")]
    return digest(f"{_of_files(files, HELPERS.parent)} {_others()}".encode())


def _others() -> str:
    return f"{platform.python_version()} {version('readerwriterlock')}"


def _is_of(path: Path, lesson: str) -> bool:
    # A file that names no question may belong to any lesson.
    named = set(re.findall(r'"(\d\d)\.\d', path.read_text(encoding="utf-8")))
    return not named or lesson in named


def _of_files(files: Iterable[Path], base: Path) -> str:
    parts = (f"{path.relative_to(base)} {digest(path.read_bytes())}" for path in sorted(files))
    return digest("\n".join(parts).encode())
