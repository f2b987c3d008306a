"""One dependency list: pyproject.toml, constraints.txt and environment.yml cannot disagree."""

import re
import subprocess

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec

from tests.setup.project import project, supported_minors
from tools.check_notebooks import ROOT

HEART = {"jupyterlab", "matplotlib", "ipywidgets", "readerwriterlock"}
SYSTEMS = [("linux", "posix"), ("darwin", "posix"), ("win32", "nt")]


def requirements() -> list[Requirement]:
    """All that pyproject.toml asks for, with all extras."""
    lists = [project()["dependencies"], *project()["optional-dependencies"].values()]
    return [Requirement(line) for lines in lists for line in lines]


def constraint_lines() -> list[str]:
    return (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def pins(lines: list[str], environment: dict[str, str]) -> dict[str, Version]:
    """The exact version of each package in one environment; raises ValueError if one has two, or none."""
    found: dict[str, Version] = {}
    for requirement in map(Requirement, lines):
        if requirement.marker and not requirement.marker.evaluate(environment):
            continue
        name = canonicalize_name(requirement.name)
        exact = re.fullmatch(r"==([^*,]+)", str(requirement.specifier))
        if not exact or name in found:
            raise ValueError(f"{requirement} does not name the one version")
        found[name] = Version(exact[1])
    return found


def environment_of(python: str, system: tuple[str, str]) -> dict[str, str]:
    platform, os_name = system
    return {
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "sys_platform": platform,
        "platform_machine": "x86_64",
        "os_name": os_name,
    }


def disagreements(lines: list[str], environment: dict[str, str]) -> list[str]:
    """Where the constraints leave a package of pyproject.toml open, or pin it outside its range."""
    pinned = pins(lines, environment)
    return [
        f"{wanted} is pinned to {pinned.get(canonicalize_name(wanted.name))}"
        for wanted in requirements()
        if wanted.marker is None or wanted.marker.evaluate(environment)
        if pinned.get(canonicalize_name(wanted.name)) not in wanted.specifier
    ]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system[0])
@pytest.mark.parametrize("python", [f"3.{minor}.2" for minor in supported_minors()])
def test_each_dependency_is_pinned_inside_its_range(python, system):
    assert disagreements(constraint_lines(), environment_of(python, system)) == []


def test_a_constraint_outside_its_range_is_seen():
    here = environment_of("3.11.7", SYSTEMS[0])
    lines = [line for line in constraint_lines() if not line.startswith(("executing=", "anywidget="))]
    found = disagreements([*lines, "executing==1.0"], here)
    assert [line.partition(">")[0] for line in found] == ["anywidget", "executing"]


@pytest.mark.parametrize("line", ["executing>=2", "executing==2.*", "executing"])
def test_a_constraint_that_is_not_exact_is_seen(line):
    with pytest.raises(ValueError, match="does not name the one version"):
        pins([line], environment_of("3.11.7", SYSTEMS[0]))


def foreign(line: str) -> bool:
    """Whether a line of the constraints is anything but a name, a version and a marker.

    >>> foreign("numpy==2.4.6 ; python_full_version < '3.12'"), foreign("--hash=sha256:00")
    (False, True)
    >>> foreign("numpy @ file:///tmp/numpy.whl"), foreign("--index-url x"), foreign("# from a host")
    (True, True, True)
    """
    return not re.fullmatch(r"[a-z0-9-]+==[0-9][a-z0-9.+!]*( ; [\w .'<>=!()]+)?", line)


def test_constraints_name_no_host_and_no_hash():
    assert [line for line in constraint_lines() if foreign(line)] == []


def test_the_scripts_read_the_same_range():
    command = ". tools/supported.sh && echo $oldest $newest"
    run = subprocess.run(["/bin/sh", "-euc", command], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert run.stdout.split() == [str(supported_minors()[0]), str(supported_minors()[-1])]


def conda_problems(text: str) -> list[str]:
    """Where an environment.yml could give other packages or versions than the one list does."""
    dependencies = yaml.safe_load(text)["dependencies"]
    specs = [MatchSpec(line, strict=True) for line in dependencies if isinstance(line, str)]
    by_pip = [line for entry in dependencies if isinstance(entry, dict) for line in entry["pip"]]
    named = {line for line in by_pip if not line.startswith("-")}
    return [
        *conda_specs_problems(specs),
        *(f"pip is not told {option}" for option in ("-c constraints.txt", "-e .") if option not in by_pip),
        *(f"{name} is not named" for name in sorted(HEART - named)),
        *(f"{name} is not a plain name of pyproject.toml" for name in sorted(named - wanted_names())),
    ]


def conda_specs_problems(specs: list[MatchSpec]) -> list[str]:
    """conda itself gives Python, in a version that the course allows, and pip."""
    names = [str(spec.name.normalized) for spec in specs]
    problems = [] if names == ["python", "pip"] else [f"conda is asked for {names}"]
    allowed = SpecifierSet(project()["requires-python"])
    version = str(specs[0].version).removesuffix(".*")
    return problems if f"{version}.0" in allowed else [*problems, f"Python {version} is not allowed"]


def wanted_names() -> set[str]:
    return {Requirement(line).name for line in project()["dependencies"]}


ENVIRONMENT = (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_environment_takes_its_versions_from_the_one_list():
    assert conda_problems(ENVIRONMENT) == []


def test_environment_is_for_conda_forge_and_for_binder():
    environment = yaml.safe_load(ENVIRONMENT)
    assert environment["channels"] == ["conda-forge"]
    assert environment["name"] == project()["name"]
    # Binder's builder reads the version of Python from this exact form only.
    assert any(re.fullmatch(r"python=3\.\d+", str(line)) for line in environment["dependencies"])


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("python=3.14", "python=3.99", "Python 3.99 is not allowed"),
        ("  - pip\n", "  - pip\n  - numpy=1.0\n", "conda is asked for ['python', 'pip', 'numpy']"),
        ("- matplotlib\n", "- matplotlib==3.0\n", "matplotlib is not named"),
        ("- ipywidgets\n", "- ipywidgets\n      - pandas\n", "pandas is not a plain name of pyproject.toml"),
        ("      - -c constraints.txt\n", "", "pip is not told -c constraints.txt"),
        ("- -e .", "- wheel", "pip is not told -e ."),
    ],
)
def test_an_environment_that_disagrees_is_seen(right, wrong, problem):
    assert right in ENVIRONMENT
    assert problem in conda_problems(ENVIRONMENT.replace(right, wrong))


def test_a_spec_that_conda_cannot_read_is_refused():
    with pytest.raises(Exception, match="version"):
        conda_problems(ENVIRONMENT.replace("python=3.14", "python=3.14,=<4"))


def test_apt_holds_nothing_but_names_and_comments():
    lines = (ROOT / "apt.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition("#")[0].strip() for line in lines]
    assert [name for name in names if name and not re.fullmatch(r"[a-z0-9.+-]+", name)] == []
