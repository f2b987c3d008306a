"""What tests of the sandbox need; with CI=true they fail where it is missing, instead of being skipped."""

import os

import pytest

from helpers.grading.sandbox import bubblewrap

WHY = "needs bubblewrap (apt.txt)"
SKIPPED = bool(bubblewrap.missing()) and os.environ.get("CI") != "true"

needs_bubblewrap = pytest.mark.skipif(SKIPPED, reason=WHY)
