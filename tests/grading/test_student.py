"""The package for learners holds neither solutions nor answers, and what is in it works."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from helpers.grading.assignments.generating import ROOT
from helpers.grading.assignments.student import NAME, pack
from tests.grading.test_exercises import SOLUTION, SOLUTIONS, cells_of

pytestmark = pytest.mark.xdist_group("student")

# Shorter ones are single statements such as `self.acquire()`, which stand everywhere.
TELLING = 40


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    if not (ROOT / ".git").exists():
        pytest.skip("only a git checkout can be packed, and this is a downloaded ZIP")
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(pack(folder)) as packed:
        packed.extractall(folder)
    return folder / NAME


@pytest.fixture(scope="module")
def texts(package):
    files = {path.relative_to(package).as_posix(): path for path in package.rglob("*") if path.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in files.items() if path.suffix != ".png"}


def test_it_has_the_course(texts):
    wanted = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "exercises").rglob("*.ipynb")}
    assert {name for name in texts if name.endswith(".ipynb")} == wanted
    assert {"README.md", "Makefile", "helpers/grading/__init__.py", "docs/glossary.md"} <= set(texts)


def test_it_has_no_solutions_tests_or_texts_for_instructors(texts):
    assert not [name for name in texts if name.startswith(("solutions", "tests", "docs/teaching"))]
    assert not [name for name in texts if name.endswith(".toml") and name != "pyproject.toml"]
    for name, text in texts.items():
        assert "BEGIN SOLUTION" not in text, name
        assert "<!-- instructors -->" not in text, name
        if name.endswith(".ipynb"):
            tags = [tag for cell in json.loads(text)["cells"] for tag in cell["metadata"].get("tags", [])]
            assert "instructor" not in tags, name
            assert "docs/teaching.md" not in text, name


def test_no_solution_stands_in_it_elsewhere(texts):
    for path in SOLUTIONS:
        for source in cells_of(path.read_text(encoding="utf-8")).values():
            for solution in SOLUTION.findall(source):
                plain = squeezed(solution)
                if len(plain) < TELLING:
                    continue
                assert not [name for name, text in texts.items() if plain in squeezed(text)], solution


def test_no_reason_of_a_key_stands_in_it_in_plain_text(texts):
    for path in (ROOT / "solutions").glob("*/key.toml"):
        for options in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for why in filter(None, options.values()):
                assert not [name for name, text in texts.items() if why in text], why


def test_its_check_works(package):
    code = (
        "from helpers.grading import grade_answer\n"
        "r = grade_answer('01.1', 'def sell(shop):\\n    shop.left -= 1\\n    return True')\n"
        "print(r.points, r.max_points)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=package, capture_output=True, text=True, timeout=60
    )
    assert re.fullmatch(r"0 4\n", done.stdout), done.stderr


def squeezed(text: str) -> str:
    return " ".join(text.split())
