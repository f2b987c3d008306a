"""Messages over a pipe: the length in four bytes, then JSON; with a deadline and a greatest length."""

from __future__ import annotations

import json
import os
import selectors
import struct
import time
from typing import Any

LONGEST = 4 << 20


def send(descriptor: int, data: Any) -> None:
    """Write a message whole.

    Raises:
        BrokenPipeError: where nobody reads it any more.
    """
    text = json.dumps(data).encode()
    view = memoryview(struct.pack("!I", len(text)) + text)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int, limit_s: float | None = None) -> Any:
    """Read a message whole.

    Args:
        descriptor: a pipe's.
        limit_s: seconds until it must be there; None waits for ever.

    Raises:
        EOFError: where the other side has ended.
        TimeoutError: where it is not there in time.
        ValueError: where it is no such message.
    """
    deadline = None if limit_s is None else time.monotonic() + limit_s
    (length,) = struct.unpack("!I", _read(descriptor, 4, deadline))
    if length > LONGEST:
        raise ValueError(f"a message of {length} bytes is longer than {LONGEST}")
    return json.loads(_read(descriptor, length, deadline))


def _read(descriptor: int, length: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while length:
            left_s = None if deadline is None else deadline - time.monotonic()
            if (left_s is not None and left_s <= 0) or not selector.select(left_s):
                raise TimeoutError("no answer in time")
            if not (part := os.read(descriptor, min(length, 1 << 16))):
                raise EOFError("the other side has ended")
            parts.append(part)
            length -= len(part)
    return b"".join(parts)
