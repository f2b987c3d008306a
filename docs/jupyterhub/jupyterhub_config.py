"""A JupyterHub for this course: see docs/jupyterhub.md. `make hub-test` tries this very file.

Each person has an account of this machine, with a home that nobody else may enter, and logs in with its
password. The hub runs as root, as it starts everybody's server as that person.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyterhub.spawner import LocalProcessSpawner

c = get_config()  # noqa: F821 - traitlets gives this name to a file of settings

TEACHERS = {"teacher"}
STUDENTS = {"ada", "bo"}

#: Belongs to root; everybody may read it. It holds what `make student` packs, students/ and exchange/.
SHARED = Path("/srv/locks")
#: The course's folder: a teacher's own, with the solutions, lies at home; a student's is the shared one.
COURSE = "python-locks-course"


def course_of(spawner: LocalProcessSpawner) -> str:
    """Return the folder from which a person's notebooks import `helpers`."""
    if spawner.user.name in TEACHERS:
        return os.path.expanduser(f"~{spawner.user.name}/{COURSE}")
    return str(SHARED / COURSE)


def settings_of(spawner: LocalProcessSpawner) -> str:
    """Return the folder that a person's Jupyter and nbgrader take their settings from."""
    if spawner.user.name in TEACHERS:
        return f"{course_of(spawner)}/helpers/grading/assignments/settings"
    return str(SHARED / "students")


c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.Authenticator.allowed_users = TEACHERS | STUDENTS
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # seconds: a whole class that comes at once is slow
c.Spawner.environment = {
    "PYTHONPATH": course_of,
    "JUPYTER_CONFIG_PATH": settings_of,
    "LOCKS_EXCHANGE_DIR": str(SHARED / "exchange"),
}
