"""What CI runs, here and on GitHub, is what the README tells people to type."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tools.check_notebooks import ROOT

WORKFLOW = ROOT / ".github/workflows/test.yml"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def block(name: str, language: str) -> list[str]:
    """The lines of a page's last block of code in one language."""
    return re.findall(rf"```{language}\n(.*?)```", read(name), re.DOTALL)[-1].splitlines()


def two_commands() -> list[str]:
    """Those of make, in the README's section of that name."""
    section = re.search(r"\n## Two commands\n(.*?)\n## ", read("README.md"), re.DOTALL)[1]
    return re.findall(r"^make .*$", section, re.MULTILINE)


def bare(commands: list[str]) -> list[str]:
    """make commands without their knobs.

    >>> bare(["make lab LAB_FLAGS=--version", 'make test TESTS="$*"'])
    ['make lab', 'make test']
    """
    return [re.sub(r" [A-Z_]+=.*", "", command) for command in commands]


def steps(workflow: dict, job: str) -> list[str]:
    return [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]


def test_the_readme_has_two_commands():
    assert two_commands() == ["make lab", "make test"]


def test_ci_tries_the_two_commands_and_then_on_the_newest_python():
    tried = re.findall(r"^within (.*)$", read(".ci/run"), re.MULTILINE)
    assert bare(tried) == [*two_commands(), ".ci/newest_python"]
    assert bare(re.findall(r"(?<= && )make .*?(?= && |' \\)", read(".ci/newest_python"))) == two_commands()


def test_the_workflow_tries_the_two_commands():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert bare(steps(workflow, "make")) == two_commands()
    environment, course, lab = block("README.md", "bat")
    tested = [
        environment.replace("py ", "python "),
        course,
        lab.partition(" --")[0] + " --version",
        *block("docs/systems.md", "bat"),
    ]
    assert steps(workflow, "windows") == tested


def schema_problems(*paths: Path) -> str:
    """What GitHub's schema for workflows, as check-jsonschema brings it, says of some files."""
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        *paths,
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return run.stdout + run.stderr if run.returncode else ""


def test_the_workflow_is_one():
    assert schema_problems(WORKFLOW) == ""


WRONG = {
    "a_key.yml": ("runs-on: windows-latest", "run-on: windows-latest"),
    "an_event.yml": ("on: [push, pull_request]", "on: [pushed]"),
    "a_step.yml": ("      - run: make test", "      - run: [make, test]"),
    "a_number.yml": ("timeout-minutes: 50", "timeout-minutes: long"),
    "no_yaml.yml": ("jobs:\n", "jobs: {\n"),
}


def test_a_workflow_that_is_none_is_seen(tmp_path):
    text = WORKFLOW.read_text(encoding="utf-8")
    for name, (right, wrong) in WRONG.items():
        assert right in text
        (tmp_path / name).write_text(text.replace(right, wrong), encoding="utf-8")
    said = schema_problems(*tmp_path.iterdir())
    assert [name for name in WRONG if name not in said] == []


def test_the_workflow_takes_the_oldest_python_and_the_newest():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    oldest = re.search(r'requires-python = ">=([\d.]+),', read("pyproject.toml"))[1]
    for job in workflow["jobs"].values():
        assert job["strategy"]["matrix"]["python"] == [oldest, ""]
        (given,) = [step["with"] for step in job["steps"] if "setup-python" in step.get("uses", "")]
        assert given["python-version-file"] == "pyproject.toml"
