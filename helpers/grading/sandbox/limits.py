"""How much an answer may take of the machine, and how its process is held to that."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

MIB = 1 << 20
#: A second more than the wall limit: the limit on processor time is only for what the wall limit cannot end.
PROCESSOR_GRACE_S = 1
OPEN_FILES = 64


@dataclass(frozen=True)
class Limits:
    """How much an answer may take.

    Args:
        seconds: wall time from its start to its result.
        memory_mib: address space of its process, in MiB; some 600 of them are Python's and the course's own.
        file_mib: size of each file that it writes, in MiB; there is room for 16 MiB in all.
        output_kib: what it may print, in KiB.

    Raises:
        ValueError: where one of them is too small for anything to be graded.

    >>> Limits(seconds=0)
    Traceback (most recent call last):
    ValueError: the limit of seconds must be above 0, not 0
    """

    seconds: float = 20.0
    memory_mib: int = 1536
    file_mib: int = 4
    output_kib: int = 1024

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not value > 0:
                raise ValueError(f"the limit of {name} must be above 0, not {value}")
        if self.memory_mib < 800:
            raise ValueError(f"the limit of memory_mib must be at least 800, not {self.memory_mib}")

    def to_json(self) -> dict[str, Any]:
        """Return the limits as plain data."""
        return asdict(self)


def impose(limits: Limits) -> None:
    """Hold the calling process to the limits that the kernel knows; it cannot raise them again."""
    import resource

    processor_s = int(limits.seconds) + 1 + PROCESSOR_GRACE_S
    wanted = {
        "RLIMIT_CPU": processor_s,
        "RLIMIT_AS": limits.memory_mib * MIB,
        "RLIMIT_FSIZE": limits.file_mib * MIB,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        # macOS lacks some, and lets nobody lower its address space.
        if (kind := getattr(resource, name, None)) is not None:
            _, hard = resource.getrlimit(kind)
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            try:
                resource.setrlimit(kind, (value, value))
            except (ValueError, OSError):
                if name != "RLIMIT_AS":
                    raise
