"""Why two states cannot always be compared."""


class NotComparable(Exception):
    """A state has something in it that cannot be compared with what it is in another state."""
