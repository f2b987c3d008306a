"""Python's own words, caught before any program is executed."""

from __future__ import annotations

import _thread
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

RealThreadingLock = threading.Lock
RealThreadingRLock = threading.RLock
RealLock: Callable[[], Any] = _thread.allocate_lock
RealRLock: Callable[[], Any] = threading._CRLock or threading._PyRLock  # type: ignore[attr-defined]
LOCK_TYPES: tuple[type, ...] = (type(RealLock()), type(RealRLock()))
real_sleep = time.sleep
RealSimpleQueue = queue.SimpleQueue
real_start = threading.Thread.start
real_join = threading.Thread.join
real_new_name: Callable[[str], str] = threading._newname  # type: ignore[attr-defined]
