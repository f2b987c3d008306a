"""Where a learner's predictions are kept: one small JSON file outside the checkout."""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

FORMAT = 1
PATIENCE_S = 10.0


@dataclass
class Attempt:
    """One prediction: its answers up to the first reveal, and what was then seen.

    Args:
        answers: pairs of time stamp and answer; the first is kept however often it was changed.
        choices: the choices that were offered, key and text.
        revealed: pairs of time stamp and what was observed.
    """

    answers: list[tuple[str, Any]] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    revealed: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def answer(self) -> Any:
        """The answer that stands: the latest."""
        return self.answers[-1][1] if self.answers else None

    @property
    def first(self) -> Any:
        """The answer that was given first; None where none was."""
        return next((answer for _, answer in self.answers if answer is not None), None)


def folder() -> Path:
    """Return the folder of this learner's file: $LOCKS_COURSE_HOME, or a per-user data folder."""
    if chosen := os.environ.get("LOCKS_COURSE_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("python-locks-course", appauthor=False)


@contextlib.contextmanager
def attempts_kept() -> Iterator[dict[str, list[Attempt]]]:
    """Lend the attempts of each prediction id; what is changed in them is kept.

    Several kernels may ask at once: one at a time reads, changes and replaces the file.

    Raises:
        OSError: where the folder cannot be written to.
    """
    path = folder() / "predictions.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.with_suffix(".lock")):
            attempts = _read(path)
            yield attempts
            _replace(path, attempts)
    except OSError as error:
        raise type(error)(
            f"Predictions cannot be kept in {path.parent} ({error}). "
            "Set the environment variable LOCKS_COURSE_HOME to a folder that you may write to."
        ) from error


def _read(path: Path) -> dict[str, list[Attempt]]:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']} is not {FORMAT}")
        predictions = content["predictions"].items()
        return {id: [_attempt(**each) for each in attempts] for id, attempts in predictions}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        aside = _move_aside(path)
        print(
            f"The file of your predictions could not be read ({error}). It was kept as {aside}, "
            "and a new one was begun."
        )
        return {}


def _attempt(answers: list, choices: dict, revealed: list) -> Attempt:
    return Attempt([(at, what) for at, what in answers], dict(choices), [(at, what) for at, what in revealed])


def _move_aside(path: Path) -> Path:
    aside = path.with_name(f"predictions.unreadable-{time.time_ns()}.json")
    path.replace(aside)
    return aside


def _replace(path: Path, attempts: dict[str, list[Attempt]]) -> None:
    content = {
        "format": FORMAT,
        "predictions": {id: [asdict(each) for each in of_id] for id, of_id in attempts.items()},
    }
    new = path.with_suffix(".new")
    with open(new, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    # The system gives such a lock back when its process dies, which a lock made of a mere file would not.
    deadline = time.monotonic() + PATIENCE_S
    with open(path, "a+b") as file:
        while not _try_lock(file):
            if time.monotonic() > deadline:
                raise TimeoutError(f"another kernel has kept {path.name} for {PATIENCE_S:g} s")
            time.sleep(0.01)
        try:
            yield
        finally:
            _unlock(file)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _unlock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_UN)
