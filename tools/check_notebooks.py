"""Refuses notebooks that carry more than their author wrote; with --strip, takes it out.

Usage: ``python tools/check_notebooks.py [--strip] [NOTEBOOK ...]``; without names, all of the course.
An output, an execution count or a version number in a notebook changes at each save and says nothing to a
reader; a cell without an id gets a random one at each generation.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NBSTRIPOUT = ["nbstripout", "--keep-id", "--extra-keys", "metadata.language_info.version"]
KERNEL_TITLES = {"Python 3", "Python 3 (ipykernel)"}

Notebook = dict[str, Any]


def outputs(notebook: Notebook) -> Iterator[str]:
    """Cells that keep what a run left in them."""
    for number, cell in enumerate(notebook["cells"], 1):
        if cell.get("outputs"):
            yield f"cell {number} has outputs"
        if cell.get("execution_count") is not None:
            yield f"cell {number} has an execution count"


def ids(notebook: Notebook) -> Iterator[str]:
    """Cells without an id, or with another cell's."""
    if (notebook["nbformat"], notebook["nbformat_minor"]) < (4, 5):
        yield "its format is older than 4.5, the first with cell ids"
    seen = set()
    for number, cell in enumerate(notebook["cells"], 1):
        name = cell.get("id")
        if not name:
            yield f"cell {number} has no id"
        elif name in seen:
            yield f"cell {number} has the id of another cell, {name}"
        seen.add(name)


def versions(notebook: Notebook) -> Iterator[str]:
    """Metadata that ties the notebook to one kernel or one Python."""
    kernel = notebook["metadata"].get("kernelspec", {})
    name, title = kernel.get("name"), kernel.get("display_name")
    if name != "python3" or title not in KERNEL_TITLES:
        yield f"its kernel is {name} ({title}), not the plain python3"
    if version := notebook["metadata"].get("language_info", {}).get("version"):
        yield f"its metadata name Python {version}"


def stripped(paths: Sequence[Path]) -> bool:
    """Whether nbstripout would take nothing out."""
    return succeeds(*NBSTRIPOUT, "--verify", *map(str, paths))


def formatted(paths: Sequence[Path]) -> bool:
    """Whether ruff would write the code as it is."""
    return succeeds("ruff", "format", "--check", "--force-exclude", *map(str, paths))


def problems(paths: Sequence[Path]) -> list[str]:
    """All that is wrong with some notebook files; empty if nothing is."""
    found = {path: problems_of_content(json.loads(path.read_text(encoding="utf-8"))) for path in paths}
    for is_well, problem in TOOLS.items():
        # All at once, as the start of a tool takes a second; one by one only to name those that fail.
        if not is_well(paths):
            for path in paths:
                found[path] += [] if is_well([path]) else [problem]
    return [f"{path.name}: {each}" for path in paths for each in found[path]]


def problems_of_content(notebook: Notebook) -> list[str]:
    """What is wrong with the cells and metadata of a notebook."""
    return [found for check in (outputs, ids, versions) for found in check(notebook)]


def succeeds(module: str, *arguments: str) -> bool:
    """Runs a module of this Python from the root of the course; true if it exits with 0."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0


#: What contributors' tools would change, by the check that tells it.
TOOLS = {stripped: "nbstripout would change it", formatted: "ruff would format it otherwise"}


def course_notebooks() -> list[Path]:
    """The notebooks that git tracks or would track; outside a git checkout, all but hidden folders'."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.ipynb"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        found = [ROOT / name for name in names.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        relative = (path.relative_to(ROOT) for path in ROOT.rglob("*.ipynb"))
        found = [ROOT / path for path in relative if not any(part.startswith(".") for part in path.parts)]
    return sorted(path for path in found if path.exists())


def main(arguments: list[str]) -> int:
    """Checks or strips the notebooks named; returns the exit code."""
    names = [Path(name).resolve() for name in arguments if name != "--strip"]
    paths = names or course_notebooks()
    if "--strip" in arguments and paths:
        return 0 if succeeds(*NBSTRIPOUT, *map(str, paths)) else 1
    found = problems(paths)
    for line in found:
        print(line)
    if found:
        print("`make format` mends most of this.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
