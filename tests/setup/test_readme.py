"""The README names what exists, and only that."""

import re

from tools.check_notebooks import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def missing(text: str) -> list[str]:
    """The files that a text links to and that are not there."""
    links = re.findall(r"\]\(([^)#]+)\)", text)
    return [link for link in links if "://" not in link and not (ROOT / link).exists()]


def test_each_link_leads_somewhere():
    assert missing(README) == []


def test_a_dead_link_is_seen():
    assert missing("[here](README.md), ![there](docs/images/none.png)") == ["docs/images/none.png"]


def test_each_lesson_stands_in_the_table():
    listed = re.findall(r"\]\(notebooks/([^)]+)\)", README)
    assert listed == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_each_make_target_named_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", README))
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_no_address_is_left_for_the_reader_to_complete():
    assert re.findall(r"\b(?:OWNER|USER|REPO|YOUR)\b", README) == []
