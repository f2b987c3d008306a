"""nbgrader's settings for this course: `make` finds them here, and nothing else has to be set.

solutions/ is the source, exercises/ what learners get; all that is private to a class (submissions, grades,
feedback) stays outside the checkout, in $LOCKS_GRADING_DIR or a per-user data folder. So does nbgrader's
exchange, unless $LOCKS_EXCHANGE_DIR names a folder that students reach, too.
"""

import os
from pathlib import Path

from platformdirs import user_data_path

c = get_config()  # noqa: F821 - traitlets gives this name to a file of settings

ROOT = Path(os.environ.get("LOCKS_COURSE_ROOT") or Path(__file__).resolve().parents[4])
PRIVATE = Path(os.environ.get("LOCKS_GRADING_DIR") or user_data_path("python-locks-course") / "grading")
PRIVATE.mkdir(parents=True, exist_ok=True)

c.CourseDirectory.course_id = "locks"
c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
for folder in ("submitted", "autograded", "feedback", "solution", "source_with_tests"):
    setattr(c.CourseDirectory, f"{folder}_directory", str(PRIVATE / folder))
c.CourseDirectory.db_url = f"sqlite:///{PRIVATE / 'gradebook.db'}"
# Whatever else lies beside a source notebook would be copied to the release: the key of its questions too.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.toml"]
c.Exchange.root = os.environ.get("LOCKS_EXCHANGE_DIR") or str(PRIVATE / "exchange")

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.OverwriteCells.add_missing_cells = True
c.Execute.timeout = 20
c.Execute.iopub_timeout = 60
c.Execute.startup_timeout = 120
