"""What an instructor does with the exercises, by name: ``python -m helpers.grading release``."""

import argparse
import sys
from collections.abc import Callable, Sequence

from .classes import command as classes


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked; return 0 where it was done, 2 where it could not be, with the reason."""
    parser = argparse.ArgumentParser(prog="python -m helpers.grading", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, does in COMMANDS.items():
        commands.add_parser(name, help=does.__doc__).set_defaults(does=lambda _, does=does: does())
    classes.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        return options.does(options)
    except KeyboardInterrupt:
        print("Interrupted. What is done is kept: the same command goes on.", file=sys.stderr)
        return 130
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _release() -> int:
    """Make exercises/ anew from solutions/."""
    from .assignments.releasing import release

    changed = release()
    print(f"Released: {', '.join(changed)}." if changed else "exercises/ was up to date.")
    return 0


def _student() -> int:
    """Pack the course for learners, without solutions and keys."""
    from .assignments.student import pack

    print(f"Packed: {pack()}")
    return 0


def _formgrader() -> int:
    """Open JupyterLab with nbgrader set up for this course: Formgrader and Validate are in its menus."""
    from .assignments.nbgrading import lab

    return lab()


COMMANDS: dict[str, Callable[[], int]] = {
    "release": _release,
    "student": _student,
    "formgrader": _formgrader,
}


if __name__ == "__main__":
    sys.exit(main())
