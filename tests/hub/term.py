"""From a release to the feedback, step by step, each with what must be true after it."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from helpers.grading import grade_answer
from helpers.grading.classes.grading import questions_of
from tests.hub.browsing import fetch, nbgrader_menu, opened, scores
from tests.hub.people import Person
from tests.hub.world import NAME as COURSE

LESSON = "01_mutual_exclusion"
NOTEBOOK = f"{LESSON}/{LESSON}.ipynb"
SOLUTION = Path("/home/teacher", COURSE, "solutions", NOTEBOOK)
INBOUND = "/srv/locks/exchange/locks/inbound"
PRIVATE = ".local/share/python-locks-course/grading"
UNLOCKED = (
    "def sell(shop):\n    if shop.left == 0:\n        return False\n    shop.left -= 1\n    return True\n"
)
GRADE = f"""
import pathlib, subprocess, sys
private = pathlib.Path.home() / "{PRIVATE}"
command = [sys.executable, "-m", "helpers.grading", "grade", private / "submitted"]
command += ["--out", private / "grades", "--gradebook", private]
done = subprocess.run(command, capture_output=True, text=True, timeout=140)
print(done.returncode, done.stdout, done.stderr)
"""


class Wrong(Exception):
    """Something is not as it must be."""


def expect(what: str, got: Any, wanted: Any) -> None:
    if got != wanted:
        raise Wrong(f"{what}: {got!r}, not {wanted!r}")


def expect_in(what: str, got: str, wanted: str) -> None:
    if wanted not in got:
        raise Wrong(f"{what}: {wanted!r} is not in {got!r}")


class Term:
    """A teacher and two students on a hub; `points` holds what each student's own `check` said."""

    def __init__(self, url: str, passwords: dict[str, str]):
        self.teacher, self.ada, self.bo = (Person(name, url) for name in ("teacher", "ada", "bo"))
        self.people = (self.teacher, self.ada, self.bo)
        self.passwords = passwords
        self.points: dict[str, dict[str, int]] = {}

    def play(self) -> None:
        """Plays all of it; raises Wrong at the first thing that is not as it must be."""
        for step in self.steps():
            began = time.monotonic()
            step()
            print(f"  {time.monotonic() - began:5.1f} s  {step.__doc__}", flush=True)

    def steps(self) -> Iterator[Callable[[], None]]:
        yield self.log_in
        yield self.start_servers
        yield self.keep_apart
        yield self.release
        yield self.fetch
        yield self.work
        yield self.submit
        yield self.collect
        yield self.grade
        yield self.look
        yield self.hand_back
        yield self.stop_servers

    def log_in(self) -> None:
        """each person logs in with their own password, and with no other"""
        expect("ada with the password of bo", self.ada.log_in(self.passwords["bo"]), 403)
        for person in self.people:
            expect(f"{person.name} logs in", person.log_in(self.passwords[person.name]), 201)

    def start_servers(self) -> None:
        """each gets a server, which runs as their own account"""
        for person in self.people:
            person.start_server()
            account = person.run(["import os, pwd; print(pwd.getpwuid(os.getuid()).pw_name)"])
            expect("the account", account, [f"{person.name}\n"])

    def keep_apart(self) -> None:
        """students use the course without solutions, and reach neither homes nor Formgrader nor Validate"""
        where = self.ada.run(["import helpers; print(helpers.__file__)"])
        expect("helpers of ada", where, [f"/srv/locks/{COURSE}/helpers/__init__.py\n"])
        [said] = self.ada.run([f"open({str(SOLUTION)!r})"])
        expect_in("ada reads the solution", said, "PermissionError")
        for path in ("formgrader/api/status", "assignments/validate"):
            expect(f"ada asks for {path}", self.ada.ask("GET", path).status_code, 404)
            expect(f"the teacher has {path}", self.teacher.ask("GET", path).status_code != 404, True)
        asked = self.ada.session.get(f"{self.bo.url}/user/bo/api/contents", timeout=20).status_code
        expect("ada asks the server of bo", asked, 403)

    def release(self) -> None:
        """the teacher generates and releases the assignment in Formgrader"""
        for what in ("assign", "release"):
            done = self.teacher.post(f"formgrader/api/assignment/{LESSON}/{what}")
            expect(f"{what}: {done.get('log', '')}", done["success"], True)

    def fetch(self) -> None:
        """the students see it in their list, and fetch it, ada in a browser: it is what learners get"""
        expect("ada's list", self.statuses(self.ada), {LESSON: ["released"]})
        with opened(self.ada, self.passwords["ada"]) as page:
            menu = nbgrader_menu(page)
            expect("what ada can choose", menu, ["Assignment List"])
            fetch(page, LESSON)
        self.bo.post("assignments/fetch", course_id="locks", assignment_id=LESSON)
        for student in (self.ada, self.bo):
            expect("the list after fetching", self.statuses(student), {LESSON: ["fetched"]})
            released = json.loads(Path("/srv/locks", COURSE, "exercises", NOTEBOOK).read_text())
            fetched = student.read(NOTEBOOK)
            expect("the fetched cells", sources(fetched), sources(released))

    def work(self) -> None:
        """they work: ada solves all of it, bo gets one answer wrong and leaves one; each runs `check`"""
        solved = sources(json.loads(SOLUTION.read_text()))
        right = {name: source for name, source in solved.items() if name.startswith("answer")}
        self.points["ada"] = self.answer(self.ada, right)
        self.points["bo"] = self.answer(self.bo, {"answer-1": UNLOCKED, "answer-2": right["answer-2"]})
        full = {question.id: question.points for question in questions_of(LESSON)}
        expect("what check said to ada", self.points["ada"], full)
        wrong = grade_answer("01.1", UNLOCKED, final=False).points
        expect("what check said to bo", self.points["bo"], {"01.1": wrong, "01.2": full["01.2"]})

    def answer(self, student: Person, answers: dict[str, str]) -> dict[str, int]:
        """Writes answers into the student's notebook, runs it, and returns what its checks said."""
        notebook = student.read(NOTEBOOK)
        for cell in notebook["cells"]:
            cell["source"] = answers.get(cell["id"], cell["source"])
            if cell["id"] == "name":
                cell["source"] = f'learner("{student.name}")'
        student.save(NOTEBOOK, notebook)
        code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
        said = "".join(student.run(code, LESSON))
        return {
            name: int(points) for name, points in re.findall(r"^(01\.\d): (\d+) of \d+ points", said, re.M)
        }

    def submit(self) -> None:
        """they submit, and neither sees what the other handed in"""
        for student in (self.ada, self.bo):
            student.post("assignments/submit", course_id="locks", assignment_id=LESSON)
            expect("the list after submitting", self.statuses(student), {LESSON: ["fetched", "submitted"]})
        [said] = self.bo.run([f"import os; os.listdir({INBOUND!r})"])
        expect_in("bo lists the submissions", said, "PermissionError")

    def collect(self) -> None:
        """the teacher collects both in Formgrader"""
        done = self.teacher.post(f"formgrader/api/assignment/{LESSON}/collect")
        expect(f"collect: {done.get('log', '')}", done["success"], True)
        for student in (self.ada, self.bo):
            collected = json.loads(self.private("submitted", student.name, NOTEBOOK).read_text())
            expect(f"what {student.name} handed in", sources(collected), sources(student.read(NOTEBOOK)))

    def grade(self) -> None:
        """the teacher grades them with `grade --gradebook`: Formgrader shows what each `check` said"""
        [said] = self.teacher.run([GRADE])
        expect(f"grade ends with 1, as bo left an answer; it said {said}", said[:2], "1 ")
        expect_in("what grade said", said, "bo 01.3: missing")
        shown = self.teacher.get(f"formgrader/api/submissions/{LESSON}")
        for student in (self.ada, self.bo):
            [row] = [each for each in shown if each["student"] == student.name]
            expect(f"the score of {student.name}", row["score"], sum(self.points[student.name].values()))
        by_hand = {each["student"]: each["needs_manual_grade"] for each in shown}
        expect("who needs a look", by_hand, {"ada": False, "bo": True})

    def look(self) -> None:
        """the teacher sees the scores in Formgrader, in a browser"""
        with opened(self.teacher, self.passwords["teacher"]) as page:
            shown = scores(page, self.teacher, LESSON)
        most = sum(question.points for question in questions_of(LESSON))
        wanted = {name: f"{sum(points.values())} / {most}" for name, points in self.points.items()}
        expect("what Formgrader shows", shown, wanted)

    def hand_back(self) -> None:
        """the teacher releases the feedback in Formgrader, and each student fetches their own"""
        done = self.teacher.post(f"formgrader/api/assignment/{LESSON}/release_feedback")
        expect(f"release_feedback: {done.get('log', '')}", done["success"], True)
        for student in (self.ada, self.bo):
            page = self.feedback(student)
            points = sum(self.points[student.name].values())
            expect_in(f"the feedback of {student.name}", page, f"Points: <strong>{points} of ")
            expect_in(f"whose feedback {student.name} got", page, f"{LESSON}: {student.name}")
        expect_in("why bo lost points", self.feedback(self.bo), "race condition: 1 ticket to sell, 2 sold")

    def feedback(self, student: Person) -> str:
        listed = student.post("assignments/fetch_feedback", course_id="locks", assignment_id=LESSON)["value"]
        [submission] = [each for row in listed for each in row.get("submissions", ())]
        return student.read(f"{submission['local_feedback_path']}/{LESSON}.html")

    def stop_servers(self) -> None:
        """everybody's server is stopped"""
        for person in self.people:
            person.stop_server()
            expect(f"a server of {person.name}", person.has_server(), False)

    def statuses(self, student: Person) -> dict[str, list[str]]:
        """By assignment, what the student's list says of it."""
        found: dict[str, list[str]] = {}
        for each in student.get("assignments", course_id="locks")["value"]:
            found.setdefault(each["assignment_id"], []).append(each["status"])
        return found

    def private(self, *parts: str) -> Path:
        return Path("/home/teacher", PRIVATE, *parts)


def sources(notebook: dict[str, Any]) -> dict[str, str]:
    """By its id, what stands in each cell of a notebook."""
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
