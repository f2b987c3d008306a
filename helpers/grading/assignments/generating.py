"""What nbgrader makes of solutions/: the notebooks that learners get."""

from __future__ import annotations

import contextlib
import io
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CONFIG = Path(__file__).parent / "settings" / "nbgrader_config.py"


@contextmanager
def generated(solutions: Path = ROOT / "solutions") -> Iterator[Path]:
    """Lend a folder with the release of every lesson, made by nbgrader; nothing else is written.

    Args:
        solutions: the folder of the sources, one folder a lesson.

    Raises:
        RuntimeError: where nbgrader cannot make a release; with what it said.
    """
    with tempfile.TemporaryDirectory(prefix="locks-release-") as folder:
        for source in sorted(solutions.glob("[0-9]*_*")):
            _generate(source.name, solutions, Path(folder))
        yield Path(folder)


def _generate(assignment: str, solutions: Path, release: Path) -> None:
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()
    config.CourseDirectory.source_directory = str(solutions)
    config.CourseDirectory.release_directory = str(release)
    config.CourseDirectory.assignment_id = assignment
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False  # without this it writes to the gradebook all the same
    said = io.StringIO()
    course = CourseDirectory(config=config)
    converter = GenerateAssignment(course, config=config, log=_log_to(said))
    with contextlib.redirect_stderr(said), contextlib.suppress(SystemExit, NbGraderException):
        converter.start()
    if not (release / assignment / f"{assignment}.ipynb").is_file():
        shutil.rmtree(release / assignment, ignore_errors=True)
        what, _, _ = said.getvalue().partition("There was an error processing")  # a long traceback follows
        raise RuntimeError(f"nbgrader cannot release {assignment}:\n{what.strip()}")


def _log_to(stream: io.StringIO) -> logging.Logger:
    log = logging.Logger("nbgrader")
    log.addHandler(logging.StreamHandler(stream))
    return log
