"""The timetables of docs/teaching.md add up, and agree with the lessons."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers.grading.questions import all_questions
from tools.check_notebooks import ROOT

TEACHING = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
LESSONS = {path.name[:2]: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}


def cells_of(lesson: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(LESSONS[lesson], as_version=4).cells


def minutes_told(lesson: str) -> int:
    """The minutes that a lesson states under its title."""
    return int(re.search(r"(\d+) minutes", cells_of(lesson)[0].source)[1])


def sections_of(lesson: str) -> list[int]:
    """The numbers of a lesson's sections."""
    text = "\n".join(cell.source for cell in cells_of(lesson) if cell.cell_type == "markdown")
    return [int(number) for number in re.findall(r"^## (\d+) · ", text, re.MULTILINE)]


def chapter(page: str, lesson: str) -> str:
    """What the page says of a lesson: from its heading to the next one of the same level."""
    return re.search(rf"^## {lesson}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]


def minutes_by_sections(chapter: str) -> dict[tuple[int, ...], int]:
    """The rows of a chapter's first table: the numbers of one or more sections, and their minutes.

    >>> minutes_by_sections("| 1 ask, 2 try | 16 | a |\\n| 3 `Lock` | 17 | b |\\n")
    {(1, 2): 16, (3,): 17}
    """
    rows = re.findall(r"^\| (\d+ [^|]*) \| (\d+) \|", chapter, re.MULTILINE)
    return {tuple(int(n) for n in re.findall(r"(?:^|, )(\d+) ", names)): int(m) for names, m in rows}


def minutes_in_cells(lesson: str) -> dict[tuple[int, ...], int]:
    """The minutes that the cells for instructors give, by the numbers of sections."""
    text = "\n".join(
        cell.source for cell in cells_of(lesson) if "instructor" in cell.metadata.get("tags", [])
    )
    told = {}
    for line in re.findall(r"Minutes: sections? ([^.]*)\.", text):
        for first, last, minutes in re.findall(r"(\d+)(?:–(\d+))?: (\d+)", line):
            told[tuple(range(int(first), int(last or first) + 1))] = int(minutes)
    return told


def table_after(page: str, words: str) -> list[list[str]]:
    """The cells of the rows of the first table that follows these words, without its head."""
    lines = page[page.index(words) :].splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("|---"))
    rows = []
    for line in lines[first + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_minutes_of_the_sections_add_up_to_those_of_the_lesson(lesson: str):
    sections = minutes_by_sections(chapter(TEACHING, lesson))
    assert sorted(number for numbers in sections for number in numbers) == sections_of(lesson)
    assert sum(sections.values()) == minutes_told(lesson)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_cells_for_instructors_give_the_same_minutes(lesson: str):
    sections, told = minutes_by_sections(chapter(TEACHING, lesson)), minutes_in_cells(lesson)
    assert sorted(number for numbers in told for number in numbers) == sections_of(lesson)
    for numbers, minutes in told.items():
        assert sum(each for named, each in sections.items() if set(named) <= set(numbers)) == minutes, numbers


@pytest.mark.parametrize("page", [ROOT / "README.md", LESSONS["00"]], ids=["README", "lesson 00"])
def test_each_list_of_lessons_gives_the_minutes_of_the_lessons(page: Path):
    listed = re.findall(r"\| \[(\d\d) [^\]]*\]\([^)]*\.ipynb\) \| (\d+) \|", page.read_text(encoding="utf-8"))
    assert {lesson: int(minutes) for lesson, minutes in listed} == {
        lesson: minutes_told(lesson) for lesson in LESSONS
    }


def test_six_weeks_hold_each_lesson_once():
    weeks = table_after(TEACHING, "**Six weeks**")
    taught = [re.findall(r"#(\d\d)\)", week[1]) for week in weeks]
    assert sorted(lesson for lessons in taught for lesson in lessons) == sorted(LESSONS)
    assert [int(week[2]) for week in weeks] == [sum(map(minutes_told, lessons)) for lessons in taught]
    assert f"All nine lessons take {sum(int(week[2]) for week in weeks)} minutes" in TEACHING


def test_half_a_day_is_four_hours():
    assert sum(int(row[0]) for row in table_after(TEACHING, "**Half a day** (four hours")) == 4 * 60


def test_each_lesson_has_an_answer_to_each_of_its_questions():
    for lesson in LESSONS:
        sources = [cell.source for cell in cells_of(lesson)]
        (questions,) = [source for source in sources if source.startswith("## Check yourself")]
        asked = re.findall(r"^\*\*(\d)\.\*\*", questions, re.MULTILINE)
        answers = chapter(TEACHING, lesson).split("### Answers\n")[1]
        assert re.findall(r"^(?:\*\*)?(\d)\.", answers, re.MULTILINE) == asked, lesson


def test_each_link_into_the_page_arrives():
    prose = {path.name: path.read_text(encoding="utf-8") for path in LESSONS.values()}
    wanted = {name: set(re.findall(r"teaching\.md(?:#([^)\s]+))?\)", text)) for name, text in prose.items()}
    assert wanted == {path.name: {lesson} for lesson, path in LESSONS.items()}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEACHING)) == set(LESSONS)
    assert re.findall(r"^## (\d\d)$", TEACHING, re.MULTILINE) == list(LESSONS)


def test_the_table_of_exercises_says_what_the_questions_declare():
    told = {row[0]: (row[1], int(row[2]), int(row[3])) for row in table_after(TEACHING, "\n## Exercises\n")}
    declared = {}
    for question in all_questions().values():
        titles, points, minutes = declared.get(question.lesson, ("", 0, 0))
        title = f"{'★' * question.stars} {question.title}"
        declared[question.lesson] = (
            f"{titles} · {title}" if titles else title,
            points + question.points,
            minutes + question.minutes,
        )
    assert told == declared
    assert f"{sum(minutes for _, _, minutes in declared.values())} minutes in all" in TEACHING
