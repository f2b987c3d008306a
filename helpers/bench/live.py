"""What it costs to watch a run while it goes on, measured in a Jupyter kernel as in class.

The kernel's processor time is that of its whole process, the threads that are watched included. A computing
thread's loss is measured within one run that is watched and left alone in turns. Drawing the same with
matplotlib ten times a second is told to compare.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .table import Row, Target

ROUNDS = 5
LOSS_S = 30.0
RUN_S = {
    "cpu_percent": 5.0,
    "loss_percent": LOSS_S,
    "loss_without_objects_percent": LOSS_S,
    "wait_percent": LOSS_S,
}
START_S = 60.0
CPU_TARGET = Target("≤", 2.0)
LOSS_TARGET = Target("≤", 3.0)
BENCHES: tuple[tuple[str, str, str, Target | None], ...] = (
    ("processor time of the kernel, %: live", "cpu_percent", "live", CPU_TARGET),
    ("processor time of the kernel, %: nobody watches", "cpu_percent", "nothing", None),
    ("processor time of the kernel, %: matplotlib", "cpu_percent", "matplotlib", None),
    ("loss of a thread that counts, %: live", "loss_percent", "live", LOSS_TARGET),
    ("loss of a thread that counts, %: nobody watches", "loss_percent", "nothing", None),
    ("loss of a thread that counts, %: matplotlib", "loss_percent", "matplotlib", None),
    ("loss of one that makes no objects, %: live", "loss_without_objects_percent", "live", LOSS_TARGET),
    ("loss of one that makes no objects, %: nobody", "loss_without_objects_percent", "nothing", None),
    ("of the loss, time off the processor, %: live", "wait_percent", "live", None),
    ("of the loss, time off the processor, %: nobody", "wait_percent", "nothing", None),
)


def rows(rounds: int, run_s: Mapping[str, float] = RUN_S) -> list[Row]:
    """Measure and return a row for each bench, in turns, so that all meet the same conditions.

    Args:
        rounds: how often each is measured.
        run_s: how long a run takes for each thing that is measured, in seconds.
    """
    values: dict[str, list[float]] = {name: [] for name, *_ in BENCHES}
    with _kernel() as client:
        for function, way in dict.fromkeys((function, way) for _, function, way, _ in BENCHES):
            _measured(client, function, way, 1.0)  # the first one pays for imports and caches
        for _ in range(rounds):
            for name, function, way, _ in BENCHES:
                values[name].append(_measured(client, function, way, run_s[function]))
    return [Row(name, values[name], target) for name, _, _, target in BENCHES]


@contextmanager
def _kernel() -> Iterator[Any]:
    """Give a client of a kernel of this Python, which ends with it."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=START_S)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.context.destroy(linger=0)


def _measured(client: Any, function: str, way: str, run_s: float) -> float:
    """Measure once inside the kernel.

    Raises:
        RuntimeError: the kernel raised an error.
    """
    call = f"watched.{function}({way!r}, {run_s})"
    code = f"from helpers.bench import watched\nimport json\nprint(json.dumps({call}))"
    told: list[str] = []
    problems: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "stream" and content["name"] == "stdout":
            told.append(content["text"])
        elif message["msg_type"] == "error":
            problems.append(f"{content['ename']}: {content['evalue']}")

    client.execute_interactive(code, output_hook=hear, timeout=START_S + 10 * run_s)
    if problems:
        raise RuntimeError(f"measuring {function} of {way} failed: {problems[0]}")
    return json.loads("".join(told))
