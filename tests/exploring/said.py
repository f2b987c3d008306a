"""All that explore says of the suite."""

from helpers import explore
from tests.exploring import loops  # noqa: F401 - its programs are entered in EXPECTED
from tests.exploring.suite import EXPECTED


def said():
    """Return all that explore says of the suite, as one text."""
    verdicts = {program.__name__: explore(program) for program in EXPECTED}
    return "\n".join(
        f"{name}\n{verdict.explain()}\n{verdict.schedule}\n{verdict.trace.to_json() if verdict.trace else ''}"
        for name, verdict in verdicts.items()
    )
