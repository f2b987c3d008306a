"""`make release`: exercises/ and sealed keys are made anew from solutions/; nobody's work is overwritten."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..released import EXERCISES
from ..sealing import KEYS
from .generating import ROOT, generated
from .keys import sealed_keys

RECORD = "released.json"


def release(
    solutions: Path = ROOT / "solutions", exercises: Path = EXERCISES, keys: Path = KEYS
) -> list[str]:
    """Make the release, and return the names of the files that changed.

    Args:
        solutions: the folder of the sources.
        exercises: the folder for learners; its record says what was released before.
        keys: the folder of the sealed keys.

    Raises:
        FileExistsError: where a file in `exercises` is not as it was released; the message names all such.
        RuntimeError: where nbgrader cannot make the release.
        ValueError: where a key is wrong.
    """
    new = new_release(solutions)
    if touched := touched_files(exercises):
        raise FileExistsError(
            "These were changed since they were released, perhaps by somebody who works on them: "
            f"{', '.join(touched)}. Move them away, or put them back with git, and release again."
        )
    written = [_write(exercises / name, content) for name, content in new.items()]
    record = {name: _digest(content) for name, content in new.items()}
    written.append(_write(exercises / RECORD, (json.dumps(record, indent=1) + "\n").encode()))
    written += [_write(keys / name, text.encode()) for name, text in sealed_keys(solutions).items()]
    return [name for name in written if name]


def new_release(solutions: Path) -> dict[str, bytes]:
    """Return the content of each file that learners get, by its name below exercises/."""
    with generated(solutions) as folder:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def touched_files(exercises: Path) -> list[str]:
    """Return the names of the files below `exercises` that are not as they were released."""
    try:
        record = json.loads((exercises / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        record = {}
    present = {
        path.relative_to(exercises).as_posix(): path
        for path in sorted(exercises.rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in path.parts
    }
    return [name for name, path in present.items() if record.get(name) != _digest(path.read_bytes())]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> str:
    if path.is_file() and path.read_bytes() == content:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path.name
