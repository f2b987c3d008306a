"""A module that a program imports only while it goes on."""

import threading

LOCK = threading.Lock()
COUNT = 0


def add():
    """Add one to the count, in two steps."""
    global COUNT
    COUNT += 1
