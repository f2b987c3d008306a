"""`make student`: the package for learners, without solutions, tests, plain keys, texts for instructors."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAME = "python-locks-course"

#: Folders and files that a learner has no use for, or that give answers away.
LEFT_OUT = (
    ".ci/",
    ".github/",
    ".pre-commit-config.yaml",
    "conftest.py",
    "docs/grading.md",
    "docs/jupyterhub",
    "docs/systems.md",
    "docs/teaching.md",
    "findings/",
    "helpers/grading/assignments/",
    "solutions/",
    "tests/",
    "tools/check_notebooks.py",
    "tools/draw_readme_picture.py",
    "tools/refresh_constraints.sh",
)
# What stands between these two lines of a text is for instructors.
_FOR_INSTRUCTORS = re.compile(r"<!-- instructors -->\n.*?<!-- /instructors -->\n+", re.DOTALL)
# Where a lesson says that the answers of its self-check questions stand in a file that is left out.
ANSWERS = "docs/teaching.md"
_WITH_THE_TEACHER = "Your teacher has the answers, for when you have written down yours."
_THE_SAME_TIME = (2026, 1, 1, 0, 0, 0)


def pack(folder: Path = ROOT / "build") -> Path:
    """Write the package for learners as a zip file, and return its path; the same each time, byte by byte.

    Args:
        folder: where to write it; made where there is none.

    Raises:
        RuntimeError: where this is no git checkout, so that it is not known which files are the course's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{NAME}-student.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents():
            entry = zipfile.ZipInfo(f"{NAME}/{name}", _THE_SAME_TIME)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return path


def contents() -> Iterator[tuple[str, bytes]]:
    """The files of the package: their names and what stands in them."""
    for name in _course_files():
        if not name.startswith(LEFT_OUT):
            yield name, _for_learners(name, (ROOT / name).read_bytes())


def _course_files() -> list[str]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"only a git checkout can be packed, and {ROOT} is none: {done.stderr.strip()}")
    return sorted(name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())


def _for_learners(name: str, content: bytes) -> bytes:
    if name.endswith(".ipynb") and name.startswith("notebooks/"):
        notebook = json.loads(content)
        cells = notebook["cells"]
        notebook["cells"] = [cell for cell in cells if "instructor" not in cell["metadata"].get("tags", ())]
        for cell in notebook["cells"]:
            cell["source"] = [_WITH_THE_TEACHER if ANSWERS in line else line for line in cell["source"]]
        return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
    if name.endswith(".md"):
        return _FOR_INSTRUCTORS.sub("", content.decode()).encode()
    return content
