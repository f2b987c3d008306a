"""What `make hub-test` is made of, as far as it can be tried without a hub."""

import importlib.metadata
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import PyFileConfigLoader

from tests.hub import __main__ as hub_test
from tests.hub import proxy
from tests.hub.server import _processes
from tests.hub.term import Wrong, expect, expect_in
from tests.hub.world import CONFIG, PEOPLE, closed
from tools.check_notebooks import ROOT

STUDENTS = CONFIG.parent / "students"


@pytest.fixture
def config():
    return PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()


def environment_of(config, name):
    spawner = SimpleNamespace(user=SimpleNamespace(name=name))
    values = config.Spawner.environment
    return {key: value(spawner) if callable(value) else value for key, value in values.items()}


def test_the_hub_lets_in_whom_the_test_knows(config):
    assert config.Authenticator.allowed_users == set(PEOPLE)


def test_students_and_teachers_share_nothing_but_the_exchange(config):
    ada, teacher = environment_of(config, "ada"), environment_of(config, "teacher")
    assert ada["LOCKS_EXCHANGE_DIR"] == teacher["LOCKS_EXCHANGE_DIR"] == "/srv/locks/exchange"
    assert ada["PYTHONPATH"] == "/srv/locks/python-locks-course"
    assert teacher["PYTHONPATH"].endswith("teacher/python-locks-course")
    assert ada["JUPYTER_CONFIG_PATH"] == f"/srv/locks/{STUDENTS.name}"
    settings = teacher["JUPYTER_CONFIG_PATH"].removeprefix(teacher["PYTHONPATH"] + "/")
    assert (ROOT / settings / "nbgrader_config.py").is_file()


def test_students_settings_name_the_exchange(monkeypatch):
    monkeypatch.setenv("LOCKS_EXCHANGE_DIR", "/srv/x")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(STUDENTS)).load_config()
    assert (config.CourseDirectory.course_id, config.Exchange.root) == ("locks", "/srv/x")


def extensions(path):
    return json.loads(Path(path).read_text())["ServerApp"]["jpserver_extensions"]


def test_what_students_do_not_have_is_called_as_nbgrader_calls_it():
    off = json.loads((STUDENTS / "jupyter_server_config.json").read_text())["ServerApp"][
        "jpserver_extensions"
    ]
    files = importlib.metadata.files("nbgrader")
    [known] = [
        path for path in files if path.name == "nbgrader.json" and "jupyter_server_config.d" in str(path)
    ]
    there = json.loads(known.locate().read_text())["ServerApp"]["jpserver_extensions"]
    assert set(there) - set(off) == {"nbgrader.server_extensions.assignment_list"}
    assert set(off) < set(there)
    disabled = json.loads((STUDENTS / "labconfig" / "page_config.json").read_text())["disabledExtensions"]
    scripts = [path.locate() for path in files if path.suffix == ".js" and "labextensions" in str(path)]
    text = "".join(path.read_text(encoding="utf-8") for path in scripts)
    assert [name for name in disabled if name not in text] == []


@pytest.mark.parametrize("works", [True, False])
def test_a_proxy_that_does_not_run_is_passed_by(tmp_path, monkeypatch, works):
    for folder, code in (("first", 0 if works else 1), ("second", 0)):
        program = tmp_path / folder / proxy.NAME
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\nexit {code}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'first'}:{tmp_path / 'second'}")
    assert proxy.find_proxy().parent.name == ("first" if works else "second")


def test_without_a_proxy_it_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(proxy, "FOLDER", tmp_path / "tools")
    assert proxy.main() == 2
    assert "apt install nodejs npm" in capsys.readouterr().err


def test_without_root_it_says_why(monkeypatch, capsys):
    monkeypatch.setattr(hub_test.os, "geteuid", lambda: 1000)
    assert hub_test.main() == 2
    assert "needs Linux and root" in capsys.readouterr().err


def test_folders_that_not_everybody_may_enter_are_found(tmp_path):
    open_, shut = tmp_path / "open", tmp_path / "shut"
    for folder, mode in ((open_, 0o755), (shut, 0o700)):
        (folder / "inner" / "python").mkdir(parents=True)
        (folder / "inner").chmod(mode)
        folder.chmod(mode)
    outside = closed([tmp_path])  # pytest's own folder may be such a one
    assert closed([open_ / "inner" / "python"]) == outside | closed([open_])
    assert closed([shut / "inner" / "python"]) == (closed([shut]) or {shut})


def test_processes_are_seen():
    assert any(each.partition(" ")[0] != "1" for each in _processes())


def test_what_is_not_as_it_must_be_is_told():
    expect("points", 3, 3)
    expect_in("page", "a 3 b", "3")
    with pytest.raises(Wrong, match="points: 2, not 3"):
        expect("points", 2, 3)
    with pytest.raises(Wrong, match="page: '3' is not in 'a'"):
        expect_in("page", "a", "3")


def test_the_docs_name_the_proxy_that_is_tried():
    assert f"{proxy.NAME}@{proxy.VERSION}" in Path(ROOT, "docs", "jupyterhub.md").read_text(encoding="utf-8")
