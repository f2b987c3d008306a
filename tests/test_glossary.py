"""The glossary explains each term once, and every link into it arrives."""

import re
from pathlib import Path

import nbformat

from tools.check_notebooks import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

# What the notes call things from which the course was written, as a reader would look it up.
SEED_TERMS = """
    deadlock, reentrant mutex, reentrant lock, recursive mutex, recursive lock, lock, RLock, mutex, acquire,
    release, try-lock, reader-writer lock, shared mutex, shared read, exclusive write, RWLockFair, RWLockRead,
    RWLockWrite, liveness, critical section, prioritise the locks, lock ordering, lock timeout, timeout,
    context manager, starvation, livelock, chopstick, process, non-blocking acquire, non-blocking lock,
    gen_rlock, gen_wlock
"""


def entries(glossary: str) -> list[str]:
    """The terms that have an entry, in the order of the page."""
    return re.findall(r"^### (.+)$", glossary, re.MULTILINE)


def anchor(term: str) -> str:
    """The name by which a link finds the entry of a term."""
    return term.lower().replace(" ", "-")


def other_names(glossary: str) -> list[str]:
    """The names in the table that sends a reader on to an entry."""
    rows = re.findall(r"^\| (.+?) \| \[", glossary, re.MULTILINE)
    return [name for row in rows for name in row.split(", ")]


def dead_links(text: str, glossary: str, pattern: str = r"glossary\.md#([^)\s]+)") -> set[str]:
    """The anchors that a text links to and that are no entry."""
    return set(re.findall(pattern, text)) - {anchor(term) for term in entries(glossary)}


def wrong_lessons(glossary: str, notebooks: set[str]) -> set[str]:
    """The lessons that entries name and that are neither linked and there nor announced."""
    linked = dict(re.findall(r"^\[(\d\d)\]: \.\./notebooks/(.+)$", glossary, re.MULTILINE))
    announcement = re.search(r"Announced.*?\n\n", glossary, re.DOTALL)
    announced = set(re.findall(r"\b\d\d\b", announcement[0])) if announcement else set()
    here = {name[:2] for name in notebooks}
    wrong = set()
    for lesson in set(re.findall(r"Lesson \[?(\d\d)\]?\.", glossary)):
        good = linked.get(lesson) in notebooks if lesson in here else lesson in announced
        wrong |= set() if good else {lesson}
    return wrong


def notebooks() -> set[str]:
    return {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}


def texts() -> dict[Path, str]:
    """The prose of each notebook and each page of docs/."""
    prose = {path: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        prose[path] = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return prose


def test_each_link_into_the_glossary_arrives():
    assert {path.name: dead for path, text in texts().items() if (dead := dead_links(text, GLOSSARY))} == {}
    assert dead_links(GLOSSARY, GLOSSARY, r"\]\(#([^)]+)\)") == set()


def test_each_lesson_links_to_the_glossary():
    assert [
        p.name for p, text in texts().items() if p.suffix == ".ipynb" and "glossary.md#" not in text
    ] == []


def test_each_term_is_defined_once_and_in_order():
    terms = [term.lower() for term in entries(GLOSSARY)]
    assert terms == sorted(set(terms))
    names = other_names(GLOSSARY)
    assert len(names) == len(set(names))
    assert set(names) & set(terms) == set()


def test_each_entry_says_where_its_term_comes_from():
    bodies = re.split(r"^### .+\n", GLOSSARY, flags=re.MULTILINE)[1:]
    silent = [
        term
        for term, body in zip(entries(GLOSSARY), bodies, strict=True)
        if not re.search(r"(Lesson \[?\d\d\]?|Page \[\w+\]\(\w+\.md\))\.\n", body)
    ]
    assert silent == []


def test_each_lesson_named_exists_or_is_announced():
    assert wrong_lessons(GLOSSARY, notebooks()) == set()


def test_the_terms_of_the_notes_are_all_there():
    known = {name.lower() for name in entries(GLOSSARY) + other_names(GLOSSARY)}
    wanted = {term.strip().lower() for term in SEED_TERMS.split(",")}
    assert wanted - known == set()


def test_what_is_wrong_is_seen():
    page = (
        "Announced: lesson 04.\n\n### lock\n\nA. Lesson [00].\n\n### spin\n\nB. Lesson 09.\n\n"
        "[00]: ../notebooks/00_a.ipynb\n"
    )
    assert dead_links("[x](../docs/glossary.md#mutex), [y](glossary.md#lock)", page) == {"mutex"}
    assert wrong_lessons(page, {"00_a.ipynb"}) == {"09"}
    assert wrong_lessons(page.replace("09", "04"), {"00_a.ipynb"}) == set()
    assert wrong_lessons(page.replace("09", "04"), {"00_a.ipynb", "04_b.ipynb"}) == {"04"}
