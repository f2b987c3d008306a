"""Who is calling, and from where: the threads of one program and the places in its code."""

from __future__ import annotations

from threading import get_ident
from types import CodeType, FrameType

from ..substitution import is_program_file, program_frame
from .records import Site

BEFORE = "somebody before the run"
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200
_MAY_CHANGE_THREAD = _GENERATOR | _COROUTINE | _ASYNC_GENERATOR


class Callers:
    """The names of a program's threads, and the places that they come from."""

    def __init__(self) -> None:
        self._sites: dict[tuple[int, int, str], Site] = {}
        self._names: dict[int, str] = {}

    def enter(self, name: str) -> None:
        """Name the calling thread, which belongs to the program from now on."""
        self._names[get_ident()] = name

    def leave(self) -> None:
        """Forget the calling thread: the system will give its identifier to another."""
        self._names.pop(get_ident(), None)

    def is_ours(self) -> bool:
        """Return True in a thread of the program."""
        return get_ident() in self._names

    def name(self) -> str:
        """Return the calling thread's name."""
        return self._names.get(get_ident(), "another thread")

    def site(self, frame: FrameType | None) -> Site:
        """Return the calling thread and the place in the program at or below `frame`."""
        name = self._names.get(get_ident(), "another thread")
        is_program = frame is not None and is_program_file(frame.f_code.co_filename)
        program = frame if is_program else program_frame(frame)
        if program is None:
            return Site(name, None, 0)
        # a site keeps its code alive, so that the code's id stays its own
        key = id(program.f_code), program.f_lasti, name
        site = self._sites.get(key)
        if site is None:
            site = self._sites.setdefault(key, Site(name, program.f_code, program.f_lasti))
        return site

    def reusable_site(self, frame: FrameType) -> tuple[Site, int, CodeType, int]:
        """Return the site at `frame`, and for what it may be used again: offset, code, thread.

        An offset of -1 says that it may not.
        """
        code = frame.f_code
        reusable = is_program_file(code.co_filename) and not code.co_flags & _MAY_CHANGE_THREAD
        return self.site(frame), frame.f_lasti if reusable else -1, code, get_ident()
