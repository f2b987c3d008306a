"""What explore says of the suite, in processes of their own: it must be the same every time.

``python -m tests.exploring.determinism --processes 20`` from the project's root runs them with random hash
seeds, half of them beside two processes that load the machine, on each Python that is named.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 300
SPIN = "while True: pass"


def said():
    """Return all that explore says of the suite, as one text."""
    from helpers import explore
    from tests.exploring import loops  # noqa: F401 - its programs are entered in EXPECTED
    from tests.exploring.suite import EXPECTED

    verdicts = {program.__name__: explore(program) for program in EXPECTED}
    return "\n".join(
        f"{name}\n{verdict.explain()}\n{verdict.schedule}\n{verdict.trace.to_json() if verdict.trace else ''}"
        for name, verdict in verdicts.items()
    )


def said_by_a_process(python=sys.executable):
    """Return what a fresh process says, which has a hash seed of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "random", "PYTHONPATH": str(ROOT)}
    code = "from tests.exploring.determinism import said; print(said())"
    command = [python, "-W", "error", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=True
    )
    return done.stdout


def fingerprints(processes, python, load):
    """Return the fingerprints of what some processes say, beside `load` others that only compute."""
    busy = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(load)]
    try:
        texts = [said_by_a_process(python) for _ in range(processes)]
    finally:
        for process in busy:
            process.kill()
            process.wait()
    return {hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts}


def main():
    """Compare the processes of each Python, and exit with an error where two differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("pythons", nargs="*", default=[sys.executable])
    asked = parser.parse_args()
    different = False
    for python in asked.pythons:
        half = asked.processes // 2
        found = fingerprints(asked.processes - half, python, load=0) | fingerprints(half, python, load=2)
        different |= len(found) != 1
        print(f"{python}: {asked.processes} processes, fingerprints {', '.join(sorted(found))}", flush=True)
    sys.exit(different)


if __name__ == "__main__":
    main()
