"""What runs inside the machine of `world`, as its root: a hub, a term on it, and a look at what is left."""

import json
import sys
from pathlib import Path

from tests.hub.server import LOG, others, running_hub
from tests.hub.term import Term, expect

SHOWN_LINES = 60


def main(proxy: str, passwords: str) -> int:
    """Returns 0 where all is as it must be; else 1, after it was told what is not."""
    try:
        with running_hub(Path(proxy)) as url:
            Term(url, json.loads(passwords)).play()
        expect("processes that are left", others(), [])
    except Exception as error:  # whatever it is, the log of the hub says more
        log = LOG.read_text(errors="replace").splitlines() if LOG.exists() else []
        print("\n".join(["The hub said last:", *log[-SHOWN_LINES:]]), file=sys.stderr)
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print("All of it went as docs/jupyterhub.md says, and no process is left.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.read()))
