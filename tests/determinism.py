"""What processes say of the same programs and the same answers: it must be the same every time.

``python -m tests.determinism explored --processes 20`` in the project runs them with random hash seeds,
half of them beside two processes that load the machine, on each Python that is named.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 1200  # guards against a hang: one process takes a minute, or several on a busy machine
SPIN = "while True: pass"
#: What can be said: a function that returns all of it as one text.
SUBJECTS = {"explored": "tests.exploring.said", "answers": "tests.answers.said"}


def said_by_a_process(subject, python=sys.executable):
    """Return what a fresh process says of a subject, with a hash seed of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": "random", "PYTHONPATH": str(ROOT)}
    code = f"from {SUBJECTS[subject]} import said; print(said())"
    command = [python, "-W", "error", "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=True
    )
    return done.stdout


def fingerprints(subject, processes, python, load):
    """Return the fingerprints of what some processes say, beside `load` others that only compute."""
    busy = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(load)]
    try:
        texts = [said_by_a_process(subject, python) for _ in range(processes)]
    finally:
        for process in busy:
            process.kill()
            process.wait()
    return {hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts}


def main():
    """Compare the processes of each Python, and exit with an error where two differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("pythons", nargs="*", default=[sys.executable])
    asked = parser.parse_args()
    different = False
    for python in asked.pythons:
        half = asked.processes // 2
        found = fingerprints(asked.subject, asked.processes - half, python, load=0)
        found |= fingerprints(asked.subject, half, python, load=2)
        different |= len(found) != 1
        who = f"{asked.subject}, {python}: {asked.processes} processes"
        print(f"{who}, fingerprints {', '.join(sorted(found))}", flush=True)
    sys.exit(different)


if __name__ == "__main__":
    main()
