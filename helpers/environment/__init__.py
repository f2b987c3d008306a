"""Whether this machine can run the course: each requirement is checked, and what is missing is told."""

from helpers.environment.machine import clock, cores, sleep, threads_and_locks
from helpers.environment.report import Environment, Row
from helpers.environment.software import (
    helpers_folder,
    packages,
    predictions_folder,
    python_kind,
    python_version,
    widgets,
)

__all__ = ["Environment", "Row", "check_environment"]


def check_environment() -> Environment:
    """Check each requirement of the course on this machine.

    Takes less than a second. Show the result by making it the last expression of a cell.
    """
    rows = (
        python_version(),
        python_kind(),
        *packages(),
        helpers_folder(),
        threads_and_locks(),
        clock(),
        sleep(),
        cores(),
        predictions_folder(),
        widgets(),
    )
    return Environment(rows)
