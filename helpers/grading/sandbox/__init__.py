"""Where the answers of strangers are graded: each in a process that holds nothing to take or break.

`Sandbox` is the outside: it asks a server for the outcome of a `Job`, an answer to one question, and ends
what outlives its `Limits`. The server (`server`) runs inside what `bubblewrap` builds, has imported the
questions once, and forks a child (`child`) for each answer; `limits` and `kernel_filter` bind the child.
"""

from .jobs import Job, Outcome
from .limits import Limits
from .outside import Sandbox

__all__ = ["Job", "Limits", "Outcome", "Sandbox"]
