"""nbgrader's settings for students: which course it is, and where assignments come from and go to."""

import os

c = get_config()  # noqa: F821 - traitlets gives this name to a file of settings

c.CourseDirectory.course_id = "locks"
c.Exchange.root = os.environ["LOCKS_EXCHANGE_DIR"]
