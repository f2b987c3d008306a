"""What an operation costs in nanoseconds of processor time, whatever else the machine does.

An operation is a function that is told how often to do it: ``operation(n)`` does it n times. Its loop is
part of the cost. The clock is the calling thread's own processor time, so time in which the thread sleeps,
waits or is not on a processor costs nothing.
"""

import sys
from collections.abc import Callable, Mapping
from statistics import median
from time import thread_time_ns
from typing import Any

BATCHES = 9
OPERATIONS = 10_000

Operation = Callable[[int], Any]

__all__ = ["Operation", "cost_ns", "cost_ratio", "costs_ns", "gil_is_on"]


def gil_is_on() -> bool:
    """Return True where one thread at a time executes Python code: always, but in a free-threaded build."""
    is_on: Callable[[], bool] = getattr(sys, "_is_gil_enabled", lambda: True)  # from Python 3.13 on
    return is_on()


def cost_ns(operation: Operation, *, batches: int = BATCHES, operations: int = OPERATIONS) -> float:
    """Return what one operation costs, in nanoseconds of this thread's processor time: the median of batches.

    Args:
        operation: called with a number n, does the operation n times.
        batches: how often a batch is measured (>= 1); one more comes first and is not counted.
        operations: how many operations a batch has (>= 1).

    Raises:
        TypeError: `operation` cannot be called, or `batches` or `operations` is no whole number.
        ValueError: `batches` or `operations` is below 1.
        RuntimeError: a batch was too short for this machine's clock.
    """
    return median(costs_ns({"operation": operation}, batches=batches, operations=operations)["operation"])


def cost_ratio(
    numerator: Operation, denominator: Operation, *, batches: int = BATCHES, operations: int = OPERATIONS
) -> float:
    """Return how many times as much one operation costs as another: the median of the ratios of rounds.

    Each round measures both, one right after the other, so that both meet the same conditions.

    Args:
        numerator: called with a number n, does the operation n times.
        denominator: the same for the operation that it is compared with.
        batches: how many rounds are measured (>= 1); one more comes first and is not counted.
        operations: how many operations a batch has (>= 1).

    Raises:
        TypeError, ValueError, RuntimeError: as `cost_ns`.
    """
    both = {"numerator": numerator, "denominator": denominator}
    costs = costs_ns(both, batches=batches, operations=operations)
    return median(above / below for above, below in zip(*costs.values(), strict=True))


def costs_ns(
    named: Mapping[str, Operation], *, batches: int = BATCHES, operations: int = OPERATIONS
) -> dict[str, list[float]]:
    """Return for each operation, by name, what it cost in each batch, in nanoseconds an operation.

    The operations take turns: the first batch of each, then the second of each, and so on.

    Args:
        named: each operation by its name.
        batches: how many batches of each are measured (>= 1); one more comes first and is not counted.
        operations: how many operations a batch has (>= 1).

    Raises:
        TypeError, ValueError, RuntimeError: as `cost_ns`.
    """
    for operation in named.values():
        if not callable(operation):
            raise TypeError(f"an operation is a function of how often to do it, not {operation!r}")
    _check_count("batches", batches)
    _check_count("operations", operations)
    rounds = [[_batch_ns(each, operations) for each in named.values()] for _ in range(batches + 1)]
    return {name: [cost[place] for cost in rounds[1:]] for place, name in enumerate(named)}


def _check_count(word: str, count: Any) -> None:
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"{word} must be a whole number of at least 1, not {count!r}")
    if count < 1:
        raise ValueError(f"{word} must be a whole number of at least 1, not {count!r}")


def _batch_ns(operation: Operation, operations: int) -> float:
    began = thread_time_ns()
    operation(operations)
    spent_ns = thread_time_ns() - began
    if not spent_ns:
        raise RuntimeError(
            f"{operations} operations are too few for this machine's clock: measure more of them"
        )
    return spent_ns / operations
