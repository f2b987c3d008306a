"""What must be installed: Python, the packages, and these helpers themselves.

Each check takes what it judges, so it can be tried with any machine's values; the defaults are this one's.
"""

import importlib.metadata
import importlib.util
import platform
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import helpers
from helpers.environment.report import Row
from helpers.predictions import keeping

COURSE = "python-locks-course"
INSTALL = (
    "In the course's folder run `make lab` (or the README's step for your system) and open the course anew."
)


def python_version(version: str = platform.python_version(), range: str | None = None) -> Row:
    """Check that Python's version is one that the course was tried with: a release, and no preview of one.

    Args:
        version: the version, such as "3.11.7".
        range: the versions allowed, such as ">=3.11,<3.14"; by default what the course's package says.
    """
    range = range or _course_metadata("Requires-Python")
    # The metadata sorts the bounds by their signs; a reader expects the lower one first.
    range = range and ",".join(sorted(range.split(","), reverse=True))
    if range is None or not _has("packaging"):
        return Row("Python", "NOTE", f"{version}; what the course needs is not known until it is installed")
    if _is_in(version, range, previews=False):
        return Row("Python", "PASS", f"{version} ({range})")
    what_to_do = f"Install a Python of {range}, remove the folder .venv and run `make lab` again."
    return Row("Python", "FAIL", f"{version} is not a release of {range}", what_to_do)


def python_kind(
    implementation: str = platform.python_implementation(),
    free_threaded: bool = bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
) -> Row:
    """Check that this is CPython, and say so where it is the build that can do without its GIL."""
    name = "CPython and its GIL"
    if implementation != "CPython":
        return Row(
            name, "FAIL", f"this is {implementation}", "Use the Python of python.org or of your system."
        )
    if free_threaded:
        return Row(
            name,
            "NOTE",
            "free-threaded build: what locks promise, and what `run` and `explore` tell, holds; what a lesson"
            " says of the GIL does not, such as that `counter += 1` loses no update",
            "To see what the lessons measured, use the ordinary build (python3.13, not python3.13t).",
        )
    return Row(name, "PASS", "CPython, GIL on")


def packages(requirements: Sequence[str] | None = None) -> Iterator[Row]:
    """Check each package that the course needs, one row each.

    Args:
        requirements: such as "numpy>=2.1"; by default what the installed course itself asks for.
    """
    if not _has("packaging"):
        yield Row("packaging", "FAIL", "not installed", INSTALL)
        return
    from packaging.requirements import Requirement

    if requirements is None:
        try:
            requirements = importlib.metadata.requires(COURSE) or []
        except importlib.metadata.PackageNotFoundError:
            yield Row(COURSE, "FAIL", "the course itself is not installed", INSTALL)
            return
    for requirement in map(Requirement, requirements):
        # Extras are for those who test or teach the course.
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield _package(requirement.name, str(requirement.specifier))


def _package(name: str, range: str) -> Row:
    wanted = range or "any version"
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Row(name, "FAIL", f"not installed ({wanted})", INSTALL)
    if not _is_in(version, range):
        return Row(name, "FAIL", f"{version} is not {wanted}", INSTALL)
    return Row(name, "PASS", f"{version} ({wanted})")


def helpers_folder(notebook: Path | None = None, imported: Path = Path(helpers.__file__).parents[1]) -> Row:
    """Check that `helpers` comes from the folder that the notebook is in, and is no other copy.

    Args:
        notebook: the folder that the notebook runs in; by default the current one.
        imported: the folder from which `helpers` was imported.
    """
    name = "helpers"
    here = (notebook or Path.cwd()).resolve()
    checkout = next((at for at in (here, *here.parents) if (at / "helpers" / "__init__.py").is_file()), None)
    if checkout is None:
        return Row(name, "NOTE", f"{here} is not in the course's folder; helpers comes from {imported}")
    if checkout != imported.resolve():
        return Row(name, "FAIL", f"comes from {imported}, another copy than that of this notebook", INSTALL)
    return Row(name, "PASS", f"from {checkout}")


def predictions_folder(folder: Path | None = None) -> Row:
    """Check that predictions can be kept.

    Args:
        folder: where they are kept; by default this learner's folder.
    """
    name = "predictions"
    try:
        folder = folder or keeping.folder()
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except ImportError as error:
        return Row(name, "FAIL", str(error), INSTALL)
    except OSError as error:
        what_to_do = "Set the environment variable LOCKS_COURSE_HOME to a folder that you may write to."
        return Row(name, "FAIL", f"cannot be kept in {folder}: {error.strerror}", what_to_do)
    return Row(name, "PASS", f"kept in {folder}")


def widgets() -> Row:
    """Say what draws the widgets; whether it does, only the learner's browser can show."""
    what_to_do = "Where a slider stays a line of text, reload the page in the browser."
    versions = [f"{name} {_version(name)}" for name in ("ipywidgets", "jupyterlab_widgets")]
    return Row("widgets", "NOTE", f"drawn by the browser ({', '.join(versions)})", what_to_do)


def _course_metadata(field: str) -> str | None:
    try:
        return importlib.metadata.metadata(COURSE)[field]
    except importlib.metadata.PackageNotFoundError:
        return None


def _has(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _is_in(version: str, range: str, previews: bool = True) -> bool:
    from packaging.specifiers import SpecifierSet

    # A Python built from its repository calls itself "3.13.0+".
    return SpecifierSet(range).contains(version.rstrip("+"), prereleases=previews)
