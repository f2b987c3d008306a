"""What the fuzzers share: random programs, seed after seed, explored and compared with an oracle."""

import argparse
import sys
import time


class TooLarge(Exception):
    """The program is too large for the oracle."""


def program_from(source, path):
    """Return the function `program` of a source, as if it stood in the file `path`."""
    namespace = {"__name__": "fuzzed"}
    exec(compile(source, path, "exec"), namespace)
    return namespace["program"]


def compare(source_of, difference, seeds, want, deadline_s):
    """Compare programs until `want` of them were compared or the time is up; print each that differs.

    Args:
        source_of: gives the source of a seed's program.
        difference: says how explore and the oracle differ on a seed's program, "" where they agree; it raises
            TooLarge where the oracle cannot tell, and AssertionError where one of the two is out of order.
        seeds: the seeds, in the order in which they are taken.
        want: how many programs to compare; those that are too large do not count.
        deadline_s: after how many seconds no other program is begun.

    Returns:
        how many were compared, and the differences, each with its seed and its program.
    """
    end = time.monotonic() + deadline_s
    compared, differences = 0, []
    for seed in seeds:
        if compared >= want or time.monotonic() > end:
            break
        try:
            found = difference(seed)
        except TooLarge:
            continue
        except AssertionError as error:
            found = f"AssertionError: {error}"
        compared += 1
        if found:
            differences.append(f"seed {seed}: {found}\n{source_of(seed)}")
            print(differences[-1], flush=True)
    return compared, differences


def main(fuzz, description, programs):
    """Compare as many programs as the command line asks for, and exit with an error where one differs.

    Args:
        fuzz: `compare` with its first two arguments given.
        description: what the command does.
        programs: how many programs to compare where the command line does not say.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--programs", type=int, default=programs)
    parser.add_argument("--from-seed", type=int, default=0)
    parser.add_argument("--deadline", type=float, default=3600, help="seconds")
    asked = parser.parse_args()
    began = time.monotonic()
    seeds = range(asked.from_seed, asked.from_seed + 1_000_000)
    compared, differences = fuzz(seeds, asked.programs, asked.deadline)
    print(f"{compared} programs, {len(differences)} differ, {time.monotonic() - began:.0f} s")
    sys.exit(bool(differences) or compared < asked.programs)
