"""The pages for a student and for the teacher."""

from helpers.grading.classes import feedback, report
from helpers.grading.classes.record import Answered, Record

FINDING = {"name": "safe", "points": 0, "max_points": 2, "reason": "lost update: 1 < 2"}
FINDING |= {"explanation": "1 T1 reads", "schedule": [0, 1]}
WRONG = Answered("01.1", "graded", 1, 4, "lost update: 1 < 2", "", [FINDING], "def sell(): ...")
RIGHT = Answered(
    "01.1", "graded", 4, 4, "", "", [{"name": "safe", "points": 4, "max_points": 4, "reason": ""}]
)
LATE = Answered("01.2", "timeout", None, 6, "not done after 2 s")


def record(student, *answered, **options):
    return Record(student, "01_mutual_exclusion", {}, answered, max_points=14, **options)


def test_feedback_shows_the_schedule_and_the_timeline_of_a_wrong_answer():
    page = feedback.page(record("ada", WRONG, LATE), {"01.1": (b"png", "T1 <waits>")})
    assert "<strong>1 of 14</strong>" in page
    assert "lost update: 1 &lt; 2" in page
    assert "1 T1 reads" in page
    assert 'check("01.1", ...)' in page
    assert 'src="data:image/png;base64,cG5n" alt="T1 &lt;waits&gt;"' in page
    assert "not graded: it was not done in time" in page


def test_the_timeline_stands_with_what_it_shows_and_no_name_is_said_twice():
    right = FINDING | {"name": "works", "points": 2, "reason": ""}
    more = FINDING | {"name": "live", "reason": "live: it hangs"}
    answered = Answered("01.1", "graded", 2, 6, "lost update", "", [right, FINDING, more], "")
    page = feedback.page(record("ada", answered), {"01.1": (b"png", "")})
    said = ["✓ works: 2 of 2<", "✗ safe: 0 of 2. lost update", "<img", "✗ live: 0 of 2. it hangs"]
    places = [page.index(each) for each in said]
    assert places == sorted(places)
    assert page.count("<img") == 1


def test_feedback_on_what_could_not_be_read():
    page = feedback.page(record("ada", reason="it is <no> JSON"), {})
    assert "nothing was graded: it is &lt;no&gt; JSON" in page


def test_no_page_fetches_or_runs_anything():
    assert "content=\"default-src 'none';" in feedback.page(record("ada"), {})


def test_the_report_counts_points_and_reasons():
    also = Answered("01.1", "graded", 1, 4, "lost update: 3 < 7")
    page = report.page([record("ada", WRONG), record("bo", also), record("cy", RIGHT, LATE)])
    assert "3 submissions: 2 graded, 1 incomplete." in page
    assert '<th scope="row">1</th><td class="number">2</td>' in page
    assert 'class="number">0</td><td style="width:20rem"></td>' in page
    assert '<th scope="row">not graded</th><td class="number">1</td>' in page
    assert "<td>2</td><td>01.1</td><td>lost update: … &lt; …</td>" in page
    assert "<td>cy</td><td>01_mutual_exclusion</td><td>01.2</td><td>timeout: not done after 2 s</td>" in page
