"""The synchronisation primitives of an explored program: each operation is one step of its thread.

Locks are objects of our own; Events, Conditions, Semaphores, Barriers and queues stay Python's own objects
(a program may have subclassed them), with their methods replaced while a program is played.
"""

from .locks import ExploredLock, ExploredRLock
from .methods import words

__all__ = ["ExploredLock", "ExploredRLock", "words"]
